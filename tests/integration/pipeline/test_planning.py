"""What a run plans: within the client's limits, once, and the newest word."""

from dataclasses import replace

from mastersync.domain.effects.guards import GuardPolicy
from mastersync.usecases.release_plan import release_plan
from mastersync.wiring.sync import plan
from outsiders import holds
from pipelines import Pipeline


def test_a_plan_over_the_limits_is_held_until_somebody_releases_it(known: Pipeline) -> None:
    limits = GuardPolicy(max_updates=0, max_creates=0, max_mails=0)
    known.set_rules(guards=limits)
    known.crm.put("a", phone="+442079460999")

    counts = known.sync()

    assert counts["run"]["state"] == "stopped_by_guard"
    assert known.tickets() == ["guard:r2"]
    assert known.erp.writes == []
    released = release_plan(known.store, run_id="r2", actor="ann", hold={}, now=known.clock())
    known.deliver()
    assert released == 1
    assert holds(known.erp, "x", "phone") == "+442079460999"
    assert known.tickets() == []
    assert known.rows("SELECT action, actor FROM audit_entry WHERE action = 'plan.released'") == [
        ("plan.released", "ann")
    ]


def test_planning_twice_plans_nothing_twice(known: Pipeline) -> None:
    known.set_rules(guards=GuardPolicy(max_updates=0, max_creates=0, max_mails=0))
    known.crm.put("a", phone="+442079460999")
    known.sync()

    again = plan(known, "r2")

    assert (again["updates"], again["held"]) == (0, 1)
    assert known.effects() == [("push", "erp", "held")]


def test_a_newer_plan_takes_the_place_of_one_that_has_not_left(known: Pipeline) -> None:
    known.set_rules(guards=GuardPolicy(max_updates=0, max_creates=0, max_mails=0))
    known.crm.put("a", phone="+442079460999")
    known.sync()
    known.crm.put("a", phone="+442079460888")

    known.sync()

    assert known.effects() == [("push", "erp", "cancelled"), ("push", "erp", "held")]
    assert known.tickets() == ["guard:r3"]
    release_plan(known.store, run_id="r3", actor="ann", hold={}, now=known.clock())
    known.deliver()
    assert holds(known.erp, "x", "phone") == "+442079460888"


def test_a_value_that_a_target_cannot_take_is_a_ticket_and_nothing_is_written(
    known: Pipeline,
) -> None:
    erp = known.rules.targets["erp"]
    terms = next(field for field in erp.mapping if field.path == "payment_terms")
    mapping = (*erp.mapping, replace(terms, path="terms", field="payment_terms", code_table="t"))
    known.set_rules(targets={"erp": replace(erp, mapping=mapping)}, tables={"t": {"N30": "30D"}})
    known.crm.put("a", payment_terms="N90", phone="+442079460999")

    known.sync()
    assert known.tickets() == ["push:code_unknown:t:N90"]
    assert known.erp.writes == []
    known.crm.put("a", payment_terms="N30")
    known.sync()

    assert known.tickets() == []
    assert holds(known.erp, "x", "terms") == "30D"
    assert holds(known.erp, "x", "phone") == "+442079460999"
