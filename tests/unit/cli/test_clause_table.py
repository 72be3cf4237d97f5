import json

import pytest
import typer
from typer.testing import CliRunner

from mastersync.cli.check import check
from unit.config.clients import write_client
from unit.config.test_sla import WITH_SLA


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.command()(check)
    write_client(tmp_path, WITH_SLA)

    def _run(*arguments, columns=200):
        found = CliRunner().invoke(
            app, [*arguments, "--clients-dir", str(tmp_path)], env={"COLUMNS": str(columns)}
        )
        assert found.exit_code == 0, found.output
        return found.stdout

    return _run


def test_check_shows_the_clauses_as_people_read_them(run):
    shown = run()

    for words in (
        *("change or new customer", "8 working hours", "change, segment KEY, priority high"),
        *("Mon-Thu 08:00-12:00 and 13:00-17:30, Fri 08:00-15:00", "Mon-Sun 22:00-06:00"),
        *("cut-off Mon-Thu 15:00, Fri 12:00", "(2025-2030)"),
        "50% operator, 80% line manager, 100% account manager",
        "2% below 95%, 5% below 90%; at most 10%",
    ):
        assert words in shown


def test_programs_read_them_too(run):
    (checked,) = json.loads(run("--json"))

    first, second, *_ = checked["summary"]["sla"]
    assert (first["clause"], first["within"], first["target"]) == ("4.1", "8 working hours", "95%")
    assert first["in force"] == "from 2026-01-01 to 2026-06-30 (running clocks keep)"
    assert second["in force"] == "from 2026-07-01 (running clocks switch)"


def test_no_word_is_cut_on_a_narrow_terminal(run):
    shown = run(columns=80)

    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 80
    for word in ("calendar", "confirmed", "priority", "customer", "2026-06-30"):
        assert word in shown
