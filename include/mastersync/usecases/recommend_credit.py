"""Recommending limits and terms by the client's rules, and accepting what they let be accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.assessment import CheckOutcome
from mastersync.domain.credit.case import CreditCase, rests_on
from mastersync.domain.credit.deciding import AUTOMATIC, Authority, CreditWord, who_decides
from mastersync.domain.credit.evidence import evidence_of
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.recommendation import (
    Outcome,
    Recommendation,
    TermsPolicy,
    covering_rule,
    recommend,
)
from mastersync.domain.records.arithmetic import NoResultError
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.credit_decisions import HeldRecommendation, NewRecommendation
from mastersync.ports.store import Store, Unit
from mastersync.usecases.assess_credit import CheckedCustomer, assess_customers
from mastersync.usecases.credit_cases import KnownCase, gather_cases

_NO_REPORT_NEEDED = {CheckOutcome.REUSED, CheckOutcome.STOPPED}
_REFUSED = {CheckOutcome.REFUSED, CheckOutcome.DOUBTFUL}


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """A case, what the rules make of it, and who decides."""

    known: KnownCase
    recommendation: Recommendation
    authority: Authority

    @property
    def customer_id(self) -> str:
        return self.known.case.customer_id


def recommend_credit(
    store: Store,
    rules: ClientRules,
    *,
    customer_ids: Sequence[str],
    run_id: str,
    now: datetime,
) -> dict[str, int]:
    """Recommend for each of these customers on whom all is in and nothing is decided; counts.

    What the rules let be accepted is decided at once; on everything else a person decides, who has
    a ticket for each customer. A decision stands until the report or what is asked for changes. A
    customer without any waits, with all that is new of it, if the client's file says so.
    """
    policy, terms = rules.credit, rules.terms
    if policy is None or terms is None:
        return {}
    with store.begin() as unit:
        judged = list(_judged(unit, rules, policy, terms, customer_ids=customer_ids, now=now))
        kept = _keep(unit, judged, rules, now=now)
        accepted = [one for one in judged if one.authority.is_automatic]
        words = [_accepted(one, rules, recommendation_id=kept[one.customer_id]) for one in accepted]
        decided = unit.credit_decisions.decide(words, now=now)
        # What was asked of a person before is settled; versions leave the ticket when applied.
        subjects = [_subject(one.customer_id) for one in accepted]
        unit.tickets.clear(subjects, kinds=(TicketKind.CREDIT,), now=now)
        proposed = [one for one in judged if not one.authority.is_automatic]
        _ask(unit, proposed, rules, waits=terms.waits, now=now)
        if decided:
            unit.audit.append(
                "credit.accepted",
                actor=AUTOMATIC,
                run_id=run_id,
                summary={"decisions": sorted(decided.values()), "rules": rules.policy_version},
                now=now,
            )
    return {"recommended": len(judged), "accepted": len(decided), "undecided": len(proposed)}


def _judged(
    unit: Unit,
    rules: ClientRules,
    policy: CreditPolicy,
    terms: TermsPolicy,
    *,
    customer_ids: Sequence[str],
    now: datetime,
) -> Iterable[_Judged]:
    """Judge the cases that are ready and not decided on."""
    checked = assess_customers(unit, rules, policy, customer_ids=customer_ids, now=now)
    unplaced = unit.credit_reports.unplaced_orders([item.customer_id for item in checked])
    ready = {
        item.customer_id: item
        for item in checked
        if item.customer_id not in unplaced and _is_ready(item, policy)
    }
    for known in gather_cases(unit, rules, customer_ids=list(ready), now=now).values():
        item = ready[known.case.customer_id]
        if _is_decided(known) or _goes_on_without(item, known.case, terms, now=now):
            continue
        found = recommend(known.case, terms, now=now)
        yield _Judged(
            known=known,
            recommendation=found,
            authority=who_decides(known.case, found, terms),
        )


def _goes_on_without(
    item: CheckedCustomer, case: CreditCase, terms: TermsPolicy, *, now: datetime
) -> bool:
    """Say whether a customer goes on without a report, as the file says, and no rule is on it."""
    if case.report is not None or item.assessment.outcome is CheckOutcome.STOPPED:
        return False
    try:
        return covering_rule(case, terms, now=now) is None
    except NoResultError:
        return False


def _is_decided(known: KnownCase) -> bool:
    case, decision = known.case, known.decision
    return decision is not None and rests_on(
        decision.basis,
        decision.credit_limit,
        decision.currency,
        report_id=None if case.report is None else case.report.report_id,
        requested=case.requested,
        currency=case.currency,
    )


def _is_ready(item: CheckedCustomer, policy: CreditPolicy) -> bool:
    """Say whether nothing more is waited for: a report, or a person's word on the check."""
    outcome = item.assessment.outcome
    if outcome in _NO_REPORT_NEEDED:
        return True
    if outcome in _REFUSED:
        return not policy.waits_when_refused
    return item.assessment.allowed is not None and not policy.waits_when_unknown


