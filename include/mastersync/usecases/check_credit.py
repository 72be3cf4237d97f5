"""Credit checks: what is known and free first, then one paid order per need."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.assessment import CheckOutcome
from mastersync.domain.credit.budget import (
    BUDGET_MONTH,
    Spending,
    over_soft_limits,
    spent_budget,
)
from mastersync.domain.credit.entity_match import CompanyChoice, MatchVerdict, match_company
from mastersync.domain.credit.placing import changed_terms
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.effects.model import HeldFor, PlannedEffect
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import PermanentError, RetryableError
from mastersync.ports.agencies import CompanySearch
from mastersync.ports.credit_reports import CreditCheck
from mastersync.ports.store import Store, Unit
from mastersync.usecases import credit_tickets
from mastersync.usecases.assess_credit import CheckedCustomer, assess_customers
from mastersync.usecases.confirm_company import choices, offer_of
from mastersync.usecases.credit_orders import key_of, order_of
from mastersync.usecases.failpoints import CREDIT_AFTER_PLAN, Failpoint, never

_SEARCHED_AT_ONCE = 100  # customers, before what was found is planned
_SOFT_BUDGET = "credit:soft_budget"  # what the ticket of a soft limit is about
_HELD_UP = {CheckOutcome.STOPPED, CheckOutcome.REFUSED, CheckOutcome.DOUBTFUL}
_REFUSED = {CheckOutcome.REFUSED, CheckOutcome.DOUBTFUL}


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A customer to buy a report on.

    ``verdict`` is None when the agency gave no answer, or was not asked since ``over_limit`` of
    the budget nothing could be bought.
    """

    item: CheckedCustomer
    verdict: MatchVerdict | None = None
    over_limit: str = ""


