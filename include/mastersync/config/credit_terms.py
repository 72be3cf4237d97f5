"""Parts of the credit section: which limit and terms the client's contract gives, and letters."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from mastersync.config.credit_rules import Amount
from mastersync.config.expressions import ExpressionError, compile_condition
from mastersync.config.values import Currency, Strict, Text, mistake
from mastersync.domain.credit.case import NAMES, NUMBERS
from mastersync.domain.credit.letters import AgencyAddress, LetterSender
from mastersync.domain.credit.recommendation import LimitOf, LimitRule, TermsPolicy, TermsRule

Amounts = dict[Currency, Amount]


def _condition(text: str) -> str:
    try:
        compile_condition(text, names=NAMES, numbers=NUMBERS)
    except ExpressionError as error:
        how = f"A rule may ask about: {', '.join(sorted(NAMES))}."
        raise mistake(f"'{text}' is no condition. {error}", how) from None
    return text


CreditCondition = Annotated[str, AfterValidator(_condition)]


class TermsRuleConfig(Strict):
    """Which limit and payment terms a customer gets of whom something holds."""

    when: CreditCondition | None = Field(
        default=None, description='When it holds, as in: rating in ["A", "B"] and overdue == 0.'
    )
    limit: LimitOf = Field(
        description="What the agency recommends, what is asked for, an amount, or nothing; never"
        " more than is asked for."
    )
    share: Annotated[Decimal, Field(gt=0, le=10)] = Field(
        default=Decimal(1), description="Of the agency's limit: 0.8."
    )
    at_most: Amounts | None = Field(
        default=None, description="The most that the rule gives, by currency."
    )
    payment_terms: Text | None = Field(
        default=None, description="In the codes of the golden record; left out, they stay."
    )
    because: Text | None = Field(default=None, description="Why, as the customer may be told.")
    clause: Text = Field(description="Where the client's contract says so.")
    contract_version: Text | None = Field(
        default=None, description="The version that this rule was read from, if another."
    )

    @model_validator(mode="after")
    def _the_amount_is_said_where_it_counts(self) -> Self:
        if self.limit is LimitOf.AMOUNT and self.at_most is None:
            raise mistake("'limit: amount' says no amount.", "Add 'at_most: {EUR: 5000}'.")
        if self.limit is LimitOf.NOTHING and (self.at_most or self.payment_terms):
            how = "Leave out 'at_most' and 'payment_terms'."
            raise mistake("'limit: nothing' gives an amount or terms.", how)
        if self.limit is not LimitOf.AGENCY and self.share != 1:
            raise mistake("'share' is of the agency's limit.", "Use it with 'limit: agency'.")
        return self

    def to_rule(self) -> TermsRule:
        return TermsRule(
            holds=(lambda _: True)
            if self.when is None
            else compile_condition(self.when, names=NAMES, numbers=NUMBERS),
            asks=self.when or "",
            limit=LimitRule(of=self.limit, share=self.share, at_most=self.at_most),
            clause=self.clause,
            payment_terms=(self.payment_terms or "").upper(),
            because=self.because or "",
        )


class AutomaticConfig(Strict):
    """What may be accepted without a person: companies' full requests, and nothing else ever."""

    accept_up_to: Amounts = Field(description="The most, by currency; nothing in other ones.")
    clause: Text = Field(description="Where the client's contract allows it.")
    contract_version: Text | None = Field(
        default=None, description="The version that this rule was read from, if another."
    )


class AgencyAddressConfig(Strict):
    """How a customer reaches the agency, as letters must say."""

    name: Text = Field(description="Of the company that made the report.")
    address: tuple[Text, ...] = Field(min_length=1, description="Its postal address, by line.")
    contact: Text = Field(description="Telephone (toll-free for the US) and web page.")

    def to_address(self) -> AgencyAddress:
        return AgencyAddress(name=self.name, address=self.address, contact=self.contact)


class LettersConfig(Strict):
    """Who writes to customers about decisions on their credit."""

    address: tuple[Text, ...] = Field(min_length=1, description="The client's own, by line.")
    contact: Text = Field(description="Where a customer asks for reasons or for another look.")
    signed_by: Text = Field(description="Who signs: Credit Control, Lumen Lending.")
    agency: AgencyAddressConfig = Field(description="The agency that reports come from.")
    regulator: Text | None = Field(
        default=None,
        description="US: who oversees the client under the Equal Credit Opportunity Act.",
    )

    def to_sender(self, name: str) -> LetterSender:
        return LetterSender(
            name=name,
            address=self.address,
            contact=self.contact,
            signed_by=self.signed_by,
            agency=self.agency.to_address(),
            regulator=self.regulator or "",
        )


def terms_policy(
    terms: tuple[TermsRuleConfig, ...],
    automatic: AutomaticConfig | None,
    *,
    currency: str,
    waits: bool,
) -> TermsPolicy | None:
    """Return what is recommended; None when the client's file has no terms."""
    if not terms:
        return None
    return TermsPolicy(
        rules=tuple(rule.to_rule() for rule in terms),
        currency=currency,
        accept_up_to={} if automatic is None else automatic.accept_up_to,
        waits=waits,
    )


def mistakes_of_terms(
    terms: tuple[TermsRuleConfig, ...], automatic: AutomaticConfig | None
) -> Iterator[tuple[str, str]]:
    """Yield what has no effect, and how to mend it."""
    always = [number for number, rule in enumerate(terms, start=1) if rule.when is None]
    if always and always[0] < len(terms):
        yield (
            f"rule {always[0]} of 'terms' has no 'when', so what comes after it never counts.",
            "Say when it holds; only the last rule may hold always.",
        )
    if automatic is not None and not terms:
        yield "'automatic' accepts what no rule recommends.", "Add 'terms', or leave it out."
