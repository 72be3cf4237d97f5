"""Closing questions in Airflow, over HTTP, at a server that answers as Airflow 3.3 does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from mastersync.orchestration.airflow_api import AirflowApi
from mastersync.orchestration.settled_questions import close_settled_questions

TASK = "approve_plan"


@dataclass
class Airflow:
    """Questions nobody has answered, and what was answered to which."""

    questions: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, Any] = field(default_factory=dict)
    too_late: bool = False
    url: str = ""

    def ask(self, dag_id: str, run_id: str, task_id: str = TASK) -> None:
        task = {"dag_id": dag_id, "dag_run_id": run_id, "task_id": task_id, "map_index": -1}
        self.questions.append({"task_instance": task})


@pytest.fixture
def airflow() -> Iterator[Airflow]:
    world = Airflow()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._say(201, {"access_token": "t"})

        def do_GET(self) -> None:
            assert self.path.startswith("/api/v2/dags/~/dagRuns/~/hitlDetails?")
            assert "response_received=false" in self.path
            found = world.questions if "offset=0" in self.path else []
            self._say(200, {"hitl_details": found, "total_entries": len(world.questions)})

        def do_PATCH(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if world.too_late:
                self._say(409, {"detail": "already answered"})
                return
            world.answered[self.path] = said
            self._say(200, {})

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


def close(airflow: Airflow, *, waiting: set[tuple[str, str]]) -> list[str]:
    with AirflowApi(airflow.url, user="u", password="p") as api:
        return close_settled_questions(
            api, lambda client_id, run_id: (client_id, run_id) in waiting, task_id=TASK
        )


def test_only_a_question_whose_plan_waits_no_more_is_closed(airflow: Airflow) -> None:
    airflow.ask("client_sync__acme", "run+1")
    airflow.ask("client_sync__acme", "run+2")

    assert close(airflow, waiting={("acme", "run+2")}) == ["run+1"]
    (address,) = airflow.answered
    assert "/dagRuns/run%2B1/taskInstances/approve_plan/-1/hitlDetails" in address
    assert airflow.answered[address]["chosen_options"] == ["Leave held"]


def test_questions_of_others_are_left_alone(airflow: Airflow) -> None:
    airflow.ask("payroll", "r")
    airflow.ask("client_sync__acme", "r", task_id="another_question")

    assert close(airflow, waiting=set()) == []
    assert not airflow.answered


def test_a_person_who_answers_first_is_no_error(airflow: Airflow) -> None:
    airflow.ask("client_sync__acme", "r")
    airflow.too_late = True

    assert close(airflow, waiting=set()) == []
