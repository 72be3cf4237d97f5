import json

import pytest
import typer
from typer.testing import CliRunner

from mastersync.cli.check import check
from mastersync.cli.schema import schema
from mastersync.errors import ConfigError
from unit.config.clients import GOOD, write_client


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.command()(check)

    def _run(*arguments):
        return CliRunner().invoke(app, [*arguments, "--clients-dir", str(tmp_path)])

    return _run


def test_a_good_client_is_summed_up(tmp_path, run):
    write_client(tmp_path)
    result = run()

    assert result.exit_code == 0
    for words in ("acme: Acme", "crm", "update", "shop", "crm > shop", "Europe/London"):
        assert words in result.stdout


def test_every_mistake_is_told_and_the_exit_code_says_so(tmp_path, run):
    write_client(tmp_path)
    bad = GOOD.replace("client_id: acme", "client_id: zeta").replace("email: mail", "phnoe: mail")
    write_client(tmp_path, bad.replace("acme__", "zeta__"), name="zeta")
    result = run()

    assert result.exit_code == 1
    assert "zeta/client.yaml:15: systems.crm.fields.phnoe: there is no field" in result.stderr
    assert "acme: Acme" in result.stdout


def test_one_client_can_be_checked_alone(tmp_path, run):
    write_client(tmp_path)
    write_client(tmp_path, "oops", name="zeta")

    assert run("acme").exit_code == 0
    assert run("zeta").exit_code == 1


def test_programs_get_json(tmp_path, run):
    write_client(tmp_path)
    write_client(tmp_path, GOOD.replace("[crm, shop]", "[crn]"), name="bad")
    result = run("--json")
    good, bad = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (good["client"], good["ok"], good["mistakes"]) == ("acme", True, [])
    assert [system["name"] for system in good["summary"]["systems"]] == ["crm", "shop"]
    assert not bad["ok"]
    trusted = next(m for m in bad["mistakes"] if m["place"] == "survivorship.trust.0")
    assert trusted["how"] == "Did you mean 'crm'?"


def test_an_unknown_client_is_an_error_that_lists_the_known(tmp_path, run):
    write_client(tmp_path)
    result = run("acne")

    assert isinstance(result.exception, ConfigError)
    assert "acme" in result.exception.next_step


def test_the_schema_is_printed():
    app = typer.Typer()
    app.command()(schema)
    result = CliRunner().invoke(app, [])

    assert json.loads(result.stdout)["title"] == "mastersync client"
