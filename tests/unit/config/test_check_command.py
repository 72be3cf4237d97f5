import json
from pathlib import Path

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


def test_rules_that_are_older_than_their_contract_are_warned_of(tmp_path, run):
    contracts = (
        "contracts:\n  service:\n    title: Service agreement\n"
        "    versions: {'2026': 2026-01-01, '2027': 2027-01-01}\n    rules_read_from: '2026'\n"
    )
    cited = GOOD.replace(
        "{ expression: name | upper }", "{ expression: name | upper, clause: '6.1' }"
    )
    write_client(tmp_path, cited + contracts)

    told, listed = run(), run("--json")

    assert told.exit_code == 0
    words = (
        "crm label cites clause 6.1 of the Service agreement, version 2026 (in force from "
        "2026-01-01); version 2027 is in force from 2027-01-01."
    )
    assert f"warning: acme: {words}" in told.stderr
    assert "`rules_read_from`" in told.stderr
    assert json.loads(listed.stdout)[0]["warnings"] == [words]


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


SAMPLES = """\
samples:
  - name: Terms are written in the CRM's codes
    golden: { name: Acme Ltd, payment_terms: NET30 }
    targets:
      crm: { name: Acme Ltd, label: ACME LTD, terms: N30 }
  - name: Terms that the CRM has no code for wait
    golden: { name: Acme Ltd, payment_terms: NET45 }
    problems: [{ system: crm, path: terms, code: code_unknown }]
"""


def write_samples(root, text, *, name="rules.yaml"):
    folder = root / "acme" / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_samples_beside_a_client_are_run(tmp_path, run):
    write_client(tmp_path)
    write_samples(tmp_path, SAMPLES)

    result = run()

    assert result.exit_code == 0
    assert "2 pass" in result.stdout


def test_a_sample_that_comes_out_otherwise_is_told_with_what_came(tmp_path, run):
    write_client(tmp_path, GOOD.replace("name | upper", "name | lower"))
    write_samples(tmp_path, SAMPLES)

    result = run()

    assert result.exit_code == 1
    assert "1 of 2 pass" in result.stdout
    assert "samples/rules.yaml:2: Terms are written in the CRM's codes: 1 differ" in result.stderr
    assert "    crm label\n" in result.stderr
    assert "- expected  ACME LTD\n" in result.stderr
    assert "+ got       acme ltd\n" in result.stderr


@pytest.mark.parametrize(
    ("was", "becomes", "expected", "got"),
    [
        (", terms: N30 }", " }", "(left as it is)", "N30"),
        ("terms: N30", "terms: ", "(emptied)", "N30"),
        ("payment_terms: NET30", "segment: A", "N30", "(left as it is)"),
        ("payment_terms: NET30", "payment_terms: X1", "N30", "The code table 'terms' does"),
        ("code: code_unknown", "code: too_long", "too_long", "(no problem)"),
        ("payment_terms: NET45", "payment_terms: NET30", "code_unknown", "(no problem)"),
        ("problems: [{ system: crm, path: terms, code: code_unknown }]",
         "targets: { crm: { name: Acme Ltd, label: ACME LTD } }", "(no problem)", "NET45"),
    ],
)  # fmt: skip
def test_each_way_to_come_out_otherwise_is_a_difference(  # noqa: PLR0917
    tmp_path, run, was, becomes, expected, got
):
    write_client(tmp_path)
    assert was in SAMPLES
    write_samples(tmp_path, SAMPLES.replace(was, becomes, 1))

    result = run()

    assert result.exit_code == 1
    assert f"expected  {expected}" in result.stderr
    assert got in result.stderr.split("+ got")[1]


def test_a_sample_may_look_at_some_paths_only(tmp_path, run):
    write_client(tmp_path)
    some = SAMPLES.replace("crm: { name: Acme Ltd, label: ACME LTD, terms: N30 }",
                           "crm: { terms: N30 }\n    partly: true")  # fmt: skip
    write_samples(tmp_path, some)

    assert run().exit_code == 0


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ("      crm: {", "      crn: {", ":5: samples.0.targets.crn: nothing is written to 'crn'"),
        ("label: ACME", "lable: ACME", "'lable' of 'crm' is not written. Did you mean 'label'?"),
        ("payment_terms: NET30", "terms: NET30", "there is no field 'terms'"),
        ("path: terms", "path: term", "'term' of 'crm' is not written"),
        ("system: crm", "system: shop", "nothing is written to 'shop'"),
        ("code: code_unknown", "code: unknown", "must match"),
        ("samples:", "sample:", "there is no setting 'sample'"),
        ("- name: Terms are", "- nam: Terms are", "there is no setting 'nam'"),
        (SAMPLES, "samples: []", "this is empty"),
        (SAMPLES, "- a", "must be a section"),
    ],
)
def test_a_mistake_in_a_sample_is_told_with_file_and_line(tmp_path, run, *, was, becomes, words):
    write_client(tmp_path)
    assert was in SAMPLES
    write_samples(tmp_path, SAMPLES.replace(was, becomes, 1))

    result = run()

    assert result.exit_code == 1
    assert "samples/rules.yaml:" in result.stderr
    assert words in result.stderr
    assert "acme: Acme" in result.stdout


def test_programs_get_failed_samples_and_versions_as_json(tmp_path, run):
    write_client(tmp_path, GOOD.replace("name | upper", "name | lower"))
    write_samples(tmp_path, SAMPLES)

    (said,) = json.loads(run("--json").stdout)

    assert (said["ok"], said["samples"]["count"]) == (False, 2)
    (failed,) = said["samples"]["failed"]
    (difference,) = failed["differences"]
    assert (difference["path"], difference["expected"]) == ("label", "ACME LTD")
    assert len(said["summary"]["targets"]["crm"]["version"]) == 12


def test_what_is_written_because_of_a_clause_is_listed(tmp_path, run):
    rules = 'rules: [{ when: segment == "KEY", constant: N60, clause: "7.2" }], clause: "4.1"'
    write_client(tmp_path, GOOD.replace("code_table: terms }", f"code_table: terms, {rules} }}"))
    write_samples(
        tmp_path,
        "samples:\n  - name: Key customers\n    golden: { segment: KEY }\n"
        "    targets: { crm: { terms: N30 } }\n",
    )

    result = run()

    told = [line.strip() for line in result.stdout.splitlines()]
    assert "clause 4.1    crm terms" in told
    assert "clause 7.2    crm terms (rule 1)" in told
    assert "+ got       N60   [rule 1]" in result.stderr


def test_the_sample_clients_come_out_as_their_samples_expect():
    checked = CliRunner()
    app = typer.Typer()
    app.command()(check)
    folder = Path(__file__).resolve().parents[3] / "include" / "clients"

    result = checked.invoke(app, ["--json", "--clients-dir", str(folder)])

    said = {one["client"]: one["samples"] for one in json.loads(result.stdout)}
    assert [name for name, samples in said.items() if not samples["count"]] == []
    assert [samples["failed"] for samples in said.values()] == [[]] * len(said)
