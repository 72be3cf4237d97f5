"""Plans in PostgreSQL: what stands there of a run, and is not done yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mastersync.domain.plan.model import (
    Backlog,
    GoldenChange,
    IdentityStep,
    NewCustomer,
    PlannedOrder,
    TicketRow,
    WaitingRow,
    WriteRow,
)
from mastersync.domain.plan.totals import CreditTotals, RunTotals, TargetTotals
from mastersync.ports.plans import AppliedPlan
from mastersync.store.database import Session

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Name:
    customer_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class _Formed:
    customer_id: str
    fingerprint: str


class PostgresPlans:
    """Implements `ports.plans.Plans`; each method, see the port."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def run_totals(self, run_id: str) -> RunTotals:
        """Count customers, mails and what waits."""
        return self._one("plans/total_run", RunTotals, run_id)

    def credit_totals(self, run_id: str) -> CreditTotals:
        """Count and add up the paid orders."""
        return self._one("plans/total_credit", CreditTotals, run_id)

    def target_totals(self, run_id: str) -> list[TargetTotals]:
        """Count the writes, by system."""
        return self._many("plans/total_writes", TargetTotals, run_id)

    def created(self, run_id: str) -> list[NewCustomer]:
        """Return the customers created."""
        return self._many("plans/list_created", NewCustomer, run_id)

    def identity(self, run_id: str) -> list[IdentityStep]:
        """Return merges and splits."""
        return self._many("plans/list_identity", IdentityStep, run_id)

    def golden(self, run_id: str) -> list[GoldenChange]:
        """Return the values that change."""
        return self._many("plans/list_golden", GoldenChange, run_id)

    def formed(self, run_id: str) -> dict[str, str]:
        """Return the golden records that the run formed or that its mails tell."""
        rows = self._many("plans/list_formed", _Formed, run_id)
        return {row.customer_id: row.fingerprint for row in rows}

    def orders(self, run_id: str) -> list[PlannedOrder]:
        """Return the paid orders."""
        return self._many("plans/list_orders", PlannedOrder, run_id)

    def mailed(self, run_id: str) -> list[str]:
        """Return whom mails would go to."""
        return self._session.values("plans/list_mailed", client_id=self._client_id, run_id=run_id)

    def writes(self, run_id: str) -> list[WriteRow]:
        """Return the writes."""
        return self._many("plans/list_writes", WriteRow, run_id)

    def tickets(self, run_id: str) -> list[TicketRow]:
        """Return the tickets that the run opened."""
        return self._many("plans/list_tickets", TicketRow, run_id)

    def waiting(self, run_id: str) -> list[WaitingRow]:
        """Return what waits and what is set aside."""
        return self._many("plans/list_waiting", WaitingRow, run_id)

    def names(self, customer_ids: Sequence[str]) -> dict[str, str]:
        """Return what customers are called."""
        found = self._session.many(
            "plans/list_names", _Name, client_id=self._client_id, customer_ids=list(customer_ids)
        )
        return {row.customer_id: row.name for row in found}

    def backlog(self, run_id: str) -> Backlog:
        """Count what is not of the run."""
        return self._one("plans/count_backlog", Backlog, run_id)

    def store_mark(self) -> str:
        """Return what tells this client in this store from any other."""
        mark: str = self._session.value("plans/get_store_mark", client_id=self._client_id)
        return mark

    def find_applied(self, plan_id: str) -> AppliedPlan | None:
        """Return who applied the plan."""
        return self._session.maybe(
            "plans/find_applied", AppliedPlan, client_id=self._client_id, plan_id=plan_id
        )

    def record_applied(
        self, plan_id: str, *, digest: str, run_id: str, actor: str, now: datetime
    ) -> bool:
        """Note that the plan is applied."""
        return bool(
            self._session.execute(
                "plans/record_applied",
                client_id=self._client_id,
                plan_id=plan_id,
                digest=digest,
                run_id=run_id,
                actor=actor,
                now=now,
            )
        )

    def _one(self, name: str, row: type[T], run_id: str) -> T:
        return self._session.one(name, row, client_id=self._client_id, run_id=run_id)

    def _many(self, name: str, row: type[T], run_id: str) -> list[T]:
        return self._session.many(name, row, client_id=self._client_id, run_id=run_id)
