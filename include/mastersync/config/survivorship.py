"""Which value survives: the section ``survivorship`` of a client's file."""

from typing import Literal, Self

from pydantic import Field, model_validator

from mastersync.config.values import Days, Strict, SurvivorName, Text, TrustedName, mistake
from mastersync.domain.golden.model import (
    DEFAULT_PREFERENCE,
    BlankPolicy,
    ConfirmedFor,
    Criterion,
    FieldRule,
    SurvivorshipPolicy,
)


class ConfirmedForConfig(Strict):
    """How long a customer's word outranks; both sections that may say it share this."""

    confirmed_for_days: Days | None = Field(
        default=None,
        description="Days that a customer's confirmation outranks the systems; left out: for good.",
    )
    confirmed_for_days_by_segment: dict[Text, Days] = Field(
        default_factory=dict, description="The same, for customers of a segment."
    )

    def confirmed_for(self) -> ConfirmedFor:
        by_segment = {
            segment.upper(): days for segment, days in self.confirmed_for_days_by_segment.items()
        }
        return ConfirmedFor(days=self.confirmed_for_days, by_segment=by_segment)


class FieldRuleConfig(ConfirmedForConfig):
    """How one field, or one group of fields, picks its value."""

    trust: tuple[TrustedName, ...] = Field(
        default=(), description="Systems, the most trusted first; empty: the client's order."
    )
    prefer: tuple[Criterion, ...] = Field(
        default=DEFAULT_PREFERENCE,
        min_length=1,
        description="Criteria, the strongest first; each settles what the one before left tied.",
    )
    blanks: BlankPolicy | None = Field(
        default=None, description="What a blanked value means; left out: as for the client."
    )
    on_conflict: Literal["policy", "ticket"] = Field(
        default="policy",
        description="Trusted systems disagree: the rule decides, and with 'ticket' a person looks.",
    )
    conflict_between: tuple[TrustedName, ...] = Field(
        default=(), description="Systems that must not disagree; empty: all of the order of trust."
    )

    @model_validator(mode="after")
    def _conflicts_are_asked_about(self) -> Self:
        if self.conflict_between and self.on_conflict == "policy":
            how = "Add 'on_conflict: ticket', or leave 'conflict_between' out."
            raise mistake("'conflict_between' is said, and nobody is asked.", how)
        if len(self.conflict_between) == 1:
            raise mistake("one system alone cannot disagree.", "Name another in the list.")
        return self

    def to_rule(self, *, client_trust: tuple[str, ...]) -> FieldRule:
        asked = self.conflict_between or self.trust or client_trust
        return FieldRule(
            prefer=self.prefer,
            trust=self.trust,
            blanks=self.blanks,
            confirmed_for=self.confirmed_for(),
            conflict_between=asked if self.on_conflict == "ticket" else (),
        )


class SurvivorshipConfig(ConfirmedForConfig):
    """Which value survives when systems disagree."""

    trust: tuple[TrustedName, ...] = Field(
        min_length=1, description="Systems, the most trusted first."
    )
    blanks: BlankPolicy = Field(
        default=BlankPolicy.IGNORE,
        description="What it means that a system blanks a value it had: nothing, or that there is"
        " none.",
    )
    by_field: dict[SurvivorName, FieldRuleConfig] = Field(
        default_factory=dict, description="Fields and groups with a rule of their own."
    )

    def to_policy(self) -> SurvivorshipPolicy:
        return SurvivorshipPolicy(
            trust=self.trust,
            blanks=self.blanks,
            confirmed_for=self.confirmed_for(),
            by_field={
                name: rule.to_rule(client_trust=self.trust) for name, rule in self.by_field.items()
            },
        )
