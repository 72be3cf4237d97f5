"""What Airflow says has failed, and the ticket that each failure raises."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from mastersync.domain.tickets.causes import Explanation, explain
from mastersync.domain.tickets.model import (
    PLATFORM,
    TaskReference,
    TicketDraft,
    TicketKind,
    WordsFrom,
)

CLIENT_DAG_PREFIX = "client_sync__"

# They pass over the same standing work again and again: a run that fails is made good by the
# next one that succeeds, and an outage of an hour is one ticket, not sixty.
STANDING_DAGS = frozenset({"failure_sweep", "deliver_effects", "sla_watch", "credit_statement"})

_LONGEST_WORDS = 300


@dataclass(frozen=True, kw_only=True)
class TaskFailure:
    """A failed task instance. ``failed_at`` is None when Airflow does not say."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    try_number: int
    failed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class RunFailure:
    """A failed run in which no task failed: it took too long, or could not go on."""

    dag_id: str
    run_id: str
    failed_at: datetime | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportFailure:
    """A DAG file that cannot be read; ``problem`` is the last line of its stack trace."""

    file: str
    problem: str


def client_of(dag_id: str) -> str:
    """Return the client whose DAG it is, or ``PLATFORM``."""
    return dag_id.removeprefix(CLIENT_DAG_PREFIX) if is_client_dag(dag_id) else PLATFORM


def is_client_dag(dag_id: str) -> bool:
    return dag_id.startswith(CLIENT_DAG_PREFIX) and dag_id != CLIENT_DAG_PREFIX


def task_cause(dag_id: str, run_id: str, task_id: str, map_index: int) -> str:
    """Return the key of "this task failed"; the same for each of its tries."""
    run = "" if dag_id in STANDING_DAGS else run_id
    return f"task:{dag_id}:{run}:{task_id}:{map_index}"


def run_cause(dag_id: str, run_id: str) -> str:
    """Return the key of "this run failed, and none of its tasks did"."""
    return f"run:{dag_id}:{'' if dag_id in STANDING_DAGS else run_id}"


def import_cause(file: str) -> str:
    return f"import:{file}"


def task_ticket(
    failure: TaskFailure, *, airflow_url: str, explanation: Explanation | None = None
) -> TicketDraft:
    """Return the ticket that a failed task raises.

    ``explanation`` is what is known of why; without one nobody has said.
    """
    explanation = explanation or explain(None)
    task_id, map_index = failure.task_id, failure.map_index
    name = task_id if map_index < 0 else f"{task_id}[{map_index}]"
    return TicketDraft(
        cause_key=task_cause(failure.dag_id, failure.run_id, task_id, map_index),
        kind=TicketKind.TASK,
        title=f"Task {name}{_of_dag(failure.dag_id)} failed",
        cause=explanation.cause,
        next_step=explanation.next_step,
        task=TaskReference(
            dag_id=failure.dag_id,
            run_id=failure.run_id,
            task_id=task_id,
            map_index=map_index,
            try_number=failure.try_number,
            log_url=_log_url(failure, airflow_url=airflow_url),
            failed_at=failure.failed_at,
            words_from=explanation.words_from,
        ),
    )


def run_ticket(failure: RunFailure, *, airflow_url: str) -> TicketDraft:
    """Return the ticket of a run that failed although none of its tasks did."""
    if failure.reason == "timed_out":
        cause = "The run took longer than its dagrun_timeout; Airflow skipped what was left of it."
    elif "manually set" in failure.reason:
        cause = "Somebody set the run to failed by hand."
    else:
        cause = "The run failed although no task of it did: it took too long or could not go on."
    return TicketDraft(
        cause_key=run_cause(failure.dag_id, failure.run_id),
        kind=TicketKind.TASK,
        title=f"The run{_of_dag(failure.dag_id)} failed",
        cause=cause,
        next_step="See in the run's grid where it stood still, then clear the run in Airflow.",
        task=TaskReference(
            dag_id=failure.dag_id,
            run_id=failure.run_id,
            task_id=None,
            log_url=_run_url(failure.dag_id, failure.run_id, airflow_url=airflow_url),
            failed_at=failure.failed_at,
            words_from=WordsFrom.AIRFLOW if failure.reason else WordsFrom.STATE,
        ),
    )


def import_ticket(failure: ImportFailure) -> TicketDraft:
    """Return the ticket of a DAG file that cannot be read; nothing in it runs until it can."""
    return TicketDraft(
        cause_key=import_cause(failure.file),
        kind=TicketKind.CONFIG,
        title="A DAG file cannot be read",
        cause=f"{failure.file}: {failure.problem[:_LONGEST_WORDS]}",
        next_step="Mend the file; Airflow reads it again by itself and this ticket closes.",
    )


def _of_dag(dag_id: str) -> str:
    """A client has one DAG, which need not be named beside the client."""
    return "" if is_client_dag(dag_id) else f" of {dag_id}"


def _run_url(dag_id: str, run_id: str, *, airflow_url: str) -> str:
    return f"{airflow_url.rstrip('/')}/dags/{quote(dag_id)}/runs/{quote(run_id, safe='')}"


def _log_url(failure: TaskFailure, *, airflow_url: str) -> str:
    """Airflow's page of the try's log (``TaskInstance.log_url`` of Airflow 3.3)."""
    run_url = _run_url(failure.dag_id, failure.run_id, airflow_url=airflow_url)
    mapped = f"/mapped/{failure.map_index}" if failure.map_index >= 0 else ""
    tried = f"?try_number={failure.try_number}" if failure.try_number > 0 else ""
    return f"{run_url}/tasks/{quote(failure.task_id)}{mapped}{tried}"
