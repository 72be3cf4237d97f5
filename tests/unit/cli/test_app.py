"""The command line: quick to list, errors in two lines, exit codes that scripts can use."""

import subprocess
import sys
from pathlib import Path

import pytest

from commands import run_command
from mastersync.cli import app, registry
from mastersync.cli.registry import COMMANDS, CommandEntry
from mastersync.cli.stopping import StopRequested
from mastersync.errors import ConfigError, MastersyncError, PermanentError, RetryableError


def from_nothing(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command in an interpreter of its own, as a shell starts it."""
    argv = [sys.executable, "-m", "mastersync.cli", *words]
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False, cwd=cwd)


def test_help_lists_every_command_without_importing_one() -> None:
    code = (
        "import sys; sys.argv = ['mastersync', '--help']\n"
        "from mastersync.cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'httpx', 'pydantic', 'psycopg', 'sqlalchemy', 'airflow', 'pandas', 'fastapi'}\n"
        "print('IMPORTED', sorted(heavy & set(sys.modules)))"
    )
    argv = [sys.executable, "-c", code]
    answer = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=True)
    assert "IMPORTED []" in answer.stdout
    for entry in COMMANDS:
        assert entry.name in answer.stdout


def test_a_mistyped_command_is_answered_with_the_likely_one() -> None:
    answer = from_nothing("udp")
    assert answer.returncode == 2
    assert "Did you mean 'up'" in answer.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("The port is taken.", next_step="Set another."), 1),
        (PermanentError("The portal died.", next_step="Read its log."), 1),
        (RetryableError("The store is busy.", next_step="Try again."), 75),
    ],
)
def test_an_error_is_two_lines_and_a_code(
    error: MastersyncError,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(sys, "argv", ["mastersync", "up"])
    monkeypatch.setattr("mastersync.cli.up.up", fail)
    with pytest.raises(SystemExit) as exit_:
        app.main()
    assert exit_.value.code == code
    assert capsys.readouterr().err.splitlines() == [
        f"mastersync: {error.problem}",
        f"            {error.next_step}",
    ]


def test_a_command_that_was_stopped_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def be_stopped() -> None:
        raise StopRequested

    monkeypatch.setattr(sys, "argv", ["mastersync", "up"])
    monkeypatch.setattr("mastersync.cli.up.up", be_stopped)
    with pytest.raises(SystemExit) as exit_:
        app.main()
    assert exit_.value.code == 130
    assert "stopped before it was done" in capsys.readouterr().err


def test_a_command_that_is_missing_is_a_clear_error() -> None:
    entry = CommandEntry(name="fly", target="mastersync.cli.fly:fly", summary="Fly.")
    with pytest.raises(ConfigError, match="'fly' is not part of this installation"):
        registry.load(entry)


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_shows_its_help(entry: CommandEntry) -> None:
    answer = run_command(entry.name, "--help")
    assert answer.returncode == 0, answer.stderr
    assert "Usage: mastersync" in answer.stdout


def test_an_installed_command_starts_from_nothing_and_tells_the_same(tmp_path: Path) -> None:
    started, forked = (run("sync", "--help", cwd=tmp_path) for run in (from_nothing, run_command))

    assert started.returncode == 0
    assert started.stderr == ""
    assert "Usage: mastersync" in started.stdout
    assert (forked.returncode, forked.stdout, forked.stderr) == (0, started.stdout, "")


def test_every_command_can_be_the_first_that_is_imported() -> None:
    """No command leans on another's having been imported before; between layers nothing can."""
    targets = sorted({entry.target.partition(":")[0] for entry in COMMANDS})
    code = (
        "import importlib, sys\n"
        "for target in sys.argv[1:]:\n"
        "    for name in [name for name in sys.modules if name.startswith('mastersync.cli')]:\n"
        "        del sys.modules[name]\n"
        "    importlib.import_module(target)\n"
        "    print(target)"
    )
    argv = [sys.executable, "-c", code, *targets]
    answer = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=False)
    assert (answer.stdout.split(), answer.returncode) == (targets, 0), answer.stderr


def test_help_fills_its_lines_and_leaves_examples_as_they_are() -> None:
    lines = [line.strip() for line in run_command("effect", "rollback", "-h").stdout.splitlines()]
    start = next(i for i, line in enumerate(lines) if line.startswith("The golden record keeps"))
    paragraph = lines[start : lines.index("", start)]

    assert all(len(line) > 60 for line in paragraph[:-1])
    assert "Examples:" in lines


def test_wrong_settings_are_named_without_their_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASTERSYNC_AIRFLOW_PORT", "eighty")
    monkeypatch.setenv("MASTERSYNC_SECRET_KEY", "too short")
    answer = from_nothing("up", cwd=tmp_path)
    assert answer.returncode == 1
    assert "MASTERSYNC_AIRFLOW_PORT" in answer.stderr
    assert "MASTERSYNC_SECRET_KEY" in answer.stderr
    assert "too short" not in answer.stderr
