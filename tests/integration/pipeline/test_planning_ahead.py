"""A plan changes nothing, anywhere; applied, it does exactly what it said."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.effects.model import EffectKind
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.plan.document import SealedPlan, as_document, open_document
from mastersync.domain.plan.model import Plan
from mastersync.domain.targets.model import TargetField
from mastersync.errors import ConflictError, NotFoundError, RetryableError, RuleError
from mastersync.wiring.planning import Applied, apply_plan, plan_client, plan_of_run
from outsiders import holds
from pipelines import CONFIRMATION, CREDIT, Pipeline, company
from stores import SECRET


def planned(pipeline: Pipeline, *, everyone: bool = False) -> Plan:
    pipeline.clock.push(hours=1)
    return plan_client(pipeline, by="ann", everyone=everyone)


def as_file(plan: Plan) -> SealedPlan:
    """The plan as it comes back from its file."""
    return open_document(json.loads(json.dumps(as_document(plan, secret=SECRET))), secret=SECRET)


def applied(pipeline: Pipeline, plan: Plan, **options: bool) -> Applied:
    pipeline.clock.push(minutes=5)
    outcome = apply_plan(pipeline, as_file(plan), actor="ann", **options)
    assert pipeline.violations() == []
    return outcome


@pytest.fixture
def busy(pipeline: Pipeline) -> Pipeline:
    """One customer in both systems, differing; one only in the CRM; both may be written to."""
    pipeline.set_rules(confirmation=CONFIRMATION)
    pipeline.crm.put("a", **company("aldgate", email="a@aldgate.example"))
    pipeline.erp.put("x", **company("aldgate", phone="+442079460999"))
    pipeline.crm.put("b", **company("brixton"))
    return pipeline


def test_a_plan_shows_the_whole_chain_and_leaves_nothing(busy: Pipeline) -> None:
    before = busy.snapshot()

    content = planned(busy).content

    assert busy.snapshot() == before
    assert (busy.crm.writes, busy.erp.writes, busy.mails.sent) == ([], [], [])
    assert sorted(customer.records for customer in content.created) == [
        ["crm:a", "erp:x"],
        ["crm:b"],
    ]
    erp = {write.key: dict(write.after) for write in content.writes}
    assert erp["x"] == {"phone": "+442079460101", "email": "a@aldgate.example"}
    assert erp[None]["name"] == "Brixton Joinery Ltd"
    (phone,) = [change for change in content.golden if change.field == "phone"]
    assert (phone.after, phone.system, phone.rule) == ("+442079460101", "crm", "trust")
    assert phone.lost == [{"system": "erp", "source_key": "x", "value": "+442079460999"}]
    assert len(content.mailed) == 1


def test_totals_are_those_of_the_detail(busy: Pipeline) -> None:
    content = planned(busy).content
    (target,) = content.totals.targets

    assert content.totals.run.created == len(content.created)
    assert content.totals.run.mails == len(content.mailed)
    assert target.target == "erp"
    assert (target.creates, target.updates) == (1, 1)
    assert target.fields == sum(len(write.after) for write in content.writes)
    assert content.totals.effects == len(content.writes) + len(content.mailed)


def test_two_plans_of_the_same_facts_are_the_same(busy: Pipeline) -> None:
    one, other = as_file(planned(busy)), as_file(planned(busy))

    assert one.digest == other.digest
    assert one.plan_id != other.plan_id


def test_what_is_applied_is_what_was_planned(busy: Pipeline) -> None:
    plan = planned(busy)

    outcome = applied(busy, plan)

    assert outcome.content == plan.content
    written = Counter((write.key, *sorted(write.values)) for write in busy.erp.writes)
    assert written == Counter((write.key, *sorted(write.after)) for write in plan.content.writes)
    assert [mail.to for mail in busy.mails.sent] == ["a@aldgate.example"]
    assert busy.rows("SELECT applied_by, run_id FROM applied_plan") == [("ann", outcome.run.run_id)]
    assert ("plan.applied", "ann") in busy.rows("SELECT action, actor FROM audit_entry")


def test_a_plan_after_it_was_applied_is_empty(busy: Pipeline) -> None:
    applied(busy, planned(busy))

    plan = planned(busy)

    assert plan.content.is_empty
    assert plan.content.writes == []


def test_a_sample_mail_says_what_would_leave_but_opens_nothing(busy: Pipeline) -> None:
    sample = planned(busy).sample

    assert sample is not None
    assert (sample.subject, sample.text) == ("Please check", "http://portal.example/c/…")


def test_credit_orders_are_planned_with_price_and_what_remains(pipeline: Pipeline) -> None:
    pipeline.set_rules(credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", credit_limit="5000.00", credit_currency="GBP"))

    plan = planned(pipeline)

    (order,) = plan.content.orders
    assert (order.cost, order.currency) == (Decimal("3.50"), "GBP")
    assert plan.budget is not None
    assert (plan.budget.run_left, plan.budget.month_left) == (4, 99)
    (waiting,) = plan.content.waiting
    assert (waiting.waiting_for, waiting.why) == ("credit", "A credit report is planned for it")
    assert plan.content.tickets == []
    assert pipeline.creditsafe.orders == []

    applied(pipeline, plan)

    assert pipeline.creditsafe.orders == ["GB-1"]
    assert pipeline.erp.writes == [], "what hangs on the report is for the next plan"
    assert {write.target for write in planned(pipeline).content.writes} == {"crm", "erp"}


def test_a_plan_is_refused_when_a_new_fact_came(busy: Pipeline) -> None:
    plan = planned(busy)
    busy.crm.put("a", phone="+442079460777")
    before = busy.snapshot()

    with pytest.raises(ConflictError, match="phone") as refused:
        applied(busy, plan)

    assert "write erp x is another now: phone" in refused.value.problem
    assert "7946" not in refused.value.problem
    assert busy.snapshot() == before
    assert busy.erp.writes == []


def test_a_plan_is_refused_when_its_mail_would_go_to_another_address(pipeline: Pipeline) -> None:
    for system, key in ((pipeline.crm, "a"), (pipeline.erp, "x")):
        system.put(key, **company("aldgate", email="a@aldgate.example"))
    pipeline.sync()
    asking = replace(pipeline.rules, confirmation=CONFIRMATION)
    pipeline.rules, silent = asking, pipeline.rules
    plan = planned(pipeline)
    pipeline.rules = silent
    for system, key in ((pipeline.crm, "a"), (pipeline.erp, "x")):
        system.put(key, email="b@aldgate.example")
    pipeline.sync()
    pipeline.rules = asking

    with pytest.raises(ConflictError, match="golden record C-"):
        applied(pipeline, plan)

    assert pipeline.mails.sent == []


def test_a_fact_that_changes_nothing_refuses_nothing(busy: Pipeline) -> None:
    plan = planned(busy)
    busy.crm.touch("b")

    applied(busy, plan)

    assert len(busy.erp.writes) == 2


def test_a_plan_is_refused_when_the_configuration_was_changed(busy: Pipeline) -> None:
    plan = planned(busy)
    busy.set_rules(confirmation=replace(CONFIRMATION, max_per_run=9))

    with pytest.raises(RuleError, match="configuration of acme was changed"):
        applied(busy, plan)
    assert busy.erp.writes == []


def test_a_plan_is_applied_once(busy: Pipeline) -> None:
    plan = planned(busy)
    applied(busy, plan)

    with pytest.raises(ConflictError, match="applied already, by ann"):
        applied(busy, plan)
    assert len(busy.erp.writes) == 2


def test_an_old_plan_is_refused(busy: Pipeline) -> None:
    plan = planned(busy)
    busy.clock.push(days=8)

    with pytest.raises(RuleError, match="older than 7 days"):
        applied(busy, plan)


def test_a_plan_of_another_store_is_refused(busy: Pipeline) -> None:
    plan = replace(planned(busy), store="another")

    with pytest.raises(RuleError, match="another store"):
        applied(busy, plan)


def test_a_plan_over_the_limits_says_so_and_takes_a_word_more(busy: Pipeline) -> None:
    busy.set_rules(guards=GuardPolicy(max_updates=0, max_creates=10, max_mails=10))
    plan = planned(busy)
    assert plan.content.over == ("1 updates, limit 0",)
    before = busy.snapshot()

    with pytest.raises(RuleError, match="over the client's limits: 1 updates, limit 0"):
        applied(busy, plan)
    assert busy.snapshot() == before

    applied(busy, plan, over_guards=True)
    assert len(busy.erp.writes) == 2
    assert busy.tickets() == []


def test_applying_is_the_word_that_a_plan_waits_for(busy: Pipeline) -> None:
    busy.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))

    applied(busy, planned(busy))

    assert len(busy.erp.writes) == 2
    assert busy.tickets() == []
    assert ("plan.released", "ann") in busy.rows("SELECT action, actor FROM audit_entry")


def test_a_client_that_is_only_watched_is_planned_and_never_applied(busy: Pipeline) -> None:
    busy.set_rules(release=ReleaseRules(policy=ReleasePolicy.SHADOW))
    plan = planned(busy)
    before = busy.snapshot()

    with pytest.raises(RuleError, match="Nothing of Acme may leave"):
        applied(busy, plan)

    assert plan.content.totals.effects == 3
    assert busy.snapshot() == before


def test_what_is_applied_still_waits_its_hold_window(busy: Pipeline) -> None:
    hold = {EffectKind.PUSH: timedelta(hours=2)}
    busy.set_rules(release=ReleaseRules(hold=hold))

    applied(busy, planned(busy))
    assert (len(busy.erp.writes), len(busy.mails.sent)) == (0, 1)
    busy.deliver(hours=3)

    assert len(busy.erp.writes) == 2


def test_what_an_unanswered_plan_left_is_part_of_the_next(busy: Pipeline) -> None:
    busy.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
    busy.sync()
    assert busy.erp.writes == []

    plan = planned(busy)

    assert len(plan.content.writes) == 2
    applied(busy, plan)
    assert len(busy.erp.writes) == 2


def test_a_system_that_is_away_stops_the_plan_and_nothing_is_kept(busy: Pipeline) -> None:
    def away(_since: str) -> None:
        raise RetryableError("The ERP does not answer.", next_step="Wait.")

    busy.erp.read_changes = away
    before = busy.snapshot()

    with pytest.raises(RetryableError, match="does not answer"):
        planned(busy)
    assert busy.snapshot() == before


def test_a_sync_that_lands_something_meanwhile_stops_the_plan(busy: Pipeline) -> None:
    read = busy.erp.read_changes

    def read_and_be_overtaken(since: str):
        yield from read(since)
        busy.erp.read_changes = read
        busy.sync()

    busy.erp.read_changes = read_and_be_overtaken

    with pytest.raises(ConflictError, match="while this plan was read"):
        planned(busy)


def test_the_plan_of_a_run_is_what_stands_of_it(busy: Pipeline) -> None:
    busy.set_rules(guards=GuardPolicy(max_updates=0, max_creates=10, max_mails=10))
    derived = planned(busy).content
    busy.sync()

    plan = plan_of_run(busy, "r1", by="ann")

    assert plan.content.writes == derived.writes
    assert plan.content.golden == derived.golden
    assert plan.content.totals.held == plan.content.totals.effects == 3
    with pytest.raises(RuleError, match="shows the run r1"):
        apply_plan(busy, as_file(plan), actor="ann")


def test_a_run_that_nobody_knows_has_no_plan(busy: Pipeline) -> None:
    with pytest.raises(NotFoundError, match="no run 'r7'"):
        plan_of_run(busy, "r7", by="ann")


# --- rules that changed, and customers that did not -----------------------------------------------


def test_a_changed_mapping_is_planned_for_those_who_did_not_change_when_asked_for(
    known: Pipeline,
) -> None:
    erp = known.rules.targets["erp"]
    label = TargetField(path="label", field="name")
    known.set_rules(targets={"erp": replace(erp, mapping=(*erp.mapping, label))})

    assert planned(known).content.is_empty
    plan = planned(known, everyone=True)

    assert [dict(write.after) for write in plan.content.writes] == [
        {"label": "Aldgate Foundry Ltd"}
    ]
    assert applied(known, plan).content == plan.content
    assert holds(known.erp, "x", "label") == "Aldgate Foundry Ltd"
    assert planned(known, everyone=True).content.is_empty


def test_changed_survivorship_is_planned_for_everybody_too(known: Pipeline) -> None:
    known.erp.put("x", street="4 Mercer Row")
    known.sync()
    known.set_rules(survivorship=SurvivorshipPolicy(trust=("crm", "erp")), targets={})
    known.crm.put("a", street="5 Mercer Row")
    known.sync()
    known.set_rules(survivorship=SurvivorshipPolicy(trust=("erp", "crm")))

    golden = planned(known, everyone=True).content.golden

    assert [(change.field, change.before, change.after) for change in golden] == [
        ("street", "5 Mercer Row", "4 Mercer Row")
    ]
