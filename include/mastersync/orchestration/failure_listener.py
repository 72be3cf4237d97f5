"""Tells of failures at once, in whichever process of Airflow sees them.

Only an accelerator: a listener is not called when a task's process is killed, and no ticket
depends on it; the sweep finds what it missed. So it never raises into Airflow, gives up within
seconds, and after a failure leaves the store alone for a while.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog
from airflow.listeners import hookimpl
from airflow.sdk import timezone

from mastersync.config.settings import load_settings
from mastersync.domain.tickets.causes import explain
from mastersync.domain.tickets.failures import (
    STANDING_DAGS,
    ImportFailure,
    RunFailure,
    TaskFailure,
    client_of,
    import_ticket,
    is_client_dag,
    run_ticket,
    task_cause,
    task_ticket,
)
from mastersync.domain.tickets.model import PLATFORM, TicketDraft
from mastersync.domain.tickets.recurrence import TaskSuccess
from mastersync.orchestration.airflow_api_states import TAG, last_line
from mastersync.orchestration.airflow_url import airflow_url
from mastersync.orchestration.ticket_store import open_ticket_store
from mastersync.ports.tickets import FailureTickets
from mastersync.usecases.sweep_failures import home_of

PATIENCE_SECONDS = 2
REST_SECONDS = 30.0

log = structlog.get_logger()


class AirflowTask(Protocol):
    """A task instance: the SDK's in its own process, elsewhere a row of Airflow's database."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int | None
    try_number: int
    state: str | None


class AirflowRun(Protocol):
    """A run, as a row of Airflow's database."""

    dag_id: str
    run_id: str
    end_date: datetime | None
    task_instances: Sequence[AirflowTask]


class FailureListener:
    """What Airflow calls; the plugin installs it in every process."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    @hookimpl
    def on_task_instance_failed(
        self, previous_state: object, task_instance: AirflowTask, error: BaseException | str | None
    ) -> None:
        """Raise a ticket, unless the task is tried again."""
        if task_instance.state == "failed":
            self._attempt(task_instance, lambda: self._tell_failure(task_instance, error))

    @hookimpl
    def on_task_instance_success(self, previous_state: object, task_instance: AirflowTask) -> None:
        """Close the ticket of an earlier try; a first try has none, unless set by hand."""
        if previous_state is None or task_instance.try_number > 1:
            self._attempt(task_instance, lambda: self._tell_success(task_instance))

    @hookimpl
    def on_dag_run_failed(self, dag_run: AirflowRun, msg: str) -> None:
        """Raise tickets for tasks that could not speak for themselves, else for the run."""
        self._attempt(dag_run, lambda: self._tell_failed_run(dag_run, reason=msg))

    @hookimpl
    def on_new_dag_import_error(self, filename: str, stacktrace: str) -> None:
        """Raise a ticket for a DAG file that cannot be read."""
        self._attempt(None, lambda: self._tell_unreadable(filename, stacktrace))

    def _tell_failure(self, task: AirflowTask, error: BaseException | str | None) -> None:
        self._raise(task.dag_id, [_task_draft(task, error=error)])

    def _tell_success(self, task: AirflowTask) -> None:
        now = timezone.utcnow()
        success = TaskSuccess(
            cause_key=task_cause(task.dag_id, task.run_id, task.task_id, _map_index(task)),
            run_id=task.run_id,
            try_number=task.try_number,
            ended_at=now,
        )
        with _tickets_of(task.dag_id) as tickets:
            tickets.settle([success], now=now)

    def _tell_failed_run(self, dag_run: AirflowRun, *, reason: str) -> None:
        failed = [task for task in dag_run.task_instances if task.state == "failed"]
        run = RunFailure(
            dag_id=dag_run.dag_id, run_id=dag_run.run_id, failed_at=dag_run.end_date, reason=reason
        )
        drafts = [_task_draft(task, error=None) for task in failed]
        self._raise(dag_run.dag_id, drafts or [run_ticket(run, airflow_url=airflow_url())])

    def _tell_unreadable(self, filename: str, stacktrace: str) -> None:
        dags_dir = load_settings().dags_dir
        path = Path(filename)
        file = path.relative_to(dags_dir) if path.is_relative_to(dags_dir) else path
        failure = ImportFailure(file=str(file), problem=last_line(stacktrace))
        self._raise("", [import_ticket(failure)])

    def _raise(self, dag_id: str, drafts: Sequence[TicketDraft]) -> None:
        with _tickets_of(dag_id) as tickets:
            tickets.ensure_all(drafts, now=timezone.utcnow())

    def _attempt(self, subject: AirflowTask | AirflowRun | None, deed: Callable[[], None]) -> None:
        """Do it if the subject is of a DAG of ours; nothing is raised into Airflow."""
        if time.monotonic() < self._rests_until:
            return
        try:
            if subject is None or _is_ours(subject):
                deed()
        except Exception as error:  # noqa: BLE001 (whatever it is, Airflow goes on)
            self._rests_until = time.monotonic() + REST_SECONDS
            log.warning("ticket.left_to_the_sweep", reason=type(error).__name__)


@contextmanager
def _tickets_of(dag_id: str) -> Iterator[FailureTickets]:
    with open_ticket_store(patience=PATIENCE_SECONDS) as store:
        home = home_of(dag_id, store.registered([client_of(dag_id), PLATFORM]))
        with store.failures(home) as tickets:
            yield tickets


def _task_draft(task: AirflowTask, *, error: BaseException | str | None) -> TicketDraft:
    failure = TaskFailure(
        dag_id=task.dag_id,
        run_id=task.run_id,
        task_id=task.task_id,
        map_index=_map_index(task),
        try_number=task.try_number,
        # By hand, a try can fail again that had failed or succeeded before.
        failed_at=timezone.utcnow() if "manually set" in str(error or "") else None,
    )
    return task_ticket(failure, airflow_url=airflow_url(), explanation=explain(error))


def _map_index(task: AirflowTask) -> int:
    return -1 if task.map_index is None else int(task.map_index)


def _is_ours(subject: AirflowTask | AirflowRun) -> bool:
    """Whether a task instance or a run belongs to a DAG with our tag."""
    if is_client_dag(subject.dag_id) or subject.dag_id in STANDING_DAGS:
        return True
    task = getattr(subject, "task", None)
    if task is not None:
        return TAG in task.dag.tags
    dag_model = getattr(subject, "dag_model", None)
    return dag_model is not None and any(tag.name == TAG for tag in dag_model.tags)
