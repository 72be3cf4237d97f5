"""The SLA clocks that a run's changes have started, for its plan."""

from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.plan.model import PlannedClock
from mastersync.domain.sla.model import ClockState
from mastersync.domain.sla.words import moment, scope
from mastersync.ports.sla import ClockCount
from mastersync.ports.store import Store
from mastersync.usecases.watch_clocks import watch_clocks


def clocks_of_run(
    store: Store, rules: ClientRules, run_id: str, *, now: datetime
) -> tuple[PlannedClock, ...]:
    """Return the clocks of the run's changes by clause, as they stand before anything has left."""
    policy = rules.sla
    if policy is None:
        return ()
    watch_clocks(store, rules, now=now)
    with store.begin() as unit:
        counts = unit.sla.of_run(run_id)
    found = []
    for clause in policy.clauses:
        mine = [count for count in counts if count.clause == clause.key]
        due = min((count.next_due_at for count in mine if count.next_due_at), default=None)
        if any(count.state is not ClockState.NOT_STARTED for count in mine):
            found.append(
                PlannedClock(
                    clause=clause.number,
                    scope=scope(clause),
                    promise=f"{clause.clock} within {clause.within}",
                    running=_clocks(mine, ClockState.RUNNING),
                    paused=_clocks(mine, ClockState.PAUSED),
                    late=_clocks(mine, ClockState.LATE),
                    next_due="" if due is None else moment(due, policy.zone),
                )
            )
    return tuple(found)


def _clocks(counts: list[ClockCount], state: ClockState) -> int:
    return sum(count.clocks for count in counts if count.state is state)
