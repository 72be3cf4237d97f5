"""Credit decisions in PostgreSQL."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.domain.credit.case import ReportEvidence
from mastersync.domain.credit.deciding import CreditDecision, CreditWord
from mastersync.domain.credit.recommendation import Outcome
from mastersync.domain.credit.standing import MadeDecision, holding
from mastersync.domain.records.hashing import digest
from mastersync.ports.credit_decisions import (
    CompanyAnswer,
    CompanyWord,
    HeldLetter,
    HeldOffer,
    HeldRecommendation,
    NewLetter,
    NewOffer,
    NewRecommendation,
)
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Kept:
    customer_id: str
    recommendation_id: int


@dataclass(frozen=True, kw_only=True)
class _Decided:
    customer_id: str
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class _Report(ReportEvidence):
    customer_id: str

    def evidence(self) -> ReportEvidence:
        own = {name: getattr(self, name) for name in ReportEvidence.__dataclass_fields__}
        return ReportEvidence(**own)


@dataclass(frozen=True, kw_only=True)
class _Decision(MadeDecision):
    customer_id: str
    outcome: Outcome
    subject_type: str
    country: str
    reason: str
    evidence: Mapping[str, object]
    rule_version: str
    report_id: int | None
    recommendation_id: int | None

    def decision(self) -> CreditDecision:
        word = {name: getattr(self, name) for name in CreditWord.__dataclass_fields__}
        return CreditDecision(
            decision_id=self.decision_id, word=CreditWord(**word), decided_at=self.decided_at
        )


class PostgresCreditDecisions:
    """Implements `ports.credit_decisions.CreditDecisions`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def keep_offer(self, offer: NewOffer, *, now: datetime) -> None:
        """Keep what was offered; see the port."""
        self._session.execute(
            "credit_decisions/keep_offer",
            client_id=self._client_id,
            customer_id=offer.customer_id,
            agency=offer.agency,
            subject=offer.subject,
            companies=list(offer.companies),
            why=offer.why,
            digest=digest([dict(offer.subject), [dict(one) for one in offer.companies]]),
            now=now,
        )

    def offer_for(self, customer_id: str) -> HeldOffer | None:
        """Return what was offered last; see the port."""
        return self._session.maybe(
            "credit_decisions/find_offer",
            HeldOffer,
            client_id=self._client_id,
            customer_id=customer_id,
        )

    def keep_answer(self, word: CompanyWord, *, now: datetime) -> int:
        """Keep which company a customer is; see the port."""
        answer_id: int = self._session.value(
            "credit_decisions/keep_answer",
            client_id=self._client_id,
            customer_id=word.customer_id,
            agency=word.agency,
            offer_id=word.offer_id,
            reference=word.reference or None,
            company_name=word.name,
            registration_number=word.registration_number,
            refused=list(word.refused),
            author=word.author,
            reason=word.reason,
            now=now,
        )
        return answer_id

    def answers(self, customer_ids: Sequence[str], *, agency: str) -> dict[str, CompanyAnswer]:
        """Return the newest answers; see the port."""
        found = self._session.many(
            "credit_decisions/list_answers",
            CompanyAnswer,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            agency=agency,
        )
        return {answer.customer_id: answer for answer in found}

    def reports(self, customer_ids: Sequence[str]) -> dict[str, ReportEvidence]:
        """Return the newest reports; see the port."""
        found = self._session.many(
            "credit_decisions/list_reports",
            _Report,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        return {row.customer_id: row.evidence() for row in found}

    def recommend(
        self,
        recommendations: Sequence[NewRecommendation],
        *,
        rule_version: str,
        now: datetime,
    ) -> dict[str, int]:
        """Keep recommendations; see the port."""
        if not recommendations:
            return {}
        kept = self._session.many(
            "credit_decisions/keep_recommendations",
            _Kept,
            client_id=self._client_id,
            rows=[_row(one) for one in recommendations],
            rule_version=rule_version,
            now=now,
        )
        return {row.customer_id: row.recommendation_id for row in kept}

    def recommendations(self, customer_ids: Sequence[str]) -> dict[str, HeldRecommendation]:
        """Return the newest recommendations; see the port."""
        found = self._session.many(
            "credit_decisions/list_recommendations",
            HeldRecommendation,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        return {one.customer_id: one for one in found}

    def decide(self, words: Sequence[CreditWord], *, now: datetime) -> dict[str, int]:
        """Keep decisions; see the port."""
        if not words:
            return {}
        kept = self._session.many(
            "credit_decisions/keep_decisions",
            _Decided,
            client_id=self._client_id,
            rows=[_row(word) for word in words],
            now=now,
        )
        return {row.customer_id: row.decision_id for row in kept}

    def newest(
        self, customer_ids: Sequence[str], *, decided_by: datetime | None = None
    ) -> dict[str, CreditDecision]:
        """Return the decisions that hold; see the port."""
        by_customer: dict[str, list[_Decision]] = defaultdict(list)
        for row in self._list(customer_ids, decided_by=decided_by):
            by_customer[row.customer_id].append(row)
        held = {customer_id: holding(rows) for customer_id, rows in by_customer.items()}
        return {customer_id: row.decision() for customer_id, row in held.items() if row}

    def history(self, customer_id: str) -> list[CreditDecision]:
        """Return all decisions; see the port."""
        rows = self._list([customer_id], decided_by=None)
        held = holding(rows)
        rest = [row.decision() for row in reversed(rows) if row is not held]
        return [] if held is None else [held.decision(), *rest]

    def keep_letter(self, letter: NewLetter, *, now: datetime) -> None:
        """Keep a letter; see the port."""
        self._session.execute(
            "credit_decisions/keep_letter",
            client_id=self._client_id,
            **asdict(letter),
            now=now,
        )

    def letters(self, decision_id: int) -> list[HeldLetter]:
        """Return the letters on a decision; see the port."""
        return self._session.many(
            "credit_decisions/list_letters",
            HeldLetter,
            client_id=self._client_id,
            decision_id=decision_id,
        )

    def _list(self, customer_ids: Sequence[str], *, decided_by: datetime | None) -> list[_Decision]:
        return self._session.many(
            "credit_decisions/list_decisions",
            _Decision,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            decided_by=decided_by,
        )


def _row(fact: NewRecommendation | CreditWord) -> dict[str, object]:
    """The fact as the statements read it: amounts as text, which keeps every digit."""
    return {
        name: str(value) if isinstance(value, Decimal | datetime) else value
        for name, value in vars(fact).items()
    }
