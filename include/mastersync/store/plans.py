"""Plans in PostgreSQL: what stands there of a run, and is not done yet."""

from mastersync.domain.plan.totals import CreditTotals, RunTotals, TargetTotals
from mastersync.store.database import Session


class PostgresPlans:
    """Implements `ports.plans.Plans`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def run_totals(self, run_id: str) -> RunTotals:
        """Count customers, mails and what waits; see the port."""
        return self._session.one(
            "plans/total_run", RunTotals, client_id=self._client_id, run_id=run_id
        )

    def credit_totals(self, run_id: str) -> CreditTotals:
        """Count the paid orders; see the port."""
        return self._session.one(
            "plans/total_credit", CreditTotals, client_id=self._client_id, run_id=run_id
        )

    def target_totals(self, run_id: str) -> list[TargetTotals]:
        """Count the writes by system; see the port."""
        return self._session.many(
            "plans/total_writes", TargetTotals, client_id=self._client_id, run_id=run_id
        )
