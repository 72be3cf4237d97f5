"""The check of the conservation law finds each kind of fault: seeded one by one, and named."""

import re

import pytest

from mastersync.store.sql_files import load
from mastersync.wiring.sync import close, extract, open_this_run
from pipelines import Pipeline, company

GOOD = "(SELECT max(version_id) FROM version_state WHERE state = 'applied')"
BAD = "(SELECT max(version_id) FROM version_state WHERE state = 'set_aside')"
FAULTS = [
    (f"DELETE FROM version_state WHERE version_id = {GOOD}", r"version \d+ is in no state"),
    (
        f"UPDATE version_state SET state = 'pending' WHERE version_id = {GOOD}",
        r"version \d+ is still pending although its run is closed",
    ),
    (
        "UPDATE ticket SET state = 'resolved', resolved_at = now()",
        r"version \d+ is set_aside without an open ticket",
    ),
    (
        "UPDATE ticket_subject SET cleared_at = now()",
        r"version \d+ is set_aside without an open ticket",
    ),
    ("DELETE FROM ticket_subject", r"version \d+ is set_aside without an open ticket"),
    (
        f"""UPDATE version_state SET state = 'waiting', waiting_for = 'review', cause = 'another'
        WHERE version_id = {BAD}""",
        r"version \d+ is waiting without an open ticket",
    ),
    ("DELETE FROM golden_version", r"version \d+ is applied but in no golden record"),
    ("DELETE FROM link", r"version \d+ is applied but its record has no customer"),
    (
        f"UPDATE version_state SET state = 'superseded' WHERE version_id = {GOOD}",
        r"version \d+ is superseded but no newer version exists",
    ),
    (
        "UPDATE version_state SET state = 'applied' WHERE state = 'superseded'",
        r"record \d+ has 2 versions in force",
    ),
    (
        """UPDATE landing_page SET seen_count = seen_count + 1, new_count = new_count + 1
        WHERE run_id = 'r1' AND system = 'crm'""",
        r"run r1 landed 3 rows but holds 2",
    ),
    ("DELETE FROM landing_page WHERE run_id = 'r1'", r"run r1 landed 0 rows but holds 2"),
    ("DELETE FROM source_version WHERE run_id = 'r1'", r"run r1 landed 2 rows but holds 0"),
    ("UPDATE effect SET state = 'held'", r"effect \S+ is held without an open ticket"),
    ("UPDATE effect SET state = 'failed'", r"effect \S+ is failed and nobody was told"),
    ("UPDATE effect SET state = 'unknown'", r"effect \S+ is unknown and nobody was told"),
    (
        "UPDATE effect SET state = 'inflight', lease_until = now() - interval '30 years'",
        r"effect \S+ has been in flight beyond its lease",
    ),
    ("DELETE FROM disclosure", r"effect \S+ is done but not in the disclosure ledger"),
    (
        "UPDATE ticket_subject SET cleared_at = now()",
        r"ticket \d+ is open although all it is about is settled",
    ),
]


@pytest.fixture
def settled(pipeline: Pipeline) -> Pipeline:
    """After two runs: one record applied, changed and pushed, one set aside."""
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton", name=""))
    pipeline.sync()
    pipeline.crm.put("a", phone="+442079460999")
    pipeline.sync()
    return pipeline


@pytest.mark.parametrize(("fault", "words"), FAULTS)
def test_the_fault_is_found_and_named(settled: Pipeline, fault: str, words: str) -> None:
    assert settled.violations() == []

    settled.test_store.change(fault, checks=False)

    found = settled.violations()
    assert any(re.fullmatch(words, violation) for violation in found), found


def test_each_thing_that_is_checked_has_its_fault_above() -> None:
    branches = load("runs/find_violations").text.split("UNION ALL")
    spoken = [
        max(re.findall(r"' ([a-z][a-z ]{6,})", branch.split("FROM")[0]), key=len)
        for branch in branches
    ]

    unseeded = [
        words for words in spoken if not any(words.strip() in pattern for _, pattern in FAULTS)
    ]

    assert unseeded == []


def test_a_fault_of_one_client_is_none_of_anothers(settled: Pipeline) -> None:
    settled.test_store.change("DELETE FROM disclosure", checks=False)

    with settled.test_store.client("globex") as other, other.begin() as unit:
        assert unit.runs.violations(now=settled.clock()) == []


def test_what_a_run_is_still_at_work_on_is_no_fault(settled: Pipeline) -> None:
    settled.crm.put("c", **company("cobham"))
    open_this_run(settled, "r3")
    extract(settled, "r3", "crm")

    assert settled.states("crm", "c") == ["pending"]
    assert settled.violations() == []


def test_a_ticket_that_a_person_resolved_is_no_fault_until_the_next_run_looks_again(
    settled: Pipeline,
) -> None:
    settled.test_store.change(
        "UPDATE ticket SET state = 'resolved', resolved_by = 'olga', resolved_at = now()"
        " WHERE kind = 'record'"
    )

    assert settled.violations() == []


def test_a_run_that_could_not_be_opened_is_not_closed_either(settled: Pipeline) -> None:
    closed = close(settled, "never")

    assert closed == {"state": "never_opened", "counts": {}}
    assert settled.rows("SELECT run_id FROM run WHERE run_id = 'never'") == []
