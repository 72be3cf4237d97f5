"""Values that compete for a field, the record they form, and the policy that decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

# What the source of a word that no system said is called, beside the names of systems.
CUSTOMER = "customer"
OPERATOR = "operator"
CREDIT_DECISION = "credit decision"


class ValueKind(StrEnum):
    """What kind of fact a value was read from."""

    SOURCE = "source"
    CONTRACT = "contract"
    CREDIT = "credit"
    CONFIRMATION = "confirmation"
    LAPSED = "lapsed"  # confirmed so long ago that it counts as an ordinary source
    PIN = "pin"


class Criterion(StrEnum):
    """What a rule may prefer a value for."""

    PINNED = "pinned"  # an operator said so; always the strongest, named or not
    DECIDED = "decided"  # it was decided on, as a customer's credit is
    CONFIRMED = "confirmed"  # the customer said so, not too long ago
    CONTRACT = "contract"  # it was agreed in a contract
    TRUST = "trust"  # its system comes early in the order of trust
    MOST_RECENT = "most_recent"  # it was changed last
    MOST_COMPLETE = "most_complete"  # most fields of the group, or the longest text


class BlankPolicy(StrEnum):
    """What it means that a source has blanked a field in which it had a value."""

    IGNORE = "ignore"  # nothing: others, or nobody, say what it is
    CLEAR_IF_EXPLICIT = "clear_if_explicit"  # that it has none: it competes like a value
    CLEAR_IF_TRUSTED = "clear_if_trusted"  # the same, of the most trusted source alone


@dataclass(frozen=True, kw_only=True)
class FieldValue:
    """What one fact says about one field, in normal form.

    Values of one ``(system, source_key, version_id)`` belong together. ``version_id`` is None for
    facts that are not source records (an answer, a pin, a credit report). ``is_echo`` marks what
    we wrote to the system ourselves and read back: it proves nothing. "" means that the fact
    explicitly says that there is none. ``holds_until`` is when a pin expires.
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
    holds_until: datetime | None = None

    @property
    def said_at(self) -> datetime:
        """When it was said, as far as is known: by the source's own clock, or else by ours."""
        return self.modified_at or self.observed_at

    @property
    def is_blank(self) -> bool:
        return not self.value.strip()


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a golden value came from, when, and what made it survive.

    ``said_at`` is by the source's own clock where it has one, ``observed_at`` by ours.
    ``rule`` is ``only_value`` when nothing competed, ``pinned`` when a person decided, ``own_data``
    when the others were echoes of our own writes, ``completeness`` when the others lacked the
    heart of the group, a criterion, or ``tie`` when only the order of the source keys decided.
    A ``disputed`` value is written nowhere: trusted systems disagree, and nobody has decided.
    """

    system: str
    source_key: str
    version_id: int | None
    observed_at: datetime
    said_at: datetime
    rule: str
    disputed: bool = False


@dataclass(frozen=True, kw_only=True)
class GoldenRecord:
    """The one trusted record of a customer; absent fields are unknown."""

    fields: dict[str, str]
    provenance: dict[str, Provenance]

    @property
    def disputed(self) -> list[str]:
        """The fields whose values are written nowhere yet."""
        return [name for name, source in self.provenance.items() if source.disputed]


DEFAULT_PREFERENCE = (
    Criterion.PINNED,
    Criterion.CONFIRMED,
    Criterion.TRUST,
    Criterion.MOST_RECENT,
)


@dataclass(frozen=True, kw_only=True)
class ConfirmedFor:
    """How many days a customer's word outranks; None where nothing is said of it."""

    days: int | None = None
    by_segment: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FieldRule:
    """How one field, or one group, picks its value.

    ``prefer`` is read from left to right, each criterion settling what the one before left tied.
    ``trust`` lists systems, the most trusted first; systems not in it come after, as equals.
    Systems in ``conflict_between`` are all trusted: when they disagree, a person is asked.
    """

    prefer: tuple[Criterion, ...] = DEFAULT_PREFERENCE
    trust: tuple[str, ...] = ()
    blanks: BlankPolicy | None = None
    confirmed_for: ConfirmedFor = ConfirmedFor()
    conflict_between: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SurvivorshipPolicy:
    """A client's rules of survivorship.

    ``by_field`` is keyed by the field's name, or by its group's for fields that survive together
    (``address``). What is not in it, or not said there, follows the client's own ``trust``,
    ``blanks`` and ``confirmed_for`` by the usual preference.
    """

    trust: tuple[str, ...]
    by_field: Mapping[str, FieldRule] = field(default_factory=dict)
    blanks: BlankPolicy = BlankPolicy.IGNORE
    confirmed_for: ConfirmedFor = ConfirmedFor()

    def rule_for(self, name: str) -> FieldRule:
        """Return the rule of a field or group, with the client's own where it says nothing."""
        rule = self.by_field.get(name)
        if rule is None:
            return FieldRule(trust=self.trust, blanks=self.blanks)
        return replace(rule, trust=rule.trust or self.trust, blanks=rule.blanks or self.blanks)

    def confirmed_days(self, name: str, *, segment: str) -> int | None:
        """Return how long a customer's word on a field or group outranks; None is for good.

        What is said of the field goes before what is said of the client, and in each of them what
        is said of the segment before the rest.
        """
        rule = self.by_field.get(name)
        for said in (ConfirmedFor() if rule is None else rule.confirmed_for, self.confirmed_for):
            days = said.by_segment.get(segment, said.days)
            if days is not None:
                return days
        return None
