"""``mastersync up``: starts all of it, stops without a trace, resumes after whatever happened.

The tests run in this order on one home, as an operator's days do.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import psutil
import pytest

from mastersync.cli.stack.processes import leftovers
from mastersync.store import embedded

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(300)]

TOY_DAGS = Path(__file__).parent / "toy_dags"
COMPONENTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    # A blank in the path, and below a directory that PostgreSQL's own user may enter.
    with tempfile.TemporaryDirectory(prefix="mastersync up ") as directory:
        yield Path(directory) / "home"
        list(map(psutil.Process.kill, leftovers(Path(directory) / "home")))
        embedded.stop(Path(directory) / "home" / "pg")


@pytest.fixture(scope="module")
def ports() -> Mapping[str, int]:
    with socket.socket() as one, socket.socket() as two, socket.socket() as three:
        for probe in (one, two, three):
            probe.bind(("127.0.0.1", 0))
        numbers = [probe.getsockname()[1] for probe in (one, two, three)]
    return dict(zip(("AIRFLOW", "PORTAL", "SANDBOX"), numbers, strict=True))


@pytest.fixture
def up(home: Path, ports: Mapping[str, int]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "MASTERSYNC_HOME": str(home),
            "MASTERSYNC_DAGS_DIR": str(TOY_DAGS),
            **{f"MASTERSYNC_{name}_PORT": str(number) for name, number in ports.items()},
        }
        environment.pop("AIRFLOW_HOME", None)
        process = subprocess.Popen(
            [sys.executable, "-m", "mastersync.cli", "up", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def wait_until_ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C stops everything" in line:
            return said
    pytest.fail(f"up ended before it was ready:\n{said}")


def run_toy(airflow_url: str) -> str:
    """The state in which a run of the toy DAG ended."""
    login = {"username": "admin", "password": "admin"}
    token = httpx.post(f"{airflow_url}/auth/token", json=login).raise_for_status().json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    with httpx.Client(base_url=f"{airflow_url}/api/v2", headers=headers, timeout=60) as client:
        deadline = time.monotonic() + 60
        while client.get("/dags/toy").status_code == 404:
            assert time.monotonic() < deadline, "the toy DAG was not found"
            time.sleep(0.3)
        client.patch("/dags/toy", json={"is_paused": False}).raise_for_status()
        run = client.post("/dags/toy/dagRuns", json={"logical_date": None}).raise_for_status()
        path = f"/dags/toy/dagRuns/{run.json()['dag_run_id']}"
        while (state := client.get(path).json()["state"]) in {"queued", "running"}:
            assert time.monotonic() < deadline + 60, f"the run was {state} for too long"
            time.sleep(0.3)
        return state


def trace_of(home: Path, ports: Mapping[str, int]) -> list[str]:
    """Whatever still shows that something runs on this home."""
    trace = [" ".join(process.cmdline()) for process in leftovers(home)]
    if (server := embedded.running(home / "pg")) is not None:
        trace.append(f"postgres {server.pid}")
    for number in ports.values():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                trace.append(f"port {number}")
    return trace


def test_all_is_healthy_a_dag_runs_and_sigterm_leaves_no_trace(
    up: Callable[..., subprocess.Popen[str]], home: Path, ports: Mapping[str, int]
) -> None:
    process = up()
    said = wait_until_ready(process)
    for step in ("postgresql", "store", "sandbox", "portal", "airflow-scheduler"):
        assert f"ready: {step}" in said

    url = f"http://127.0.0.1:{ports['AIRFLOW']}"
    health = httpx.get(f"{url}/api/v2/monitor/health").json()
    assert {part: health[part]["status"] for part in COMPONENTS} == dict.fromkeys(
        COMPONENTS, "healthy"
    )
    assert run_toy(url) == "success"

    process.terminate()
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Everything has stopped." in rest
    assert trace_of(home, ports) == []


def test_a_taken_port_is_said_before_anything_starts(
    up: Callable[..., subprocess.Popen[str]], home: Path, ports: Mapping[str, int]
) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", ports["PORTAL"]))
        other.listen()
        said, _ = (process := up()).communicate(timeout=60)
    assert process.returncode == 1
    assert f"port {ports['PORTAL']}" in said
    assert "MASTERSYNC_PORTAL_PORT" in said
    assert trace_of(home, ports) == []


def test_a_killed_up_is_resumed_while_a_second_one_is_refused(
    up: Callable[..., subprocess.Popen[str]], home: Path, ports: Mapping[str, int]
) -> None:
    killed = up()
    wait_until_ready(killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    assert trace_of(home, ports) != []

    resumed = up()
    said = wait_until_ready(resumed)
    assert "that an earlier run had left behind" in said
    assert "airflow-db-migrate" not in said

    second, _ = (refused := up()).communicate(timeout=60)
    assert refused.returncode == 1
    assert f"already runs on {home}, as process {resumed.pid}" in second

    # A part that dies takes all down, with its name and its last words.
    (scheduler,) = [p for p in leftovers(home) if p.cmdline()[-2:-1] == ["scheduler"]]
    scheduler.kill()
    rest, _ = resumed.communicate(timeout=60)
    assert resumed.returncode == 1
    assert "airflow-scheduler ended by signal SIGKILL" in rest
    assert trace_of(home, ports) == []
