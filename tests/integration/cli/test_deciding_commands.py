"""decide, decisions, merge, unmerge, changes and customer, as somebody types them."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands import run_command
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.store.embedded import EmbeddedServer
from mastersync.wiring import sync
from pipelines import CONFIRMATION, CREDIT, Pipeline, company, rules, running_pipeline
from stewards import homes
from stores import SECRET, migrated_template, store_copy

Typed = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def pipeline(postgres_server: EmbeddedServer) -> Iterator[Pipeline]:
    with (
        migrated_template(postgres_server) as template,
        store_copy(postgres_server, template) as store,
        running_pipeline(store) as filled,
    ):
        filled.set_rules(targets={})
        for name in ("aldgate", "brixton", "cobham", "dunmore"):
            filled.crm.put(name[0], **company(name))
        filled.sync()
        yield filled


@pytest.fixture
def typed(pipeline: Pipeline, tmp_path: Path) -> Typed:
    variables = {
        "MASTERSYNC_STORE_URL": pipeline.test_store.url,
        "MASTERSYNC_SECRET_KEY": SECRET,
        "MASTERSYNC_HOME": str(tmp_path),
        "COLUMNS": "200",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_command(*arguments, variables=variables)

    return run


def test_a_decision_is_made_listed_and_withdrawn(typed: Typed) -> None:
    why = ("--reason", "two shops")
    made = typed("decide", "acme", "not-same", "crm:a", "crm:b", *why, "--by", "eva", "--json")
    number = str(json.loads(made.stdout)["decision_id"])
    listed = typed("decisions", "acme")
    refused = typed("decide", "acme", "same", "crm:a", "crm:b", "--reason", "one")
    gone = typed("decide", "acme", "withdraw", number, "--reason", "asked again")
    again = json.loads(typed("decisions", "acme", "--json").stdout)

    assert "not same" in listed.stdout
    assert "eva" in listed.stdout
    assert refused.returncode == 1
    assert f"not the same as crm:b (decision {number}, eva)" in refused.stderr
    assert f"--insist: that withdraws decision {number}" in refused.stderr
    assert gone.returncode == 0
    assert [d["state"] for d in again if d["decision_id"] == int(number)] == ["withdrawn"]


def test_a_merge_is_planned_done_shown_and_undone(pipeline: Pipeline, typed: Typed) -> None:
    linked = homes(pipeline)
    keep, other = linked["crm:c"], linked["crm:d"]
    why = ("--reason", "one company")

    planned = typed("merge", "acme", keep, other, *why, "--plan")
    assert "Only a plan" in planned.stdout
    assert homes(pipeline) == linked
    done = typed("merge", "acme", keep, other, *why)
    shown = typed("customer", "acme", other)
    undone = typed(
        *("unmerge", "acme", other, "--reason", "two companies", "--no-writes", "--json")
    )
    feed = json.loads(typed("changes", "acme", "--json").stdout)

    assert f"{other} is now {keep}" in done.stdout
    assert "crm:d" in done.stdout
    assert f"{keep}  ({other} was merged into it)" in shown.stdout
    assert "crm:c" in shown.stdout
    assert json.loads(undone.stdout)["records"] == ["crm:d"]
    assert homes(pipeline) == linked
    assert [(c["kind"], c["from"], c["to"]) for c in feed[-2:]] == [
        ("merged", other, keep),
        ("unmerged", keep, other),
    ]
    after = json.loads(
        typed("changes", "acme", "--after", str(feed[-1]["change_id"]), "--json").stdout
    )
    assert after == []


def test_related_customers_are_shown(pipeline: Pipeline, typed: Typed) -> None:
    linked = homes(pipeline)
    made = typed(
        *("decide", "acme", "related", "crm:a", "crm:c", "--kind", "branch", "--reason", "site")
    )
    shown = typed("customer", "acme", linked["crm:c"])
    told = json.loads(typed("customer", "acme", linked["crm:a"], "--json").stdout)

    assert made.returncode == 0, made.stderr
    assert f"branch: {linked['crm:a']}" in shown.stdout
    assert told["relations"][0]["related_customer_id"] == linked["crm:c"]


@pytest.mark.parametrize(
    ("words", "problem", "code"),
    [
        (("decide", "acme", "same", "crm:a", "crm:b"), "nothing says why", 1),
        (("decide", "acme", "same", "crm:a", "crm:zz", "--reason", "r"), "no record crm:zz", 1),
        (("decide", "nobody", "same", "crm:a", "crm:b", "--reason", "r"), "no client", 1),
        (("decide", "acme", "alike", "crm:a", "crm:b", "--reason", "r"), "is none of", 2),
        (("decide", "acme", "same", "crma", "crm:b", "--reason", "r"), "not SYSTEM:KEY", 2),
        (("decide", "acme", "same", "crm:a", "crm:a", "--reason", "r"), "two different", 2),
        (("decide", "acme", "related", "crm:a", "crm:b", "--reason", "r"), "Say how", 2),
        (("decide", "acme", "withdraw", "9999", "--reason", "r"), "no decision 9999", 1),
        (
            (
                "decide",
                "acme",
                "same",
                "crm:a",
                "crm:b",
                "--reason",
                "r",
                "--expires",
                "2020-01-01",
            ),
            "is over",
            2,
        ),
        (("merge", "acme", "C-1", "C-2", "--reason", "r"), "no customer C-1", 1),
        (("unmerge", "acme", "C-1", "--reason", "r", "--no-writes"), "no customer C-1", 1),
        (("customer", "acme", "C-1"), "no customer C-1", 1),
    ],
)
def test_what_cannot_be_is_said_in_words(
    typed: Typed, words: tuple[str, ...], problem: str, code: int
) -> None:
    answer = typed(*words)

    assert problem in " ".join(answer.stderr.split()).replace("│ ", "")
    assert answer.returncode == code
    assert "Traceback" not in answer.stderr


@pytest.fixture
def clients_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of clients with acme's file in it, after a sample's."""
    sample = Path(__file__).parents[3] / "include" / "clients" / "bright_bakery" / "client.yaml"
    folder = tmp_path / "clients" / "acme"
    folder.mkdir(parents=True)
    text = sample.read_text().replace("bright_bakery", "acme")
    (folder / "client.yaml").write_text(text)
    monkeypatch.setenv("MASTERSYNC_CLIENTS_DIR", str(folder.parent))
    return folder


