"""Projecting many golden records at once, column by column: the same as one by one, and faster.

Most columns of customers have few different values, and what a value becomes hangs on the value
alone: so each different one is worked out once, and the rest is looked up.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeVar

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

_MOST_KNOWN = 5_000  # values of a column that are remembered from chunk to chunk


class _Left(Enum):
    OUT = auto()  # nothing is said of this path


Held = TargetValue | _Left | None
Chosen = Sequence[Source | ProjectionProblem]
Row = tuple[str, ...]
_Of = TypeVar("_Of", bound=Hashable)
_To = TypeVar("_To")
_Item = TypeVar("_Item")


@dataclass(frozen=True, kw_only=True)
class Projector:
    """Projects chunk after chunk for one target, and remembers what values became.

    Args:
        tables: Code tables by name, as `transform.project` takes them.
    """

    target: TargetPolicy
    tables: Mapping[str, Mapping[str, str]]
    known: dict[tuple[str, int], dict[Any, Any]] = field(default_factory=lambda: defaultdict(dict))

    def project_all(
        self,
        goldens: Sequence[Mapping[str, str]],
        *,
        withheld: Sequence[Collection[str]] = (),
    ) -> list[Projection]:
        """Return what `transform.project` returns, for each of these golden records.

        Args:
            goldens: Canonical fields of each; absent and "" both mean unknown.
            withheld: Fields that nothing is said of, beside each golden record; () is none of any.
        """
        projections = _Chunk(rules=self, goldens=goldens).projections()
        for place, fields in enumerate(withheld):
            if fields:
                projections[place] = project(
                    goldens[place], self.target, self.tables, withheld=fields
                )
        return projections

    def become(
        self, what: tuple[str, int], column: Sequence[_Of], function: Callable[[_Of], _To]
    ) -> list[_To]:
        """Return what each value of a column becomes; each different one is worked out once.

        ``what`` tells apart what columns are worked out for.
        """
        if len(self.known[what]) > _MOST_KNOWN:
            self.known[what] = {}  # another thread may still read the old one
        known = self.known[what]
        for value in set(column).difference(known):
            known[value] = function(value)
        return [known[value] for value in column]


@dataclass(kw_only=True)
class _Chunk:
    """Golden records as columns, and what they become; a place is that of a record."""

    rules: Projector
    goldens: Sequence[Mapping[str, str]]
    columns: dict[str, list[str]] = field(default_factory=dict)
    problems: dict[int, list[ProjectionProblem]] = field(default_factory=dict)

    def projections(self) -> list[Projection]:
        target = self.rules.target
        paths = [wanted.path for wanted in target.mapping]
        chosen = [self._chosen(wanted) for wanted in target.mapping]
        held = [self._held(*pair) for pair in zip(target.mapping, chosen, strict=True)]
        rows = zip(
            _across(held, len(self.goldens)),
            self._kinds(chosen),
            self._column("country"),
            strict=True,
        )
        blank = paths_only_if_blank(target)
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
                country=country or target.default_country,
            )
            for place, (row, kinds, country) in enumerate(rows)
        ]

    def _column(self, name: str) -> list[str]:
        if name not in self.columns:
            self.columns[name] = [golden.get(name, "").strip() for golden in self.goldens]
        return self.columns[name]

    def _rows(self, names: Iterable[str]) -> list[Row]:
        return list(_across([self._column(name) for name in names], len(self.goldens)))

    def _chosen(self, wanted: TargetField) -> Chosen:
        """Return the source of each record's value at a path."""
        if not wanted.rules:
            return [wanted] * len(self.goldens)
        names = sorted({name for rule in wanted.rules for name in rule.asks})

        def choose(row: Row) -> Source | ProjectionProblem:
            try:
                return chosen_source(wanted, dict(zip(names, row, strict=True)))
            except UnfitError as unfit:
                return problem_of(unfit, wanted, self.rules.target)

        return self.rules.become((wanted.path, _CHOICE), self._rows(names), choose)

    def _held(self, wanted: TargetField, chosen: Chosen) -> list[Held]:
        """Return what each record's value becomes at a path; problems are noted and left out."""
        found = self._ruled(wanted, chosen) if wanted.rules else self._made(wanted, wanted)
        return [
            self._noted(one, place) if isinstance(one, ProjectionProblem) else one
            for place, one in enumerate(found)
        ]

    def _noted(self, problem: ProjectionProblem, place: int) -> Held:
        self.problems.setdefault(place, []).append(problem)
        return _Left.OUT

    def _ruled(self, wanted: TargetField, chosen: Chosen) -> Sequence[Held | ProjectionProblem]:
        used = set(map(id, chosen))
        made = {
            id(source): self._made(source, wanted)
            for source in wanted.sources
            if id(source) in used
        }
        return [
            source if isinstance(source, ProjectionProblem) else made[id(source)][place]
            for place, source in enumerate(chosen)
        ]

    def _made(self, source: Source, wanted: TargetField) -> Sequence[Held | ProjectionProblem]:
        """Return what each record's value becomes if it is made of this source."""
        if not source.says_something:
            return [_Left.OUT] * len(self.goldens)
        blank = None if wanted.clear_when_blank else _Left.OUT
        if source.field is not None and is_plain(source, wanted):
            return [text or blank for text in self._column(source.field)]
        names = sorted(source.reads) if source.field is None else [source.field]

        def make(row: Row) -> Held | ProjectionProblem:
            golden = dict(zip(names, row, strict=True))
            try:
                text = source_text(source, wanted.path, golden)
                value = fitted(text, source, wanted, self.rules.tables)
            except UnfitError as unfit:
                return problem_of(unfit, wanted, self.rules.target)
            return blank if value == "" else value

        number = next(place for place, one in enumerate(wanted.sources) if one is source)
        return self.rules.become((wanted.path, number), self._rows(names), make)

    def _kinds(self, chosen: Sequence[Chosen]) -> list[Mapping[str, FieldKind]]:
        """Return the kinds that each record's values are compared as; records share them."""
        mapping = self.rules.target.mapping
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


_CHOICE = -1  # among the sources of a path: which of them


def _across(columns: Sequence[Sequence[_Item]], count: int) -> Iterable[tuple[_Item, ...]]:
    return zip(*columns, strict=True) if columns else [()] * count
