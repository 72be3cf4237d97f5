"""The ``mastersync`` command, typed: a process of its own, forked from one that has its imports.

That it also starts from nothing is shown where that is the point: see tests/unit/cli/test_app.py.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from fork_server import PROCESSES
from mastersync.cli.app import main
from mastersync.config.settings import PROJECT, inherited_environment

_DEADLINE = 120  # seconds until a command counts as stuck


def run_command(
    *words: str,
    variables: Mapping[str, str] | None = None,
    cwd: Path = PROJECT,
    typed_in: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run ``mastersync`` with these words, in our environment with ``variables`` over it.

    Raises:
        subprocess.TimeoutExpired: It did not end, and was killed.
    """
    environment = {**inherited_environment(), **(variables or {})}
    with tempfile.TemporaryDirectory(prefix="mastersync-command-") as directory:
        streams = [Path(directory) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(typed_in, encoding="utf-8")
        process = PROCESSES.Process(target=_be_command, args=(words, environment, cwd, streams))
        process.start()
        process.join(_DEADLINE)
        is_stuck = process.exitcode is None
        process.kill()
        process.join()
        code = process.exitcode
        process.close()
        printed, complained = (stream.read_text(encoding="utf-8") for stream in streams[1:])
    if is_stuck:
        raise subprocess.TimeoutExpired(words, _DEADLINE, printed, complained)
    return subprocess.CompletedProcess(words, code, printed, complained)


def _be_command(
    words: Sequence[str], environment: Mapping[str, str], cwd: Path, streams: Sequence[Path]
) -> None:
    """Become the command: its environment, directory, streams and arguments, then itself."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | (os.O_APPEND if number else 0), 0o600)
        os.dup2(opened, number)
        os.close(opened)
    # The fork server's own objects may be set to a terminal's ways.
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 (descriptors)
        for number, mode in enumerate("rww")
    )
    sys.argv = ["mastersync", *words]
    main()
