"""explain, pin, unpin, pins and customer --as-of, as somebody types them."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands import run_command
from mastersync.store.embedded import EmbeddedServer
from pipelines import PATHS, Pipeline, company, running_pipeline
from stewards import homes
from stores import SECRET, migrated_template, store_copy

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
time_zone: Europe/London
default_country: GB
party_type: company
systems:
  crm: {crm}
  erp: {erp}
survivorship:
  trust: [erp, crm]
  by_field:
    phone: {{ trust: [crm, erp] }}
guards: {{ max_updates: 10, max_creates: 0, max_mails: 0 }}
people:
  line_manager: {{ name: Ann, email: ann@example.com }}
  account_manager: {{ name: Bob, email: bob@example.com }}
retention_days: 365
"""
TAX_ID = "GB980780684"


@pytest.fixture(scope="module")
def pipeline(postgres_server: EmbeddedServer) -> Iterator[Pipeline]:
    with (
        migrated_template(postgres_server) as template,
        store_copy(postgres_server, template) as store,
        running_pipeline(store) as filled,
    ):
        filled.crm.put("a", **company("aldgate", street="3 Mercer Rw"))
        filled.erp.put("x", **company("aldgate", phone="+442079460999"))
        filled.sync()
        yield filled


@pytest.fixture
def typed(pipeline: Pipeline, tmp_path: Path) -> Typed:
    fields = ", ".join(f"{path}: {path}" for path in (*PATHS, "tax_id"))
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

    def run(*arguments: str, typed_in: str = "") -> subprocess.CompletedProcess[str]:
        return run_command(*arguments, variables=variables, typed_in=typed_in)

    return run


@pytest.fixture
def aldgate(pipeline: Pipeline) -> str:
    return homes(pipeline)["crm:a"]


def test_explain_says_in_words_where_a_value_comes_from_and_where_it_went(
    typed: Typed, aldgate: str
) -> None:
    said = typed("explain", "acme", aldgate, "address")

    assert said.returncode == 0, said.stderr
    assert "Street  3 Mercer Row" in said.stdout
    assert "erp:x says so since" in said.stdout
    assert "Lost: '3 Mercer Rw' of crm:a" in said.stdout
    assert "erp is trusted before crm" in said.stdout
    assert "to crm on" in said.stdout
    assert "client instruction: push" in said.stdout
    assert "Phone" not in said.stdout


def test_explain_for_programs_and_for_what_there_is_not(typed: Typed, aldgate: str) -> None:
    told = json.loads(typed("explain", "acme", aldgate, "phone", "--json").stdout)
    no_field = typed("explain", "acme", aldgate, "shoe_size")
    nobody = typed("explain", "acme", "C-NOBODY")

    (phone,) = told["fields"]
    assert (phone["value"], phone["rule"]) == ("+442079460101", "trust")
    assert [(lost["system"], lost["why"]) for lost in phone["lost"]] == [("erp", "trust")]
    assert (no_field.returncode, nobody.returncode) == (1, 1)
    assert "There are: party_type" in no_field.stderr


def test_a_pin_is_set_listed_explained_and_taken_back(typed: Typed, aldgate: str) -> None:
    why = ("--reason", "called them", "--by", "eva")
    unsaid = typed("pin", "acme", aldgate, "email", "a@aldgate.example")
    past = typed(
        "pin", "acme", aldgate, "email", "a@aldgate.example", *why, "--until", "2020-01-01"
    )
    made = typed(
        "pin", "acme", aldgate, "email", "A@Aldgate.Example", *why, "--until", "2090-01-31"
    )
    listed = typed("pins", "acme")
    explained = typed("explain", "acme", aldgate, "email")
    gone = typed("unpin", "acme", aldgate, "email", "--reason", "a mistake")
    left = json.loads(typed("pins", "acme", "--all", "--json").stdout)

    assert (unsaid.returncode, past.returncode) == (1, 2)
    assert "is pinned to 'a@aldgate.example' until 31 Jan 2090" in made.stdout
    assert "eva" in listed.stdout
    assert "until 31 Jan 2090" in listed.stdout
    assert "eva pinned it on" in explained.stdout
    assert "the next sync changes it" in explained.stdout
    assert gone.returncode == 0
    assert [(pin["field"], pin["state"]) for pin in left] == [("email", "withdrawn")]


def test_a_sensitive_value_can_be_typed_in_is_masked_and_showing_it_is_kept(
    pipeline: Pipeline, typed: Typed, aldgate: str
) -> None:
    typed("pin", "acme", aldgate, "tax_id", "-", "--reason", "letter", typed_in=f"{TAX_ID}\n")

    masked = [
        typed("explain", "acme", aldgate, "tax_id").stdout,
        typed("explain", "acme", aldgate, "tax_id", "--json").stdout,
        typed("pins", "acme", "--all").stdout,
        typed("pins", "acme", "--json").stdout,
    ]
    assert not any(TAX_ID in text for text in masked)
    assert all("84" in text for text in masked)
    shown = "SELECT count(*) FROM audit_entry WHERE action = 'sensitive.shown'"
    assert pipeline.rows(shown) == [(0,)]

    assert TAX_ID in typed("explain", "acme", aldgate, "tax_id", "--show-sensitive").stdout
    assert TAX_ID in typed("pins", "acme", "--show-sensitive").stdout
    assert pipeline.rows(shown) == [(2,)]
    assert TAX_ID not in str(pipeline.rows("SELECT summary FROM audit_entry"))


def test_a_customer_is_shown_as_of_a_time_and_through_its_versions(
    typed: Typed, aldgate: str
) -> None:
    then = typed(
        "customer", "acme", aldgate, "--as-of", "2026-03-02T12:30", "--known", "2026-03-03"
    )
    known = json.loads(typed("customer", "acme", aldgate, "--known", "2026-03-02", "--json").stdout)
    too_early = typed("customer", "acme", aldgate, "--as-of", "2020-01-01", "--known", "2020-01-01")
    history = typed("customer", "acme", aldgate, "--history")
    both = typed("customer", "acme", aldgate, "--history", "--as-of", "2026-03-02")

    assert "True 02 Mar 2026 12:30 UTC, as known 03 Mar 2026 23:59 UTC." in then.stdout
    assert "the policy of then was p1" in then.stdout
    assert (known["fields"]["street"]["value"], known["is_derived"]) == ("3 Mercer Row", False)
    assert "Nothing was known" in too_early.stderr
    assert "version 1 (run r1, policy p1)" in history.stdout
    assert "Street: (unknown) → 3 Mercer Row   [erp:x, trust]" in history.stdout
    assert (too_early.returncode, both.returncode) == (1, 2)
