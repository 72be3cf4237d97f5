"""The boundaries at which a process may die: a test kills it at each of them.

A use case calls ``failpoint(NAME)`` where it crosses one; in production that does nothing.
"""

from typing import Protocol

EXTRACT_BEFORE_LAND = "extract.before_land"
EXTRACT_AFTER_LAND = "extract.after_land"
PREPARE_BEFORE_COMMIT = "prepare.before_commit"
PREPARE_AFTER_COMMIT = "prepare.after_commit"
INDEX_BEFORE_COMMIT = "index.before_commit"
INDEX_AFTER_COMMIT = "index.after_commit"
COMPARE_BEFORE_COMMIT = "compare.before_commit"
COMPARE_AFTER_COMMIT = "compare.after_commit"
MATCH_BEFORE_COMMIT = "match.before_commit"
MATCH_AFTER_COMMIT = "match.after_commit"
CREDIT_AFTER_PLAN = "credit.after_plan"
GOLDEN_BEFORE_COMMIT = "golden.before_commit"
GOLDEN_AFTER_COMMIT = "golden.after_commit"
PLAN_BEFORE_COMMIT = "plan.before_commit"
PLAN_AFTER_COMMIT = "plan.after_commit"
DELIVER_BEFORE_CLAIM_COMMIT = "deliver.before_claim_commit"
DELIVER_AFTER_CLAIM_COMMIT = "deliver.after_claim_commit"
DELIVER_BEFORE_DEED = "deliver.before_deed"
DELIVER_BEFORE_SEND = "deliver.before_send"
DELIVER_AFTER_ANSWER = "deliver.after_answer"
DELIVER_BEFORE_BISECT = "deliver.before_bisect"
DELIVER_AFTER_DEED = "deliver.after_deed"
DELIVER_BEFORE_RECORD_COMMIT = "deliver.before_record_commit"
DELIVER_AFTER_RECORD_COMMIT = "deliver.after_record_commit"
CLOSE_BEFORE_COMMIT = "close.before_commit"
# Of every transaction there is, whoever opens it: the sweep over them forgets none.
STORE_BEFORE_COMMIT = "store.before_commit"
STORE_AFTER_COMMIT = "store.after_commit"

FAILPOINTS = tuple(
    value for name, value in sorted(globals().items()) if name.isupper() and isinstance(value, str)
)


class Failpoint(Protocol):
    """Called with a name of ``FAILPOINTS``."""

    def __call__(self, name: str, /) -> None: ...


def never(name: str, /) -> None:
    """Die nowhere: what production uses."""
