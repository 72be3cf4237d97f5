import signal
import subprocess
import sys

import pytest

from mastersync.errors import ConfigError
from mastersync.usecases import failpoints
from mastersync.usecases.failpoints import FAILPOINTS, never
from mastersync.wiring.dying import failpoint_of

_DIE_AT_THE_SECOND = """
from mastersync.wiring.dying import failpoint_of
die = failpoint_of("close.before_commit:2")
die("plan.before_commit"); die("close.before_commit"); print("once", flush=True)
die("close.before_commit"); print("twice", flush=True)
"""


def test_every_boundary_has_a_name_of_its_own() -> None:
    assert len(FAILPOINTS) == len(set(FAILPOINTS)) > 10
    assert set(FAILPOINTS) == {
        value for name, value in vars(failpoints).items() if name.isupper() and name != "FAILPOINTS"
    }


@pytest.mark.parametrize("setting", [None, ""])
def test_without_a_setting_nobody_dies(setting: str | None) -> None:
    assert failpoint_of(setting) is never


def test_a_name_that_is_none_is_said_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match=FAILPOINTS[0]):
        failpoint_of("nowhere")


def test_the_process_is_killed_at_the_crossing_that_was_asked_for() -> None:
    process = subprocess.run(
        [sys.executable, "-c", _DIE_AT_THE_SECOND],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert process.stdout == "once\n"
    assert process.returncode == -signal.SIGKILL
