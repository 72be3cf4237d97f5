"""The section of a client's file that says which credit reports are bought, and for how much."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from mastersync.config.agencies import (
    AgencyName,
    DnbConfig,
    ExperianConfig,
    MonitoringConfig,
    StatementConfig,
    mistakes_of_account,
)
from mastersync.config.values import (
    ConnectionId,
    Country,
    Currency,
    Days,
    PartyType,
    Strict,
    Text,
    mistake,
)
from mastersync.domain.credit.agencies import CREDITSAFE
from mastersync.domain.credit.policy import CreditPolicy


class CreditConfig(Strict):
    """Whom to check, with which agency, for how much money."""

    enabled: bool = Field(default=True, description="Whether reports are ordered at all.")
    agency: AgencyName = Field(default=CREDITSAFE, description="Whose reports.")
    connection: ConnectionId = Field(description="The client's account at the agency.")
    countries: tuple[Country, ...] = Field(min_length=1, description="Of customers to check.")
    party_types: tuple[PartyType, ...] = Field(
        default=("company",), description="Kinds of customer to check."
    )
    minimum_requested_limit: Decimal = Field(
        default=Decimal(0), ge=0, description="Credit limit from which a check is wanted."
    )
    valid_for_days: Days = Field(default=365, description="Days that a report is good for.")
    price: Decimal = Field(ge=0, description="Of one report.")
    currency: Currency = Field(description="Of price and budgets.")
    budget_per_run: Decimal = Field(gt=0, description="No run spends more.")
    budget_per_month: Decimal = Field(gt=0, description="No month spends more.")
    purpose: Text = Field(description="Why reports are bought, as the agency's terms want stated.")
    authority: Text = Field(description="What allows it: the clause of the client's contract.")
    when_unknown: Annotated[str, Field(pattern="^(wait|continue)$")] = Field(
        default="wait", description="The agency knows no such company: wait or continue."
    )
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] = Field(
        default="en", description="Of reports."
    )
    custom_data: dict[Country, Text] = Field(
        default_factory=dict,
        description="What a country's law wants stated with each order (DE: de_reason_code::1).",
    )
    dnb: DnbConfig | None = Field(default=None, description="How D&B is ordered from.")
    experian: ExperianConfig | None = Field(
        default=None, description="How Experian is ordered from; it needs a subcode."
    )
    statement: StatementConfig = Field(
        default_factory=StatementConfig, description="Where the agency lists what it charged."
    )
    monitoring: MonitoringConfig | None = Field(
        default=None, description="The agency tells of changes at companies that were bought."
    )

    @model_validator(mode="after")
    def _the_account_is_of_its_agency(self) -> Self:
        given = {"dnb": self.dnb, "experian": self.experian, "monitoring": self.monitoring}
        sections = {name for name, section in given.items() if section is not None}
        for what, how in mistakes_of_account(self.agency, sections, path=self.statement.path):
            raise mistake(what, how)
        return self

    @model_validator(mode="after")
    def _a_report_can_be_paid(self) -> Self:
        if self.price > self.budget_per_run:
            raise mistake(
                "'price' is more than 'budget_per_run'.", "Not one report could be bought."
            )
        if self.budget_per_run > self.budget_per_month:
            raise mistake("'budget_per_run' is more than 'budget_per_month'.", "Lower it.")
        return self

    def to_policy(self) -> CreditPolicy | None:
        """Return the rule; None when credit checks are switched off."""
        if not self.enabled:
            return None
        return CreditPolicy(
            agency=self.agency,
            countries=frozenset(self.countries),
            party_types=frozenset(self.party_types),
            minimum_requested_limit=self.minimum_requested_limit,
            valid_for_days=self.valid_for_days,
            price=self.price,
            currency=self.currency,
            max_orders_per_run=self._orders(self.budget_per_run),
            max_orders_per_month=self._orders(self.budget_per_month),
            purpose=self.purpose,
            authority=self.authority,
            budget=f"{self.budget_per_month} {self.currency} a month",
            waits_when_unknown=self.when_unknown == "wait",
        )

    def _orders(self, budget: Decimal) -> int:
        return int(budget / self.price) if self.price else _UNPAID_ORDERS


# Reports in a flat rate cost nothing each; a run still does not order without end.
_UNPAID_ORDERS = 1_000
