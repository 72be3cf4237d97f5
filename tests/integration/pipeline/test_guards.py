"""Limits on what one run may change: over any of them nothing of the plan leaves."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mastersync.domain.effects.guards import GuardPolicy, Limits
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.domain.targets.model import TargetField
from mastersync.errors import NotFoundError, RuleError
from mastersync.usecases.intervene import cancel_effects
from mastersync.usecases.release_plan import release_plan
from mastersync.wiring import sync
from outsiders import holds
from pipelines import CREDIT, Pipeline, company
from stewards import Steward

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}
NEW_PHONE = "+442079460999"


@pytest.mark.parametrize(
    ("guards", "words"),
    [
        ({"max_updates": 0}, "1 updates, limit 0."),
        ({"max_share_of_base": 0.5}, "updates for 100.0% of all customers, limit 50.0%."),
        ({"targets": {"erp": Limits(max_updates=0)}}, "erp: 1 updates, limit 0."),
        ({"targets": {"crm": Limits(max_updates=0)}}, ""),
    ],
)
def test_a_trip_stops_the_plan_and_says_what_how_much_and_both_ways_on(
    known: Pipeline, guards: dict[str, object], words: str
) -> None:
    known.set_rules(guards=GuardPolicy(**guards))
    known.crm.put("a", phone=NEW_PHONE)

    counts = known.sync()

    told = known.rows("SELECT cause, next_step FROM ticket WHERE kind = 'guard'")
    if not words:
        assert (told, len(known.erp.writes)) == ([], 1)
        return
    assert (counts["run"]["state"], known.erp.writes) == ("stopped_by_guard", [])
    ((cause, next_step),) = told
    assert cause == words
    assert "mastersync release acme r2" in next_step
    assert "mastersync effect cancel acme --run r2" in next_step


def test_a_write_that_empties_a_field_is_counted_as_one(known: Pipeline) -> None:
    erp = known.rules.targets["erp"]
    website = TargetField(path="web", field="website", clear_when_blank=True)
    known.set_rules(
        targets={"erp": replace(erp, mapping=(*erp.mapping, website))},
        guards=GuardPolicy(max_clears=0),
    )
    known.erp.put("x", web="https://aldgate.example", street="4 Mercer Row")

    known.sync()

    ((cause,),) = known.rows("SELECT cause FROM ticket WHERE kind = 'guard'")
    assert cause == "1 clears, limit 0."
    assert holds(known.erp, "x", "web") == "https://aldgate.example"


def test_merges_since_the_last_plan_are_counted_and_undone_ones_are_not(
    two: Pipeline, ann: Steward
) -> None:
    two.set_rules(guards=GuardPolicy(max_merges=0))
    keep, other = sorted({c for (c,) in two.rows("SELECT customer_id FROM customer")})
    ann.merge(keep, other)

    two.sync()

    ((cause,),) = two.rows("SELECT cause FROM ticket WHERE kind = 'guard' AND state = 'open'")
    assert cause == "1 merges, limit 0."
    ann.unmerge(keep, insist=True)
    two.sync()
    assert [cause for cause in two.tickets() if cause.startswith("guard")] == []


@pytest.mark.parametrize("customers_a_batch", [1_000, 1])
def test_money_is_guarded_before_the_first_report_is_bought(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, customers_a_batch: int
) -> None:
    monkeypatch.setattr(sync, "CUSTOMERS_PER_BATCH", customers_a_batch)
    pipeline.set_rules(credit=CREDIT, guards=GuardPolicy(max_money=Decimal("6.99")))
    for key, name, number in (("a", "aldgate", "01234561"), ("b", "brixton", "02234562")):
        pipeline.creditsafe.known[number] = f"GB-{key}"
        pipeline.crm.put(key, **company(name, **WANTED))

    counts = pipeline.sync()

    assert pipeline.creditsafe.orders == []
    assert counts["run"]["state"] == "stopped_by_guard"
    ((cause,),) = pipeline.rows("SELECT cause FROM ticket WHERE kind = 'guard'")
    assert cause == "orders for 7.00 GBP, limit 6.99 GBP."
    release_plan(pipeline.store, run_id="r1", actor="ann", hold={}, now=pipeline.clock())
    pipeline.deliver()
    assert sorted(pipeline.creditsafe.orders) == ["GB-a", "GB-b"]


def test_a_raised_limit_lets_a_held_plan_go_with_the_next_run(known: Pipeline) -> None:
    known.set_rules(guards=GuardPolicy(max_updates=0))
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()

    known.set_rules(guards=GuardPolicy(max_updates=1))
    known.sync()

    assert holds(known.erp, "x", "phone") == NEW_PHONE
    assert known.tickets() == []


def test_a_raised_limit_lets_no_plan_past_the_person_who_approves(known: Pipeline) -> None:
    approve = ReleaseRules(policy=ReleasePolicy.APPROVE)
    known.set_rules(guards=GuardPolicy(max_updates=0), release=approve)
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()
    assert known.tickets() == ["guard:r2"]

    known.set_rules(guards=GuardPolicy(max_updates=1))
    known.sync()

    assert (known.erp.writes, known.tickets()) == ([], ["approval:r3"])
    assert known.rows("SELECT run_id, held_for FROM effect") == [("r3", "approval")]


def test_a_held_plan_can_be_withdrawn(known: Pipeline) -> None:
    known.set_rules(guards=GuardPolicy(max_updates=0))
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()

    plan = EffectChoice(run_id="r2")
    cancel_effects(known.store, plan, actor="ann", reason="", now=known.clock())

    known.deliver()
    assert (known.erp.writes, known.tickets()) == ([], [])
    assert known.rows("SELECT resolved_by FROM ticket") == [("ann",)]


def test_a_release_of_a_run_that_has_nothing_held_is_refused(known: Pipeline) -> None:
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()

    with pytest.raises(RuleError, match="Nothing of run r2 is held"):
        release_plan(known.store, run_id="r2", actor="ann", hold={}, now=known.clock())
    with pytest.raises(NotFoundError, match="no run 'r9'"):
        release_plan(known.store, run_id="r9", actor="ann", hold={}, now=known.clock())
