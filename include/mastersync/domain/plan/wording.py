"""A plan's rows in words that a reader understands at once."""

from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.golden.model import CREDIT_DECISION, CUSTOMER, OPERATOR
from mastersync.domain.plan.model import GoldenChange

_RULES = {
    "only_value": "nobody else says anything",
    "pinned": "a person pinned it",
    "decided": "it was decided on",
    "own_data": "the others repeat what we wrote",
    "completeness": "the others lack what matters most",
    "confirmed": "the customer confirmed it",
    "contract": "a contract says so",
    "most_recent": "it was changed last",
    "most_complete": "it says the most",
    "tie": "a tie: the first in order of keys",
}


def why(change: GoldenChange) -> str:
    """Return why the value wins, or why there is none any more."""
    if change.after is None:
        return "no source says it any more"
    if change.rule == "trust":
        return f"{change.system} is trusted more for it"
    return _RULES.get(change.rule, change.rule.replace("_", " "))


def said_by(change: GoldenChange) -> str:
    """Return where the value comes from."""
    return source_in_words(change.system, change.source_key)


def source_in_words(system: str, source_key: str) -> str:
    """Return where a value comes from; only records of a client's systems are named by both.

    >>> source_in_words("crm", "4711"), source_in_words("credit decision", "credit decision 8")
    ('crm:4711', 'credit decision 8')
    """
    if not system:
        return "—"
    if system in {CREDIT_DECISION, OPERATOR}:
        return source_key
    if system == CUSTOMER:
        return f"the customer's {source_key}"
    if system in TITLES and source_key.startswith("report "):
        return f"{TITLES[system]}'s {source_key}"
    return f"{system}:{source_key}"


def value_in_words(value: object) -> str:
    """Return a value as a reader sees it; what is empty is said so."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return "(empty)"
    return str(value)


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "write"), count(2000, "write")
    ('1 write', '2,000 writes')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
