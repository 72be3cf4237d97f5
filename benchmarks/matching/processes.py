"""What a program and all that it starts cost."""

import os
import subprocess
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

TIMEOUT_SECONDS = 3600
SAMPLE_SECONDS = 0.25


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a process and all that it started took.

    Attributes:
        cpu_seconds: user and system, of the whole tree.
        peak_mb: the most memory that the tree held at once, shared pages counted once (sampled).
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float

    def to_json(self) -> dict[str, float]:
        return {name: round(value, 2) for name, value in asdict(self).items()}


class _MemorySampler(threading.Thread):
    """Adds up the proportional set sizes of a process tree, several times a second."""

    def __init__(self, process_id: int) -> None:
        super().__init__(daemon=True)
        self.root = psutil.Process(process_id)
        self.peak = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(SAMPLE_SECONDS):
            held = 0
            try:
                for process in [self.root, *self.root.children(recursive=True)]:
                    held += process.memory_full_info().pss
            except psutil.Error:  # one of them ended meanwhile
                continue
            self.peak = max(self.peak, held)


def run_measured(arguments: list[str], *, output: Path, cwd: Path) -> Cost:
    """Run a program to its end; what it prints goes to a file.

    Raises:
        RuntimeError: it failed; the message ends with what it said last.
    """
    started = time.perf_counter()
    with output.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 (our own arguments)
            arguments, stdout=out, stderr=subprocess.STDOUT, cwd=cwd
        )
    sampler = _MemorySampler(process.pid)
    sampler.start()
    overdue = threading.Timer(TIMEOUT_SECONDS, process.kill)
    overdue.start()
    _, status, usage = os.wait4(process.pid, 0)  # with the usage of all that it waited for
    overdue.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    sampler.ended.set()
    sampler.join()
    if process.returncode != 0:
        tail = output.read_text("utf-8", errors="replace")[-1500:]
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{tail}")
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=time.perf_counter() - started,
        peak_mb=max(sampler.peak / 2**20, usage.ru_maxrss / 1024),
    )
