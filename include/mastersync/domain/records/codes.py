"""Codes: of the client's own tables, and the kind of party."""

from collections.abc import Mapping

from mastersync.domain.records.text import has_substance, upper_text

COMPANY = "company"
PERSON = "person"

_PARTY_TYPES = {
    **dict.fromkeys(
        ("c", "company", "business", "organisation", "organization", "org", "firm", "b2b"), COMPANY
    ),
    **dict.fromkeys(("corporate", "legal entity", "legal person", "legal_entity", "b"), COMPANY),
    **dict.fromkeys(("p", "person", "individual", "private", "consumer", "b2c", "i"), PERSON),
    **dict.fromkeys(("natural person", "natural_person", "private person"), PERSON),
}


def code_key(text: str) -> str:
    """Return what a code is looked up by: letters of one case, single spaces."""
    return upper_text(" ".join(text.split()))


def indexed(table: Mapping[str, str]) -> dict[str, str]:
    """Return a code table by the keys that codes are looked up by."""
    return {code_key(code): result for code, result in table.items()}


def normal_code(text: str, *, table: Mapping[str, str] | None = None) -> str | None:
    """Return a code in upper case, translated by the client's table when there is one.

    A code that only is one of the table's results stays. None when the table has it not.
    """
    code = upper_text(text)
    if table is None:
        return code if has_substance(code) else None
    for source, result in table.items():
        if code_key(source) == code_key(code):
            return upper_text(result)
    return code if code in {upper_text(result) for result in table.values()} else None


def normal_party_type(text: str) -> str | None:
    """Return ``company`` or ``person``, or None when the word is neither."""
    return _PARTY_TYPES.get(text.casefold())
