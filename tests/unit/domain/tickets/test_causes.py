from datetime import UTC, datetime

import pytest

from mastersync.domain.tickets.causes import LOST, explain
from mastersync.domain.tickets.failures import (
    ImportFailure,
    RunFailure,
    TaskFailure,
    client_of,
    import_ticket,
    run_ticket,
    task_cause,
    task_ticket,
)
from mastersync.domain.tickets.model import PLATFORM, WordsFrom
from mastersync.errors import RetryableError
from mastersync.store import database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class AirflowTaskTimeout(BaseException):
    pass


def test_our_own_errors_speak_for_themselves_also_inside_another() -> None:
    ours = RetryableError("The ERP answered 503.", next_step="Wait.")
    wrapped = ValueError("outer")
    wrapped.__cause__ = ours

    for error in (ours, wrapped):
        assert (explain(error).cause, explain(error).next_step) == (
            "The ERP answered 503.",
            "Wait.",
        )


def test_the_message_of_a_foreign_exception_stays_in_the_log() -> None:
    words = explain(KeyError("anna@example.org"))

    assert words.cause == "The task raised KeyError."
    assert "anna" not in words.cause + words.next_step


@pytest.mark.parametrize(
    ("error", "phrase", "source"),
    [
        (None, "killed or lost", WordsFrom.STATE),
        ("something new in Airflow", "killed or lost", WordsFrom.STATE),
        (AirflowTaskTimeout(), "execution_timeout", WordsFrom.ERROR),
        ("{'Task Instance Heartbeat timeout': …}", "stopped answering", WordsFrom.AIRFLOW),
        ("TaskInstance's state was manually set to `failed`.", "by hand", WordsFrom.ERROR),
        (
            "Executor LocalExecutor reported that the task instance finished with state failed",
            "lost before the task could say",
            WordsFrom.AIRFLOW,
        ),
    ],
)
def test_what_airflow_knows_is_put_in_words(
    error: BaseException | str | None, phrase: str, source: WordsFrom
) -> None:
    words = explain(error)

    assert phrase in words.cause
    assert words.words_from is source


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError(), TypeError()
    first.__cause__, second.__cause__ = second, first

    assert explain(first).cause == "The task raised ValueError."


def test_a_task_ticket_names_the_task_and_links_to_the_log_of_its_try() -> None:
    failure = TaskFailure(
        dag_id="client_sync__acme",
        run_id="manual__2026-03-02T12:00:00+00:00",
        task_id="push",
        map_index=3,
        try_number=2,
        failed_at=NOON,
    )

    draft = task_ticket(failure, airflow_url="http://airflow:8080/")

    assert draft.title == "Task push[3] failed"
    assert draft.cause == LOST.cause
    assert draft.task is not None
    assert draft.task.log_url == (
        "http://airflow:8080/dags/client_sync__acme/runs/manual__2026-03-02T12%3A00%3A00%2B00%3A00"
        "/tasks/push/mapped/3?try_number=2"
    )


def test_the_runs_of_a_standing_dag_share_one_cause() -> None:
    assert task_cause("failure_sweep", "r1", "sweep", -1) == task_cause(
        "failure_sweep", "r2", "sweep", -1
    )
    assert task_cause("client_sync__acme", "r1", "push", -1) != task_cause(
        "client_sync__acme", "r2", "push", -1
    )


def test_a_run_without_a_failed_task_says_why_it_failed() -> None:
    run = RunFailure(dag_id="d", run_id="r", failed_at=NOON, reason="timed_out")

    assert "dagrun_timeout" in run_ticket(run, airflow_url="http://a").cause


def test_an_unreadable_file_is_named_and_its_problem_is_kept_short() -> None:
    draft = import_ticket(ImportFailure(file="client_sync.py", problem="E" * 9_999))

    assert draft.cause.startswith("client_sync.py: EEE")
    assert len(draft.cause) < 400


@pytest.mark.parametrize(
    ("dag_id", "client_id"),
    [
        ("client_sync__acme", "acme"),
        ("client_sync__", PLATFORM),
        ("client_sync", PLATFORM),
        ("deliver_effects", PLATFORM),
    ],
)
def test_a_dag_belongs_to_the_client_in_its_name(dag_id: str, client_id: str) -> None:
    assert client_of(dag_id) == client_id


def test_the_store_and_the_domain_mean_the_same_platform() -> None:
    assert PLATFORM == database.PLATFORM
