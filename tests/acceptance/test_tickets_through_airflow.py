"""Every way in which a task can fail makes one ticket, and only one, in a real Airflow."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from free_ports import free_ports
from mastersync.cli.stack.running import Stack, running_stack
from mastersync.config.settings import PROJECT, load_settings
from mastersync.domain.tickets.model import PLATFORM, Ticket
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.migrate import register_clients
from mastersync.store.ticket_desk import PostgresTicketDesk

pytestmark = [pytest.mark.airflow, pytest.mark.chaos, pytest.mark.timeout(420)]

FAILING_DAGS = Path(__file__).parent / "failing_dags"
DAGS = ("client_sync__acme", "hidden", "overdue", "foreign")
OVER = {"success", "failed"}


@dataclass(frozen=True, kw_only=True)
class World:
    """An Airflow in which everything that can fail has failed."""

    stack: Stack
    api: httpx.Client
    database: Database
    runs: dict[str, str]

    def tickets(self) -> list[Ticket]:
        """Every ticket there is, open or not."""
        with self.database.begin(clients=["acme", PLATFORM]) as session:
            rows = session._connection.exec_driver_sql("SELECT ticket_id FROM ticket")
            desk = PostgresTicketDesk(session)
            return [desk.get(ticket_id) for ticket_id in rows.scalars()]

    def of_task(self, task_id: str, *, dag_id: str = "client_sync__acme") -> list[Ticket]:
        return [t for t in self.tickets() if (t.dag_id, t.task_id) == (dag_id, task_id)]

    def run(self, dag_id: str) -> str:
        answer = self.api.post(f"/dags/{dag_id}/dagRuns", json={"logical_date": None})
        return str(answer.raise_for_status().json()["dag_run_id"])

    def state(self, dag_id: str, run_id: str) -> str:
        return str(self.api.get(f"/dags/{dag_id}/dagRuns/{run_id}").json()["state"])

    def wait(self, dag_id: str, run_id: str) -> str:
        until(lambda: self.state(dag_id, run_id) in OVER, f"{dag_id} to end")
        return self.state(dag_id, run_id)

    def sweep(self) -> None:
        assert self.wait("failure_sweep", self.run("failure_sweep")) == "success"


def until(is_so: Callable[[], bool], words: str, *, seconds: float = 150) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for {words}"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="mastersync-tickets-") as directory:
        dags_dir = Path(directory) / "dags"
        shutil.copytree(FAILING_DAGS, dags_dir, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PROJECT / "dags" / "failure_sweep.py", dags_dir)
        (dags_dir / "unreadable.py").write_text("import a_module_that_is_missing  # airflow dag\n")
        airflow_port, portal_port, sandbox_port = free_ports(3)
        settings = load_settings(
            home=Path(directory) / "home",
            dags_dir=dags_dir,
            airflow_port=airflow_port,
            portal_port=portal_port,
            sandbox_port=sandbox_port,
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT", "12")
            with running_stack(settings, pages=()) as stack:
                yield from failed_world(stack)


def failed_world(stack: Stack) -> Iterator[World]:
    key = stack.settings.key
    register_clients(admin_url=stack.admin_url, secret_key=key, names={"acme": "Acme"})
    database = Database(role_url(stack.admin_url, DESK_ROLE, secret_key=key))
    with stack.airflow_client() as api:
        world = World(stack=stack, api=api, database=database, runs={})
        for dag_id in DAGS:
            path = f"/dags/{dag_id}"
            until(lambda path=path: api.get(path).status_code == 200, f"{path} to be read")
            api.patch(path, json={"is_paused": False}).raise_for_status()
            world.runs[dag_id] = world.run(dag_id)
        for dag_id, run_id in world.runs.items():
            world.wait(dag_id, run_id)
        world.sweep()
        yield world
    database.close()


@pytest.mark.parametrize(
    ("task_id", "words"),
    [
        ("raises", "The task raised KeyError."),
        ("refuses", "The ERP refused 3 customers."),
        ("takes_too_long", "longer than its execution_timeout"),
        ("is_killed", "killed or lost"),
        ("loses_its_supervisor", "killed or lost"),
        ("fails_twice", "The task raised ValueError."),
    ],
)
def test_a_failed_task_has_one_open_ticket_that_says_why(
    world: World, task_id: str, words: str
) -> None:
    (ticket,) = world.of_task(task_id)

    assert ticket.is_open
    assert words in ticket.cause
    assert (ticket.client_id, ticket.run_id) == ("acme", world.runs["client_sync__acme"])
    assert (ticket.map_index, ticket.seen_count) == (-1, 1)


def test_of_a_mapped_task_the_instance_that_failed_has_the_ticket(world: World) -> None:
    (ticket,) = world.of_task("batch")

    assert (ticket.map_index, ticket.title) == (1, "Task batch[1] failed")


def test_a_task_killed_in_a_run_that_succeeds_is_found_by_the_sweep(world: World) -> None:
    assert world.state("hidden", world.runs["hidden"]) == "success"

    (ticket,) = world.of_task("is_killed", dag_id="hidden")
    assert (ticket.client_id, ticket.is_open) == (PLATFORM, True)
    assert ticket.title == "Task is_killed of hidden failed"


def test_a_run_out_of_time_has_a_ticket_of_its_own(world: World) -> None:
    (ticket,) = [t for t in world.tickets() if t.dag_id == "overdue"]

    assert (ticket.task_id, ticket.run_id) == (None, world.runs["overdue"])
    assert "dagrun_timeout" in ticket.cause


def test_a_file_that_cannot_be_read_has_one_ticket(world: World) -> None:
    (ticket,) = [t for t in world.tickets() if t.cause_key.startswith("import:")]

    assert "unreadable.py" in ticket.cause
    assert "a_module_that_is_missing" in ticket.cause


def test_a_retried_task_one_that_came_after_and_a_foreign_dag_have_none(world: World) -> None:
    assert world.of_task("succeeds_at_second_try") == []
    assert world.of_task("comes_after") == []
    assert [t for t in world.tickets() if t.dag_id == "foreign"] == []


def test_no_ticket_quotes_what_a_foreign_exception_said(world: World) -> None:
    assert all("anna" not in f"{t.title}{t.cause}{t.next_step}" for t in world.tickets())


def test_the_link_leads_to_the_log_of_the_try(world: World) -> None:
    (ticket,) = world.of_task("batch")

    assert ticket.log_url is not None
    assert ticket.log_url.startswith(world.stack.airflow_url + "/dags/client_sync__acme/runs/")
    assert ticket.log_url.endswith("/tasks/batch/mapped/1?try_number=1")


def test_another_sweep_changes_nothing(world: World) -> None:
    before = world.tickets()

    world.sweep()

    assert world.tickets() == before


def test_a_success_after_clearing_closes_the_ticket_and_a_failure_reopens_it(
    world: World,
) -> None:
    run_id = world.runs["client_sync__acme"]
    tasks = ["succeeds_when_cleared", "raises"]
    world.api.post(
        "/dags/client_sync__acme/clearTaskInstances",
        json={"dry_run": False, "dag_run_id": run_id, "task_ids": tasks, "only_failed": True},
    ).raise_for_status()
    until(lambda: world.state("client_sync__acme", run_id) not in OVER, "the run to go on")
    world.wait("client_sync__acme", run_id)
    world.sweep()

    (closed,) = world.of_task("succeeds_when_cleared")
    assert (closed.state, closed.seen_count) == ("resolved", 1)
    (again,) = world.of_task("raises")
    assert (again.state, again.seen_count, again.try_number) == ("open", 2, 2)


def get_page(world: World, path: str = "/exceptions/", **headers: str) -> httpx.Response:
    return httpx.get(f"{world.stack.airflow_url}{path}", headers=headers, timeout=60)


def sign_in(world: World, user: str) -> str:
    login = {"username": user, "password": user}
    answer = httpx.post(f"{world.stack.airflow_url}/auth/token", json=login, timeout=60)
    return f"Bearer {answer.raise_for_status().json()['access_token']}"


def test_the_list_shows_them_to_a_signed_in_user(world: World) -> None:
    page = get_page(world, authorization=sign_in(world, "vic"))

    assert page.status_code == 200
    assert "The ERP refused 3 customers." in page.text
    assert "Task is_killed failed" in page.text


@pytest.fixture
def standing_sweep(world: World) -> Iterator[None]:
    world.api.patch("/dags/failure_sweep", json={"is_paused": True}).raise_for_status()
    yield
    world.api.patch("/dags/failure_sweep", json={"is_paused": False}).raise_for_status()


@pytest.mark.usefixtures("standing_sweep")
def test_opening_the_list_finds_a_failure_also_while_the_sweep_stands_still(
    world: World,
) -> None:
    run_id = world.run("hidden")
    world.wait("hidden", run_id)
    assert len(world.of_task("is_killed", dag_id="hidden")) == 1

    authorization = sign_in(world, "vic")

    def is_found() -> bool:
        get_page(world, authorization=authorization)
        return run_id in [t.run_id for t in world.of_task("is_killed", dag_id="hidden")]

    until(is_found, "the list to be swept", seconds=20)
    assert "could not be read" not in get_page(world, authorization=authorization).text


@pytest.mark.usefixtures("standing_sweep")
def test_a_mark_by_hand_closes_and_reopens_at_once_without_a_sweep(world: World) -> None:
    run_id = world.runs["hidden"]
    path = f"/dags/hidden/dagRuns/{quote(run_id, safe='')}/taskInstances/is_killed"

    def the_ticket() -> Ticket:
        tickets = world.of_task("is_killed", dag_id="hidden")
        return next(ticket for ticket in tickets if ticket.run_id == run_id)

    world.api.patch(path, json={"new_state": "success"}).raise_for_status()
    assert the_ticket().state == "resolved"

    world.api.patch(path, json={"new_state": "failed"}).raise_for_status()
    assert (the_ticket().state, the_ticket().seen_count) == ("open", 2)
    assert the_ticket().cause == "Somebody set the task to failed by hand."


def test_a_ticket_has_a_page_with_its_history(world: World) -> None:
    (ticket,) = world.of_task("refuses")

    path = f"/exceptions/tickets/{ticket.ticket_id}"
    page = get_page(world, path, authorization=sign_in(world, "vic"))

    assert page.status_code == 200
    assert "Call the ERP&#39;s owner." in page.text
    assert "Opened" in page.text


def test_nobody_sees_them_without_signing_in(world: World) -> None:
    assert get_page(world).status_code == 401
    assert get_page(world, authorization="Bearer forged").status_code in {401, 403}

    sent_away = get_page(world, accept="text/html")
    assert (sent_away.status_code, "/login" in sent_away.headers["location"]) == (303, True)
    assert "ERP" not in sent_away.text


def test_airflows_menu_leads_to_the_list(world: World) -> None:
    plugins = world.api.get("/plugins").raise_for_status().json()["plugins"]

    (ours,) = [plugin for plugin in plugins if plugin["name"] == "mastersync"]
    (view,) = ours["external_views"]
    assert (view["href"], view["nav_top_level"]) == ("/exceptions/", True)
