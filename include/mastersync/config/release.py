"""The sections of a client's file that say what may leave the house, when, and how much."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from mastersync.config.values import OtherSystem, Share, Strict
from mastersync.domain.effects.guards import GuardPolicy, Limits
from mastersync.domain.effects.model import EffectKind

Count = Annotated[int, Field(ge=0)]
Minutes = Annotated[int, Field(ge=0, le=7 * 24 * 60)]


class HoldConfig(Strict):
    """How many minutes planned effects wait, for a person to stop them; 0 is not at all."""

    push: Minutes = Field(default=0, description="Writes to systems.")
    email: Minutes = Field(default=0, description="Mails to customers.")
    credit_order: Minutes = Field(default=0, description="Orders of credit reports.")

    def to_rules(self) -> Mapping[EffectKind, timedelta]:
        return {kind: timedelta(minutes=getattr(self, kind.value)) for kind in EffectKind}


class TargetGuardsConfig(Strict):
    """What one run may change in one system before a person looks; 0 lets nothing through."""

    max_updates: Count | None = Field(default=None, description="Records updated.")
    max_creates: Count | None = Field(default=None, description="Records created.")
    max_clears: Count | None = Field(default=None, description="Writes that empty a field.")
    max_share_of_base: Share | None = Field(
        default=None, description="Customers updated, as a fraction of all: 0.0 to 1.0."
    )
    max_creates_share: Share | None = Field(
        default=None, description="Customers created, as a fraction of all."
    )
    max_clears_share: Share | None = Field(
        default=None, description="Customers with a field emptied, as a fraction of all."
    )

    def to_limits(self) -> Limits:
        return Limits(**_given(self))


class GuardsConfig(TargetGuardsConfig):
    """What one run may change outside before a person looks; 0 lets nothing through."""

    max_updates: Count = Field(description="Updates pushed to all systems together.")
    max_creates: Count = Field(description="Customers created in all systems together.")
    max_mails: Count = Field(description="Mails to customers.")
    max_merges: Count | None = Field(
        default=None, description="Customers merged into others since the last plan."
    )
    max_orders: Count | None = Field(default=None, description="Credit reports ordered.")
    max_money: Annotated[Decimal, Field(ge=0)] | None = Field(
        default=None, description="What the credit reports of a run may cost together."
    )
    max_mails_share: Share | None = Field(
        default=None, description="Customers mailed, as a fraction of all."
    )
    max_merges_share: Share | None = Field(
        default=None, description="Customers merged, as a fraction of all."
    )
    max_orders_share: Share | None = Field(
        default=None, description="Customers whose report is ordered, as a fraction of all."
    )
    targets: dict[OtherSystem, TargetGuardsConfig] = Field(
        default_factory=dict, description="Limits of single systems, by name."
    )

    def to_policy(self) -> GuardPolicy:
        given = _given(self)
        del given["targets"]
        targets = {name: limits.to_limits() for name, limits in self.targets.items()}
        return GuardPolicy(**given, targets=targets)


def _given(section: Strict) -> dict[str, Any]:
    return {name: getattr(section, name) for name in type(section).model_fields}
