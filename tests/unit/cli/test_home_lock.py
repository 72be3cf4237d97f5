"""One stack to a home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mastersync.cli.stack.home_lock import home_lock
from mastersync.errors import ConfigError

HOLD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from mastersync.cli.stack.home_lock import home_lock
with home_lock(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_second_one_is_told_which_process_holds_the_home(tmp_path: Path) -> None:
    said = f"already runs on .* as process {os.getpid()}"
    with home_lock(tmp_path), pytest.raises(ConfigError, match=said), home_lock(tmp_path):
        pass


def test_a_home_is_free_again_after_a_stop(tmp_path: Path) -> None:
    for _ in range(2):
        with home_lock(tmp_path):
            assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_a_home_is_free_again_after_its_holder_was_killed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", HOLD_AND_DIE, tmp_path], check=False, timeout=30)
    assert (tmp_path / "up.lock").read_text()
    with home_lock(tmp_path):
        assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_a_home_that_cannot_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / "file" / "home"
    with pytest.raises(ConfigError, match="cannot be written to"), home_lock(home):
        pass
