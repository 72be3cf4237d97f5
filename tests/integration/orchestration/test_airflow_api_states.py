"""Reading Airflow's states over HTTP, from a server that answers as Airflow 3.3 does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from mastersync.domain.tickets.failures import RunFailure, TaskFailure, run_cause, task_cause
from mastersync.errors import ConfigError, PermanentError, RetryableError
from mastersync.orchestration.airflow_api import AirflowApi
from mastersync.orchestration.airflow_api_states import ApiTaskStates, last_line
from mastersync.ports.tickets import OpenFailure

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "right"
PAGE = 3


@dataclass
class Airflow:
    """Task instances and runs, and what was asked for."""

    tasks: list[dict[str, Any]] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    status: int = 200
    url: str = ""

    def answer(  # noqa: PLR0911 (one for each address)
        self, path: str, query: dict[str, list[str]]
    ) -> tuple[int, Any]:
        self.asked.append((path, query))
        if self.status != 200:
            return self.status, {"detail": "no"}
        match path.removeprefix("/api/v2/").split("/"):
            case ["dags"]:
                ours = [{"dag_id": name} for name in ("client_sync__acme", "failure_sweep")]
                return 200, self._page("dags", ours, query)
            case ["importErrors"]:
                return 200, self._page("import_errors", self.errors, query)
            case ["dags", dag_id, "dagRuns", run_id, "taskInstances"]:
                found = self._of(self.tasks, unquote(dag_id), unquote(run_id), query)
                if run_id != "~" and not self._of(self.runs, unquote(dag_id), unquote(run_id), {}):
                    return 404, {"detail": "no such run"}
                return 200, self._page("task_instances", found, query)
            case ["dags", dag_id, "dagRuns"]:
                return 200, self._page(
                    "dag_runs", self._of(self.runs, unquote(dag_id), "~", query), query
                )
            case ["dags", dag_id, "dagRuns", run_id]:
                found = self._of(self.runs, unquote(dag_id), unquote(run_id), query)
                return (200, found[0]) if found else (404, {"detail": "no such run"})
        return 404, {"detail": path}

    @staticmethod
    def _of(
        rows: list[dict[str, Any]], dag_id: str, run_id: str, query: dict[str, list[str]]
    ) -> list[dict[str, Any]]:
        found = [
            row
            for row in rows
            if dag_id in ("~", row["dag_id"])
            and run_id in ("~", row["dag_run_id"])
            and row["state"] in query.get("state", [row["state"]])
        ]
        if query.get("order_by") == ["-end_date"]:
            found.sort(key=lambda row: row["end_date"] or "", reverse=True)
        return found

    @staticmethod
    def _page(key: str, rows: list[Any], query: dict[str, list[str]]) -> dict[str, Any]:
        offset = int(query.get("offset", ["0"])[0])
        limit = min(PAGE, int(query.get("limit", ["50"])[0]))
        return {key: rows[offset : offset + limit], "total_entries": len(rows)}


@pytest.fixture
def airflow() -> Iterator[Airflow]:
    world = Airflow()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            login = json.loads(self.rfile.read(int(self.headers["content-length"])))
            is_right = login == {"username": "failure_sweep", "password": PASSWORD}
            self._say(*((201, {"access_token": "t"}) if is_right else (401, {})))

        def do_GET(self) -> None:
            if self.headers["authorization"] != "Bearer t":
                self._say(401, {})
                return
            parts = urlsplit(self.path)
            self._say(*world.answer(parts.path, parse_qs(parts.query)))

        def _say(self, status: int, body: Any) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    world.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield world
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def states(airflow: Airflow) -> Iterator[ApiTaskStates]:
    with AirflowApi(airflow.url, user="failure_sweep", password=PASSWORD) as api:
        yield ApiTaskStates(api)


def a_task(number: int = 0, state: str = "failed", **changes: Any) -> dict[str, Any]:
    return {
        "dag_id": "client_sync__acme",
        "dag_run_id": "scheduled__2026-03-02T12:00:00+00:00",
        "task_id": "push",
        "map_index": number,
        "try_number": 1,
        "state": state,
        "end_date": NOON.isoformat(),
    } | changes


def a_run(state: str = "failed", **changes: Any) -> dict[str, Any]:
    return {
        "dag_id": "client_sync__acme",
        "dag_run_id": "scheduled__2026-03-02T12:00:00+00:00",
        "state": state,
        "end_date": NOON.isoformat(),
    } | changes


def known(task: dict[str, Any]) -> OpenFailure:
    where = (task["dag_id"], task["dag_run_id"])
    task_id = task.get("task_id")
    cause = task_cause(*where, task_id, task["map_index"]) if task_id else run_cause(*where)
    return OpenFailure(
        cause_key=cause,
        dag_id=task["dag_id"],
        run_id=task["dag_run_id"],
        task_id=task_id,
        map_index=task.get("map_index"),
    )


def test_all_pages_of_failures_are_read_and_those_of_foreign_dags_left_out(
    airflow: Airflow, states: ApiTaskStates
) -> None:
    airflow.tasks = [a_task(n) for n in range(10)] + [a_task(dag_id="foreign")]

    found = states.task_failures(since=None)

    assert [failure.map_index for failure in found] == list(range(10))
    assert found[0] == TaskFailure(
        dag_id="client_sync__acme",
        run_id="scheduled__2026-03-02T12:00:00+00:00",
        task_id="push",
        map_index=0,
        try_number=1,
        failed_at=NOON,
    )


def test_only_what_changed_since_is_asked_for_and_our_dags_are_those_with_our_tag(
    airflow: Airflow, states: ApiTaskStates
) -> None:
    states.task_failures(since=NOON)

    asked = dict(airflow.asked)
    tasks = asked["/api/v2/dags/~/dagRuns/~/taskInstances"]
    assert tasks["state"] == ["failed"]
    assert tasks["updated_at_gte"] == [NOON.isoformat()]
    assert asked["/api/v2/dags"]["tags"] == ["mastersync"]


def test_a_failed_run_counts_only_when_none_of_its_tasks_failed(
    airflow: Airflow, states: ApiTaskStates
) -> None:
    airflow.runs = [a_run(), a_run(dag_run_id="late"), a_run(dag_id="foreign")]
    airflow.tasks = [a_task(), a_task(dag_run_id="late", state="skipped")]

    assert states.run_failures(since=None) == [
        RunFailure(dag_id="client_sync__acme", run_id="late", failed_at=NOON)
    ]


def test_successes_are_looked_up_in_the_runs_of_the_open_tickets(
    airflow: Airflow, states: ApiTaskStates
) -> None:
    airflow.runs = [a_run(), a_run("success", dag_run_id="mended")]
    airflow.tasks = [
        a_task(0, "success", try_number=2),
        a_task(1, "failed"),
        a_task(2, "skipped", end_date=None),
        a_task(3, "success"),
    ]
    asked_for = [known(a_task(number)) for number in (0, 1, 2)]

    found = states.successes([*asked_for, known(a_run(dag_run_id="mended"))])

    assert {success.cause_key for success in found} == {
        known(a_task(0)).cause_key,
        known(a_task(2)).cause_key,
        known(a_run(dag_run_id="mended")).cause_key,
    }
    assert [s.try_number for s in found if s.cause_key == known(a_task(0)).cause_key] == [2]


def test_a_run_that_was_deleted_in_airflow_leaves_its_ticket_open(
    states: ApiTaskStates,
) -> None:
    gone = a_task(dag_run_id="deleted")

    assert states.successes([known(gone), known(a_run(dag_run_id="deleted"))]) == []


def test_of_a_standing_dag_the_newest_success_of_any_run_counts(
    airflow: Airflow, states: ApiTaskStates
) -> None:
    def of_sweep(**changes: Any) -> dict[str, Any]:
        return a_task(-1, dag_id="failure_sweep", task_id="sweep", **changes)

    later = datetime(2026, 3, 2, 13, tzinfo=UTC)
    airflow.tasks = [
        of_sweep(state="success", dag_run_id="r2", end_date=later.isoformat()),
        of_sweep(state="success", dag_run_id="r0"),
    ]

    found = states.successes([known(of_sweep(dag_run_id="r1"))])

    assert (found[-1].run_id, found[-1].ended_at) == ("r2", later)


def test_an_unreadable_file_comes_with_the_last_line_of_its_trace(
    airflow: Airflow, states: ApiTaskStates
) -> None:
    trace = "Traceback\n  File x\nNameError: name 'y'\n\n"
    airflow.errors = [{"filename": "x.py", "stack_trace": trace}]

    (failure,) = states.import_failures()

    assert (failure.file, failure.problem) == ("x.py", "NameError: name 'y'")
    assert last_line(" \n") == "Airflow gives no reason."


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, ConfigError), (403, ConfigError), (500, RetryableError), (422, PermanentError)],
)
def test_a_refusal_is_told_by_what_to_do_about_it(
    airflow: Airflow, states: ApiTaskStates, status: int, kind: type[Exception]
) -> None:
    airflow.status = status

    with pytest.raises(kind):
        states.task_failures(since=None)


def test_a_wrong_password_and_a_server_that_is_away_are_told_apart(airflow: Airflow) -> None:
    with (
        pytest.raises(ConfigError),
        AirflowApi(airflow.url, user="failure_sweep", password="wrong"),
    ):
        pass
    with (
        pytest.raises(RetryableError),
        AirflowApi("http://127.0.0.1:1", user="failure_sweep", password=PASSWORD),
    ):
        pass
