"""From a system's pages to versions in one state each."""

import math
from dataclasses import replace

import pytest

from mastersync.domain.records.prepare import PreparePolicy
from mastersync.ports.systems import RefusedRow
from mastersync.usecases.extract_system import extract_system
from mastersync.wiring.sync import extract, open_this_run
from pipelines import Pipeline, company


def test_a_first_sync_accounts_for_every_version(pipeline: Pipeline) -> None:
    for key in ("aldgate", "brixton", "cobham", "dunmore"):
        pipeline.crm.put(key, **company(key))

    counts = pipeline.sync()

    assert counts["extract"] == {"seen": 4, "landed": 4}
    assert counts["versions"] == {"applied": 4}
    assert counts["match"] == {"new_customers": 4}
    assert counts["run"]["state"] == "done"
    assert pipeline.golden("crm", "aldgate")["phone"] == "+442079460101"


def test_a_page_landed_twice_lands_nothing(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    open_this_run(pipeline, "r1")

    first = extract(pipeline, "r1", "crm")
    again = extract(pipeline, "r1", "crm")

    assert (first["landed"], again["landed"], again["unchanged"]) == (1, 0, 1)
    assert pipeline.states("crm", "a") == ["pending"]


def test_the_watermark_moves_with_the_data_or_not_at_all(pipeline: Pipeline) -> None:
    for key in ("aldgate", "brixton", "cobham", "dunmore"):
        pipeline.crm.put(key, **company(key))
    open_this_run(pipeline, "r1")
    crossings = []

    def die_with_the_second_page(name: str) -> None:
        crossings.append(name)
        if crossings.count("extract.before_land") == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract_system(
            pipeline.store,
            pipeline.crm,
            system="crm",
            run_id="r1",
            clock=pipeline.clock,
            failpoint=die_with_the_second_page,
        )

    assert pipeline.rows("SELECT position FROM watermark") == [("3",)]
    assert pipeline.rows("SELECT count(*) FROM source_version") == [(3,)]
    assert extract(pipeline, "r1", "crm")["landed"] == 1


def test_a_record_that_returns_to_what_it_was_is_a_version_of_its_own(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.crm.put("a", phone="+442079460999")
    pipeline.sync()
    pipeline.crm.put("a", phone="+442079460101")

    pipeline.sync()

    assert pipeline.states("crm", "a") == ["superseded", "superseded", "applied"]
    assert pipeline.golden("crm", "a")["phone"] == "+442079460101"


def test_a_change_that_says_nothing_new_is_unchanged(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.sync()  # reads back what the first created in the ERP
    pipeline.crm.put("a", phone="020 7946 0101")

    counts = pipeline.sync()

    assert counts["versions"] == {"unchanged": 1}
    assert pipeline.states("crm", "a") == ["applied", "unchanged"]
    pipeline.crm.put("a", phone="020 7946 0999")
    pipeline.sync()
    assert pipeline.states("crm", "a") == ["superseded", "superseded", "applied"]


def test_bad_records_are_set_aside_under_one_ticket_and_the_others_go_on(
    pipeline: Pipeline,
) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton", name=" "))
    pipeline.crm.put("c", **company("cobham", name=None))

    counts = pipeline.sync()

    assert counts["versions"] == {"applied": 1, "set_aside": 2}
    assert counts["run"]["state"] == "done_with_exceptions"
    (cause_key,) = pipeline.tickets()
    assert cause_key.startswith("record:crm:")
    assert pipeline.rows("SELECT count(*) FROM ticket_subject WHERE cleared_at IS NULL") == [(2,)]


def test_a_mended_record_clears_its_ticket_when_the_last_one_is_mended(pipeline: Pipeline) -> None:
    pipeline.crm.put("b", **company("brixton", name=""))
    pipeline.crm.put("c", **company("cobham", name=""))
    pipeline.sync()
    pipeline.crm.put("b", name="Brixton Joinery Ltd")

    counts = pipeline.sync()
    assert counts["versions"] == {"applied": 1}
    assert len(pipeline.tickets()) == 1
    pipeline.crm.put("c", name="Cobham Orchards Ltd")
    pipeline.sync()

    assert pipeline.tickets() == []
    assert pipeline.states("crm", "c") == ["superseded", "applied"]


def test_a_ticket_resolved_by_hand_comes_back_when_its_record_was_not_mended(
    pipeline: Pipeline,
) -> None:
    pipeline.crm.put("b", **company("brixton", name=""))
    pipeline.sync()
    (cause_key,) = pipeline.tickets()
    with pipeline.store.begin() as unit:
        unit.tickets.resolve(cause_key, by="ann", words="mended", now=pipeline.clock())

    pipeline.sync()

    assert pipeline.tickets() == [cause_key]
    assert pipeline.states("crm", "b") == ["set_aside"]


def test_what_an_older_policy_set_aside_is_tried_again_under_the_new_one(
    pipeline: Pipeline,
) -> None:
    strict = PreparePolicy(required=frozenset({"email"}), default_country="GB")
    lenient = pipeline.rules.systems["crm"]
    pipeline.set_rules(systems={"crm": replace(lenient, prepare=strict), "erp": lenient})
    pipeline.crm.put("a", **company("aldgate"))
    assert pipeline.sync()["versions"] == {"set_aside": 1}
    assert "versions" not in pipeline.sync()

    pipeline.set_rules(systems={"crm": lenient, "erp": lenient})

    assert pipeline.sync()["versions"] == {"applied": 1}
    assert pipeline.tickets() == []


def test_rows_that_cannot_be_landed_get_a_ticket_by_cause_that_a_good_read_clears(
    pipeline: Pipeline,
) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton", name="Brixton\x00Joinery"))
    pipeline.crm.put("c", **company("cobham", credit_limit=math.inf))
    pipeline.crm.refused = [RefusedRow(place="record b2", code="no_key", words="It has no key.")]

    counts = pipeline.sync()

    assert counts["extract"] == {"seen": 4, "landed": 1, "refused": 3}
    assert pipeline.tickets() == ["landing:crm:characters_not_storable", "landing:crm:no_key"]
    pipeline.crm.refused = []
    pipeline.crm.put("b", name="Brixton Joinery Ltd")
    pipeline.crm.put("c", credit_limit="5000.00")
    pipeline.sync()
    assert pipeline.tickets() == ["landing:crm:no_key"]


def test_a_changed_record_takes_the_place_of_its_version_that_waits(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate", name=""))
    pipeline.sync()
    pipeline.crm.put("a", name="", phone="+442079460999")

    counts = pipeline.sync()

    assert counts["versions"] == {"set_aside": 1}
    assert pipeline.states("crm", "a") == ["superseded", "set_aside"]
    assert pipeline.rows("SELECT subject FROM ticket_subject WHERE cleared_at IS NULL") == [
        pipeline.rows("SELECT 'version:' || max(version_id) FROM source_version")[0]
    ]


def test_a_version_in_force_stays_so_while_its_successor_waits(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.crm.put("a", name="")

    pipeline.sync()

    assert pipeline.states("crm", "a") == ["applied", "set_aside"]
    assert pipeline.golden("crm", "a")["name"] == "Aldgate Foundry Ltd"


def test_what_a_lost_run_left_is_taken_over_by_the_next(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    open_this_run(pipeline, "lost")
    extract(pipeline, "lost", "crm")

    counts = pipeline.sync()

    assert counts["versions"] == {"applied": 1}
    assert counts.get("extract", {}).get("landed", 0) == 0
    assert pipeline.rows("SELECT run_id, state FROM run ORDER BY opened_at") == [
        ("lost", "failed"),
        ("r1", "done"),
    ]


def test_a_run_cleared_and_run_again_does_nothing_twice(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.run_count -= 1

    pipeline.sync()

    assert pipeline.states("crm", "a") == ["applied"]
    assert len(pipeline.erp.writes) == 1
    assert pipeline.rows("SELECT run_id, state FROM run") == [("r1", "done")]
