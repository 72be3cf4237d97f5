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
from mastersync.config.credit_rules import (
    Amount,
    BasisConfig,
    InternalConfig,
    OccasionsConfig,
    StopConfig,
    mistakes_of_ledger,
)
from mastersync.config.credit_terms import (
    AutomaticConfig,
    LettersConfig,
    TermsRuleConfig,
    mistakes_of_terms,
    terms_policy,
)
from mastersync.config.values import (
    CodeField,
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
from mastersync.domain.credit.budget import Budget
from mastersync.domain.credit.entity_match import MatchGate, MatchGrade
from mastersync.domain.credit.packs import Purpose
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.recommendation import TermsPolicy
from mastersync.domain.credit.subjects import SubjectSigns


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
    prices: dict[Country, Amount] = Field(
        default_factory=dict, description="Of one report, in countries where it is another."
    )
    currency: Currency = Field(description="Of prices and budgets.")
    budget_per_run: Decimal = Field(gt=0, description="No run spends more.")
    budget_per_month: Decimal = Field(gt=0, description="No thirty days spend more.")
    soft_budget_per_run: Amount | None = Field(
        default=None, description="A run that spends more has a ticket, and goes on."
    )
    soft_budget_per_month: Amount | None = Field(
        default=None, description="Thirty days that spend more have a ticket, and go on."
    )
    approve_above: Amount | None = Field(
        default=None, description="Orders of a run for more wait for a person's word."
    )
    purpose: Text = Field(description="Why reports are bought, as the agency's terms want stated.")
    permissible_purpose: Purpose = Field(
        default=Purpose.TRADE_CREDIT, description="The purpose in the law's terms."
    )
    authority: Text = Field(description="What allows it: the clause of the client's contract.")
    basis: tuple[BasisConfig, ...] = Field(
        default=(), description="What the law of a country wants on record, and where it is."
    )
    sole_trader_codes: dict[CodeField, tuple[Text, ...]] = Field(
        default_factory=dict, description="Codes of a field that only sole traders have."
    )
    check_again: OccasionsConfig = Field(
        default=OccasionsConfig(), description="What wants a new report before the old one ends."
    )
    internal: InternalConfig | None = Field(
        default=None, description="The client's own ledger, read before anything is paid."
    )
    stop_when: StopConfig = Field(
        default=StopConfig(), description="Standing in the ledger that makes a report needless."
    )
    buy_at_grade: MatchGrade = Field(
        default=MatchGrade.A, description="How sure the company must be: A (surest) to C."
    )
    when_refused: Annotated[str, Field(pattern="^(wait|continue)$")] | None = Field(
        default=None,
        description="The law does not let the customer be checked, or nobody knows what kind of"
        " customer it is: wait for a person or continue without a report; as when_unknown if it"
        " is not said.",
    )
    when_unknown: Annotated[str, Field(pattern="^(wait|continue)$")] = Field(
        default="wait", description="The agency knows no such company: wait or continue."
    )
    terms: tuple[TermsRuleConfig, ...] = Field(
        default=(), description="Which limit and terms a customer gets; the first that holds."
    )
    automatic: AutomaticConfig | None = Field(
        default=None, description="What is accepted without a person; left out: nothing."
    )
    until_decided: Annotated[str, Field(pattern="^(wait|continue)$")] = Field(
        default="wait",
        description="Nobody has decided on what is recommended: wait or continue as things are.",
    )
    letters: LettersConfig | None = Field(
        default=None, description="Who writes to customers about decisions on their credit."
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
        dearest = max([self.price, *self.prices.values()])
        if dearest > self.budget_per_run:
            which = "price" if self.price == dearest else "prices"
            raise mistake(
                f"'{which}' is more than 'budget_per_run'.", "Not one report could be bought."
            )
        if self.budget_per_run > self.budget_per_month:
            raise mistake("'budget_per_run' is more than 'budget_per_month'.", "Lower it.")
        for country in self.prices.keys() - set(self.countries):
            raise mistake(
                f"'prices' has {country}, of which nobody is checked.", "Add it to 'countries'."
            )
        return self

    @model_validator(mode="after")
    def _softer_limits_come_first(self) -> Self:
        harder = {
            "soft_budget_per_run": "budget_per_run",
            "soft_budget_per_month": "budget_per_month",
            "approve_above": "budget_per_run",
        }
        for soft, hard in harder.items():
            limit = getattr(self, soft)
            if limit is not None and limit >= getattr(self, hard):
                raise mistake(
                    f"'{soft}' is not below '{hard}'.", "It would never be reached: lower it."
                )
        return self

    @model_validator(mode="after")
    def _the_ledger_says_what_is_asked(self) -> Self:
        for what, how in mistakes_of_ledger(self.internal, self.stop_when, self.check_again):
            raise mistake(what, how)
        return self

    @model_validator(mode="after")
    def _terms_say_what_is_given(self) -> Self:
        for what, how in mistakes_of_terms(self.terms, self.automatic):
            raise mistake(what, how)
        return self

    @model_validator(mode="after")
    def _a_company_is_surely_the_customer(self) -> Self:
        if not self.buy_at_grade.is_at_least(MatchGrade.C):
            raise mistake(
                f"'buy_at_grade' {self.buy_at_grade} would buy reports on other companies.",
                "Use A, B or C.",
            )
        return self

    def to_policy(self, *, client_country: str) -> CreditPolicy | None:
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
            prices=self.prices,
            currency=self.currency,
            budget=self._budget(),
            purpose=self.purpose,
            permissible_purpose=self.permissible_purpose,
            authority=self.authority,
            client_country=client_country,
            basis=tuple(document.to_document() for document in self.basis),
            signs=SubjectSigns(
                sole_trader_codes={
                    name: frozenset(codes) for name, codes in self.sole_trader_codes.items()
                }
            ),
            occasions=self.check_again.to_rules(),
            internal=self.internal.to_source(currency=self.currency) if self.internal else None,
            stop_when=self.stop_when.to_rules(),
            match=MatchGate(buy_at=self.buy_at_grade),
            waits_when_unknown=self.when_unknown == "wait",
            waits_when_refused=(self.when_refused or self.when_unknown) == "wait",
        )

    def to_terms(self) -> TermsPolicy | None:
        """Return what is recommended; None when the client's contract gives no terms."""
        return terms_policy(
            self.terms,
            self.automatic,
            currency=self.currency,
            waits=self.until_decided == "wait",
        )

    def _budget(self) -> Budget:
        return Budget(
            currency=self.currency,
            per_run=self.budget_per_run,
            per_month=self.budget_per_month,
            soft_per_run=self.soft_budget_per_run,
            soft_per_month=self.soft_budget_per_month,
            approve_above=self.approve_above,
        )
