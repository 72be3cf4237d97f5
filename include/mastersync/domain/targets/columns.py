"""Projecting many golden records at once, column by column: the same as one by one, and faster.

Most columns of customers have few different values, and what a value becomes hangs on the value
alone: so each different one is worked out once, and the rest is looked up.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

from mastersync.domain.records.fields import FieldKind
from mastersync.domain.targets.fitting import fitted, is_plain
from mastersync.domain.targets.model import (
    Projection,
    ProjectionProblem,
    Source,
    TargetField,
    TargetPolicy,
    TargetValue,
)
from mastersync.domain.targets.sources import UnfitError, chosen_source, source_text
from mastersync.domain.targets.transform import (
    compared_as,
    paths_only_if_blank,
    problem_of,
    project,
)


class _Left(Enum):
    OUT = auto()  # nothing is said of this path


Held = TargetValue | _Left | None
Row = tuple[str, ...]
_Of = TypeVar("_Of")
_To = TypeVar("_To")


def project_all(
    goldens: Sequence[Mapping[str, str]],
    target: TargetPolicy,
    tables: Mapping[str, Mapping[str, str]],
    *,
    withheld: Sequence[Collection[str]] = (),
) -> list[Projection]:
    """Return what `transform.project` returns, for each of these golden records.

    Args:
        goldens: Canonical fields of each; absent and "" both mean unknown.
        tables: Code tables by name, as `transform.project` takes them.
        withheld: Fields that nothing is said of, beside each golden record; () is none of any.
    """
    projections = _Chunk(goldens=goldens, target=target, tables=tables).projections()
    for place, fields in enumerate(withheld):
        if fields:
            projections[place] = project(goldens[place], target, tables, withheld=fields)
    return projections


@dataclass(kw_only=True)
class _Chunk:
    """Golden records as columns, and what they become; a place is that of a record."""

    goldens: Sequence[Mapping[str, str]]
    target: TargetPolicy
    tables: Mapping[str, Mapping[str, str]]
    columns: dict[str, list[str]] = field(default_factory=dict)
    problems: dict[int, list[ProjectionProblem]] = field(default_factory=dict)

    def projections(self) -> list[Projection]:
        mapping, default = self.target.mapping, self.target.default_country
        paths = [wanted.path for wanted in mapping]
        chosen = [self._chosen(wanted) for wanted in mapping]
        held = [self._held(*pair) for pair in zip(mapping, chosen, strict=True)]
        rows = zip(
            _across(held, len(self.goldens)),
            self._kinds(chosen),
            self._column("country"),
            strict=True,
        )
        blank = paths_only_if_blank(self.target)
        return [
            Projection(
                values={
                    path: value
                    for path, value in zip(paths, row, strict=True)
                    if value is not _Left.OUT
                },
                problems=tuple(self.problems.get(place, ())),
                only_if_blank=blank,
                kinds=kinds,
                country=country or default,
            )
            for place, (row, kinds, country) in enumerate(rows)
        ]

    def _column(self, name: str) -> list[str]:
        if name not in self.columns:
            self.columns[name] = [golden.get(name, "").strip() for golden in self.goldens]
        return self.columns[name]

    def _rows(self, names: Iterable[str]) -> list[Row]:
        return list(_across([self._column(name) for name in names], len(self.goldens)))

    def _chosen(self, wanted: TargetField) -> list[Source | UnfitError]:
        """Return the source of each record's value at a path."""
        if not wanted.rules:
            return [wanted] * len(self.goldens)
        names = sorted({name for rule in wanted.rules for name in rule.asks})

        def choose(row: Row) -> Source | UnfitError:
            try:
                return chosen_source(wanted, dict(zip(names, row, strict=True)))
            except UnfitError as unfit:
                return unfit

        return _mapped(self._rows(names), choose)

    def _held(self, wanted: TargetField, chosen: Sequence[Source | UnfitError]) -> list[Held]:
        """Return what each record's value becomes at a path; problems are noted and left out."""
        found = self._ruled(wanted, chosen) if wanted.rules else self._made(wanted, wanted)
        return [
            self._noted(one, place, wanted) if isinstance(one, UnfitError) else one
            for place, one in enumerate(found)
        ]

    def _noted(self, unfit: UnfitError, place: int, wanted: TargetField) -> Held:
        problem = problem_of(unfit, wanted, self.target)
        self.problems.setdefault(place, []).append(problem)
        return _Left.OUT

    def _ruled(
        self, wanted: TargetField, chosen: Sequence[Source | UnfitError]
    ) -> Sequence[Held | UnfitError]:
        used = set(map(id, chosen))
        made = {
            id(source): self._made(source, wanted)
            for source in wanted.sources
            if id(source) in used
        }
        return [
            source if isinstance(source, UnfitError) else made[id(source)][place]
            for place, source in enumerate(chosen)
        ]

    def _made(self, source: Source, wanted: TargetField) -> Sequence[Held | UnfitError]:
        """Return what each record's value becomes if it is made of this source."""
        if not source.says_something:
            return [_Left.OUT] * len(self.goldens)
        blank = None if wanted.clear_when_blank else _Left.OUT
        if source.field is not None and is_plain(source, wanted):
            return [text or blank for text in self._column(source.field)]

        def become(text: str) -> Held | UnfitError:
            try:
                value = fitted(text, source, wanted, self.tables)
            except UnfitError as unfit:
                return unfit
            return blank if value == "" else value

        if source.field is not None:
            return _mapped(self._column(source.field), become)
        names = sorted(source.reads)

        def calculate(row: Row) -> Held | UnfitError:
            known = dict(zip(names, row, strict=True))
            try:
                text = source_text(source, wanted.path, known)
            except UnfitError as unfit:
                return unfit
            return become(text)

        return _mapped(self._rows(names), calculate)

    def _kinds(
        self, chosen: Sequence[Sequence[Source | UnfitError]]
    ) -> list[Mapping[str, FieldKind]]:
        """Return the kinds that each record's values are compared as; records share them."""
        mapping = self.target.mapping
        ruled = [one for one, wanted in zip(chosen, mapping, strict=True) if wanted.rules]
        known: dict[tuple[int, ...], Mapping[str, FieldKind]] = {}
        found = []
        for place, sources in enumerate(_across(ruled, len(self.goldens))):
            key = tuple(map(id, sources))
            if key not in known:
                known[key] = {
                    wanted.path: kind
                    for wanted, one in zip(mapping, chosen, strict=True)
                    if isinstance(source := one[place], Source)
                    and (kind := compared_as(source, wanted)) is not None
                }
            found.append(known[key])
        return found


def _across(columns: Sequence[Sequence[_Of]], count: int) -> Iterable[tuple[_Of, ...]]:
    return zip(*columns, strict=True) if columns else [()] * count


def _mapped(column: Sequence[_Of], function: Callable[[_Of], _To]) -> list[_To]:
    known = {value: function(value) for value in set(column)}
    return [known[value] for value in column]
