"""Reading what a run would change, out of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

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


@dataclass(frozen=True, kw_only=True)
class AppliedPlan:
    """That a plan was applied."""

    applied_by: str
    applied_at: datetime


class Plans(Protocol):
    """What stands planned of each run of one client, within one transaction.

    An effect counts while it is held or ready: what left is no plan any more.
    """

    def run_totals(self, run_id: str) -> RunTotals:
        """Count customers, mails and what waits."""
        ...

    def credit_totals(self, run_id: str) -> CreditTotals:
        """Count and add up the paid orders."""
        ...

    def target_totals(self, run_id: str) -> list[TargetTotals]:
        """Count the writes, by system."""
        ...

    def created(self, run_id: str) -> list[NewCustomer]:
        """Return the customers created, by id."""
        ...

    def identity(self, run_id: str) -> list[IdentityStep]:
        """Return merges and splits since the run was opened, oldest first."""
        ...

    def golden(self, run_id: str) -> list[GoldenChange]:
        """Return the values that change, and of new customers those that won, by customer."""
        ...

    def formed(self, run_id: str) -> dict[str, str]:
        """Return customer id → what stands for its fields, of golden records formed or mailed."""
        ...

    def orders(self, run_id: str) -> list[PlannedOrder]:
        """Return the paid orders."""
        ...

    def mailed(self, run_id: str) -> list[str]:
        """Return the customers to whom mails would go, by id."""
        ...

    def writes(self, run_id: str) -> list[WriteRow]:
        """Return the writes, by system and customer."""
        ...

    def tickets(self, run_id: str) -> list[TicketRow]:
        """Return the tickets that the run opened, by kind and title."""
        ...

    def waiting(self, run_id: str) -> list[WaitingRow]:
        """Return what waits and what is set aside, by reason."""
        ...

    def names(self, customer_ids: Sequence[str]) -> dict[str, str]:
        """Return what these customers are called, as far as it is known."""
        ...

    def backlog(self, run_id: str) -> Backlog:
        """Count what is not of the run and may leave beside it."""
        ...

    def store_mark(self) -> str:
        """Return what tells this client in this store from any other."""
        ...

    def find_applied(self, plan_id: str) -> AppliedPlan | None:
        """Return who applied the plan; None when nobody has."""
        ...

    def record_applied(
        self, plan_id: str, *, digest: str, run_id: str, actor: str, now: datetime
    ) -> bool:
        """Note that the plan is applied; False when it was before.

        Waits for whoever is applying it at this moment.
        """
        ...
