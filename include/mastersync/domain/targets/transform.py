"""From the golden record to what a target should hold, and what it lacks of that."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from mastersync.domain.records.fields import FIELDS, FieldKind
from mastersync.domain.records.mapping import value_at
from mastersync.domain.records.text import text_of
from mastersync.domain.targets.fitting import decimal_of, fitted
from mastersync.domain.targets.meaning import same_meaning
from mastersync.domain.targets.model import (
    Change,
    Projection,
    ProjectionProblem,
    Source,
    TargetField,
    TargetPolicy,
    TargetValue,
)
from mastersync.domain.targets.sources import UnfitError, chosen_source, source_text

# Part of every transformation's version: to be raised when one mapping comes to give other values.
ENGINE_EDITION = 1


def project(
    golden: Mapping[str, str],
    target: TargetPolicy,
    tables: Mapping[str, Mapping[str, str]],
    *,
    withheld: Collection[str] = (),
) -> Projection:
    """Return what the target should hold of this golden record, in the target's own terms.

    Blank values are left out, or None where the target is to be cleared. A value that cannot be
    put in the target's terms is a problem, never a guess. `columns.project_all` does the same for
    many records at once.

    Args:
        golden: Canonical fields; absent and "" both mean unknown.
        tables: Code tables by name, each from our code (as ``code_key`` gives it) to the target's.
        withheld: Fields that nothing is said of, nor of what is made from them.
    """
    known = {name: golden.get(name, "").strip() for name in FIELDS}
    without = {name: "" if name in withheld else value for name, value in known.items()}
    values: dict[str, TargetValue | None] = {}
    problems: list[ProjectionProblem] = []
    kinds: dict[str, FieldKind] = {}
    for wanted in target.mapping:
        if withheld and _hangs_on(known, without, wanted):
            continue
        try:
            source = chosen_source(wanted, known)
            if (kind := compared_as(source, wanted)) is not None:
                kinds[wanted.path] = kind
            if not source.says_something:
                continue
            value = fitted(source_text(source, wanted.path, known), source, wanted, tables)
        except UnfitError as unfit:
            problems.append(problem_of(unfit, wanted, target))
            continue
        if value != "":
            values[wanted.path] = value
        elif wanted.clear_when_blank:
            values[wanted.path] = None
    return Projection(
        values=values,
        problems=tuple(problems),
        only_if_blank=paths_only_if_blank(target),
        kinds=kinds,
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
        if before is after or (_is_blank(before) and after is None):
            continue
        if path in projection.only_if_blank and not _is_blank(before):
            continue
        if not _equal(before, after, kind=projection.kinds.get(path), country=projection.country):
            changes[path] = Change(before, after)
    return changes


def problem_of(unfit: UnfitError, wanted: TargetField, target: TargetPolicy) -> ProjectionProblem:
    return ProjectionProblem(
        code=unfit.code,
        system=target.system,
        path=wanted.path,
        words=unfit.words,
        table=unfit.table,
        unknown=unfit.unknown,
    )


def paths_only_if_blank(target: TargetPolicy) -> frozenset[str]:
    return frozenset(wanted.path for wanted in target.mapping if wanted.only_if_blank)


def compared_as(source: Source, wanted: TargetField) -> FieldKind | None:
    """Return the kind whose forms make two values equal; None when only the same text is equal."""
    kind = FIELDS[source.field].kind if source.field in FIELDS else None
    if wanted.as_number or source.gives_number or kind is FieldKind.MONEY:
        return FieldKind.MONEY
    return None if wanted.reformat else kind


def _hangs_on(known: Mapping[str, str], without: Mapping[str, str], wanted: TargetField) -> bool:
    """Say whether a path's value is another one without some fields."""
    try:
        source, other = chosen_source(wanted, known), chosen_source(wanted, without)
        return source is not other or (
            source_text(source, wanted.path, known) != source_text(source, wanted.path, without)
        )
    except UnfitError:
        return True


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _equal(before: object, after: object, *, kind: FieldKind | None, country: str) -> bool:
    if _is_blank(before) or _is_blank(after):
        return _is_blank(before) and _is_blank(after)
    # "01234" and "1234" are two postcodes, but the same amount.
    if kind is FieldKind.MONEY or _is_number(before) or _is_number(after):
        left, right = decimal_of(before), decimal_of(after)
        if left is not None and right is not None:
            return left == right
    return same_meaning(_plain(before), _plain(after), kind=kind, country=country)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _plain(value: object) -> str:
    text = text_of(value)
    return str(value) if text is None else text
