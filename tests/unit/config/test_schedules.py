import subprocess
import sys
import time
from pathlib import Path

import pytest

from mastersync.config.schedules import client_schedule, cron_problem, list_clients
from mastersync.errors import ConfigError
from unit.config.clients import GOOD, write_client

INCLUDE = Path(__file__).resolve().parents[3] / "include"


def test_clients_are_the_folders_that_hold_a_client_file(tmp_path):
    for name in ("zeta", "acme", "_template", ".hidden"):
        write_client(tmp_path, name=name)
    (tmp_path / "no_client").mkdir()
    (tmp_path / "README.md").write_text("x")

    assert list_clients(tmp_path) == ["acme", "zeta"]
    assert list_clients(tmp_path / "nowhere") == []


def test_a_schedule_is_read_without_the_rest_of_the_file(tmp_path):
    broken_below = GOOD.replace("systems:", "systems: [oh no")
    found = client_schedule(write_client(tmp_path, broken_below))

    assert (found.client_id, found.name) == ("acme", "Acme")
    assert (found.schedule, found.time_zone) == ("0 6 * * *", "Europe/London")


def test_a_release_policy_is_read_wherever_it_stands(tmp_path):
    assert client_schedule(write_client(tmp_path)).release == "auto"
    found = client_schedule(write_client(tmp_path, GOOD + "release: approve\nenabled: no\n"))

    assert (found.release, found.enabled) == ("approve", False)


def test_only_settings_at_the_top_count(tmp_path):
    text = "people: {name: Ann, schedule: x}\n" + GOOD

    assert client_schedule(write_client(tmp_path, text)).schedule == "0 6 * * *"


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("0 6 * * *", "61 * * * *"),
        GOOD.replace("0 6 * * *", "0 6 * *"),
        GOOD.replace("Europe/London", "../../etc/passwd"),
        GOOD.replace("schedule:", "shcedule:"),
        GOOD + "release: perhaps\n",
        "schedule: [1",
        "",
        "\x00",
    ],
)
def test_a_wrong_schedule_is_a_mistake_of_the_file(tmp_path, text):
    with pytest.raises(ConfigError, match=r"client\.yaml"):
        client_schedule(write_client(tmp_path, text))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("0 6 * * *", "at six"), ("Europe/London", "London"), ("name: Acme", "name: [Acme")],
)
def test_a_mistake_is_told_with_its_line(tmp_path, wrong, right):
    text = "# a comment above\n" + GOOD.replace(wrong, right)
    line = next(n for n, words in enumerate(text.splitlines(), 1) if right in words)

    with pytest.raises(ConfigError) as caught:
        client_schedule(write_client(tmp_path, text))

    (mistake,) = caught.value.facts["mistakes"]
    # Of YAML that cannot be read, the reader notices at the line after.
    assert mistake.line in {line, line + 1 if right.startswith("name") else line}


@pytest.mark.parametrize("schedule", ["@hourly", "@daily", "0 6 * * 1-5", "*/15 * * * *"])
def test_usual_schedules_are_right(schedule):
    assert cron_problem(schedule) == ""


@pytest.mark.parametrize("schedule", ["", "@never", "* * * * * *", "0 0 31 2 *", "a b c d e"])
def test_schedules_that_never_come_are_told(schedule):
    assert cron_problem(schedule)


def test_parsing_dags_imports_nothing_heavy():
    script = (
        "import sys; import mastersync.config.schedules; "
        "print(sorted({'pydantic', 'pycountry', 'phonenumbers', 'jinja2', 'airflow'} "
        "& set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(INCLUDE)}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip

    assert answer.stdout.strip() == "[]"


def test_five_hundred_schedules_are_read_in_a_moment(tmp_path):
    for number in range(500):
        write_client(tmp_path, GOOD, name=f"client_{number:03}")
    started = time.monotonic()

    for name in list_clients(tmp_path):
        client_schedule(tmp_path / name)

    assert time.monotonic() - started < 5
