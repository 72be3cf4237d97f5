"""Doing credit orders: each costs money, so none is ever placed twice without a person.

What let an order be planned has to hold when it is placed: it may have waited for days.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from mastersync.domain.credit.budget import BUDGET_MONTH, Spending, spent_budget
from mastersync.domain.credit.model import AgencyReport
from mastersync.domain.credit.placing import BUDGET, why_not_placed
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.purpose import Refused
from mastersync.domain.effects.model import (
    ClaimedEffect,
    Deed,
    EffectKind,
    EffectState,
    Settlement,
)
from mastersync.errors import PermanentError, RetryableError, UnknownOutcomeError
from mastersync.ports.agencies import CreditAgency
from mastersync.ports.store import Unit
from mastersync.usecases import credit_tickets
from mastersync.usecases.lease import Lease


class CreditPerformer:
    """Implements `deliver_effects.Performer` for one agency."""

    kind = EffectKind.CREDIT_ORDER
    claim_size = 1  # a worker that dies leaves one to ask about
    patience = timedelta(minutes=2)  # a login, and the order
    state_of_lost = EffectState.UNKNOWN

    def __init__(self, agency: CreditAgency, policy: CreditPolicy, *, valid_for: timedelta) -> None:
        self._agency = agency
        self._policy = policy
        self._valid_for = valid_for
        self._reports: dict[str, AgencyReport] = {}
        self._refused: dict[str, Refused] = {}

    @property
    def target(self) -> str:
        """The agency."""
        return self._agency.name

    def perform(self, effects: Sequence[ClaimedEffect], lease: Lease) -> list[Settlement]:
        """Place the orders that may still be placed, and withdraw the others."""
        refused = self._judge(effects, lease)
        self._refused |= {str(effect.effect_id): why for effect, why in refused}
        withdrawn = [
            Settlement(
                effect=effect, deed=Deed.WITHDRAWN, problem=why.words, next_step=why.next_step
            )
            for effect, why in refused
        ]
        outside = {effect.effect_id for effect, _ in refused}
        rest = [effect for effect in effects if effect.effect_id not in outside]
        return withdrawn + lease.perform_each(rest, self._place, lasting=self.patience)

    def record(self, unit: Unit, settlements: Sequence[Settlement], *, now: datetime) -> None:
        """Keep the reports that may be decided on, and tell why orders were withdrawn."""
        drafts = [
            credit_tickets.withdrawn(
                self._policy, settlement.effect.customer_id, self._refused.pop(effect_id)
            )
            for settlement in settlements
            if (effect_id := str(settlement.effect.effect_id)) in self._refused
        ]
        unit.tickets.ensure_all(credit_tickets.merged(drafts), now=now)
        for settlement in settlements:
            report = self._reports.pop(str(settlement.effect.effect_id), None)
            if report is None or settlement.deed is not Deed.DONE or not report.is_complete:
                continue
            unit.credit_reports.keep(
                report,
                customer_id=settlement.effect.customer_id,
                agency=self.target,
                effect_id=settlement.effect.effect_id,
                validity=self._valid_for,
                now=now,
            )

    def _judge(
        self, effects: Sequence[ClaimedEffect], lease: Lease
    ) -> list[tuple[ClaimedEffect, Refused]]:
        """Return the orders that may not be placed as things are now, and why."""
        policy, now = self._policy, lease.clock()
        with lease.store.begin() as unit:
            spent = unit.credit_reports.placed_before(
                [effect.effect_id for effect in effects],
                currency=policy.currency,
                since=now - BUDGET_MONTH,
            )
        refused: list[tuple[ClaimedEffect, Refused]] = []
        placed = Decimal(0)
        for effect in effects:
            why = why_not_placed(
                effect.credit,
                policy,
                applicant_authority=str(effect.body.get("applicant_authority") or ""),
                on=now.date(),
            ) or _over_budget(policy, effect, spent[effect.effect_id], also=placed)
            if why is None:
                placed += _price(effect)
            else:
                refused.append((effect, why))
        return refused

    def _place(self, effect: ClaimedEffect, now: datetime) -> Settlement:
        reference = str(effect.body["company_reference"])
        try:
            report = self._agency.order(reference, our_reference=str(effect.effect_id))
        except RetryableError as error:
            wait = timedelta(seconds=error.retry_after or 0)
            return Settlement(
                effect=effect, deed=Deed.RETRY, problem=error.problem, again_at=now + wait
            )
        except UnknownOutcomeError as error:
            return Settlement(effect=effect, deed=Deed.UNKNOWN, problem=error.problem)
        except PermanentError as error:
            return Settlement(
                effect=effect, deed=Deed.FAILED, problem=error.problem, next_step=error.next_step
            )
        if report.company_reference != reference or _is_of_another(report, effect):
            return Settlement(
                effect=effect,
                deed=Deed.FAILED,
                problem="The agency answered with the report of another company.",
                next_step="It may have been charged. Have the agency take the charge back, or "
                "`mastersync resend` orders the report again.",
            )
        self._reports[str(effect.effect_id)] = report
        return Settlement(
            effect=effect,
            deed=Deed.DONE,
            outcome={"order": report.order_reference, "complete": report.is_complete},
        )


def _over_budget(
    policy: CreditPolicy, effect: ClaimedEffect, spent: Spending, *, also: Decimal
) -> Refused | None:
    so_far = Spending(run=spent.run + also, month=spent.month + also)
    limit = spent_budget(policy.budget, so_far, _price(effect))
    if not limit:
        return None
    return Refused(
        cause=BUDGET,
        words=f"The budget for credit reports is spent: {limit}.",
        next_step="It is planned again in a later run; raise the budget if that is too slow.",
    )


def _price(effect: ClaimedEffect) -> Decimal:
    return Decimal(0) if effect.credit is None else effect.credit.cost


def _is_of_another(report: AgencyReport, effect: ClaimedEffect) -> bool:
    """Whether the report has another number of the register than the company that was chosen."""
    wanted = _compact(str(effect.body.get("company_number") or ""))
    answered = _compact(report.registration_number)
    return bool(wanted and answered) and wanted != answered


def _compact(number: str) -> str:
    return "".join(one for one in number.upper() if one.isalnum()).lstrip("0")
