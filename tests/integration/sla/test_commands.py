"""``mastersync sla``, as somebody types it."""

import csv
import json
import subprocess
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest

from commands import run_command
from mastersync.errors import MastersyncError, RetryableError
from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases.tell_clocks import withdraw_word
from pipelines import PATHS, Pipeline, company, running_pipeline
from promises import PUSHED, promised
from stores import SECRET, store_copy

Typed = Callable[..., subprocess.CompletedProcess[str]]
_SYSTEM = """
    kind: rest
    connection: acme__{name}
    read:
      list_path: /customers
      paging: {{ style: page, position_parameter: page }}
    fields: {{ {fields} }}
"""
_CLIENT = """\
client_id: acme
name: Acme
schedule: 0 6 * * *
time_zone: Europe/Berlin
default_country: GB
party_type: company
systems:
  crm: {crm}
  erp: {erp}
survivorship: {{ trust: [erp, crm] }}
sla:
  calendars:
    office: {{ zone: Europe/Berlin, hours: {{ mon-fri: "09:00-17:00" }}, holidays: DE-BE }}
  clauses:
    - {{ clause: "4.1", from: seen, until: pushed, within: 8 working hours, calendar: office,
        target: 95%, pauses: [client] }}
  escalate:
    - {{ at: 50%, to: operator }}
    - {{ at: 80%, to: line_manager }}
    - {{ at: 100%, to: account_manager }}
  service_credits: [{{ below: 95%, credit: 2% }}]
guards: {{ max_updates: 10, max_creates: 0, max_mails: 0 }}
people:
  line_manager: {{ name: Ann, email: ann@example.com }}
  account_manager: {{ name: Bob, email: bob@example.com }}
retention_days: 365
"""


@pytest.fixture(scope="module")
def pipeline(postgres_server: EmbeddedServer, store_template: str) -> Iterator[Pipeline]:
    """One customer in both systems in time; a change that the ERP did not take, for months."""
    with store_copy(postgres_server, store_template) as store, running_pipeline(store) as filled:
        filled.set_rules(sla=promised(PUSHED))
        filled.crm.put("a", **company("aldgate"))
        filled.erp.put("x", **company("aldgate"))
        filled.sync()
        filled.erp.faults = ["retry"]
        filled.crm.put("a", phone="+442079460999")
        filled.sync()
        yield filled


