"""Survivorship: from what all facts say to the one golden record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mastersync.domain.golden.confirmed import Words, weigh_words
from mastersync.domain.golden.conflicts import Conflict, find_conflicts
from mastersync.domain.golden.contest import (
    HEARTS,
    Claim,
    Contest,
    Settlement,
    hold_contest,
    place_in_order,
)
from mastersync.domain.golden.model import (
    BlankPolicy,
    FieldRule,
    FieldValue,
    GoldenRecord,
    Provenance,
    SurvivorshipPolicy,
    ValueKind,
)
from mastersync.domain.records.fields import FIELDS

_GROUPS = {field.group for field in FIELDS.values() if field.group}
_PEOPLE = frozenset({ValueKind.PIN, ValueKind.CONFIRMATION})
_OF_RECORDS = frozenset({ValueKind.SOURCE, ValueKind.CONTRACT})
_SEGMENT = "segment"

_Survivors = dict[str, tuple[FieldValue, str]]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A golden record with all that led to it; ``changes_at`` is when time alone changes it."""

    golden: GoldenRecord
    units: Mapping[str, Settlement]
    conflicts: Sequence[Conflict]
    changes_at: datetime | None


@dataclass(kw_only=True)
class _Said:
    """What is said of one unit: by records, by customers, by operators."""

    records: list[FieldValue] = field(default_factory=list)
    confirmed: list[FieldValue] = field(default_factory=list)
    pinned: list[FieldValue] = field(default_factory=list)


def survive(
    values: Sequence[FieldValue], policy: SurvivorshipPolicy, *, now: datetime
) -> GoldenRecord:
    """Return the golden record that the values form; see `settle`."""
    return settle(values, policy, now=now).golden


def settle(values: Sequence[FieldValue], policy: SurvivorshipPolicy, *, now: datetime) -> Settled:
    """Settle which values survive. The order of ``values`` does not matter.

    A pin wins until it expires. A blank does not count unless the rule on blanks says so, and
    what we wrote ourselves survives only when nobody else says anything. The fields of a group
    come from one fact together, except single fields that an operator pinned or the customer
    confirmed; when those make it another address, nothing else of the group stays. What is tied
    after the rule's last criterion goes to the smallest source key.
    """
    said, changes = _sorted(values, policy, now=now)
    units: dict[str, Settlement] = {}
    segment = ""
    # The segment first: how long a customer's word outranks may depend on it.
    for name in sorted(said, key=lambda name: name != _SEGMENT):
        days = policy.confirmed_days(name, segment=segment)
        found = said[name]
        words = weigh_words(found.confirmed, found.records, days=days, now=now)
        units[name] = _settle_unit(name, found, words, policy.rule_for(name))
        if words.lapses_at is not None:
            changes.append(words.lapses_at)
        if name == _SEGMENT and name in units[name].survivors:
            segment = units[name].survivors[name][0].value.strip()
    survivors = {
        name: won
        for unit in units.values()
        for name, won in unit.survivors.items()
        if not won[0].is_blank
    }
    names = sorted(survivors, key=_place)
    conflicts = find_conflicts(units.values())
    disputed = {name for conflict in conflicts for name in conflict.disputed}
    return Settled(
        golden=GoldenRecord(
            fields={name: survivors[name][0].value.strip() for name in names},
            provenance={
                name: _provenance(*survivors[name], disputed=name in disputed) for name in names
            },
        ),
        units=units,
        conflicts=conflicts,
        changes_at=min(changes, default=None),
    )


def _sorted(
    values: Sequence[FieldValue], policy: SurvivorshipPolicy, *, now: datetime
) -> tuple[dict[str, _Said], list[datetime]]:
    """Return what counts, by unit, and the times at which pins expire."""
    said: dict[str, _Said] = defaultdict(_Said)
    changes: list[datetime] = []
    for value in values:
        unit = unit_of(value.field)
        if value.is_blank and not _counts(value, policy.rule_for(unit)):
            continue
        if value.kind is ValueKind.PIN:
            if value.holds_until is not None:
                if value.holds_until <= now:
                    continue
                changes.append(value.holds_until)
            said[unit].pinned.append(value)
        elif value.kind is ValueKind.CONFIRMATION:
            said[unit].confirmed.append(value)
        else:
            said[unit].records.append(value)
    return said, changes


