"""Doing credit orders: each costs money, so none is ever placed twice without a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mastersync.domain.credit.model import AgencyReport
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
from mastersync.usecases.lease import Lease


class CreditPerformer:
    """Implements `deliver_effects.Performer` for one agency."""

    kind = EffectKind.CREDIT_ORDER
    claim_size = 1  # a worker that dies leaves one to ask about
    patience = timedelta(minutes=2)  # a login, and the order
    state_of_lost = EffectState.UNKNOWN

    def __init__(self, agency: CreditAgency, *, valid_for: timedelta) -> None:
        self._agency = agency
        self._valid_for = valid_for
        self._reports: dict[str, AgencyReport] = {}

    @property
    def target(self) -> str:
        """The agency."""
        return self._agency.name

    def perform(self, effects: Sequence[ClaimedEffect], lease: Lease) -> list[Settlement]:
        """Place the orders."""
        return lease.perform_each(effects, self._place, lasting=self.patience)

    def record(self, unit: Unit, settlements: Sequence[Settlement], *, now: datetime) -> None:
        """Keep the reports that may be decided on."""
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


def _is_of_another(report: AgencyReport, effect: ClaimedEffect) -> bool:
    """Whether the report has another number of the register than the company that was chosen."""
    wanted = _compact(str(effect.body.get("company_number") or ""))
    answered = _compact(report.registration_number)
    return bool(wanted and answered) and wanted != answered


def _compact(number: str) -> str:
    return "".join(one for one in number.upper() if one.isalnum()).lstrip("0")
