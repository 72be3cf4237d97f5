"""Survivorship: from what all facts say to the one golden record."""

from collections import defaultdict
from collections.abc import Sequence

from mastersync.domain.golden.model import (
    Criterion,
    FieldRule,
    FieldValue,
    GoldenRecord,
    Provenance,
    SurvivorshipPolicy,
    ValueKind,
)
from mastersync.domain.records.fields import FIELDS

# Who says "London" but no street does not know the address; who knows no amount, no limit.
_HEART = {"address": "street", "person": "surname", "credit": "credit_limit"}
_GROUPS = {field.group for field in FIELDS.values() if field.group}
_PEOPLE = frozenset({ValueKind.PIN, ValueKind.CONFIRMATION})

# What one fact says about one field, or about the fields of one group; never empty.
_Claim = Sequence[FieldValue]
_Survivors = dict[str, tuple[FieldValue, str]]


def survive(values: Sequence[FieldValue], policy: SurvivorshipPolicy) -> GoldenRecord:
    """Return the golden record that the values form. The order of ``values`` does not matter.

    Blank values never survive, and what we wrote ourselves survives only when nobody else says
    anything. The fields of a group come from one fact together, except single fields that an
    operator pinned or the customer confirmed; when those make it another address, nothing else
    of the group stays. What is tied after the rule's last criterion goes
    to the smallest source key.
    """
    units: dict[str, list[FieldValue]] = defaultdict(list)
    for value in sorted(values, key=_order):
        if value.value.strip():
            units[_unit(value.field)].append(value)
    survivors: _Survivors = {}
    for unit, said in units.items():
        rule = policy.rule_for(unit)
        if unit in _GROUPS:
            survivors |= _group_survivors(unit, said, rule)
        else:
            (winner,), why = _best([(value,) for value in said], rule)
            survivors[unit] = (winner, why)
    names = sorted(survivors, key=_place)
    return GoldenRecord(
        fields={name: survivors[name][0].value.strip() for name in names},
        provenance={name: _provenance(*survivors[name]) for name in names},
    )


def _group_survivors(group: str, said: Sequence[FieldValue], rule: FieldRule) -> _Survivors:
    """Return one record's values for the whole group, then each field that people spoke about."""
    claims: dict[tuple[object, ...], list[FieldValue]] = defaultdict(list)
    by_people: dict[str, list[FieldValue]] = defaultdict(list)
    for value in said:
        if value.kind in _PEOPLE:
            by_people[value.field].append(value)
        else:
            claims[value.kind, value.system, value.source_key, value.version_id].append(value)
    survivors: _Survivors = {}
    if claims:
        winners, why = _best(list(claims.values()), rule, heart=_HEART[group])
        # Reversed, so that of a field said twice by one record the first in order stays.
        survivors = {value.field: (value, why) for value in reversed(winners)}
    corrected: _Survivors = {}
    for name, opinions in by_people.items():
        rivals = [*opinions, survivors[name][0]] if name in survivors else opinions
        (winner,), why = _best([(value,) for value in rivals], rule)
        corrected[name] = (winner, why)
    if _is_another(survivors, corrected, heart=_HEART[group]):
        return corrected
    return survivors | corrected


def _is_another(held: _Survivors, corrected: _Survivors, *, heart: str) -> bool:
    """Say whether people gave another address, not a better spelling of the one held.

    Then nothing of the old one may stay: who moved to Leeds does not live in London's postcode.
    """
    differing = {
        name
        for name, (value, _) in corrected.items()
        if name in held and held[name][0].value.casefold() != value.value.casefold()
    }
    return heart in differing and len(differing) > 1


def _best(
    claims: Sequence[_Claim], rule: FieldRule, *, heart: str | None = None
) -> tuple[_Claim, str]:
    """Return the claim that survives and why; of equals the first, so ``claims`` are in order."""
    ranked = sorted(
        ((_rank(claim, rule, heart), claim) for claim in claims), key=lambda pair: pair[0]
    )
    if len(ranked) == 1:
        return ranked[0][1], "only_value"
    (first, winner), (second, _) = ranked[:2]
    reasons = ("own_data", "completeness", *(criterion.value for criterion in rule.prefer))
    why = next((r for r, a, b in zip(reasons, first, second, strict=True) if a != b), "tie")
    return winner, why


def _rank(claim: _Claim, rule: FieldRule, heart: str | None) -> tuple[float, ...]:
    """Return the claim's place under each criterion; lower is better."""
    places = {system: float(place) for place, system in enumerate(rule.trust)}
    one = claim[0]
    newest = max((value.modified_at or value.observed_at).timestamp() for value in claim)
    by_criterion = {
        Criterion.PINNED: float(one.kind is not ValueKind.PIN),
        Criterion.CONFIRMED: float(one.kind is not ValueKind.CONFIRMATION),
        Criterion.TRUST: places.get(one.system, float(len(places))),
        Criterion.MOST_RECENT: -newest,
    }
    return (
        float(all(value.is_echo for value in claim)),
        float(heart is not None and all(value.field != heart or value.is_echo for value in claim)),
        *(by_criterion[criterion] for criterion in rule.prefer),
    )


def _unit(field: str) -> str:
    """Return what a field survives with: its group, or itself."""
    return FIELDS[field].group or field if field in FIELDS else field


_PLACES = {name: place for place, name in enumerate(FIELDS)}


def _place(field: str) -> tuple[int, str]:
    return _PLACES.get(field, len(_PLACES)), field


def _order(value: FieldValue) -> tuple[object, ...]:
    """Return a total order, smallest source key first, the newest version of it first."""
    return (
        value.system,
        value.source_key,
        -(value.version_id or 0),
        -(value.modified_at or value.observed_at).timestamp(),
        value.kind,
        value.field,
        value.is_echo,
        -value.observed_at.timestamp(),
        value.modified_at is None,
        value.value,
    )


def _provenance(value: FieldValue, why: str) -> Provenance:
    return Provenance(
        system=value.system,
        source_key=value.source_key,
        version_id=value.version_id,
        observed_at=value.observed_at,
        rule=why,
    )