def test_rules_are_held_against_decisions_before_they_take_effect(
    clients_dir: Path, typed: Typed, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.yaml"
    text = (clients_dir / "client.yaml").read_text()
    changed.write_text(text.replace("review_at: 0.70", "review_at: 0.001"))
    typed("decide", "acme", "not-same", "crm:b", "crm:d", "--reason", "two")

    told = json.loads(typed("backtest", "acme", "--json").stdout)
    tried = typed("backtest", "acme", "--with", str(changed))
    again = typed("reevaluate", "acme", "--with", str(changed))
    machine = json.loads(typed("reevaluate", "acme", "--json").stdout)

    assert told["pairs"] >= 1
    assert told["as_configured"]["merged_wrong"] == 0
    assert "as changed" in tried.stdout, tried.stderr
    assert "Nothing was changed." in again.stdout, again.stderr
    assert machine["customers"] == 4
    assert machine["joins"] == []


def test_a_changed_file_with_a_mistake_is_refused_by_line(
    clients_dir: Path, typed: Typed, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.yaml"
    text = (clients_dir / "client.yaml").read_text()
    changed.write_text(text.replace("review_at: 0.70", "review_at: high"))

    answer = typed("backtest", "acme", "--with", str(changed))

    assert answer.returncode == 1
    assert "changed.yaml" in answer.stderr
    assert "review_at" in answer.stderr


def test_status_says_what_of_an_open_run_waits_for_a_person_and_how_to_go_on(
    pipeline: Pipeline, typed: Typed
) -> None:
    pipeline.set_rules(
        targets=rules().targets,
        credit=CREDIT,
        confirmation=CONFIRMATION,
        release=ReleaseRules(policy=ReleasePolicy.APPROVE),
    )
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", credit_limit="5000.00", credit_currency="GBP")
    pipeline.crm.put("b", email="office@brixton.example")
    sync.derive(pipeline, "asked", on_step=sync.silently)

    told = typed("status", "acme").stdout
    (waiting,) = json.loads(typed("status", "acme", "--json").stdout)["acme"]["waiting"]

    writes = "1 write" if waiting["pushes"] == 1 else f"{waiting['pushes']} writes"
    waits = f"acme: run asked waits for approval: {writes}, 1 mail, 1 credit report for 3.50 GBP\n"
    assert waits in told
    for command in (
        "plan acme --run asked",
        "release acme asked",
        "effect cancel acme --run asked",
    ):
        assert f"mastersync {command}\n" in told
    assert re.search(r"landed +2 *\n", told), "what it has counted so far"
