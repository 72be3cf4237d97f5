"""Saying what a run would change, from what stands in the store."""

from mastersync.domain.plan.totals import PlanTotals
from mastersync.ports.store import Unit


def totals_of_run(unit: Unit, run_id: str) -> PlanTotals:
    """Return what the run's plan adds up to; what has left already is not in it."""
    return PlanTotals(
        run=unit.plans.run_totals(run_id),
        credit=unit.plans.credit_totals(run_id),
        targets=tuple(unit.plans.target_totals(run_id)),
    )
