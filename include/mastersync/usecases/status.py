"""Where a client stands: its newest run, and what waits for a person's word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mastersync.ports.releases import WaitingPlan
from mastersync.ports.runs import RunState, RunSummary
from mastersync.ports.store import Unit


@dataclass(frozen=True, kw_only=True)
class ClientStatus:
    """A client's newest run, and the plans of any run that wait."""

    run: RunSummary
    waiting: Sequence[WaitingPlan]


def status_of(unit: Unit) -> ClientStatus | None:
    """Return where the client stands; None when it never ran.

    A run keeps its counts when it closes; what one that is open has done so far is counted now.
    """
    for run in unit.runs.list_newest(limit=1):
        counts = run.counts
        if run.state == RunState.OPEN:
            counts = {**counts, **unit.runs.count(run.run_id)}
        return ClientStatus(run=replace(run, counts=counts), waiting=unit.releases.waiting())
    return None
