"""Credit checks: internal knowledge first, then one paid order per need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.model import AgencyCompany, CreditSubject, LastReport
from mastersync.domain.credit.policy import CreditPolicy, choose_company, is_due
from mastersync.domain.effects.keys import credit_key, effect_id_for
from mastersync.domain.effects.model import CreditTerms, EffectKind, EffectState, PlannedEffect
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import PermanentError
from mastersync.ports.agencies import CreditAgency
from mastersync.ports.customers import HeldReport
from mastersync.ports.store import Store, Unit
from mastersync.usecases.failpoints import CREDIT_AFTER_PLAN, Failpoint, never
from mastersync.usecases.form_golden import CustomerFacts, gather_facts, golden_of

_MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class _Due:
    """A customer to be checked, with the versions that wait for it."""

    subject: CreditSubject
    version_ids: tuple[int, ...]
    previous_report_id: int | None
    party_type: str


def plan_credit_checks(  # noqa: PLR0913 (one more than most: it asks outside before it plans)
    store: Store,
    rules: ClientRules,
    agency: CreditAgency,
    *,
    customer_ids: Sequence[str],
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Plan one order for each of these customers whose check is due; returns counts.

    A report still valid is used again and nothing is asked. The agency is searched first, which
    is free; a customer that it does not know surely waits if the policy says so, and one that a
    budget no longer pays for waits always, with a ticket. The orders are effects, held until
    they are released (`release_plan`), which `deliver_effects` places.

    Raises:
        RetryableError, ConfigError: The agency cannot be asked; nothing was ordered.
    """
    policy = rules.credit
    if policy is None:
        return {"due": 0, "planned": 0, "waiting": 0, "reused": 0}
    due, reused = _due_customers(store, rules, policy, customer_ids=customer_ids, now=now)
    planned = waiting = 0
    ordered = _unplaced_orders(store, due)
    for item in due:
        if item.subject.customer_id in ordered:
            continue
        company = _find_company(agency, item.subject)
        with store.begin() as unit:
            if company is None:
                if policy.waits_when_unknown:
                    waiting += _let_wait(unit, item, _unknown_company(policy, item), now=now)
            elif spent := _spent_budget(unit, policy, run_id=run_id, now=now):
                waiting += _let_wait(unit, item, _budget_spent(policy, item, spent), now=now)
            else:
                order = _order(store.client_id, policy, item, company.reference)
                planned += len(unit.effects.plan([order], run_id=run_id, now=now))
        failpoint(CREDIT_AFTER_PLAN)
    return {"due": len(due), "planned": planned, "waiting": waiting, "reused": reused}


def wait_for_missing_reports(
    store: Store, rules: ClientRules, *, customer_ids: Sequence[str], now: datetime
) -> int:
    """Let customers wait whose report is not in; returns how many.

    Those whose order is planned wait for it, and nobody is asked. Those whose order was placed
    and brought no report have a ticket that holds their records, beside the order's own, if the
    policy wants them to wait.
    """
    policy = rules.credit
    if policy is None:
        return 0
    due, _ = _due_customers(store, rules, policy, customer_ids=customer_ids, now=now)
    waiting = 0
    orders = _unplaced_orders(store, due)
    for item in due:
        with store.begin() as unit:
            order = orders.get(item.subject.customer_id)
            if order is not None:
                waiting += _let_wait_for_order(unit, item, order, now=now)
            elif policy.waits_when_unknown:
                waiting += _let_wait(unit, item, _no_report(policy, item), now=now)
    return waiting


def _unplaced_orders(store: Store, due: Sequence[_Due]) -> dict[str, UUID]:
    with store.begin() as unit:
        return unit.credit_reports.unplaced_orders([item.subject.customer_id for item in due])


def _due_customers(
    store: Store,
    rules: ClientRules,
    policy: CreditPolicy,
    *,
    customer_ids: Sequence[str],
    now: datetime,
) -> tuple[list[_Due], int]:
    with store.begin() as unit:
        facts = gather_facts(unit.customers, customer_ids, now=now)
    due: list[_Due] = []
    reused = 0
    for customer_id in customer_ids:
        known = facts[customer_id]
        fields = golden_of(known, rules).fields
        if not is_due(fields, policy, last=None, now=now):
            continue
        if is_due(fields, policy, last=_last(known.report), now=now):
            due.append(_due(customer_id, fields, known))
        else:
            reused += 1
    return due, reused


def _due(customer_id: str, fields: Mapping[str, str], facts: CustomerFacts) -> _Due:
    return _Due(
        subject=CreditSubject(
            customer_id=customer_id,
            name=fields.get("legal_name") or fields.get("name", ""),
            country=fields.get("country", ""),
            registration_number=fields.get("registration_number", ""),
            tax_id=fields.get("tax_id", ""),
            city=fields.get("city", ""),
            postcode=fields.get("postcode", ""),
        ),
        version_ids=tuple(v.version_id for v in facts.versions if v.is_pending),
        previous_report_id=None if facts.report is None else facts.report.report_id,
        party_type=fields.get("party_type", ""),
    )


