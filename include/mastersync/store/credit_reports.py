"""Credit reports in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from mastersync.domain.credit.budget import Spending
from mastersync.domain.credit.model import AgencyReport
from mastersync.ports.credit_reports import AskedThen, CreditCheck, UnplacedOrder, WithdrawnOrder
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _PlacedBefore:
    effect_id: UUID
    run: Decimal
    month: Decimal


class PostgresCreditReports:
    """Implements `ports.credit_reports.CreditReports`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def keep(
        self,
        report: AgencyReport,
        *,
        customer_id: str,
        agency: str,
        effect_id: UUID,
        validity: timedelta,
        now: datetime,
    ) -> None:
        """Keep the report; see the port."""
        self._session.execute(
            "credit_reports/keep_report",
            client_id=self._client_id,
            customer_id=customer_id,
            agency=agency,
            company_reference=report.company_reference,
            effect_id=effect_id,
            rating=report.rating,
            score=report.score,
            credit_limit=report.credit_limit,
            currency=report.currency,
            payload=report.payload,
            scale=report.scale,
            model=report.model,
            scored_on=report.scored_on,
            valid_until=now + validity,
            now=now,
        )

    def lock_budget(self) -> None:
        """Plan orders alone; see the port."""
        self._session.execute("credit_reports/lock_budget", client_id=self._client_id)

    def spending(self, run_id: str, *, currency: str, since: datetime) -> Spending:
        """Return what orders come to; see the port."""
        return self._session.one(
            "credit_reports/total_spending",
            Spending,
            client_id=self._client_id,
            run_id=run_id,
            currency=currency,
            since=since,
        )

    def placed_before(
        self, effect_ids: Sequence[UUID], *, currency: str, since: datetime
    ) -> dict[UUID, Spending]:
        """Return what was spent before these orders; see the port."""
        found = self._session.many(
            "credit_reports/list_placed_before",
            _PlacedBefore,
            client_id=self._client_id,
            effect_ids=list(effect_ids),
            currency=currency,
            since=since,
        )
        return {row.effect_id: Spending(run=row.run, month=row.month) for row in found}

    def asked(self, report_ids: Sequence[int]) -> Mapping[int, AskedThen]:
        """Return what was noted when reports were ordered; see the port."""
        if not report_ids:
            return {}
        found = self._session.many(
            "credit_reports/list_asked",
            AskedThen,
            client_id=self._client_id,
            report_ids=list(report_ids),
        )
        return {asked.report_id: asked for asked in found}

    def keep_checks(self, checks: Sequence[CreditCheck], *, run_id: str, now: datetime) -> None:
        """Note what checks came to; see the port."""
        if not checks:
            return
        self._session.execute(
            "credit_reports/keep_checks",
            client_id=self._client_id,
            run_id=run_id,
            rows=[_check_as_json(check) for check in checks],
            now=now,
        )

    def checks(self, customer_ids: Sequence[str]) -> list[CreditCheck]:
        """Return the newest checks; see the port."""
        return self._session.many(
            "credit_reports/list_checks",
            CreditCheck,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def to_check_again(
        self,
        *,
        first_id: str | None = None,
        last_id: str | None = None,
        with_events: bool,
        most: int,
        now: datetime,
    ) -> list[str]:
        """Return whose report is no longer good enough; see the port."""
        return self._session.values(
            "credit_reports/list_to_check_again",
            client_id=self._client_id,
            first_id=first_id,
            last_id=last_id,
            with_events=with_events,
            most=most,
            now=now,
        )

    def used_keys(self, keys: Sequence[str]) -> frozenset[str]:
        """Return the keys of orders that there are; see the port."""
        return frozenset(
            self._session.values(
                "credit_reports/list_used_keys", client_id=self._client_id, keys=list(keys)
            )
        )

    def withdraw_elsewhere(
        self, agency: str | None, *, why: str, now: datetime
    ) -> list[WithdrawnOrder]:
        """Withdraw orders at other agencies; see the port."""
        return self._session.many(
            "credit_reports/withdraw_orders",
            WithdrawnOrder,
            client_id=self._client_id,
            agency=agency,
            why=why,
            now=now,
        )

    def unplaced_orders(self, customer_ids: Sequence[str]) -> dict[str, UnplacedOrder]:
        """Return the orders that nobody tried yet; see the port."""
        found = self._session.many(
            "credit_reports/list_unplaced",
            UnplacedOrder,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        return {order.customer_id: order for order in found}


def _check_as_json(check: CreditCheck) -> Mapping[str, object]:
    return {
        "customer_id": check.customer_id,
        "outcome": check.outcome,
        "reason": check.reason or None,
        "why": check.why,
        "subject_type": check.subject_type or None,
        "report_id": check.report_id,
    }