def _counts(blank: FieldValue, rule: FieldRule) -> bool:
    """Say whether that a source blanked the field means anything."""
    if blank.kind not in _OF_RECORDS or rule.blanks is BlankPolicy.IGNORE:
        return False
    return rule.blanks is BlankPolicy.CLEAR_IF_EXPLICIT or rule.trust[:1] == (blank.system,)


def _settle_unit(name: str, said: _Said, words: Words, rule: FieldRule) -> Settlement:
    lapsed = [value for value in words.standing if value.kind is ValueKind.LAPSED]
    people = [value for value in words.standing if value.kind is not ValueKind.LAPSED]
    settled = _settle_group if name in _GROUPS else _settle_field
    survivors, claims, contests = settled(
        name, [*said.records, *lapsed], [*people, *said.pinned], rule
    )
    return Settlement(
        name=name,
        rule=rule,
        survivors=survivors,
        claims=claims,
        people=contests,
        overtaken=words.overtaken,
    )


_Contests = dict[str, Contest]


def _settle_field(
    name: str, records: Sequence[FieldValue], people: Sequence[FieldValue], rule: FieldRule
) -> tuple[_Survivors, Contest | None, _Contests]:
    if not records and not people:
        return {}, None, {}
    contest = hold_contest([(value,) for value in (*records, *people)], rule)
    survivors = {name: (contest.winner[0], contest.why)}
    return survivors, contest, {name: contest} if people else {}


def _settle_group(
    group: str, records: Sequence[FieldValue], people: Sequence[FieldValue], rule: FieldRule
) -> tuple[_Survivors, Contest | None, _Contests]:
    """Let one record decide the whole group, then people each field that they spoke about."""
    survivors: _Survivors = {}
    claims = None
    if records:
        claims = hold_contest(_claims(records), rule, heart=HEARTS[group])
        survivors = {value.field: (value, claims.why) for value in claims.winner}
    by_field: dict[str, list[FieldValue]] = defaultdict(list)
    for value in people:
        by_field[value.field].append(value)
    contests: _Contests = {}
    corrected: _Survivors = {}
    for name, opinions in by_field.items():
        rivals = [*opinions, survivors[name][0]] if name in survivors else opinions
        contests[name] = hold_contest([(value,) for value in rivals], rule)
        corrected[name] = (contests[name].winner[0], contests[name].why)
    if _is_another(survivors, corrected, heart=HEARTS[group]):
        return corrected, claims, contests
    return survivors | corrected, claims, contests


def _claims(records: Sequence[FieldValue]) -> list[Claim]:
    """Return what each fact says of a group; of a field said twice by one, the first in order."""
    claims: dict[tuple[object, ...], dict[str, FieldValue]] = defaultdict(dict)
    for value in records:
        claim = claims[value.kind, value.system, value.source_key, value.version_id]
        held = claim.get(value.field)
        if held is None or place_in_order(value) < place_in_order(held):
            claim[value.field] = value
    return [tuple(claim.values()) for claim in claims.values()]


def _is_another(survivors: _Survivors, corrected: _Survivors, *, heart: str) -> bool:
    """Say whether people gave another address, not a better spelling of the one held.

    Then nothing of the old one may stay: who moved to Leeds does not live in London's postcode.
    """
    differing = {
        name
        for name, (value, _) in corrected.items()
        if name in survivors and survivors[name][0].value.casefold() != value.value.casefold()
    }
    return heart in differing and len(differing) > 1


def unit_of(name: str) -> str:
    """Return what a field survives with: its group, or itself."""
    return FIELDS[name].group or name if name in FIELDS else name


_PLACES = {name: place for place, name in enumerate(FIELDS)}


def _place(name: str) -> tuple[int, str]:
    return _PLACES.get(name, len(_PLACES)), name


def _provenance(value: FieldValue, why: str, *, disputed: bool) -> Provenance:
    return Provenance(
        system=value.system,
        source_key=value.source_key,
        version_id=value.version_id,
        observed_at=value.observed_at,
        said_at=value.said_at,
        rule=why,
        disputed=disputed,
    )
