"""Parts of the credit section: when to check again, the client's own ledger, what is on record."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from mastersync.config.values import Country, Currency, OtherSystem, Path, Strict, Text
from mastersync.domain.credit.internal import InternalSource, StopRules
from mastersync.domain.credit.packs import OnRecord
from mastersync.domain.credit.policy import Occasions
from mastersync.domain.credit.purpose import BasisDocument

Amount = Annotated[Decimal, Field(ge=0)]


class OccasionsConfig(Strict):
    """What wants a new report while one is still good."""

    limit_rise: Amount | None = Field(
        default=None,
        description="The limit asked for rose by more than this fraction since the report: 0.2.",
    )
    exposure_share: Amount | None = Field(
        default=None,
        description="What is open came over this fraction of the limit since the report: 0.9.",
    )
    events: bool = Field(default=True, description="The agency told of a change since the report.")

    def to_rules(self) -> Occasions:
        return Occasions(
            limit_rise=self.limit_rise, exposure_share=self.exposure_share, events=self.events
        )


class InternalConfig(Strict):
    """Where the client's own ledger says how a customer stands; read before any paid call."""

    system: OtherSystem = Field(description="Whose records are read.")
    currency: Currency | None = Field(
        default=None, description="Of its amounts; that of the budget if it is not said."
    )
    exposure: Path | None = Field(default=None, description="Path to what is open.")
    overdue: Path | None = Field(default=None, description="Path to what is overdue.")
    disputed: Path | None = Field(default=None, description="Path to what is disputed.")
    days_late: Path | None = Field(default=None, description="Path to how many days late.")
    authority: Path | None = Field(
        default=None, description="Path to a reference to the customer's own consent to a check."
    )

    def to_source(self, *, currency: str) -> InternalSource:
        return InternalSource(
            system=self.system,
            currency=self.currency or currency,
            exposure=self.exposure or "",
            overdue=self.overdue or "",
            disputed=self.disputed or "",
            days_late=self.days_late or "",
            authority=self.authority or "",
        )


class StopConfig(Strict):
    """From what standing no report is bought, because a person decides anyway."""

    overdue_above: Amount | None = Field(default=None, description="Amount overdue.")
    disputed_above: Amount | None = Field(default=None, description="Amount disputed.")
    days_late_above: Amount | None = Field(default=None, description="Days late.")
    exposure_above: Amount | None = Field(default=None, description="Amount open.")

    def to_rules(self) -> StopRules:
        return StopRules(
            overdue_above=self.overdue_above,
            disputed_above=self.disputed_above,
            days_late_above=self.days_late_above,
            exposure_above=self.exposure_above,
        )


class BasisConfig(Strict):
    """A document that the law wants on record before a customer is checked."""

    kind: OnRecord = Field(description="What it is.")
    reference: Text = Field(description="Where it is found: number, version, date.")
    valid_until: date | None = Field(default=None, description="Its last day, if it has one.")
    countries: tuple[Country, ...] = Field(
        default=(), description="Of the customers that it covers; all if none is named."
    )

    def to_document(self) -> BasisDocument:
        return BasisDocument(
            kind=self.kind,
            reference=self.reference,
            valid_until=self.valid_until,
            countries=frozenset(self.countries),
        )


def mistakes_of_ledger(
    internal: InternalConfig | None, stop_when: StopConfig, occasions: OccasionsConfig
) -> Iterator[tuple[str, str]]:
    """Yield what is asked of the ledger and not read there, and how to mend it."""
    asked = {
        f"stop_when.{name}_above": name
        for name in ("overdue", "disputed", "days_late", "exposure")
        if getattr(stop_when, f"{name}_above") is not None
    }
    if occasions.exposure_share is not None:
        asked["check_again.exposure_share"] = "exposure"
    for setting, name in asked.items():
        if internal is None or getattr(internal, name) is None:
            yield (
                f"'{setting}' needs what no ledger says.",
                f"Give the path 'internal.{name}', or leave it out.",
            )
    read = ("exposure", "overdue", "disputed", "days_late", "authority")
    if internal is not None and not any(getattr(internal, name) for name in read):
        yield "'internal' reads nothing.", f"Give the path of one of: {', '.join(read)}."
