"""The sweep over states that Airflow might report."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mastersync.domain.tickets.failures import ImportFailure, RunFailure, TaskFailure
from mastersync.domain.tickets.model import PLATFORM, TicketDraft
from mastersync.domain.tickets.recurrence import TaskSuccess
from mastersync.ports.tickets import OpenFailure
from mastersync.usecases.sweep_failures import SweepCounts, sweep_failures

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class States:
    """What Airflow says."""

    tasks: list[TaskFailure] = field(default_factory=list)
    runs: list[RunFailure] = field(default_factory=list)
    files: list[ImportFailure] = field(default_factory=list)
    good: list[TaskSuccess] = field(default_factory=list)
    asked_for: list[OpenFailure] = field(default_factory=list)

    def dag_ids(self) -> Sequence[str]:
        return ["client_sync__acme", "client_sync__new", "failure_sweep"]

    def task_failures(self, *, since: datetime | None) -> Sequence[TaskFailure]:
        return self.tasks

    def run_failures(self, *, since: datetime | None) -> Sequence[RunFailure]:
        return self.runs

    def import_failures(self) -> Sequence[ImportFailure]:
        return self.files

    def successes(self, failures: Sequence[OpenFailure]) -> Sequence[TaskSuccess]:
        self.asked_for += failures
        wanted = {known.cause_key for known in failures}
        return [success for success in self.good if success.cause_key in wanted]


@dataclass
class Kept:
    """One client's open tickets by cause."""

    tickets: dict[str, TicketDraft] = field(default_factory=dict)

    def ensure_all(self, drafts: Sequence[TicketDraft], *, now: datetime) -> int:
        new = {draft.cause_key: draft for draft in drafts if draft.cause_key not in self.tickets}
        self.tickets |= new
        return len(new)

    def settle(self, successes: Sequence[TaskSuccess], *, now: datetime) -> int:
        return sum(self.tickets.pop(success.cause_key, None) is not None for success in successes)

    def resolve(self, cause_key: str, *, by: str, words: str, now: datetime) -> bool:
        return self.tickets.pop(cause_key, None) is not None

    def open_failures(self) -> Sequence[OpenFailure]:
        return [
            OpenFailure(
                cause_key=cause,
                dag_id=draft.task and draft.task.dag_id,
                run_id=draft.task and draft.task.run_id,
                task_id=draft.task and draft.task.task_id,
                map_index=draft.task and draft.task.map_index,
            )
            for cause, draft in self.tickets.items()
        ]


class Desk(dict[str, Kept]):
    """The tickets of each client."""

    @contextmanager
    def open(self, client_id: str) -> Iterator[Kept]:
        yield self.setdefault(client_id, Kept())

    def causes(self) -> dict[str, list[str]]:
        return {client: sorted(kept.tickets) for client, kept in self.items() if kept.tickets}


def sweep(states: States, desk: Desk) -> SweepCounts:
    return sweep_failures(
        states,
        desk.open,
        registered={"acme", PLATFORM},
        airflow_url="http://a",
        since=None,
        now=NOON,
    )


def a_failure(dag_id: str = "client_sync__acme", **changes: object) -> TaskFailure:
    values: dict[str, object] = {
        "dag_id": dag_id,
        "run_id": "r1",
        "task_id": "push",
        "map_index": -1,
        "try_number": 1,
        "failed_at": NOON,
    }
    return TaskFailure(**(values | changes))  # type: ignore[arg-type]


def test_each_failure_is_a_ticket_of_the_client_of_its_dag() -> None:
    states, desk = States(tasks=[a_failure(), a_failure("failure_sweep", task_id="sweep")]), Desk()

    assert sweep(states, desk) == SweepCounts(failure_count=2, opened_count=2, resolved_count=0)

    assert desk.causes() == {
        "acme": ["task:client_sync__acme:r1:push:-1"],
        PLATFORM: ["task:failure_sweep::sweep:-1"],
    }


def test_the_failures_of_a_client_that_is_not_registered_are_not_lost() -> None:
    desk = Desk()

    sweep(States(tasks=[a_failure("client_sync__new")]), desk)

    assert desk.causes() == {PLATFORM: ["task:client_sync__new:r1:push:-1"]}


def test_a_failed_run_without_a_failed_task_is_a_ticket() -> None:
    desk = Desk()

    sweep(States(runs=[RunFailure(dag_id="client_sync__acme", run_id="r2", failed_at=None)]), desk)

    assert desk.causes() == {"acme": ["run:client_sync__acme:r2"]}


def test_what_has_succeeded_since_is_closed_also_when_nothing_new_has_failed() -> None:
    desk = Desk()
    sweep(States(tasks=[a_failure(), a_failure(task_id="plan")]), desk)
    success = TaskSuccess(
        cause_key="task:client_sync__acme:r1:push:-1", run_id="r1", try_number=2, ended_at=NOON
    )

    counts = sweep(States(good=[success]), desk)

    assert counts.resolved_count == 1
    assert desk.causes() == {"acme": ["task:client_sync__acme:r1:plan:-1"]}


def test_an_unreadable_file_has_a_ticket_until_it_can_be_read() -> None:
    states, desk = States(files=[ImportFailure(file="x.py", problem="NameError")]), Desk()

    assert sweep(states, desk).opened_count == 1
    assert sweep(states, desk).opened_count == 0
    assert desk.causes() == {PLATFORM: ["import:x.py"]}

    assert sweep(States(), desk).resolved_count == 1
    assert desk.causes() == {}


def test_airflow_is_not_asked_about_files_as_if_they_were_tasks() -> None:
    states, desk = States(files=[ImportFailure(file="x.py", problem="NameError")]), Desk()

    sweep(states, desk)

    assert states.asked_for == []
