"""Processes as data, and the supervisor that starts, watches and stops them."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import psutil

from mastersync.cli.stack.progress import Progress
from mastersync.errors import PermanentError, RetryableError

POLL_SECONDS = 0.2
INSIST_SECONDS = 4.0
TERMINATE_SECONDS = 10.0
SHOWN_LOG_LINES = 15

# Whoever carries it in its environment was started for this home, and may be stopped for it.
MARKER = "MASTERSYNC_SUPERVISED_HOME"
# setproctitle, which Airflow uses, would otherwise write titles over the environment others see.
KEEP_ENVIRONMENT = {"SPT_NOENV": "1"}


@dataclass(frozen=True, kw_only=True)
class ProcessSpec:
    """One program to run for as long as the stack runs, or until it is done."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    is_ready: Callable[[], bool] | None = None  # None: a step, which is ready when it has ended
    stops_first: bool = False  # works through the others, so it stops before they do


@dataclass(frozen=True, kw_only=True)
class Child:
    """A process that was started, at the head of a process group of its own."""

    spec: ProcessSpec
    process: subprocess.Popen[bytes]
    log_file: Path

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None


class Supervisor:
    """Starts processes, tells when they are ready, and leaves none behind."""

    def __init__(self, *, home: Path, logs_dir: Path, progress: Progress) -> None:
        self._home = home
        self._logs_dir = logs_dir
        self._progress = progress
        self._children: list[Child] = []
        self._pending: dict[str, tuple[float, Callable[[], bool]]] = {}

    def start(self, spec: ProcessSpec) -> None:
        """Start it and return at once; ``wait_for`` tells when it is ready."""
        log_file = self._logs_dir / f"{spec.name}.log"
        log_file.parent.mkdir(parents=True, exist_ok=True)
        if log_file.exists():
            log_file.replace(log_file.with_suffix(".log.1"))
        with log_file.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 (our own programs)
                spec.argv,
                env={**spec.environment, **KEEP_ENVIRONMENT, MARKER: str(self._home)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        child = Child(spec=spec, process=process, log_file=log_file)
        self._children.append(child)
        self.expect(spec.name, spec.is_ready or (lambda: child.process.poll() == 0))

    def expect(self, name: str, is_ready: Callable[[], bool]) -> None:
        """Report it as soon as the condition holds."""
        self._pending[name] = (time.monotonic(), is_ready)

    def wait_for(self, *names: str, timeout: float) -> None:
        """Return when all of them are ready.

        Raises:
            PermanentError: a process ended that should not have.
            RetryableError: they were not ready in time.
        """
        deadline = time.monotonic() + timeout
        while True:
            self.check()
            for name, (since, is_ready) in list(self._pending.items()):
                if is_ready():
                    del self._pending[name]
                    self._progress.ready(name, seconds=time.monotonic() - since)
            late = [name for name in names if name in self._pending]
            if not late:
                return
            if time.monotonic() > deadline:
                problem = f"{', '.join(late)} was not ready after {timeout:.0f} s."
                raise RetryableError(problem, next_step=f"Read the logs in {self._logs_dir}.")
            self._progress.waiting(list(self._pending))
            time.sleep(POLL_SECONDS)

    def wait_for_all(self, *, timeout: float) -> None:
        """``wait_for`` everything that was started."""
        self.wait_for(*self._pending, timeout=timeout)

    def watch(self) -> NoReturn:
        """Wait until a process ends that should not have, or somebody interrupts."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """Raises: PermanentError: a process ended that should not have, with its last words."""
        for child in self._children:
            status = child.process.poll()
            is_step = child.spec.is_ready is None
            if status is None or (is_step and status == 0):
                continue
            raise PermanentError(
                f"{child.spec.name} ended {_in_words(status)}. It last wrote:\n"
                + last_lines(child.log_file),
                next_step=f"Everything was stopped. The whole log: {child.log_file}",
            )

    def stop(self) -> None:
        """Stop what works first, then what it works with, then whatever is left of either."""
        running = [child for child in self._children if not child.has_ended]
        for wave in (True, False):
            _stop_groups([child for child in running if child.spec.stops_first is wave])
        stop_leftovers(self._home)
        self._children.clear()
        self._pending.clear()


def stop_leftovers(home: Path) -> int:
    """Stop every process that was started for this home and still runs; their number."""
    found = list(leftovers(home))
    for process in found:
        _send(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(found, timeout=TERMINATE_SECONDS)
    for process in stubborn:
        _send(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=TERMINATE_SECONDS)
    return len(found)


def leftovers(home: Path) -> Iterable[psutil.Process]:
    """Processes started for this home by a supervisor, wherever they hang in the tree."""
    for process in psutil.process_iter():
        try:
            ours = process.environ().get(MARKER) == str(home)
            if ours and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except (psutil.Error, OSError):
            continue


def last_lines(log_file: Path) -> str:
    """The end of a log, as far as somebody reads on a terminal."""
    lines = log_file.read_text(errors="replace").splitlines()
    return "\n".join(f"  {line}" for line in lines[-SHOWN_LOG_LINES:]) or "  (nothing)"


def _stop_groups(children: list[Child]) -> None:
    """Ask, insist (Airflow's parts and web servers then stop waiting for others), and make them."""
    for number, patience in (
        (signal.SIGTERM, INSIST_SECONDS),
        (signal.SIGTERM, TERMINATE_SECONDS - INSIST_SECONDS),
        (signal.SIGKILL, TERMINATE_SECONDS),
    ):
        for child in children:
            _signal_group(child, number)
        children = _still_running(children, seconds=patience)


def _still_running(children: list[Child], *, seconds: float) -> list[Child]:
    """Those that have not ended after so many seconds."""
    deadline = time.monotonic() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
    return [child for child in children if not child.has_ended]


def _signal_group(child: Child, number: signal.Signals) -> None:
    try:
        os.killpg(child.process.pid, number)
    except ProcessLookupError:
        return


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _in_words(status: int) -> str:
    if status < 0:
        return f"by signal {signal.Signals(-status).name}"
    return f"with status {status}"