def _last(report: HeldReport | None) -> LastReport | None:
    if report is None:
        return None
    return LastReport(
        report_id=report.report_id, ordered_at=report.ordered_at, valid_until=report.valid_until
    )


def _find_company(agency: CreditAgency, subject: CreditSubject) -> AgencyCompany | None:
    """Return the company that may be bought; without a registration number none surely is."""
    if not subject.registration_number:
        return None
    try:
        return choose_company(subject, agency.find(subject))
    except PermanentError:  # the agency does not serve this subject's country or kind
        return None


def _order(
    client_id: str, policy: CreditPolicy, item: _Due, company_reference: str
) -> PlannedEffect:
    key = credit_key(
        policy.agency,
        item.subject.customer_id,
        previous_report_id=item.previous_report_id,
    )
    return PlannedEffect(
        effect_id=effect_id_for(client_id, key),
        kind=EffectKind.CREDIT_ORDER,
        target=policy.agency,
        idempotency_key=key,
        customer_id=item.subject.customer_id,
        body={
            "company_reference": company_reference,
            "registration_number": item.subject.registration_number,
        },
        after={"company_reference": company_reference},
        state=EffectState.HELD,
        credit=CreditTerms(
            subject_type=item.party_type,
            purpose=policy.purpose,
            authority=policy.authority,
            budget=policy.budget,
            cost=policy.price,
            currency=policy.currency,
        ),
    )


def _spent_budget(unit: Unit, policy: CreditPolicy, *, run_id: str, now: datetime) -> str:
    """Return which budget is spent, in words; "" while an order may be placed.

    Holds the budget until the transaction ends: batches are checked at once.
    """
    unit.credit_reports.lock_budget()
    if unit.credit_reports.orders_of_run(run_id) >= policy.max_orders_per_run:
        return f"of a run ({policy.max_orders_per_run} reports)"
    if unit.credit_reports.orders_since(now - _MONTH) >= policy.max_orders_per_month:
        return f"of thirty days ({policy.max_orders_per_month} reports)"
    return ""


def _let_wait(unit: Unit, item: _Due, draft: TicketDraft, *, now: datetime) -> int:
    if not item.version_ids:
        return 0
    unit.tickets.ensure(draft, now=now)
    causes = dict.fromkeys(item.version_ids, draft.cause_key)
    unit.records.wait(causes, waiting_for="credit", now=now)
    return 1


def _let_wait_for_order(unit: Unit, item: _Due, order: UUID, *, now: datetime) -> int:
    """Let its versions wait for a planned order; what was asked of a person before is settled."""
    if not item.version_ids:
        return 0
    subjects = [f"version:{version_id}" for version_id in item.version_ids]
    unit.tickets.clear(subjects, kinds=(TicketKind.CREDIT,), now=now)
    causes = dict.fromkeys(item.version_ids, f"effect:{order}")
    unit.records.wait(causes, waiting_for="credit", now=now)
    return 1


def _unknown_company(policy: CreditPolicy, item: _Due) -> TicketDraft:
    return _ticket(
        item,
        cause_key=f"credit:{policy.agency}:no_sure_match",
        title=f"{policy.agency.capitalize()} knows no company that is surely this customer",
        cause="The agency's search gave no active company with the same registration number.",
        next_step="Check the registration number with the customer or the account manager; "
        "the record is searched for again in the next run.",
    )


def _budget_spent(policy: CreditPolicy, item: _Due, spent: str) -> TicketDraft:
    return _ticket(
        item,
        cause_key=f"credit:{policy.agency}:budget",
        title=f"The budget for credit reports is spent: that {spent}",
        cause=f"More customers are due for a check than the budget ({policy.budget}) pays.",
        next_step="They are checked in a later run; raise the budget if that is too slow.",
    )


def _no_report(policy: CreditPolicy, item: _Due) -> TicketDraft:
    return _ticket(
        item,
        cause_key=f"credit:{policy.agency}:no_report",
        title=f"No usable report came from {policy.agency.capitalize()}",
        cause="The order was refused, its outcome is not known, or the report is incomplete.",
        next_step="Look at the order with the agency. Nothing is ordered twice without a person.",
    )


def _ticket(item: _Due, *, cause_key: str, title: str, cause: str, next_step: str) -> TicketDraft:
    return TicketDraft(
        cause_key=cause_key,
        kind=TicketKind.CREDIT,
        title=title,
        cause=cause,
        next_step=next_step,
        subjects=tuple(f"version:{version_id}" for version_id in item.version_ids),
    )
