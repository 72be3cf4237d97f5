"""Turn what Airflow says has failed into tickets, and close those made good since.

Airflow's callbacks and listeners are lost when a process is killed and told twice when its
supervisor is, so the truth is what the task instances themselves say.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.tickets.failures import (
    RunFailure,
    TaskFailure,
    client_of,
    import_cause,
    import_ticket,
    run_ticket,
    task_ticket,
)
from mastersync.domain.tickets.model import PLATFORM, TicketDraft
from mastersync.ports.task_states import TaskStates
from mastersync.ports.tickets import FailureTickets

OpenTickets = Callable[[str], AbstractContextManager[FailureTickets]]


@dataclass(frozen=True, kw_only=True)
class SweepCounts:
    """What one sweep found and did."""

    failure_count: int
    opened_count: int
    resolved_count: int


def sweep_failures(
    states: TaskStates,
    open_tickets: OpenTickets,
    *,
    registered: Collection[str],
    airflow_url: str,
    since: datetime | None,
    now: datetime,
) -> SweepCounts:
    """Raise a ticket for each failure since then, and resolve those that have succeeded.

    Safe to run at any time, twice or at once with another: a failure that is known changes
    nothing. Each client's tickets are written in a transaction of its own; those of a client
    that is not registered go to the platform.
    """
    homes = {home_of(dag_id, registered) for dag_id in states.dag_ids()} | {PLATFORM}
    drafts = _drafts(states, registered=registered, airflow_url=airflow_url, since=since)
    opened_count = resolved_count = 0
    for client_id in sorted(homes | set(drafts)):
        with open_tickets(client_id) as tickets:
            opened_count += tickets.ensure_all(drafts.get(client_id, []), now=now)
            if client_id == PLATFORM:
                changes = _follow_imports(states, tickets, now=now)
                opened_count += changes[0]
                resolved_count += changes[1]
            failures = [known for known in tickets.open_failures() if known.dag_id is not None]
            if failures:
                resolved_count += tickets.settle(states.successes(failures), now=now)
    return SweepCounts(
        failure_count=sum(map(len, drafts.values())),
        opened_count=opened_count,
        resolved_count=resolved_count,
    )


def home_of(dag_id: str, registered: Collection[str]) -> str:
    """Return whose tickets those of this DAG are."""
    client_id = client_of(dag_id)
    return client_id if client_id in registered else PLATFORM


def _drafts(
    states: TaskStates,
    *,
    registered: Collection[str],
    airflow_url: str,
    since: datetime | None,
) -> dict[str, list[TicketDraft]]:
    """The tickets to raise, by client; of one cause the last failure comes last."""
    drafts: dict[str, list[TicketDraft]] = defaultdict(list)
    for failure in sorted(states.task_failures(since=since), key=_failed_at):
        drafts[home_of(failure.dag_id, registered)].append(
            task_ticket(failure, airflow_url=airflow_url)
        )
    for run in sorted(states.run_failures(since=since), key=_failed_at):
        drafts[home_of(run.dag_id, registered)].append(run_ticket(run, airflow_url=airflow_url))
    return drafts


def _follow_imports(
    states: TaskStates, tickets: FailureTickets, *, now: datetime
) -> tuple[int, int]:
    """Returns how many tickets of unreadable files were opened and resolved.

    An unreadable file is a state of affairs, not an event: while its ticket is open there is
    nothing to add to it.
    """
    broken = {import_cause(failure.file): failure for failure in states.import_failures()}
    known = {failure.cause_key for failure in tickets.open_failures() if failure.dag_id is None}
    news: Sequence[TicketDraft] = [
        import_ticket(failure) for cause, failure in broken.items() if cause not in known
    ]
    opened_count = tickets.ensure_all(news, now=now)
    mended = [
        tickets.resolve(cause, by="mastersync", words="The file can be read again.", now=now)
        for cause in sorted(known - set(broken))
    ]
    return opened_count, sum(mended)


def _failed_at(failure: TaskFailure | RunFailure) -> float:
    return 0.0 if failure.failed_at is None else failure.failed_at.timestamp()
