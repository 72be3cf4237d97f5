"""The listener writes what it can at once, and never gets in Airflow's way."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
import pytest

from databases import temporary_database
from mastersync.domain.tickets.model import PLATFORM, Ticket
from mastersync.errors import PermanentError
from mastersync.orchestration.failure_listener import FailureListener
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.store.ticket_desk import PostgresTicketDesk

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "k" * 40


@dataclass
class Tag:
    name: str


@dataclass
class DagRow:
    """A row of Airflow's table of DAGs."""

    tags: list[Tag]


@dataclass
class Task:
    """A task instance, as far as the listener looks."""

    dag_id: str = "client_sync__acme"
    run_id: str = "r1"
    task_id: str = "push"
    map_index: int | None = None
    try_number: int = 1
    state: str | None = "failed"
    dag_model: DagRow = field(default_factory=lambda: DagRow([]))


@dataclass
class Run:
    """A run, as far as the listener looks."""

    task_instances: Sequence[Task]
    dag_id: str = "client_sync__acme"
    run_id: str = "r1"
    end_date: datetime | None = NOON


@pytest.fixture
def store_url(postgres_server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with temporary_database(postgres_server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names={"acme": "Acme"})
        monkeypatch.setenv("MASTERSYNC_STORE_URL", url)
        monkeypatch.setenv("MASTERSYNC_SECRET_KEY", SECRET)
        yield url


def tickets(store_url: str) -> list[Ticket]:
    database = Database(role_url(store_url, DESK_ROLE, secret_key=SECRET))
    with database.begin(clients=["acme", PLATFORM]) as session:
        found = PostgresTicketDesk(session).list_open()
    database.close()
    return list(found)


def test_a_failure_is_told_at_once_with_the_words_of_the_error(store_url: str) -> None:
    error = PermanentError("The ERP refused it.", next_step="Call them.")

    FailureListener().on_task_instance_failed("running", Task(), error)

    (ticket,) = tickets(store_url)
    assert (ticket.client_id, ticket.cause, ticket.map_index) == (
        "acme",
        "The ERP refused it.",
        -1,
    )


def test_a_failure_that_is_tried_again_and_one_of_a_foreign_dag_are_not_told(
    store_url: str,
) -> None:
    listener = FailureListener()

    listener.on_task_instance_failed("running", Task(state="up_for_retry"), ValueError())
    listener.on_task_instance_failed("running", Task(dag_id="theirs"), ValueError())

    assert tickets(store_url) == []


def test_a_dag_of_ours_is_known_by_its_tag(store_url: str) -> None:
    ours = Task(dag_id="retention", dag_model=DagRow([Tag("mastersync")]))

    FailureListener().on_task_instance_failed("running", ours, "heartbeat timeout")

    (ticket,) = tickets(store_url)
    assert (ticket.client_id, "stopped answering" in ticket.cause) == (PLATFORM, True)


def test_a_later_try_that_succeeds_closes_the_ticket(store_url: str) -> None:
    listener = FailureListener()
    listener.on_task_instance_failed("running", Task(), ValueError())

    listener.on_task_instance_success("running", Task(try_number=2, state="success"))

    assert tickets(store_url) == []


def test_a_failed_run_tells_of_tasks_that_could_not_speak_for_themselves(store_url: str) -> None:
    run = Run([Task(map_index=-1), Task(task_id="plan", state="success")])

    FailureListener().on_dag_run_failed(run, "task_failure")

    (ticket,) = tickets(store_url)
    assert (ticket.task_id, "killed or lost" in ticket.cause) == ("push", True)


def test_a_failed_run_without_a_failed_task_is_told_as_a_run(store_url: str) -> None:
    FailureListener().on_dag_run_failed(Run([Task(state="skipped")]), "timed_out")

    (ticket,) = tickets(store_url)
    assert (ticket.task_id, "dagrun_timeout" in ticket.cause) == (None, True)


def test_a_file_that_cannot_be_read_is_named_as_the_sweep_names_it(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASTERSYNC_DAGS_DIR", "/srv/dags")

    FailureListener().on_new_dag_import_error("/srv/dags/sub/x.py", "Traceback\nNameError: y")

    (ticket,) = tickets(store_url)
    assert (ticket.cause_key, ticket.cause) == ("import:sub/x.py", "sub/x.py: NameError: y")


def test_without_a_store_nothing_is_raised_and_the_store_is_left_alone_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MASTERSYNC_STORE_URL", "postgresql+psycopg://x@127.0.0.1:1/nowhere")
    monkeypatch.setenv("MASTERSYNC_SECRET_KEY", SECRET)
    listener = FailureListener()

    listener.on_task_instance_failed("running", Task(), ValueError())
    listener.on_dag_run_failed(Run([Task()]), "task_failure")
    listener.on_task_instance_success("running", Task(try_number=2))

    began = time.monotonic()
    for _ in range(1_000):
        listener.on_task_instance_failed("running", Task(), ValueError())
    assert time.monotonic() - began < 1


def test_a_locked_store_holds_airflow_up_for_seconds_at_most(store_url: str) -> None:
    with psycopg.connect(store_url.replace("+psycopg", "")) as session:
        session.execute("LOCK TABLE mastersync.ticket")

        began = time.monotonic()
        FailureListener().on_task_instance_failed("running", Task(), ValueError())
        assert time.monotonic() - began < 4

    assert tickets(store_url) == []


def test_whatever_airflow_hands_over_nothing_is_raised(store_url: str) -> None:
    class Strange:
        state = "failed"

    FailureListener().on_task_instance_failed("running", Strange(), None)  # type: ignore[arg-type]

    assert tickets(store_url) == []
