"""What may leave the house, and when: guards, approval, shadow, waiting times, disabled clients."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mastersync.domain.effects.model import EffectKind
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.errors import RuleError
from mastersync.usecases.release_plan import (
    Answer,
    answer_plan,
    plan_to_approve,
    release_plan,
)
from mastersync.wiring import sync
from outsiders import holds
from pipelines import CONFIRMATION, CREDIT, Pipeline, company, reports

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


@pytest.mark.parametrize(
    ("kind", "limited"),
    [
        ("credit_order", {"credit": reports(a_run=1)}),
        ("email", {"confirmation": replace(CONFIRMATION, max_per_run=1)}),
    ],
)
def test_what_a_run_may_buy_or_send_is_not_saved_up_in_shadow(
    two: Pipeline, kind: str, limited: dict[str, object]
) -> None:
    two.set_rules(release=ReleaseRules(policy=ReleasePolicy.SHADOW), **limited)
    two.creditsafe.known.update({"01234561": "GB-1", "02234562": "GB-2"})
    for key in ("a", "b"):
        two.crm.put(key, **WANTED, email=f"{key}@customer.example")

    for _ in range(3):
        two.sync()

    assert two.rows("SELECT count(*) FROM effect WHERE kind = %s", kind) == [(1,)]


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
