"""What may leave the house, and when: guards, approval, shadow, waiting times, disabled clients."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from mastersync.domain.effects.guards import GuardPolicy, Limits
from mastersync.domain.effects.model import EffectKind
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.domain.sla.model import TargetField
from mastersync.errors import NotFoundError, RuleError
from mastersync.usecases.intervene import cancel_effects
from mastersync.usecases.release_plan import (
    Answer,
    answer_plan,
    plan_to_approve,
    release_plan,
)
from mastersync.wiring import sync
from outsiders import holds
from pipelines import CONFIRMATION, CREDIT, Pipeline, company
from stewards import Steward

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}
NEW_PHONE = "+442079460999"
HELD = "SELECT kind, state, held_for FROM effect ORDER BY kind"


def set_release(pipeline: Pipeline, policy: str, **rest: object) -> None:
    pipeline.set_rules(release=ReleaseRules(policy=ReleasePolicy(policy), **rest))


def say(pipeline: Pipeline, answer: Answer, *, run_id: str = "r2") -> dict[str, int]:
    return answer_plan(
        pipeline.store,
        pipeline.rules,
        run_id=run_id,
        answer=answer,
        actor="olga",
        now=pipeline.clock(),
    )


# --- approve --------------------------------------------------------------------------------


def test_a_plan_to_approve_leaves_when_a_person_says_so(known: Pipeline) -> None:
    set_release(known, "approve")
    known.crm.put("a", phone=NEW_PHONE)

    counts = known.sync()
    known.deliver()

    assert known.erp.writes == []
    assert counts["push"] == {"held_approval": 1}
    assert counts["run"]["state"] == "done_with_exceptions"
    assert known.tickets() == ["approval:r2"]
    assert say(known, Answer.APPROVE) == {"released": 1}
    known.deliver()
    assert holds(known.erp, "x", "phone") == NEW_PHONE
    assert known.rows(
        "SELECT resolved_by, resolution FROM ticket WHERE cause_key = 'approval:r2'"
    ) == [("olga", "The plan was approved by olga: 1 effect(s).")]


def test_a_rejected_plan_is_withdrawn_and_its_ticket_says_by_whom(known: Pipeline) -> None:
    set_release(known, "approve")
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()

    assert say(known, Answer.REJECT) == {"cancelled": 1}

    known.deliver()
    known.sync()
    assert known.erp.writes == []
    assert known.rows("SELECT state, problem FROM effect") == [("cancelled", "rejected by olga")]
    ((by, words),) = known.rows("SELECT resolved_by, resolution FROM ticket")
    assert (by, words) == ("olga", "The plan was rejected by olga: 1 effect(s).")


def test_a_plan_without_an_answer_stays_held_and_is_part_of_the_next_one(known: Pipeline) -> None:
    set_release(known, "approve")
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()

    assert say(known, Answer.LEAVE_HELD) == {"held": 1}
    assert known.tickets() == ["approval:r2"]

    counts = known.sync()

    assert counts["push"] == {"held_approval": 1}
    assert known.tickets() == ["approval:r3"]
    with pytest.raises(RuleError, match="Nothing of run r2 is held"):
        release_plan(known.store, run_id="r2", actor="ann", hold={}, now=known.clock())
    say(known, Answer.APPROVE, run_id="r3")
    known.deliver()
    assert holds(known.erp, "x", "phone") == NEW_PHONE


def test_an_answer_counts_once(known: Pipeline) -> None:
    set_release(known, "approve")
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()
    say(known, Answer.APPROVE)

    assert say(known, Answer.REJECT) == {}
    known.deliver()

    assert holds(known.erp, "x", "phone") == NEW_PHONE


def test_nobody_is_asked_about_an_empty_plan(known: Pipeline) -> None:
    set_release(known, "approve")

    counts = known.sync()

    assert plan_to_approve(known.store, "r2") is None
    assert sync.plan_in_words(known, "r2") == ""
    assert (counts["run"]["state"], known.tickets()) == ("done", [])


def test_what_is_shown_for_approval_is_numbers_and_nobodys_data(pipeline: Pipeline) -> None:
    pipeline.set_rules(
        release=ReleaseRules(policy=ReleasePolicy.APPROVE),
        credit=CREDIT,
        confirmation=CONFIRMATION,
    )
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.crm.put("b", **company("brixton", email="office@brixton.example"))
    pipeline.sync()

    shown = sync.plan_in_words(pipeline, "r1")

    assert "| erp | 0 | 1 | 0 | 1 |" in shown
    assert "Mails to customers: 1" in shown
    assert "Credit reports to buy: 1, for 3.50 GBP" in shown
    assert "Brixton" not in shown
    assert "brixton" not in shown


def test_no_report_is_bought_before_the_plan_is_approved(pipeline: Pipeline) -> None:
    pipeline.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE), credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))

    pipeline.sync()

    assert pipeline.creditsafe.orders == []
    assert pipeline.states("crm", "a") == ["waiting"]
    say(pipeline, Answer.APPROVE, run_id="r1")
    sync.deliver_orders(pipeline)
    assert pipeline.creditsafe.orders == ["GB-1"]
    pipeline.sync()
    assert pipeline.golden("crm", "a")["credit_rating"] == "A"


def test_a_customer_waits_for_its_order_also_where_unknown_companies_go_on(
    pipeline: Pipeline,
) -> None:
    credit = replace(CREDIT, waits_when_unknown=False)
    pipeline.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE), credit=credit)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.crm.put("b", **company("brixton", **WANTED))

    pipeline.sync()

    assert pipeline.states("crm", "a") == ["waiting"]
    assert pipeline.states("crm", "b") == ["applied"]


# --- shadow ---------------------------------------------------------------------------------


def test_of_a_client_in_shadow_nothing_leaves_and_the_run_says_so(pipeline: Pipeline) -> None:
    pipeline.set_rules(
        release=ReleaseRules(policy=ReleasePolicy.SHADOW),
        credit=CREDIT,
        confirmation=CONFIRMATION,
    )
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.crm.put("b", **company("brixton", email="office@brixton.example"))

    counts = pipeline.sync()
    pipeline.deliver()

    assert counts["run"]["state"] == "shadow"
    assert pipeline.rows(HELD) == [
        ("credit_order", "held", "shadow"),
        ("email", "held", "shadow"),
        ("push", "held", "shadow"),
    ]
    assert (pipeline.erp.writes, pipeline.mails.sent, pipeline.creditsafe.orders) == ([], [], [])
    assert pipeline.tickets() == []


def test_a_shadow_run_holds_all_that_would_leave_now_and_no_more(known: Pipeline) -> None:
    set_release(known, "shadow")
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()
    known.crm.put("a", phone="+442079460101")  # back to what the ERP holds

    counts = known.sync()

    assert "push" not in counts
    assert counts["run"]["state"] == "done"
    assert known.rows("SELECT state FROM effect") == [("cancelled",)]


def test_out_of_shadow_everything_is_planned_again_and_goes(known: Pipeline) -> None:
    set_release(known, "shadow")
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()
    known.sync()
    with pytest.raises(RuleError, match="only watched"):
        release_plan(known.store, run_id="r3", actor="ann", hold={}, now=known.clock())

    set_release(known, "auto")
    counts = known.sync()

    assert counts["push"] == {"done": 1}
    assert holds(known.erp, "x", "phone") == NEW_PHONE


def test_what_was_ready_before_a_client_went_into_shadow_stays(known: Pipeline) -> None:
    known.erp.faults = ["retry"]
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()
    set_release(known, "shadow")

    known.deliver()

    assert known.erp.writes == []
    set_release(known, "auto")
    known.deliver()
    assert holds(known.erp, "x", "phone") == NEW_PHONE


# --- guards ---------------------------------------------------------------------------------


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


def test_money_is_guarded_before_the_first_report_is_bought(pipeline: Pipeline) -> None:
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


# --- waiting times --------------------------------------------------------------------------


def test_an_effect_waits_its_time_before_it_is_delivered(known: Pipeline) -> None:
    known.set_rules(release=ReleaseRules(hold={EffectKind.PUSH: timedelta(minutes=30)}))
    known.crm.put("a", phone=NEW_PHONE)

    counts = known.sync()

    assert counts["push"] == {"ready": 1}
    known.deliver(minutes=29)
    assert known.erp.writes == []
    known.deliver(minutes=1)
    assert holds(known.erp, "x", "phone") == NEW_PHONE


def test_the_time_counts_from_planning_so_that_an_approval_need_not_wait_twice(
    known: Pipeline,
) -> None:
    set_release(known, "approve", hold={EffectKind.PUSH: timedelta(minutes=30)})
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()
    known.clock.push(minutes=40)

    say(known, Answer.APPROVE)
    known.deliver(minutes=0)

    assert holds(known.erp, "x", "phone") == NEW_PHONE


# --- disabled -------------------------------------------------------------------------------


def test_of_a_client_disabled_meanwhile_nothing_is_delivered_and_a_ticket_says_so(
    known: Pipeline,
) -> None:
    known.erp.faults = ["retry"]
    known.crm.put("a", phone=NEW_PHONE)
    known.sync()
    known.set_rules(release=ReleaseRules(enabled=False))

    known.deliver()

    assert known.erp.writes == []
    assert known.tickets() == ["client:disabled"]
    with pytest.raises(RuleError, match="disabled"):
        sync.open_this_run(known, "r3")
    known.set_rules(release=ReleaseRules())
    known.deliver()
    assert known.tickets() == []
    assert holds(known.erp, "x", "phone") == NEW_PHONE
