"""Credit checks: why one is made, what is asked before money is spent, and who waits for whom."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from lending import told
from mastersync.domain.credit.internal import InternalSource, StopRules
from mastersync.domain.credit.packs import OnRecord
from mastersync.domain.credit.policy import CreditPolicy, Occasions
from mastersync.domain.credit.purpose import BasisDocument
from mastersync.usecases.release_plan import release_plan
from pipelines import CREDIT, Pipeline, company, reports
from stewards import Steward

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}
CHECKS = "SELECT outcome, reason, why FROM credit_check ORDER BY check_id"
ORDERS = "SELECT subject_type, state FROM effect WHERE kind = 'credit_order' ORDER BY planned_at"
ON_RECORD = (
    BasisDocument(kind=OnRecord.NOTICE, reference="Notice v3"),
    BasisDocument(kind=OnRecord.MEMBERSHIP, reference="SCOR 2026", valid_until=date(2026, 12, 31)),
)


def lending(pipeline: Pipeline, policy: CreditPolicy = CREDIT, **values: object) -> Pipeline:
    """A client with this policy and one customer who asks for credit; the agency knows it."""
    pipeline.set_rules(credit=policy)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED) | values)
    return pipeline


def test_why_a_report_is_bought_or_used_again_is_noted_once(pipeline: Pipeline) -> None:
    lending(pipeline).sync()
    for city in ("Bradford", "York"):
        pipeline.crm.put("a", city=city)
        pipeline.sync()

    (bought, reused) = pipeline.rows(CHECKS)
    assert bought[:2] == ("ordered", "new_customer")
    assert bought[2].startswith("The customer is new.")
    assert "the same registration or tax number" in bought[2]
    assert reused[:2] == ("reused", None)
    assert "Report 1 of 2026-03-02 is good until 2026-08-29" in reused[2]


def test_a_limit_that_rose_far_enough_buys_a_new_report(pipeline: Pipeline) -> None:
    rise = replace(CREDIT, occasions=Occasions(limit_rise=Decimal("0.5")))
    lending(pipeline, rise).sync()

    for asked in ("7500.00", "7501.00"):
        pipeline.crm.put("a", credit_limit=asked)
        pipeline.sync()

    assert pipeline.creditsafe.orders == ["GB-1", "GB-1"]
    assert pipeline.rows(CHECKS)[-1] == (
        "ordered",
        "limit_change",
        (
            "The limit asked for rose from 5000 to 7501 since report 1. Surely this company: the "
            "same registration or tax number, the same name, no address that could be compared."
        ),
    )


def test_a_report_that_has_ended_is_bought_again_though_nothing_else_changed(
    pipeline: Pipeline,
) -> None:
    lending(pipeline).sync()

    pipeline.sync(days=179)
    assert pipeline.creditsafe.orders == ["GB-1"]
    pipeline.creditsafe.rating = "C"
    pipeline.sync(days=2)

    assert pipeline.creditsafe.orders == ["GB-1", "GB-1"]
    assert pipeline.golden("crm", "a")["credit_rating"] == "C"


def test_a_report_that_cannot_be_bought_again_has_a_ticket_and_holds_nothing(
    pipeline: Pipeline,
) -> None:
    lending(pipeline).sync()
    pipeline.sync()  # what was written to the systems is no news any more
    pipeline.creditsafe.known.clear()

    for _ in range(2):
        pipeline.sync(days=200)

    assert pipeline.tickets() == ["credit:creditsafe:no_sure_match"]
    assert "waiting" not in pipeline.states("crm", "a")
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.sync()
    assert (pipeline.creditsafe.orders, pipeline.tickets()) == (["GB-1", "GB-1"], [])


def test_an_order_that_came_to_nothing_is_not_searched_for_again(pipeline: Pipeline) -> None:
    lending(pipeline).creditsafe.faults = ["refused"]
    pipeline.sync()

    pipeline.sync()

    assert (pipeline.creditsafe.searches, pipeline.creditsafe.orders) == (1, [])
    assert "credit:creditsafe:no_report" in pipeline.tickets()


def test_the_report_of_a_customer_that_was_merged_is_bought_again_when_it_has_ended(
    pipeline: Pipeline, ann: Steward
) -> None:
    lending(pipeline).crm.put("b", **company("brixton", credit_limit="", credit_currency=""))
    pipeline.sync()
    gone, kept = (
        pipeline.rows(
            "SELECT customer_id FROM link JOIN source_record USING (client_id, record_id)"
            " WHERE source_key = %s",
            key,
        )[0][0]
        for key in "ab"
    )
    ann.merge(kept, gone, insist=True)
    for _ in range(3):  # what was written to the systems is no news any more
        pipeline.sync()
    assert pipeline.creditsafe.orders == ["GB-1"]
    pipeline.creditsafe.known["02234562"] = "GB-1"

    pipeline.sync(days=181)

    assert pipeline.creditsafe.orders == ["GB-1", "GB-1"]


def test_those_who_stay_due_keep_nobody_from_a_turn(pipeline: Pipeline) -> None:
    lending(pipeline).crm.put("b", **company("brixton", **WANTED))
    pipeline.creditsafe.known["02234562"] = "GB-2"
    pipeline.sync()

    with pipeline.store.begin() as unit:
        turns = {
            customer_id
            for hour in range(30)
            for customer_id in unit.credit_reports.to_check_again(
                with_events=False, most=1, now=pipeline.clock.now + timedelta(days=200, hours=hour)
            )
        }

    assert len(turns) == 2


def test_what_an_agency_tells_of_a_company_buys_a_new_report_once(pipeline: Pipeline) -> None:
    lending(pipeline).sync()
    pipeline.clock.push(days=4)
    told(pipeline, pipeline.clock.now - timedelta(days=1))

    for _ in range(3):
        pipeline.sync(days=5)

    assert pipeline.creditsafe.orders == ["GB-1", "GB-1"]
    outcome, reason, why = pipeline.rows(CHECKS)[1]
    assert (outcome, reason) == ("ordered", "event")
    assert why.startswith("Creditsafe told on 2026-03-05 of: Rating/International Score; report 1")


def test_a_change_of_the_day_of_the_report_that_is_told_later_buys_a_new_one(
    pipeline: Pipeline,
) -> None:
    """Creditsafe dates a change by its day, at midnight."""
    lending(pipeline).sync()
    told(pipeline, pipeline.clock.now.replace(hour=0, minute=0, second=0, microsecond=0))

    for _ in range(2):
        pipeline.sync()

    assert pipeline.creditsafe.orders == ["GB-1", "GB-1"]


def test_a_change_that_is_dated_ahead_buys_no_report_in_every_run(pipeline: Pipeline) -> None:
    lending(pipeline).sync()
    told(pipeline, pipeline.clock.now + timedelta(days=2))

    for _ in range(3):
        pipeline.sync()

    assert pipeline.creditsafe.orders == ["GB-1", "GB-1"]


def test_a_change_from_days_before_the_report_buys_none_when_it_is_told_late(
    pipeline: Pipeline,
) -> None:
    lending(pipeline).sync()
    told(pipeline, pipeline.clock.now - timedelta(days=2))

    pipeline.sync()

    assert pipeline.creditsafe.orders == ["GB-1"]


def test_an_agency_that_does_not_answer_lets_customers_wait_and_the_run_go_on(
    pipeline: Pipeline,
) -> None:
    lending(pipeline).crm.put("b", **company("brixton", **WANTED))
    pipeline.crm.put("c", **company("cobham"))
    pipeline.creditsafe.is_down = True

    counts = pipeline.sync()

    assert counts["run"]["state"] == "done_with_exceptions"
    assert counts["versions"] == {"applied": 1, "credit_waiting": 2}
    assert pipeline.tickets() == ["credit:creditsafe:outage"]
    assert pipeline.creditsafe.searches == 1, "nobody asks it again in vain"
    pipeline.creditsafe.is_down = False
    pipeline.creditsafe.known["02234562"] = "GB-2"
    pipeline.sync()
    assert sorted(pipeline.creditsafe.orders) == ["GB-1", "GB-2"]
    assert pipeline.tickets() == []


def test_a_sole_trader_taken_for_a_company_is_not_asked_about(pipeline: Pipeline) -> None:
    lending(pipeline, name="Blum Foods", registration_number="")

    pipeline.sync()

    assert (pipeline.creditsafe.searches, pipeline.rows(ORDERS)) == (0, [])
    assert pipeline.tickets() == ["credit:subject_type"]
    assert pipeline.states("crm", "a") == ["waiting"]
    pipeline.crm.put("a", registration_number="01234561")
    pipeline.sync()
    assert (pipeline.rows(ORDERS), pipeline.tickets()) == ([("company", "done")], [])


def test_a_sole_trader_is_checked_by_the_rules_for_sole_traders(pipeline: Pipeline) -> None:
    lending(pipeline, name="Anna Blum, sole trader")

    pipeline.sync()

    assert pipeline.rows(ORDERS) == []
    assert pipeline.tickets() == ["credit:law:missing:membership:sole_trader:GB"]
    pipeline.set_rules(credit=replace(CREDIT, basis=ON_RECORD))
    pipeline.sync()
    assert pipeline.rows(ORDERS) == [("sole_trader", "done")]
    ((basis, soft),) = pipeline.rows("SELECT basis, body -> 'soft_search' FROM effect LIMIT 1")
    assert soft is True
    assert [document["reference"] for document in basis["documents"]] == [
        "SCOR 2026",
        "Notice v3",
    ]


def test_a_document_that_has_ended_no_longer_lets_anybody_be_checked(pipeline: Pipeline) -> None:
    ended = replace(ON_RECORD[1], valid_until=date(2026, 3, 1))
    lending(pipeline, replace(CREDIT, basis=(ON_RECORD[0], ended)), name="Anna Blum, sole trader")

    pipeline.sync()

    assert (pipeline.creditsafe.searches, pipeline.rows(ORDERS)) == (0, [])
    assert pipeline.tickets() == ["credit:law:expired:membership:sole_trader:GB"]
    assert "ended on 2026-03-01" in pipeline.rows("SELECT cause FROM ticket")[0][0]


def test_customers_whom_the_law_lets_nobody_check_go_on_if_the_client_says_so(
    pipeline: Pipeline,
) -> None:
    lending(
        pipeline, replace(CREDIT, waits_when_refused=False), name="Blum", registration_number=""
    )

    pipeline.sync()

    assert (pipeline.states("crm", "a"), pipeline.tickets()) == (["applied"], [])
    assert pipeline.rows(CHECKS)[0][0] == "doubtful"


def test_the_clients_own_ledger_is_asked_before_anybody_is_paid(pipeline: Pipeline) -> None:
    ledger = InternalSource(system="erp", currency="GBP", overdue="open.overdue")
    careful = replace(CREDIT, internal=ledger, stop_when=StopRules(overdue_above=Decimal(1000)))
    lending(pipeline, careful)
    pipeline.erp.put("x", **company("aldgate"), open={"overdue": "1000.01"})

    pipeline.sync()

    assert (pipeline.creditsafe.searches, pipeline.rows(ORDERS)) == (0, [])
    assert pipeline.tickets() == ["credit:ledger"]
    assert "1000.01 GBP overdue, limit 1000" in pipeline.rows(CHECKS)[0][2]
    pipeline.erp.put("x", open={"overdue": 1000})
    pipeline.sync()
    assert (pipeline.rows(ORDERS), pipeline.tickets()) == ([("company", "done")], [])


def test_a_soft_budget_tells_and_lets_orders_go_on(pipeline: Pipeline) -> None:
    soft = replace(CREDIT, budget=replace(CREDIT.budget, soft_per_run=Decimal("3.50")))
    lending(pipeline, soft).crm.put("b", **company("brixton", **WANTED))
    pipeline.creditsafe.known["02234562"] = "GB-2"

    pipeline.sync()

    assert sorted(pipeline.creditsafe.orders) == ["GB-1", "GB-2"]
    assert pipeline.tickets() == ["credit:creditsafe:soft_budget"]
    assert "7.00 of 3.50 GBP a run" in pipeline.rows("SELECT cause FROM ticket")[0][0]
    pipeline.crm.put("c", **company("cobham", **WANTED))
    pipeline.creditsafe.known["03234563"] = "GB-3"
    pipeline.sync()
    assert pipeline.tickets() == []


def test_orders_above_the_limit_of_approval_wait_for_a_person(pipeline: Pipeline) -> None:
    dear = replace(CREDIT, budget=replace(CREDIT.budget, approve_above=Decimal("3.50")))
    lending(pipeline, dear).crm.put("b", **company("brixton", **WANTED))
    pipeline.creditsafe.known["02234562"] = "GB-2"
    pipeline.crm.put("c", **company("cobham"))

    pipeline.sync()

    assert pipeline.creditsafe.orders == []
    assert pipeline.tickets() == ["approval:r1"]
    assert [kind for kind, _, state in pipeline.effects() if state == "done"] == ["push"]
    release_plan(pipeline.store, run_id="r1", actor="olga", hold={}, now=pipeline.clock())
    pipeline.deliver()
    pipeline.sync()
    assert sorted(pipeline.creditsafe.orders) == ["GB-1", "GB-2"]
    assert (pipeline.states("crm", "a"), pipeline.tickets()) == (["applied"], [])


def test_orders_that_nobody_approved_are_part_of_the_next_runs(pipeline: Pipeline) -> None:
    dear = replace(CREDIT, budget=replace(CREDIT.budget, approve_above=Decimal(1)))
    lending(pipeline, dear).sync()

    pipeline.sync()

    assert pipeline.tickets() == ["approval:r2"]
    pipeline.set_rules(credit=CREDIT)
    pipeline.sync()
    assert (pipeline.creditsafe.orders, pipeline.tickets()) == (["GB-1"], [])


def test_an_order_that_waits_is_withdrawn_when_the_law_no_longer_allows_it(
    pipeline: Pipeline,
) -> None:
    dear = replace(CREDIT, budget=replace(CREDIT.budget, approve_above=Decimal(1)))
    lending(pipeline, dear).sync()
    pipeline.crm.put("a", name="Anna Blum, sole trader")

    pipeline.sync()

    assert pipeline.rows(ORDERS) == [("company", "cancelled")]
    assert pipeline.tickets() == ["credit:law:missing:membership:sole_trader:GB"]
    pipeline.crm.put("a", name="Aldgate Foundry Ltd")
    pipeline.sync()
    assert pipeline.rows(ORDERS) == [("company", "held")]
    assert pipeline.tickets() == ["approval:r3"]


def test_an_order_that_waits_is_of_the_company_that_the_customer_is_now(
    pipeline: Pipeline,
) -> None:
    dear = replace(CREDIT, budget=replace(CREDIT.budget, approve_above=Decimal(1)))
    lending(pipeline, dear).sync()
    pipeline.creditsafe.known["01234562"] = "GB-2"
    pipeline.crm.put("a", registration_number="01234562")
    pipeline.sync()
    pipeline.set_rules(credit=CREDIT)

    pipeline.sync()

    assert pipeline.creditsafe.orders == ["GB-2"]


@pytest.mark.parametrize("price", ["3.50", "18.00"])
def test_what_a_report_costs_in_its_country_counts(pipeline: Pipeline, price: str) -> None:
    lending(pipeline, replace(CREDIT, prices={"GB": Decimal(price)})).sync()

    is_within = Decimal(price) <= CREDIT.budget.per_run
    assert pipeline.creditsafe.orders == (["GB-1"] if is_within else [])
    assert pipeline.tickets() == ([] if is_within else ["credit:creditsafe:budget"])


def test_an_order_that_waits_counts_for_the_month_however_old_it_is(pipeline: Pipeline) -> None:
    held = replace(reports(a_month=1).budget, approve_above=Decimal(1))
    lending(pipeline, replace(CREDIT, budget=replace(held, per_run=CREDIT.price))).sync()
    pipeline.crm.put("b", **company("brixton", **WANTED))
    pipeline.creditsafe.known["02234562"] = "GB-2"

    pipeline.sync(days=40)

    assert len(pipeline.rows(ORDERS)) == 1
    assert pipeline.tickets() == ["approval:r2", "credit:creditsafe:budget"]
