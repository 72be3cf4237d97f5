"""What a value of a target is made of: the first rule that holds, and its text."""

from collections.abc import Mapping

from mastersync.domain.records.arithmetic import NoResultError
from mastersync.domain.targets.model import Source, TargetField


class UnfitError(Exception):
    """A value that cannot be put in the target's terms: the code and words of the problem."""

    def __init__(self, code: str, words: str, *, table: str = "", unknown: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.words = words
        self.table = table
        self.unknown = unknown


def chosen_source(wanted: TargetField, golden: Mapping[str, str]) -> Source:
    """Return the first source whose condition holds; one that says nothing keeps what is there.

    Raises:
        UnfitError: a condition has no result for this record.
    """
    for number, rule in enumerate(wanted.rules, start=1):
        try:
            if rule.when is None or rule.when(golden):
                return rule
        except ValueError as error:
            raise UnfitError(
                "expression_failed",
                f"The condition of rule {number} for {wanted.path} {_why(error)}",
            ) from error
    return wanted


def source_text(source: Source, path: str, golden: Mapping[str, str]) -> str:
    """Return the text that a source gives, "" where it is unknown.

    Raises:
        UnfitError: an expression has no result for this record.
    """
    if source.constant is not None:
        return source.constant
    if source.field is not None:
        return golden.get(source.field, "").strip()
    if source.expression is None:
        return ""
    try:
        return source.expression(golden).strip()
    except ValueError as error:
        raise UnfitError("expression_failed", f"The expression for {path} {_why(error)}") from error


def _why(error: ValueError) -> str:
    known = isinstance(error, NoResultError)
    return f"has no result for these customers: {error}" if known else "gives no usable text."