@pytest.fixture
def typed(pipeline: Pipeline, tmp_path: Path) -> Typed:
    fields = ", ".join(f"{path}: {path}" for path in PATHS)
    folder = tmp_path / "clients" / "acme"
    folder.mkdir(parents=True)
    systems = {name: _SYSTEM.format(name=name, fields=fields) for name in ("crm", "erp")}
    (folder / "client.yaml").write_text(_CLIENT.format(**systems), encoding="utf-8")
    variables = {
        "MASTERSYNC_STORE_URL": pipeline.test_store.url,
        "MASTERSYNC_SECRET_KEY": SECRET,
        "MASTERSYNC_HOME": str(tmp_path),
        "MASTERSYNC_CLIENTS_DIR": str(tmp_path / "clients"),
        "COLUMNS": "200",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_command("sla", *arguments, variables=variables)

    return run


MARCH = ("report", "acme", "--from", "2026-03-01", "--to", "2026-03-31")


def test_a_report_says_what_was_kept_and_what_was_late(typed: Typed, tmp_path: Path) -> None:
    page, events = tmp_path / "march.html", tmp_path / "march.csv"
    said = typed(*MARCH, "--html", str(page), "--events", str(events))
    told = json.loads(typed(*MARCH, "--json").stdout)

    assert said.returncode == 0, said.stderr
    assert "66.6%" in said.stdout
    assert "Service credit: 2% of the fee" in said.stdout
    assert "late  version:3 (crm:a), clause 4.1: due Tue 3 Mar 2026 15:00" in said.stdout
    (clause,) = told["clauses"]
    assert (clause["due"], clause["met"], clause["late"], clause["kept"]) == (3, 2, 1, False)
    assert told["service_credit"] == "0.02"
    assert page.read_text("utf-8").count('<rect class="late"') == 2, "one for each width"
    rows = list(csv.DictReader(StringIO(events.read_text("utf-8"))))
    assert {row["case_id"] for row in rows} == {"version:1", "version:2", "version:3"}
    assert oct(events.stat().st_mode)[-3:] == "600"


def test_a_report_of_days_that_run_backwards_is_refused(typed: Typed) -> None:
    said = typed("report", "acme", "--from", "2026-03-31", "--to", "2026-03-01")

    assert said.returncode == 2
    assert "2026-03-01 is before 2026-03-31" in said.stderr


def test_status_names_what_is_late_first(typed: Typed) -> None:
    typed(*MARCH)  # reads the clocks
    said = typed("status", "acme")
    told = json.loads(typed("status", "--json").stdout)

    assert "version:3" in said.stdout
    assert "Late, and not done yet." in said.stdout
    assert [clock["state"] for clock in told["acme"]] == ["late"]


def test_explain_tells_a_case_from_its_events_to_its_verdict(typed: Typed) -> None:
    said = typed("explain", "acme", "version:3")

    assert "version:3: change of crm:a, of C-" in said.stdout
    assert "Mon 2 Mar 2026 15:00" in said.stdout
    assert "reached seen" in said.stdout
    assert "Late, and not done yet." in said.stdout


def test_a_case_that_there_is_not_is_said_so(typed: Typed) -> None:
    for case_id in ("version:99", "nonsense", "version:x"):
        said = typed("explain", "acme", case_id)

        assert said.returncode == 1
        assert f"no case '{case_id}'" in said.stderr


def test_people_pause_resume_and_waive_with_evidence(typed: Typed, pipeline: Pipeline) -> None:
    client = ("acme", "version:3", "--evidence")
    unproved = typed("pause", "acme", "version:3", "--cause", "client", "--evidence", " ")
    early = ("--at", "2026-03-02T16:00", "--by", "eva")
    paused = typed("pause", *client, "mail of 2 March", "--cause", "client", *early)
    twice = typed("pause", *client, "again", "--cause", "client")
    unheard = typed("resume", *client, "x", "--at", "2026-03-02T15:30")
    resumed = typed("resume", *client, "mail of 5 March", "--at", "2026-03-05T16:00")

    assert [one.returncode for one in (unproved, twice, unheard)] == [1, 1, 1]
    assert "nothing proves it" in unproved.stderr
    assert "is paused already" in twice.stderr
    assert "was paused after that" in unheard.stderr
    assert paused.stdout == "version:3 waits for the client.\n", paused.stderr
    assert resumed.stdout == "version:3 goes on.\n", resumed.stderr
    explained = typed("explain", "acme", "version:3").stdout
    assert "Waited for the client from Mon 2 Mar 2026 16:00 to Thu 5 Mar 2026 16:00" in explained
    assert "mail of 2 March (eva)" in explained
    assert "Due Fri 6 Mar 2026 15:00" in explained

    wrong = typed("waive", *client, "x", "--clock", "seen to paid")
    waived = typed("waive", *client, "agreed with Ms Ito", "--by", "eva")

    assert "There are: seen to pushed" in wrong.stderr
    assert waived.returncode == 0, waived.stderr
    assert "Waived (agreed with Ms Ito (eva))" in typed("explain", "acme", "version:3").stdout
    actions = pipeline.rows("SELECT action FROM audit_entry WHERE action LIKE 'sla.%%' ORDER BY 1")
    assert actions == [("sla.paused",), ("sla.resumed",), ("sla.waived",)]


def test_people_take_back_what_they_said_of_a_case(typed: Typed, pipeline: Pipeline) -> None:
    """The pause and the waiver of the test before."""
    case, why = ("acme", "version:3"), ("--reason", "agreed for version:2", "--by", "eva")
    several = typed("withdraw", *case, *why)
    taken_back = typed("withdraw", *case, "waiver:1", *why)
    pause = typed("withdraw", *case, *why)

    assert several.returncode == 1
    assert "version:3 has several: nothing was taken back" in several.stderr
    assert "There are: pause:1, waiver:1." in several.stderr
    assert taken_back.stdout == "waiver:1 of version:3 is taken back: agreed with Ms Ito (eva).\n"
    assert pause.stdout == "pause:1 of version:3 is taken back: mail of 2 March (eva).\n"
    explained = typed("explain", *case).stdout
    assert "withdrawn            waiver:1: agreed for version:2 (eva)" in explained
    assert "Due Tue 3 Mar 2026 15:00. Late, and not done yet." in explained
    reported = typed(*MARCH)
    assert "Taken back: pause:1 of version:3, waiver:1 of version:3." in reported.stdout
    assert "late  version:3" in reported.stdout
    sealed = pipeline.rows("SELECT count(*) FROM audit_entry WHERE action = 'sla.withdrawn'")
    assert sealed == [(2,)]


@pytest.mark.parametrize(
    ("meant", "reason", "words"),
    [
        (("version:3", "waiver:1"), " ", "says no reason"),
        (("version:99", ""), "x", "no case 'version:99'"),
        (("nonsense", ""), "x", "no case 'nonsense'"),
        (("version:1", ""), "x", "no pause and no waiver that holds"),
        (("version:3", "waiver:99"), "x", "version:3 has no 'waiver:99'"),
        (("version:3", "waiver:1"), "x", "was taken back already"),
    ],
)
def test_what_cannot_be_taken_back_is_said_so(
    pipeline: Pipeline, meant: tuple[str, str], reason: str, words: str
) -> None:
    """After the test before."""
    with pytest.raises(MastersyncError, match=words):
        withdraw_word(pipeline.store, *meant, by="eva", reason=reason, now=pipeline.clock())


def test_a_word_is_taken_back_once_whoever_is_first(pipeline: Pipeline) -> None:
    with pipeline.store.begin() as unit:
        told = unit.sla.told_of("version:3")[0]
    with pytest.raises(RetryableError), pipeline.store.begin() as unit:
        unit.sla.withdraw(told, reason="x", by="ann", now=pipeline.clock())
