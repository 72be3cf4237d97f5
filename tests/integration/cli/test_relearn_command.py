"""relearn, as somebody types it, on a client with fifteen hundred records."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands import run_command
from masters import match_in_deltas, read_sample
from mastersync.domain.matching.model import MatchPolicy
from mastersync.store.embedded import EmbeddedServer
from stores import SECRET, TestStore, migrated_template, store_copy

Typed = Callable[..., subprocess.CompletedProcess[str]]
WHY = ("--reason", "sixty pairs looked at")
_DECIDE = (
    "INSERT INTO decision (client_id, kind, left_system, left_key, right_system, right_key, author,"
    " reason, decided_at) SELECT 'acme', 'same', one.system, one.source_key, other.system,"
    " other.source_key, 'ann', 'looked', now() FROM match_candidate AS pair"
    " JOIN source_record AS one ON one.record_id = pair.left_record_id"
    " JOIN source_record AS other ON other.record_id = pair.right_record_id"
    " WHERE pair.band = 'same' ORDER BY md5(other.source_key || one.source_key) LIMIT {}"
)


_HARDEST = (
    "SELECT one.system, one.source_key, other.system, other.source_key FROM match_candidate AS pair"
    " JOIN source_record AS one ON one.record_id = pair.left_record_id"
    " JOIN source_record AS other ON other.record_id = pair.right_record_id"
    " ORDER BY abs(pair.score - 0.8), one.source_key LIMIT 60"
)


@pytest.fixture(scope="module")
def filled(postgres_server: EmbeddedServer) -> Iterator[TestStore]:
    """Nothing decided yet; the tests of this file follow each other."""
    sample = read_sample("northwind_industrial")
    with (
        migrated_template(postgres_server) as template,
        store_copy(postgres_server, template) as store,
    ):
        match_in_deltas(store, sample, MatchPolicy(), deltas=[range(len(sample.records))])
        yield store


@pytest.fixture
def typed(filled: TestStore, tmp_path: Path) -> Typed:
    sample = Path(__file__).parents[3] / "include" / "clients" / "northwind_industrial"
    folder = tmp_path / "clients" / "acme"
    folder.mkdir(parents=True)
    text = (sample / "client.yaml").read_text().replace("northwind_industrial", "acme")
    (folder / "client.yaml").write_text(text)
    variables = {
        "MASTERSYNC_STORE_URL": filled.url,
        "MASTERSYNC_SECRET_KEY": SECRET,
        "MASTERSYNC_HOME": str(tmp_path),
        "MASTERSYNC_CLIENTS_DIR": str(folder.parent),
        "COLUMNS": "200",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_command("relearn", "acme", *arguments, variables=variables)

    return run


def versions(store: TestStore) -> list[tuple]:
    return store.rows("SELECT model_no, restores, author, reason FROM match_model ORDER BY 1")


def test_too_few_decisions_are_said_in_words(filled: TestStore, typed: Typed) -> None:
    filled.change(_DECIDE.format(4))

    refused = typed("--apply", *WHY)

    assert refused.returncode == 1
    assert "4 decisions in force can teach weights of acme; it takes 10" in refused.stderr
    assert "Resolve review tickets" in refused.stderr
    assert versions(filled) == []


def test_a_plan_is_shown_applied_and_taken_back(filled: TestStore, typed: Typed) -> None:
    filled.change("DELETE FROM decision", _DECIDE.format(60))

    planned = typed()
    told = json.loads(typed("--json").stdout)
    assert versions(filled) == []
    applied = typed("--apply", "--by", "eva", *WHY, "--json")
    same_again = typed("--apply", *WHY)
    gone = typed("--back", *WHY)
    listed = typed("--history")
    history = json.loads(typed("--history", "--json").stdout)

    assert planned.returncode == 0, planned.stderr
    assert "acme is matched by the default weights" in planned.stdout
    assert "Only a plan: nothing was changed." in planned.stdout
    assert "learned without the decision asked about" in planned.stdout
    assert "comparing a sample of records" in planned.stderr
    assert told["applied_as"] is None
    assert told["looked"]["labels"] == 60
    assert sum(told["decisions"]["after"].values()) == 60
    assert told["weights"][0]["words"]
    assert json.loads(applied.stdout)["applied_as"] == 1
    assert "Nothing was changed" in same_again.stdout
    assert "Version 2 is in force: the default weights again." in gone.stdout
    assert versions(filled) == [(1, None, "eva", WHY[1]), (2, 0, versions(filled)[1][2], WHY[1])]
    assert "learned from 1,502 records, 60 decisions" in listed.stdout
    assert [(h["model_no"], h["restores"], h["author"]) for h in history][1] == (1, None, "eva")
    assert history[1]["evidence"]["labels"] == 60
    assert "weights" not in history[0]


def test_what_goes_against_more_decisions_is_shown_and_refused(
    filled: TestStore, typed: Typed
) -> None:
    """Decided truly, of the pairs that are hardest to tell."""
    before, truth = versions(filled), read_sample("northwind_industrial").truth
    filled.change("DELETE FROM decision")
    for left, left_key, right, right_key in filled.rows(_HARDEST):
        kind = "same" if truth[left, left_key] == truth[right, right_key] else "not_same"
        filled.change(
            "INSERT INTO decision (client_id, kind, left_system, left_key, right_system, right_key,"
            f" author, reason, decided_at) VALUES ('acme', '{kind}', '{left}', '{left_key}',"
            f" '{right}', '{right_key}', 'ann', 'looked', now())"
        )

    shown = typed("--apply", *WHY)
    told = typed("--apply", *WHY, "--json")
    insisted = typed("--apply", *WHY, "--even-if-worse", "--json")

    assert (shown.returncode, told.returncode, insisted.returncode) == (1, 1, 0)
    assert "Worse" in shown.stdout
    assert "now against them" in shown.stdout
    assert "--even-if-worse" in shown.stderr
    assert json.loads(told.stdout)["applied_as"] is None
    assert json.loads(told.stdout)["is_worse"] is True
    assert len(versions(filled)) == len(before) + 1


@pytest.mark.parametrize(
    ("words", "problem", "code"),
    [
        (("--apply",), "nothing says why", 1),
        (("--back",), "nothing says why", 1),
        (("--apply", "--back", *WHY), "Choose one of", 2),
        (("--sample", "0"), "Invalid value", 2),
    ],
)
def test_what_cannot_be_is_said_in_words(
    typed: Typed, words: tuple[str, ...], problem: str, code: int
) -> None:
    answer = typed(*words)

    assert problem in " ".join(answer.stderr.split()).replace("│ ", "")
    assert answer.returncode == code
    assert "Traceback" not in answer.stderr
