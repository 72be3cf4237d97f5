"""Putting a text in the target's own terms: its codes, its letters, its lengths, its numbers."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from mastersync.domain.records.codes import code_key
from mastersync.domain.records.fields import FIELDS, FieldKind
from mastersync.domain.targets.model import Case, Source, TargetField, TargetValue
from mastersync.domain.targets.sources import UnfitError

# Half an email or a cut account number is wrong, half a street is merely short.
_CUTTABLE = frozenset({FieldKind.TEXT, FieldKind.NAME})
_CODES = frozenset({FieldKind.CODE, FieldKind.COUNTRY, FieldKind.CURRENCY, FieldKind.PARTY_TYPE})
_LONGEST_SHOWN = 40


def is_plain(source: Source, wanted: TargetField) -> bool:
    """Whether a text is taken as it is."""
    return (
        source.code_table is None
        and wanted.case is Case.KEEP
        and wanted.max_length is None
        and not wanted.as_number
    )


def fitted(
    text: str, source: Source, wanted: TargetField, tables: Mapping[str, Mapping[str, str]]
) -> TargetValue:
    """Return a source's text in the target's own terms; the same for the same text.

    Raises:
        UnfitError: it cannot be put so; nothing is guessed.
    """
    if text and source.code_table is not None:
        text = _translated(text, source, wanted, tables.get(source.code_table, {}))
    if wanted.case is Case.UPPER:
        text = text.upper()
    elif wanted.case is Case.LOWER:
        text = text.lower()
    text = _shortened(text, source, wanted)
    return _number(text, source, wanted) if text and wanted.as_number else text


def decimal_of(value: object) -> Decimal | None:
    """Return the finite number that a value of a target is, or None."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _translated(text: str, source: Source, wanted: TargetField, table: Mapping[str, str]) -> str:
    found = table.get(code_key(text))
    if found is not None:
        return found
    shown = _shown_code(text, source)
    raise UnfitError(
        "code_unknown",
        f"The code table '{source.code_table}' does not say what the code {shown} of"
        f" {_subject(source)} is called in {wanted.path}.",
        table=source.code_table or "",
        unknown=shown,
    )


def _shown_code(text: str, source: Source) -> str:
    """Return a code as tickets may name it: a customer's own data by a mark only."""
    made_of = source.reads if source.field is None else {source.field}
    is_code = all(FIELDS[name].kind in _CODES for name in made_of)
    if is_code and len(text) <= _LONGEST_SHOWN:
        return code_key(text)
    return f"#{hashlib.sha256(code_key(text).encode()).hexdigest()[:8]}"


def _shortened(text: str, source: Source, wanted: TargetField) -> str:
    if wanted.max_length is None or len(text) <= wanted.max_length:
        return text
    cuttable = source.field is None or FIELDS[source.field].kind in _CUTTABLE
    if source.gives_number or wanted.as_number or not cuttable:
        raise UnfitError(
            "too_long",
            f"{_subject(source)} is longer than the {wanted.max_length} characters that"
            f" {wanted.path} takes, and must not be cut.",
        )
    return text[: wanted.max_length].rstrip()


def _number(text: str, source: Source, wanted: TargetField) -> int | float:
    number = decimal_of(text)
    if number is None:
        raise UnfitError(
            "not_a_number", f"{_subject(source)} is no number, as {wanted.path} needs."
        )
    return int(number) if number == number.to_integral_value() else float(number)


def _subject(source: Source) -> str:
    return FIELDS[source.field].label if source.field in FIELDS else "The value"
