"""Where each golden value comes from: who said it, what it beat, and by which rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.golden.confirmed import lapses_at
from mastersync.domain.golden.conflicts import Conflict
from mastersync.domain.golden.contest import Contest, Settlement
from mastersync.domain.golden.echo import reads_the_same
from mastersync.domain.golden.model import FieldValue, SurvivorshipPolicy, ValueKind
from mastersync.domain.golden.survive import Settled, unit_of
from mastersync.domain.records.fields import FIELDS

OVERTAKEN = "overtaken"  # the customer said so, and it was said otherwise since
OTHER_SOURCE = "other_source"  # the group comes from one source, which is another one
MOVED = "moved"  # people gave another address, of which this is no part


@dataclass(frozen=True, kw_only=True)
class Rival:
    """A value that did not survive, and what the survivor is better in."""

    value: FieldValue
    why: str


@dataclass(frozen=True, kw_only=True)
class FieldAccount:
    """How one field came to its value.

    Without ``winner`` the field is unknown although some source says something. A blank winner
    has cleared it. ``agreeing`` say the same as the winner, in their
    own letters. ``outranks_until`` is when a
    customer's word decays that has won.
    """

    field: str
    winner: FieldValue | None
    why: str
    agreeing: Sequence[FieldValue]
    rivals: Sequence[Rival]
    conflict: Conflict | None = None
    outranks_until: datetime | None = None

    @property
    def value(self) -> str:
        """The golden value; "" when there is none."""
        return "" if self.winner is None else self.winner.value.strip()


def account_for(settled: Settled, policy: SurvivorshipPolicy) -> list[FieldAccount]:
    """Return an account of every field that any fact speaks of, in the canonical order."""
    conflicts = {name: conflict for conflict in settled.conflicts for name in conflict.disputed}
    segment = settled.golden.fields.get("segment", "")
    accounts: dict[str, FieldAccount] = {}
    for unit in settled.units.values():
        days = policy.confirmed_days(unit.name, segment=segment)
        for name in _spoken_of(unit):
            accounts[name] = _account(unit, name, days=days, conflict=conflicts.get(name))
    order = [name for name in FIELDS if name in accounts]
    return [accounts[name] for name in (*order, *sorted(accounts.keys() - set(order)))]


def _account(
    unit: Settlement, name: str, *, days: int | None, conflict: Conflict | None
) -> FieldAccount:
    winner, why = unit.survivors.get(name, (None, OTHER_SOURCE))
    others = [rival for rival in _rivals(unit, name) if rival.value is not winner]
    agreeing = [
        rival.value
        for rival in others
        if winner is not None
        and rival.why != OVERTAKEN
        and reads_the_same(rival.value.value, winner.value)
    ]
    kept = {id(value) for value in agreeing}
    return FieldAccount(
        field=name,
        winner=winner,
        why=why,
        agreeing=agreeing,
        rivals=[rival for rival in others if id(rival.value) not in kept],
        conflict=conflict,
        outranks_until=None
        if winner is None or winner.kind is not ValueKind.CONFIRMATION or days is None
        else lapses_at(winner, days=days),
    )


def _rivals(unit: Settlement, name: str) -> Iterator[Rival]:
    """Give all that was said of a field, each with why it is not the golden value."""
    by_people = unit.people.get(name)
    told: set[int] = set()
    if by_people is not None:
        for place, claim in enumerate(by_people.claims):
            told.add(id(claim[0]))
            yield Rival(value=claim[0], why=by_people.why_beaten(place))
    if unit.claims is not None:
        for place, claim in enumerate(unit.claims.claims):
            for value in claim:
                if value.field == name and id(value) not in told:
                    yield Rival(value=value, why=_why_lost(unit, unit.claims, place, name))
    for value in unit.overtaken:
        if value.field == name:
            yield Rival(value=value, why=OVERTAKEN)


def _why_lost(unit: Settlement, claims: Contest, place: int, name: str) -> str:
    if name in unit.people:
        return unit.people[name].why
    leads = claims.claims[0]
    if unit.survivors and not any(
        won is value for won, _ in unit.survivors.values() for value in leads
    ):
        return MOVED
    return claims.why_beaten(place) if place else OTHER_SOURCE


def _spoken_of(unit: Settlement) -> list[str]:
    values = [won for won, _ in unit.survivors.values()]
    values += [value for claim in (unit.claims.claims if unit.claims else ()) for value in claim]
    return list(dict.fromkeys(value.field for value in (*values, *unit.overtaken)))


def in_question(name: str, field: str) -> bool:
    """Say whether a field is meant by a name: its own, or its group's."""
    return name in {field, unit_of(field)}
