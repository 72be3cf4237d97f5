"""Trusted sources that disagree: found, not settled silently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mastersync.domain.golden.contest import HEARTS, Claim, Settlement
from mastersync.domain.golden.echo import reads_the_same
from mastersync.domain.golden.model import CREDIT_DECISION, FieldValue, ValueKind

_SOURCES = frozenset({ValueKind.SOURCE, ValueKind.CONTRACT, ValueKind.CREDIT})
_PEOPLE = frozenset({ValueKind.PIN, ValueKind.CONFIRMATION})


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two or more trusted systems say different things of a field or group.

    ``values`` are what they say of the fields that differ, the system that leads by the rule
    first; the golden record follows it until somebody decides. ``disputed`` is what is written
    nowhere until then: all of the group that no person has decided.
    """

    unit: str
    fields: tuple[str, ...]
    systems: tuple[str, ...]
    values: tuple[FieldValue, ...]
    disputed: frozenset[str]


def find_conflicts(units: Iterable[Settlement]) -> list[Conflict]:
    """Return where systems that must not disagree do, and nobody has decided.

    What we wrote ourselves is no opinion, and capitals, punctuation and cut-off ends no conflict.
    """
    found = (_conflict(unit) for unit in units if unit.rule.conflict_between)
    return [conflict for conflict in found if conflict is not None]


def _conflict(unit: Settlement) -> Conflict | None:
    leading, *others = _opinions(unit) or [()]
    decided = {name for name, (value, _) in unit.survivors.items() if _is_decided(value)}
    if not others or HEARTS.get(unit.name, unit.name) in decided:
        return None
    held = _by_field(leading)
    differing = [
        (held[value.field], value)
        for other in others
        for value in other
        if value.field in held
        and value.field not in decided
        and not value.is_echo
        and not reads_the_same(held[value.field].value, value.value)
    ]
    if not differing:
        return None
    values = tuple(dict.fromkeys(value for pair in differing for value in pair))
    return Conflict(
        unit=unit.name,
        fields=tuple(dict.fromkeys(value.field for value in values)),
        systems=tuple(dict.fromkeys(value.system for value in values)),
        values=values,
        disputed=frozenset(unit.survivors) - decided,
    )


def _is_decided(value: FieldValue) -> bool:
    return value.kind in _PEOPLE or value.system == CREDIT_DECISION


def _opinions(unit: Settlement) -> Sequence[Claim]:
    """Return the best claim of each system that must not disagree, in the rule's order."""
    best: dict[str, Claim] = {}
    for claim in () if unit.claims is None else unit.claims.claims:
        one = claim[0]
        if (
            one.kind in _SOURCES
            and one.system in unit.rule.conflict_between
            and not all(value.is_echo for value in claim)
        ):
            best.setdefault(one.system, claim)
    return list(best.values())


def _by_field(claim: Claim) -> dict[str, FieldValue]:
    return {value.field: value for value in claim if not value.is_echo}
