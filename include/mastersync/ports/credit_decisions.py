"""Credit decisions, what led to them, and the letters on them: all of it facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from mastersync.domain.credit.case import ReportEvidence
from mastersync.domain.credit.deciding import CreditDecision, CreditWord
from mastersync.domain.credit.recommendation import Outcome


@dataclass(frozen=True, kw_only=True)
class HeldOffer:
    """What an agency offered last for a customer; ``companies`` as the ticket shows them.

    Each has ``reference``, ``name``, ``registration_number``, ``address``, ``grade`` and ``why``.
    """

    customer_id: str
    offer_id: int
    agency: str
    companies: Sequence[Mapping[str, str]]
    why: str
    offered_at: datetime


@dataclass(frozen=True, kw_only=True)
class NewOffer:
    """What an agency offers for a customer, none of it surely the right company."""

    customer_id: str
    agency: str
    subject: Mapping[str, str]
    companies: Sequence[Mapping[str, str]]
    why: str


@dataclass(frozen=True, kw_only=True)
class CompanyWord:
    """A person's word on which company a customer is; ``reference`` "" is none of those offered."""

    customer_id: str
    agency: str
    offer_id: int
    reference: str
    name: str
    registration_number: str
    refused: Sequence[str]
    author: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CompanyAnswer:
    """A person's word as it is kept; ``subject`` is the customer as it was asked for then."""

    customer_id: str
    answer_id: int
    agency: str
    reference: str
    name: str
    registration_number: str
    refused: Sequence[str]
    subject: Mapping[str, str]
    author: str
    reason: str
    answered_at: datetime


@dataclass(frozen=True, kw_only=True)
class NewRecommendation:
    """What is recommended on a customer, and the evidence as JSON."""

    customer_id: str
    outcome: Outcome
    credit_limit: Decimal | None
    currency: str
    payment_terms: str
    evidence: Mapping[str, object]
    basis: str


@dataclass(frozen=True, kw_only=True)
class HeldRecommendation(NewRecommendation):
    """The newest recommendation on a customer."""

    recommendation_id: int
    rule_version: str
    recommended_at: datetime


@dataclass(frozen=True, kw_only=True)
class NewLetter:
    """A letter on a decision. ``due_by`` is the last day that the law gives, None for none."""

    decision_id: int
    kind: str
    country: str
    subject: str
    body_text: str
    body_html: str
    due_by: date | None
    author: str


@dataclass(frozen=True, kw_only=True)
class HeldLetter(NewLetter):
    """A letter as it was written."""

    letter_id: int
    written_at: datetime


class CreditDecisions(Protocol):
    """The credit decisions of one client, within one transaction."""

    def keep_offer(self, offer: NewOffer, *, now: datetime) -> None:
        """Keep what an agency offered; the same as last time is not kept again."""
        ...

    def offer_for(self, customer_id: str) -> HeldOffer | None:
        """Return what was offered last for a customer or one merged into it."""
        ...

    def keep_answer(self, word: CompanyWord, *, now: datetime) -> int:
        """Keep which company a customer is; returns the answer's id."""
        ...

    def answers(self, customer_ids: Sequence[str], *, agency: str) -> dict[str, CompanyAnswer]:
        """Return the newest answer of each customer that has one."""
        ...

    def reports(self, customer_ids: Sequence[str]) -> dict[str, ReportEvidence]:
        """Return the newest report of each customer that has one."""
        ...

    def recommend(
        self,
        recommendations: Sequence[NewRecommendation],
        *,
        rule_version: str,
        now: datetime,
    ) -> dict[str, int]:
        """Keep recommendations; returns customer id → recommendation id."""
        ...

    def recommendations(self, customer_ids: Sequence[str]) -> dict[str, HeldRecommendation]:
        """Return the newest recommendation on each customer that has one."""
        ...

    def decide(self, words: Sequence[CreditWord], *, now: datetime) -> dict[str, int]:
        """Keep decisions; returns customer id → decision id."""
        ...

    def newest(
        self, customer_ids: Sequence[str], *, decided_by: datetime | None = None
    ) -> dict[str, CreditDecision]:
        """Return the decision that holds for each customer that has one; or held by then."""
        ...

    def history(self, customer_id: str) -> list[CreditDecision]:
        """Return all decisions on a customer: the one that holds, then the newest first."""
        ...

    def keep_letter(self, letter: NewLetter, *, now: datetime) -> None:
        """Keep a letter; of each kind the decision's first one stays."""
        ...

    def letters(self, decision_id: int) -> list[HeldLetter]:
        """Return the letters on a decision, oldest first."""
        ...
