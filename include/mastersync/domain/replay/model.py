"""In what a replayed derivation differs from the one that was made."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayCase:
    """A golden record as it was derived once: its version, its fields, and by which rules."""

    customer_id: str
    version_no: int
    fields: Mapping[str, str]
    policy_version: str
    formed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldenFlip:
    """A golden value that comes out another way; None where there is none."""

    customer_id: str
    version_no: int
    formed_at: datetime
    field: str
    then: str | None
    now: str | None
    rule: str  # what makes it win now; "" where there is none


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteFlip:
    """A value of a record that would be written otherwise; ``key`` None is a new record.

    ``kind`` is ``added`` (written now, not then), ``dropped`` or ``changed``.
    """

    target: str
    key: str | None
    customer_id: str
    path: str
    kind: str
    then: object
    now: object


@dataclass(kw_only=True)
class Replay:
    """What a replay adds up to, with the first ``most`` differences of each sort.

    ``fields`` counts golden values that differ by field, ``segments`` golden records that differ
    by the customer's segment (as it was then; "" where there was none), ``targets`` written
    values that differ by target, path and kind. ``other_rules`` are records derived by rules
    that are no longer those of today.
    """

    most: int
    records: int = 0
    customers: int = 0
    other_rules: int = 0
    differing: int = 0
    set_aside: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    segments: Counter[str] = field(default_factory=Counter)
    targets: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    golden: list[GoldenFlip] = field(default_factory=list)
    writes: list[WriteFlip] = field(default_factory=list)

    def add_golden(self, case: ReplayCase, flips: Sequence[GoldenFlip]) -> None:
        """Count a record and in what it differs."""
        self.records += 1
        if flips:
            self.differing += 1
            self.segments[case.fields.get("segment", "")] += 1
            self.fields.update(flip.field for flip in flips)
            self.golden += flips[: self.most - len(self.golden)]

    def add_writes(self, flips: Sequence[WriteFlip]) -> None:
        """Count the written values that differ."""
        self.targets.update((flip.target, flip.path, flip.kind) for flip in flips)
        self.writes += flips[: self.most - len(self.writes)]


def golden_flips(
    case: ReplayCase, now: Mapping[str, str], *, rules: Mapping[str, str]
) -> list[GoldenFlip]:
    """Return the golden values that differ; ``rules`` say by field what made each win."""
    return [
        GoldenFlip(
            customer_id=case.customer_id,
            version_no=case.version_no,
            formed_at=case.formed_at,
            field=name,
            then=case.fields.get(name),
            now=now.get(name),
            rule=rules.get(name, "") if name in now else "",
        )
        for name in sorted(case.fields.keys() | now.keys())
        if case.fields.get(name) != now.get(name)
    ]


Writes = Mapping[tuple[str, str | None], Mapping[str, object]]
_NOT_WRITTEN = object()


def write_flips(customer_id: str, then: Writes, now: Writes) -> list[WriteFlip]:
    """Return the values that would be written otherwise, by (target, key) and path."""
    flips = []
    for place in sorted(then.keys() | now.keys(), key=str):
        before, after = then.get(place, {}), now.get(place, {})
        for path in sorted(before.keys() | after.keys()):
            old, new = before.get(path, _NOT_WRITTEN), after.get(path, _NOT_WRITTEN)
            if old == new:
                continue
            kind = "changed"
            if old is _NOT_WRITTEN:
                kind = "added"
            elif new is _NOT_WRITTEN:
                kind = "dropped"
            flips.append(
                WriteFlip(
                    target=place[0],
                    key=place[1],
                    customer_id=customer_id,
                    path=path,
                    kind=kind,
                    then=before.get(path),
                    now=after.get(path),
                )
            )
    return flips