def _keep(
    unit: Unit, judged: Sequence[_Judged], rules: ClientRules, *, now: datetime
) -> dict[str, int]:
    """Keep what is new; returns each customer's recommendation, kept now or before."""
    held = unit.credit_decisions.recommendations([one.customer_id for one in judged])
    new = [one for one in judged if not _says(held.get(one.customer_id), one, rules)]
    kept = unit.credit_decisions.recommend(
        [_fact(one) for one in new], rule_version=rules.policy_version, now=now
    )
    return {customer_id: one.recommendation_id for customer_id, one in held.items()} | kept


def _says(held: HeldRecommendation | None, one: _Judged, rules: ClientRules) -> bool:
    """Say whether this was recommended before, by the same rules and on the same basis."""
    found = one.recommendation
    return held is not None and (
        held.basis,
        held.rule_version,
        held.outcome,
        held.credit_limit,
        held.payment_terms,
    ) == (
        one.known.case.basis,
        rules.policy_version,
        found.outcome,
        found.limit,
        found.payment_terms,
    )


def _fact(one: _Judged) -> NewRecommendation:
    found = one.recommendation
    return NewRecommendation(
        customer_id=one.customer_id,
        outcome=found.outcome,
        credit_limit=found.limit,
        currency=found.currency,
        payment_terms=found.payment_terms,
        evidence=evidence_of(one.known.case, found, one.authority),
        basis=one.known.case.basis,
    )


def _accepted(one: _Judged, rules: ClientRules, *, recommendation_id: int) -> CreditWord:
    case, found = one.known.case, one.recommendation
    reasons = " ".join(reason.words for reason in found.reasons)
    clauses = ", ".join(dict.fromkeys(one.clause for one in found.reasons if one.clause))
    limit = found.limit
    if limit is None:  # an open recommendation is never accepted
        raise AssertionError(case.customer_id)
    return CreditWord(
        customer_id=case.customer_id,
        outcome=Outcome.ACCEPTED,
        credit_limit=limit,
        currency=found.currency,
        payment_terms=found.payment_terms,
        requested=case.requested,
        subject_type=case.subject_type,
        country=case.country,
        is_automatic=True,
        author=AUTOMATIC,
        reason=f"Accepted by the client's rules, clause {clauses}. {reasons}",
        evidence=evidence_of(case, found, one.authority),
        basis=case.basis,
        rule_version=rules.policy_version,
        report_id=None if case.report is None else case.report.report_id,
        recommendation_id=recommendation_id,
    )


def ticket_cause(customer_id: str) -> str:
    """Return the cause of the ticket that asks for a decision on a customer."""
    return f"credit:decide:{customer_id}"


def _subject(customer_id: str) -> str:
    return f"credit:{customer_id}"


def _ask(
    unit: Unit, proposed: Sequence[_Judged], rules: ClientRules, *, waits: bool, now: datetime
) -> None:
    """Ask a person about each customer; one without any decision waits, if the file says so."""
    waiting = {
        one.customer_id: one.known.version_ids
        for one in proposed
        if waits and one.known.decision is None
    }
    drafts = [_ticket(one, rules, waiting.get(one.customer_id, ())) for one in proposed]
    unit.tickets.ensure_all(drafts, now=now)
    causes = {
        version_id: ticket_cause(customer_id)
        for customer_id, version_ids in waiting.items()
        for version_id in version_ids
    }
    if causes:
        unit.records.wait(causes, waiting_for="approval", now=now)


_IN_WORDS = {
    Outcome.ACCEPTED: "to give what is asked for",
    Outcome.REDUCED: "to give less than is asked for",
    Outcome.DECLINED: "to decline",
    Outcome.OPEN: "nothing: no rule gives an amount",
}


def _ticket(one: _Judged, rules: ClientRules, waiting: Sequence[int]) -> TicketDraft:
    found, customer_id = one.recommendation, one.customer_id
    return TicketDraft(
        cause_key=ticket_cause(customer_id),
        kind=TicketKind.CREDIT,
        title=f"Decide on the credit of {customer_id}",
        cause=f"The client's rules recommend {_IN_WORDS[found.outcome]}. A person decides: "
        f"{' '.join(one.authority.words)}",
        next_step=f"See the evidence: mastersync credit show {rules.client_id} {customer_id}. Then "
        f"decide: mastersync credit decide {rules.client_id} {customer_id} --recommended, or "
        "--limit AMOUNT --terms CODE; with --reason WHY.",
        subjects=(_subject(customer_id), *(f"version:{version_id}" for version_id in waiting)),
        detail={
            "customer_id": customer_id,
            "recommended": found.outcome.value,
            "basis": one.known.case.basis,
        },
    )
