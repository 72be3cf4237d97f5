"""From the golden record to what a target should hold, and what it lacks of that."""

from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation

from mastersync.domain.records.fields import FIELDS, FieldKind
from mastersync.domain.records.mapping import value_at
from mastersync.domain.records.text import text_of
from mastersync.domain.targets.meaning import same_meaning
from mastersync.domain.targets.model import (
    Case,
    Change,
    Projection,
    ProjectionProblem,
    TargetField,
    TargetPolicy,
    TargetValue,
)

# Half an email or a cut account number is wrong, half a street is merely short.
_CUTTABLE = frozenset({FieldKind.TEXT, FieldKind.NAME})


class _Unfit(Exception):
    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def project(
    golden: Mapping[str, str],
    target: TargetPolicy,
    tables: Mapping[str, Mapping[str, str]],
    *,
    withheld: Collection[str] = (),
) -> Projection:
    """Return what the target should hold of this golden record, in the target's own terms.

    Blank values are left out, or None where the target is to be cleared. A value that cannot be
    put in the target's terms is a problem, never a guess.

    Args:
        golden: Canonical fields; absent and "" both mean unknown.
        tables: Code tables by name, each from our code to the target's.
        withheld: Fields that nothing is said of, nor of what is made from them.
    """
    known = {name: golden.get(name, "").strip() for name in FIELDS}
    values: dict[str, TargetValue | None] = {}
    problems: list[ProjectionProblem] = []
    without = {name: "" if name in withheld else value for name, value in known.items()}
    for wanted in target.mapping:
        if withheld and _hangs_on(known, without, wanted):
            continue
        try:
            value = _value(known, wanted, tables)
        except _Unfit as unfit:
            problems.append(
                ProjectionProblem(
                    code=unfit.code, system=target.system, path=wanted.path, words=unfit.words
                )
            )
            continue
        if value != "":
            values[wanted.path] = value
        elif wanted.clear_when_blank:
            values[wanted.path] = None
    return Projection(
        values=values,
        problems=tuple(problems),
        only_if_blank=frozenset(wanted.path for wanted in target.mapping if wanted.only_if_blank),
        kinds={wanted.path: kind for wanted in target.mapping if (kind := _compared_as(wanted))},
        country=known["country"] or target.default_country,
    )


def difference(projection: Projection, current_payload: Mapping[str, object]) -> dict[str, Change]:
    """Return path -> (before, after) for what the target lacks; empty when it lacks nothing.

    Compared in the target's own terms: surrounding spaces do not matter, null and "" are both
    empty, amounts are equal as numbers, and so are other ways to write the same phone, country
    or date. ``current_payload`` is {} for a record yet to be created.
    """
    changes: dict[str, Change] = {}
    for path, after in projection.values.items():
        before = value_at(current_payload, path)
        if _is_blank(before) and after is None:
            continue
        if path in projection.only_if_blank and not _is_blank(before):
            continue
        if not _equal(before, after, kind=projection.kinds.get(path), country=projection.country):
            changes[path] = Change(before, after)
    return changes


def _value(
    golden: Mapping[str, str], wanted: TargetField, tables: Mapping[str, Mapping[str, str]]
) -> TargetValue:
    text = _text(golden, wanted)
    if text and wanted.code_table is not None:
        text = _translated(text, tables.get(wanted.code_table, {}), wanted)
    if wanted.case is Case.UPPER:
        text = text.upper()
    elif wanted.case is Case.LOWER:
        text = text.lower()
    text = _fitted(text, wanted)
    return _number(text, wanted) if text and wanted.as_number else text


def _text(golden: Mapping[str, str], wanted: TargetField) -> str:
    if wanted.constant is not None:
        return wanted.constant
    if wanted.field is not None:
        return golden[wanted.field]
    if wanted.expression is None:
        return ""
    try:
        return wanted.expression(golden).strip()
    except ValueError as error:
        raise _Unfit(
            "expression_failed", f"The expression for {wanted.path} gives no usable text."
        ) from error


def _hangs_on(known: Mapping[str, str], without: Mapping[str, str], wanted: TargetField) -> bool:
    """Say whether a path's value is another one without some fields."""
    try:
        return _text(known, wanted) != _text(without, wanted)
    except _Unfit:
        return True


def _translated(text: str, table: Mapping[str, str], wanted: TargetField) -> str:
    for ours, theirs in table.items():
        if ours.casefold() == text.casefold():
            return theirs
    raise _Unfit(
        "code_unknown",
        f"The code table '{wanted.code_table}' does not say what {_subject(wanted)} is called"
        f" in {wanted.path}.",
    )


def _fitted(text: str, wanted: TargetField) -> str:
    if wanted.max_length is None or len(text) <= wanted.max_length:
        return text
    if wanted.field is not None and FIELDS[wanted.field].kind not in _CUTTABLE:
        raise _Unfit(
            "too_long",
            f"{_subject(wanted)} is longer than the {wanted.max_length} characters that"
            f" {wanted.path} takes, and must not be cut.",
        )
    return text[: wanted.max_length].rstrip()


def _number(text: str, wanted: TargetField) -> int | float:
    number = _decimal(text)
    if number is None:
        raise _Unfit("not_a_number", f"{_subject(wanted)} is no number, as {wanted.path} needs.")
    return int(number) if number == number.to_integral_value() else float(number)


def _subject(wanted: TargetField) -> str:
    return FIELDS[wanted.field].label if wanted.field in FIELDS else "The value"


def _compared_as(wanted: TargetField) -> FieldKind | None:
    """Return the kind whose forms make two values equal; None when only the same text is equal."""
    kind = FIELDS[wanted.field].kind if wanted.field in FIELDS else None
    if wanted.as_number or kind is FieldKind.MONEY:
        return FieldKind.MONEY
    return None if wanted.reformat else kind


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _equal(before: object, after: object, *, kind: FieldKind | None, country: str) -> bool:
    if _is_blank(before) or _is_blank(after):
        return _is_blank(before) and _is_blank(after)
    # "01234" and "1234" are two postcodes, but the same amount.
    if kind is FieldKind.MONEY or _is_number(before) or _is_number(after):
        left, right = _decimal(before), _decimal(after)
        if left is not None and right is not None:
            return left == right
    return same_meaning(_plain(before), _plain(after), kind=kind, country=country)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(value: object) -> str:
    text = text_of(value)
    return str(value) if text is None else text
