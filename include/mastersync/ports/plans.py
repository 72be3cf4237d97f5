"""Reading what a run would change, out of the store."""

from typing import Protocol

from mastersync.domain.plan.totals import CreditTotals, RunTotals, TargetTotals


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