def plan_credit_checks(  # noqa: PLR0913 (one more than most: it asks outside before it plans)
    store: Store,
    rules: ClientRules,
    agency: CompanySearch,
    *,
    customer_ids: Sequence[str],
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Plan one order for each of these customers whose check is due; returns counts.

    A valid report is used again, and the client's own ledger and the law are asked before the
    agency is, which is searched for nothing. Who cannot be checked waits, with a ticket, if the
    policy says so; who waits for a budget or for an agency that does not answer waits always. The
    orders are effects, held until they are released (`release_plan`), which `deliver_effects`
    places.

    Raises:
        ConfigError: The agency cannot be asked; nothing was ordered.
    """
    policy = rules.credit
    if policy is None:
        return {"due": 0, "planned": 0, "waiting": 0, "reused": 0}
    with store.begin() as unit:
        checked = assess_customers(unit, rules, policy, customer_ids=customer_ids, now=now)
        settled = [item for item in checked if item.assessment.allowed is None]
        allowed = [item for item in checked if item.assessment.allowed is not None]
        held = _withdraw_outdated(unit, policy, customer_ids, allowed, now=now)
        used = unit.credit_reports.used_keys([key_of(policy, item) for item in allowed])
        wanted = [item for item in allowed if key_of(policy, item) not in used]
        waiting = _hold_up(unit, rules, policy, settled, now=now)
        open_ones = [item for item in settled if item.assessment.outcome in _HELD_UP] + wanted
        _settle_own(unit, set(customer_ids) - {one.customer_id for one in open_ones}, now=now)
        unit.credit_reports.keep_checks([_noted(item) for item in settled], run_id=run_id, now=now)
        words = choices(unit, policy.agency, [item.customer_id for item in checked])
    step = _Step(store=store, rules=rules, policy=policy, held=held, run_id=run_id, now=now)
    ordered = 0
    for found in _searched(agency, step, wanted, words):
        waiting_now, ordered_now = step.order(found)
        waiting, ordered = waiting + waiting_now, ordered + ordered_now
        failpoint(CREDIT_AFTER_PLAN)
    reused = sum(item.assessment.outcome is CheckOutcome.REUSED for item in checked)
    return {
        "due": len(checked) - reused,
        "planned": ordered,
        "waiting": waiting,
        "reused": reused,
    }


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
    with store.begin() as unit:
        checked = assess_customers(unit, rules, policy, customer_ids=customer_ids, now=now)
        waiting = _hold_up(unit, rules, policy, checked, now=now)
        due = [item for item in checked if item.assessment.allowed is not None and item.version_ids]
        orders = unit.credit_reports.unplaced_orders([item.customer_id for item in due])
        ordered = [item for item in due if item.customer_id in orders]
        subjects = [f"version:{version_id}" for item in ordered for version_id in item.version_ids]
        # What was asked of a person before is settled by the order.
        unit.tickets.clear(subjects, kinds=(TicketKind.CREDIT,), now=now)
        unit.records.wait(
            {
                version_id: f"effect:{orders[item.customer_id].effect_id}"
                for item in ordered
                for version_id in item.version_ids
            },
            waiting_for="credit",
            now=now,
        )
        if policy.waits_when_unknown:
            missing = [item for item in due if item.customer_id not in orders]
            drafts = [(item, credit_tickets.no_report(policy, item)) for item in missing]
            waiting += _let_wait(unit, drafts, now=now)
    return waiting + len(ordered)


@dataclass(frozen=True, kw_only=True)
class _Step:
    """Planning the orders of customers that the agency was asked about, for one run.

    ``held`` are those whose earlier order a person held: that is for the new one, too.
    """

    store: Store
    rules: ClientRules
    policy: CreditPolicy
    held: AbstractSet[str]
    run_id: str
    now: datetime

    def order(self, found: Sequence[_Found]) -> tuple[int, int]:
        """Plan what the budget pays, in one transaction; returns how many wait and are planned.

        Holds the budget until it ends: batches are checked at once.
        """
        orders: list[PlannedEffect] = []
        waiting: list[tuple[CheckedCustomer, TicketDraft]] = []
        checks: list[CreditCheck] = []
        with self.store.begin() as unit:
            unit.credit_reports.lock_budget()
            spent = self._spent(unit)
            for one in found:
                outcome, why, draft = self._without_order(one, spent)
                if outcome is CheckOutcome.ORDERED:
                    orders.append(self._order(one))
                    spent = spent.plus(self.policy.price_in(one.item.subject.country))
                elif draft is not None:
                    waiting.append((one.item, draft))
                if one.verdict is not None and one.verdict.doubtful:
                    offer = offer_of(one.item.subject, self.policy.agency, one.verdict)
                    unit.credit_decisions.keep_offer(offer, now=self.now)
                checks.append(_noted(one.item, outcome=outcome, more=why))
            planned = unit.effects.plan(orders, run_id=self.run_id, now=self.now)
            unit.credit_reports.keep_checks(checks, run_id=self.run_id, now=self.now)
            self._tell_of_soft_limits(unit, self._spent(unit))
            held = {item.customer_id for item, _ in waiting}
            settled = {one.item.customer_id for one in found} - held
            _settle_own(unit, settled, now=self.now)
            return _let_wait(unit, waiting, now=self.now), len(planned)

    def _order(self, found: _Found) -> PlannedEffect:
        order = order_of(self.rules.client_id, self.policy, found.item, found.verdict)
        by_person = found.item.customer_id in self.held
        return replace(order, held_for=HeldFor.PERSON) if by_person else order

    def over_limit(self, items: Sequence[CheckedCustomer]) -> Mapping[str, str]:
        """Return which of these customers nothing is left for, and the limit that says so."""
        with self.store.begin() as unit:
            spent = self._spent(unit)
        limits = {item.customer_id: self._limit(item, spent) for item in items}
        return {customer_id: limit for customer_id, limit in limits.items() if limit}

    def _limit(self, item: CheckedCustomer, spent: Spending) -> str:
        price = self.policy.price_in(item.subject.country)
        return spent_budget(self.policy.budget, spent, price)

    def _spent(self, unit: Unit) -> Spending:
        return unit.credit_reports.spending(
            self.run_id, currency=self.policy.currency, since=self.now - BUDGET_MONTH
        )

    def _without_order(
        self, one: _Found, spent: Spending
    ) -> tuple[CheckOutcome, str, TicketDraft | None]:
        """Return what stands against an order, and the ticket of who waits for it."""
        policy, item, verdict = self.policy, one.item, one.verdict
        if one.over_limit:
            return self._over_budget(item, one.over_limit)
        if verdict is None:
            draft = credit_tickets.unanswered(policy, item)
            return CheckOutcome.UNANSWERED, "The agency does not answer.", draft
        if verdict.company is None:
            draft = (
                credit_tickets.unsure_company(self.rules.client_id, policy, item, verdict)
                if verdict.doubtful
                else credit_tickets.unknown_company(policy, item)
            )
            outcome = CheckOutcome.UNSURE if verdict.doubtful else CheckOutcome.NOT_FOUND
            return outcome, verdict.why, draft if policy.waits_when_unknown else None
        if limit := self._limit(item, spent):
            return self._over_budget(item, limit)
        return CheckOutcome.ORDERED, f"Surely this company: {verdict.why}", None

    def _over_budget(
        self, item: CheckedCustomer, limit: str
    ) -> tuple[CheckOutcome, str, TicketDraft]:
        draft = credit_tickets.budget_spent(self.policy, item, limit)
        return CheckOutcome.OVER_BUDGET, f"The budget is spent: {limit}.", draft

    def _tell_of_soft_limits(self, unit: Unit, spent: Spending) -> None:
        over = over_soft_limits(self.policy.budget, spent)
        if over:
            draft = credit_tickets.over_soft_budget(self.policy, over, _SOFT_BUDGET)
            unit.tickets.ensure(draft, now=self.now)
        else:
            unit.tickets.clear([_SOFT_BUDGET], now=self.now)


def _searched(
    agency: CompanySearch,
    step: _Step,
    wanted: Sequence[CheckedCustomer],
    words: Mapping[str, CompanyChoice],
) -> Iterator[list[_Found]]:
    """Yield what the agency knows of these customers, some at a time.

    Once it does not answer, nobody else is asked about: the rest waits for another run. So do
    those for whom the budget does not reach: thousands may wait for it, and each search takes time.

    Args:
        words: Customer id → a person's word on which company it is.
    """
    is_answering = True
    rest = iter(wanted)
    while items := list(islice(rest, _SEARCHED_AT_ONCE)):
        over = step.over_limit(items)
        found = [
            _Found(item=item, over_limit=over[item.customer_id])
            for item in items
            if item.customer_id in over
        ]
        for item in items:
            if item.customer_id in over:
                continue
            verdict = None
            if is_answering:
                try:
                    verdict = _verdict(agency, step.policy, item, words.get(item.customer_id))
                except RetryableError:
                    is_answering = False
            found.append(_Found(item=item, verdict=verdict))
        yield found


def _verdict(
    agency: CompanySearch,
    policy: CreditPolicy,
    item: CheckedCustomer,
    word: CompanyChoice | None,
) -> MatchVerdict:
    try:
        offered = agency.find(item.subject)
    except PermanentError:  # the agency does not serve this subject's country or kind
        offered = []
    return match_company(item.subject, offered, policy.match, word)


def _withdraw_outdated(
    unit: Unit,
    policy: CreditPolicy,
    customer_ids: Sequence[str],
    allowed: Sequence[CheckedCustomer],
    *,
    now: datetime,
) -> AbstractSet[str]:
    """Withdraw orders that wait and that, as things are now, would not be planned so.

    The law allowed them for whom the customer was then, and they state what the client's file
    said then; what is still wanted is planned anew, so that nobody approves what is not placed.
    Not what a person holds, where that file alone is another: it would be bought after all. Once
    it is let go, it is judged by the file as it is then.
    """
    subjects = {
        item.customer_id: (
            item.assessment.subject and item.assessment.subject.subject_type,
            item.subject.registration_number,
        )
        for item in allowed
    }
    outdated = {
        customer_id: order
        for customer_id, order in unit.credit_reports.unplaced_orders(customer_ids).items()
        if subjects.get(customer_id) != (order.subject_type, order.registration_number)
        or (changed_terms(order.terms, policy) and not order.is_held_by_person)
    }
    withdrawn = [order.effect_id for order in outdated.values()]
    unit.identity.withdraw_effects(withdrawn, why="it is not wanted so any more", now=now)
    return {customer_id for customer_id, order in outdated.items() if order.is_held_by_person}


def _hold_up(
    unit: Unit,
    rules: ClientRules,
    policy: CreditPolicy,
    checked: Sequence[CheckedCustomer],
    *,
    now: datetime,
) -> int:
    """Let customers wait for whom nothing may be bought; returns how many.

    On those whom the ledger speaks against the client's own rules recommend, if it has any.
    """
    held = {CheckOutcome.STOPPED} if rules.terms is None else set()
    if policy.waits_when_refused:
        held |= _REFUSED
    drafts = [
        (item, credit_tickets.held_up(rules.client_id, item))
        for item in checked
        if item.assessment.outcome in held
    ]
    return _let_wait(unit, drafts, now=now)


def _let_wait(
    unit: Unit, drafts: Sequence[tuple[CheckedCustomer, TicketDraft]], *, now: datetime
) -> int:
    """Let the versions of customers wait, each with its ticket; returns how many customers do.

    One of whom nothing is new, as when its report has ended, has the ticket and goes on.
    """
    unit.tickets.ensure_all(credit_tickets.merged(draft for _, draft in drafts), now=now)
    causes = {
        version_id: draft.cause_key for item, draft in drafts for version_id in item.version_ids
    }
    if causes:
        unit.records.wait(causes, waiting_for="credit", now=now)
    return sum(bool(item.version_ids) for item, _ in drafts)


def _settle_own(unit: Unit, customer_ids: AbstractSet[str], *, now: datetime) -> None:
    """Settle what was asked about customers of whom nothing was new."""
    subjects = [credit_tickets.own_subject(customer_id) for customer_id in sorted(customer_ids)]
    unit.tickets.clear(subjects, kinds=(TicketKind.CREDIT,), now=now)


def _noted(
    item: CheckedCustomer, *, outcome: CheckOutcome | None = None, more: str = ""
) -> CreditCheck:
    assessment = item.assessment
    subject = assessment.subject
    return CreditCheck(
        customer_id=item.customer_id,
        outcome=outcome or assessment.outcome,
        reason="" if assessment.need is None else assessment.need.reason,
        why=f"{assessment.why} {more}".strip(),
        subject_type=(subject.subject_type or "") if subject else "",
        report_id=item.last_report_id,
    )
