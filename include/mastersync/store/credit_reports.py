"""Credit reports in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mastersync.domain.credit.model import AgencyReport
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Order:
    customer_id: str
    effect_id: UUID


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
            valid_until=now + validity,
            now=now,
        )

    def lock_budget(self) -> None:
        """Plan orders alone; see the port."""
        self._session.execute("credit_reports/lock_budget", client_id=self._client_id)

    def orders_since(self, moment: datetime) -> int:
        """Return how many orders were planned since then; see the port."""
        count: int = self._session.value(
            "credit_reports/count_orders", client_id=self._client_id, since=moment
        )
        return count

    def orders_of_run(self, run_id: str) -> int:
        """Return how many orders the run has planned; see the port."""
        count: int = self._session.value(
            "effects/count_planned",
            client_id=self._client_id,
            run_id=run_id,
            kind="credit_order",
        )
        return count

    def unplaced_orders(self, customer_ids: Sequence[str]) -> dict[str, UUID]:
        """Return the orders that nobody tried yet; see the port."""
        found = self._session.many(
            "credit_reports/list_unplaced",
            _Order,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        return {order.customer_id: order.effect_id for order in found}
