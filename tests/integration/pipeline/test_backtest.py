"""What a change of rules would do, before it does anything."""

from dataclasses import replace

from golden_store import snapshot
from mastersync.domain.matching.model import Band, MatchPolicy
from mastersync.usecases.backtest import backtest, reevaluate_client
from pipelines import Pipeline, company, rules
from stewards import Steward, homes

TWIN = company("aldgate", registration_number="08213457")
STRICT = MatchPolicy(same_at=0.999999999, review_at=0.99999999)


def fill(pipeline: Pipeline, ann: Steward) -> None:
    """Three decided pairs: alike and the same, alike and not, unlike and the same."""
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton"))
    pipeline.crm.put("c", **company("cobham"))
    pipeline.erp.put("z", **company("cobham"))
    pipeline.sync()
    ann.decide("same", "crm:a", "erp:x")
    ann.decide("not_same", "crm:c", "erp:z")
    ann.decide("same", "crm:a", "crm:b")


def test_the_engine_is_held_against_what_people_decided(pipeline: Pipeline, ann: Steward) -> None:
    fill(pipeline, ann)
    before = snapshot(pipeline.test_store)

    found = backtest(ann.store, pipeline.rules, now=pipeline.clock())

    measured = found.measured
    assert (measured.merged_right, measured.merged_wrong, measured.missed) == (1, 1, 1)
    assert (measured.precision, measured.recall, measured.found) == (0.5, 0.5, 0.5)
    flips = {(f.decision.word.left.key, f.decision.word.right.key, f.band) for f in found.flips}
    assert flips == {("c", "z", Band.SAME), ("a", "b", Band.NEW)}
    assert snapshot(pipeline.test_store) == before


def test_changed_bands_and_a_changed_mapping_are_tried_without_a_trace(
    pipeline: Pipeline, ann: Steward
) -> None:
    fill(pipeline, ann)
    before = snapshot(pipeline.test_store)
    mapped = {"name": "name", "city": "city"}
    blind = replace(
        pipeline.rules,
        systems={name: replace(system, mapping=mapped) for name, system in rules().systems.items()},
    )

    strict = backtest(
        ann.store,
        pipeline.rules,
        now=pipeline.clock(),
        changed=replace(pipeline.rules, match=STRICT),
    )
    without = backtest(ann.store, pipeline.rules, now=pipeline.clock(), changed=blind)

    assert strict.measured.merged_wrong == 0
    assert {look.score for look in without.looks} != {look.score for look in strict.looks}
    assert snapshot(pipeline.test_store) == before


def test_withdrawn_and_expired_decisions_are_no_measure(pipeline: Pipeline, ann: Steward) -> None:
    fill(pipeline, ann)
    for (decision_id,) in pipeline.rows("SELECT decision_id FROM decision"):
        ann.withdraw(decision_id)

    assert backtest(ann.store, pipeline.rules, now=pipeline.clock()).looks == ()


def test_reevaluating_lists_what_it_would_join_ask_and_part_and_changes_nothing(
    pipeline: Pipeline, ann: Steward
) -> None:
    pipeline.set_rules(targets={})
    for number, name in enumerate(("aldgate", "brixton", "cobham", "dunmore")):
        pipeline.crm.put(name[0], **company(name))
        pipeline.erp.put(f"e{number}", **company(name))
    pipeline.sync()
    linked = homes(pipeline)
    ann.decide("not_same", "crm:a", "erp:e0")
    decided = ann.decide("not_same", "crm:d", "erp:e3")
    ann.withdraw(decided.recorded.decision_id)
    pipeline.test_store.change(
        f"UPDATE link SET customer_id = '{linked['crm:c']}' WHERE customer_id = '{linked['crm:b']}'"
    )
    before = snapshot(pipeline.test_store)

    found = reevaluate_client(ann.store, pipeline.rules, now=pipeline.clock())

    assert [set(tie.customers) for tie in found.joins] == [
        {homes(pipeline)["crm:d"], homes(pipeline)["erp:e3"]}
    ], "what people parted stays apart, what they took back may be joined"
    (parting,) = found.partings
    groups = [{key.key for key in group} for group in parting.groups]
    assert parting.customer_id == linked["crm:c"]
    assert {frozenset(group) for group in groups} == {
        frozenset({"b", "e1"}),
        frozenset({"c", "e2"}),
    }
    assert found.bands["apart"][Band.SAME] == 1
    assert found.records == 8
    assert snapshot(pipeline.test_store) == before


def test_changed_bands_are_reevaluated_first(pipeline: Pipeline, ann: Steward) -> None:
    fill(pipeline, ann)

    found = reevaluate_client(
        ann.store,
        pipeline.rules,
        now=pipeline.clock(),
        changed=replace(pipeline.rules, match=MatchPolicy(same_at=1.0, review_at=0.99999)),
    )

    assert found.joins == ()
    assert found.bands["together"][Band.SAME] <= 2, "only what people decided"


def test_a_client_without_records_has_nothing_to_join(pipeline: Pipeline, ann: Steward) -> None:
    found = reevaluate_client(ann.store, pipeline.rules, now=pipeline.clock())

    assert (found.records, found.joins, found.partings) == (0, (), ())
