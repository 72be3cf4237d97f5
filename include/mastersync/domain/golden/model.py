"""Values that compete for a field, the record they form, and the policy that decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ValueKind(StrEnum):
    """What kind of fact a value was read from."""

    SOURCE = "source"
    CONTRACT = "contract"
    CREDIT = "credit"
    CONFIRMATION = "confirmation"
    PIN = "pin"


class Criterion(StrEnum):
    """What a rule may prefer a value for."""

    PINNED = "pinned"  # an operator said so
    CONFIRMED = "confirmed"  # the customer said so
    TRUST = "trust"  # its system comes early in the order of trust
    MOST_RECENT = "most_recent"  # it was changed last


@dataclass(frozen=True, kw_only=True)
class FieldValue:
    """What one fact says about one field, in normal form.

    Values of one ``(system, source_key, version_id)`` belong together. ``version_id`` is None for
    facts that are not source records (an answer, a pin, a credit report). ``is_echo`` marks what
    we wrote to the system ourselves and read back: it proves nothing.
    """

    field: str
    value: str
    system: str
    source_key: str
    observed_at: datetime
    version_id: int | None = None
    modified_at: datetime | None = None
    is_echo: bool = False
    kind: ValueKind = ValueKind.SOURCE


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a golden value came from, and what made it survive.

    ``rule`` is ``only_value`` when nothing competed, ``own_data`` when the others were echoes of
    our own writes, ``completeness`` when the others lacked the heart of the group, a criterion,
    or ``tie`` when only the order of the source keys decided.
    """

    system: str
    source_key: str
    version_id: int | None
    observed_at: datetime
    rule: str


@dataclass(frozen=True, kw_only=True)
class GoldenRecord:
    """The one trusted record of a customer; absent fields are unknown."""

    fields: dict[str, str]
    provenance: dict[str, Provenance]


DEFAULT_PREFERENCE = (
    Criterion.PINNED,
    Criterion.CONFIRMED,
    Criterion.TRUST,
    Criterion.MOST_RECENT,
)


@dataclass(frozen=True, kw_only=True)
class FieldRule:
    """How one field, or one group, picks its value.

    ``prefer`` is read from left to right, each criterion settling what the one before left tied.
    ``trust`` lists systems, the most trusted first; systems not in it come after, as equals.
    """

    prefer: tuple[Criterion, ...] = DEFAULT_PREFERENCE
    trust: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SurvivorshipPolicy:
    """A client's rules of survivorship.

    ``by_field`` is keyed by the field's name, or by its group's for fields that survive together
    (``address``). What is not in it follows ``trust`` by the usual preference.
    """

    trust: tuple[str, ...]
    by_field: Mapping[str, FieldRule] = field(default_factory=dict)

    def rule_for(self, name: str) -> FieldRule:
        """Return the rule of a field or group; a rule without ``trust`` has the client's."""
        rule = self.by_field.get(name)
        if rule is None:
            return FieldRule(trust=self.trust)
        return rule if rule.trust else FieldRule(prefer=rule.prefer, trust=self.trust)
