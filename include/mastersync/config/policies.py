"""The sections of a client's file that say what its SLA wants."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from mastersync.config.values import (
    CanonicalName,
    ConnectionId,
    Country,
    Currency,
    Days,
    EmailAddress,
    PartyType,
    Share,
    Strict,
    Text,
    mistake,
)
from mastersync.domain.confirmations.labels import LANGUAGES
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.fields import FIELDS


class MatchingConfig(Strict):
    """When two records are one customer."""

    same_at: Share = Field(default=0.95, description="Score from which they are the same.")
    review_at: Share = Field(default=0.70, description="Score from which a person is asked.")

    @model_validator(mode="after")
    def _bands_are_in_order(self) -> Self:
        if self.review_at >= self.same_at:
            raise mistake("'review_at' is not below 'same_at'.", "Lower it, or raise 'same_at'.")
        return self

    def to_policy(self) -> MatchPolicy:
        return MatchPolicy(same_at=self.same_at, review_at=self.review_at)


class CreditConfig(Strict):
    """Whom to check, with which agency, for how much money."""

    enabled: bool = Field(default=True, description="Whether reports are ordered at all.")
    agency: Annotated[str, Field(pattern="^creditsafe$")] = Field(
        default="creditsafe", description="Whose reports."
    )
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


class ConfirmationConfig(Strict):
    """Whom to ask to confirm the details held, in whose name, about what."""

    enabled: bool = Field(default=True, description="Whether customers are asked at all.")
    connection: ConnectionId = Field(description="The client's account at the mail carrier.")
    sender: EmailAddress = Field(description="Address that mails come from.")
    sender_name: Text = Field(description="Name that mails come from.")
    reply_to: EmailAddress = Field(description="Address that answers by mail go to.")
    relation: Annotated[str, Field(max_length=200)] = Field(
        default="", description="What the client is to its customers: your food wholesaler."
    )
    fields: tuple[CanonicalName, ...] = Field(
        min_length=1, description="What the customer is shown, in this order."
    )
    ask_again_after_days: Days = Field(default=365, description="Days to leave them in peace.")
    max_per_run: int = Field(ge=0, le=100_000, description="Mails that one run may send.")
    link_valid_days: Days = Field(default=30, description="Days that a link can be answered.")
    languages: tuple[Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")], ...] = Field(
        default=("en",), min_length=1, description="Of mail and page; the first is the usual one."
    )

    @field_validator("fields", mode="after")
    @classmethod
    def _asks_for_no_bank_details(cls, fields: tuple[str, ...]) -> tuple[str, ...]:
        bank = [name for name in fields if FIELDS[name].group == "bank"]
        if bank:
            how = "Leave it out; have bank details confirmed by phone, and pin them."
            raise mistake(f"'{bank[0]}' is a bank detail, which no page of ours asks for.", how)
        return fields

    def to_policy(self) -> ConfirmationPolicy:
        return ConfirmationPolicy(
            enabled=self.enabled,
            sender=self.sender,
            sender_name=self.sender_name,
            reply_to=self.reply_to,
            fields=self.fields,
            ask_again_after_days=self.ask_again_after_days,
            max_per_run=self.max_per_run,
            link_valid_days=self.link_valid_days,
            language=self.languages[0],
            relation=self.relation,
        )


class DeputyConfig(Strict):
    """Who answers when somebody is away."""

    name: Text = Field(description="As colleagues say it.")
    email: EmailAddress = Field(description="Work address.")


class PersonConfig(DeputyConfig):
    """Somebody to ask."""

    deputy: DeputyConfig | None = Field(default=None, description="Who answers when away.")


class PeopleConfig(Strict):
    """Whom to ask about what."""

    line_manager: PersonConfig = Field(description="Answers for the work on this client.")
    account_manager: PersonConfig = Field(description="Speaks with the client.")
    sales: PersonConfig | None = Field(default=None, description="Knows the customers.")
    tax: PersonConfig | None = Field(default=None, description="Tax numbers and treatment.")
    legal: PersonConfig | None = Field(default=None, description="Names, contracts, purposes.")
