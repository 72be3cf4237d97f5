"""The supervisor: tells when processes are ready, says who died, leaves none behind."""

import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from mastersync.cli.stack.processes import ProcessSpec, Supervisor, leftovers, stop_leftovers
from mastersync.cli.stack.progress import Progress
from mastersync.errors import PermanentError, RetryableError

FOREVER = "import time; time.sleep(300)"
DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " open('{ready}', 'w').close(); time.sleep(300)"
)
PARENT_OF_A_STRANGER = (
    "import subprocess, sys, time;"
    " subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'],"
    " start_new_session=True); open('{ready}', 'w').close(); time.sleep(300)"
)


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def supervisor(tmp_path: Path, written: io.StringIO) -> Iterator[Supervisor]:
    progress = Progress(Console(file=written, width=200))
    supervisor = Supervisor(home=tmp_path, logs_dir=tmp_path / "logs", progress=progress)
    yield supervisor
    supervisor.stop()


def python(name: str, code: str, *, ready: Path | None = None) -> ProcessSpec:
    return ProcessSpec(
        name=name,
        argv=(sys.executable, "-c", code.format(ready=ready)),
        environment=dict(os.environ),
        is_ready=ready.exists if ready is not None else lambda: True,
    )


def step(name: str, code: str) -> ProcessSpec:
    argv = (sys.executable, "-c", code)
    return ProcessSpec(name=name, argv=argv, environment=dict(os.environ))


def test_a_step_is_ready_when_it_has_ended_and_its_time_is_said(
    supervisor: Supervisor, written: io.StringIO
) -> None:
    supervisor.start(step("migration", "pass"))
    supervisor.wait_for("migration", timeout=20)
    assert "ready: migration" in written.getvalue()


def test_a_step_that_fails_is_named_with_its_last_words(supervisor: Supervisor) -> None:
    supervisor.start(step("migration", "raise SystemExit('no such table')"))
    with pytest.raises(PermanentError, match=r"migration ended with status 1.*\n.*no such table"):
        supervisor.wait_for("migration", timeout=20)


def test_a_process_that_dies_while_watched_is_named(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(python("portal", "print('out of ideas'); " + FOREVER))
    (process,) = [found for found in leftovers(tmp_path) if found.pid != os.getpid()]
    process.send_signal(signal.SIGKILL)
    with pytest.raises(PermanentError, match="portal ended by signal SIGKILL"):
        supervisor.watch()


def test_what_is_never_ready_is_named_after_the_time_it_had(supervisor: Supervisor) -> None:
    supervisor.start(python("portal", FOREVER, ready=Path("/nonexistent")))
    with pytest.raises(RetryableError, match="portal was not ready after 0 s"):
        supervisor.wait_for_all(timeout=0.1)


def test_stopping_also_ends_who_does_not_listen_and_who_moved_out_of_the_group(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mastersync.cli.stack.processes.INSIST_SECONDS", 0.2)
    monkeypatch.setattr("mastersync.cli.stack.processes.TERMINATE_SECONDS", 0.5)
    supervisor.start(python("deaf", DEAF, ready=tmp_path / "deaf-ready"))
    supervisor.start(python("parent", PARENT_OF_A_STRANGER, ready=tmp_path / "parent-ready"))
    supervisor.wait_for_all(timeout=20)
    assert len(list(leftovers(tmp_path))) == 3

    supervisor.stop()

    assert list(leftovers(tmp_path)) == []


def test_what_works_through_the_others_stops_before_them(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    note = tmp_path / "order"
    code = (
        "import signal, sys, time\n"
        "def stop(*_):\n"
        "    time.sleep(0.2); open('{note}', 'a').write('{name} '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, stop); open('{ready}', 'w').close(); time.sleep(300)"
    )
    for name, first in (("server", False), ("worker", True)):
        ready = tmp_path / f"{name}-ready"
        argv = (sys.executable, "-c", code.format(note=note, name=name, ready=ready))
        spec = ProcessSpec(
            name=name,
            argv=argv,
            environment=dict(os.environ),
            is_ready=ready.exists,
            stops_first=first,
        )
        supervisor.start(spec)
    supervisor.wait_for_all(timeout=20)

    supervisor.stop()

    assert note.read_text() == "worker server "


def test_leftovers_of_another_home_are_left_alone(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(python("portal", FOREVER))
    supervisor.wait_for_all(timeout=20)
    assert stop_leftovers(tmp_path / "other") == 0
    assert len(list(leftovers(tmp_path))) == 1


def test_the_log_of_the_run_before_is_kept(supervisor: Supervisor, tmp_path: Path) -> None:
    for text in ("first", "second"):
        supervisor.start(step("migration", f"print('{text}')"))
        supervisor.wait_for("migration", timeout=20)
    assert (tmp_path / "logs" / "migration.log").read_text() == "second\n"
    assert (tmp_path / "logs" / "migration.log.1").read_text() == "first\n"
