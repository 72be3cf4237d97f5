"""Credit reports: bought when due, inside the budget, once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mastersync.errors import RuleError
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.usecases.resend_effect import resend_effect
from mastersync.wiring import sync
from outsiders import holds
from pipelines import CREDIT, Pipeline, company, reports
from stores import SECRET

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}
ORDERS = "SELECT state FROM effect WHERE kind = 'credit_order' ORDER BY planned_at"


@pytest.fixture
def lending(pipeline: Pipeline) -> Pipeline:
    """A client that checks companies which ask for 1000 or more; the agency knows one."""
    pipeline.set_rules(credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    return pipeline


def test_a_due_customer_is_checked_and_its_rating_reaches_the_systems(lending: Pipeline) -> None:
    counts = lending.sync()

    assert counts["credit_order"] == {"done": 1}
    assert lending.creditsafe.orders == ["GB-1"]
    assert lending.golden("crm", "a")["credit_rating"] == "A"
    assert holds(lending.erp, "erp-1", "credit_rating") == "A"
    assert lending.rows(
        "SELECT recipient, authority FROM disclosure WHERE recipient <> 'erp'"
        " AND recipient <> 'crm'"
    ) == [("creditsafe", "Agreement 2026")]


def test_who_asks_for_little_is_not_checked(lending: Pipeline) -> None:
    lending.crm.put("a", credit_limit="500.00")

    lending.sync()

    assert (lending.creditsafe.searches, lending.creditsafe.orders) == (0, [])


def test_a_valid_report_is_used_again(lending: Pipeline) -> None:
    lending.sync()
    lending.crm.put("a", phone="+442079460999")

    lending.sync()

    assert lending.creditsafe.orders == ["GB-1"]
    assert lending.golden("crm", "a")["credit_rating"] == "A"


def test_a_report_that_ended_is_bought_anew_when_the_customer_is_next_looked_at(
    lending: Pipeline,
) -> None:
    lending.sync()
    lending.crm.put("a", phone="+442079460999")
    lending.creditsafe.rating = "D"

    lending.sync(days=181)

    assert lending.creditsafe.orders == ["GB-1", "GB-1"]
    assert lending.golden("crm", "a")["credit_rating"] == "D"


def test_a_company_that_the_agency_does_not_know_waits_and_the_others_go_on(
    lending: Pipeline,
) -> None:
    lending.crm.put("b", **company("brixton", **WANTED))

    counts = lending.sync()

    assert counts["versions"] == {"applied": 1, "credit_waiting": 1}
    assert lending.tickets() == ["credit:creditsafe:no_sure_match"]
    assert lending.creditsafe.orders == ["GB-1"]


def test_it_goes_on_by_itself_when_the_agency_knows_it(lending: Pipeline) -> None:
    lending.crm.put("b", **company("brixton", **WANTED))
    lending.sync()
    lending.creditsafe.known["02234562"] = "GB-2"
    lending.crm.put("b", registration_number="02234562")

    lending.sync()

    assert lending.creditsafe.orders == ["GB-1", "GB-2"]
    assert lending.tickets() == []


def test_a_run_orders_no_more_than_its_budget_and_the_next_goes_on(lending: Pipeline) -> None:
    lending.set_rules(credit=reports(a_run=1))
    lending.creditsafe.known["02234562"] = "GB-2"
    lending.crm.put("b", **company("brixton", **WANTED | {"registration_number": "02234562"}))

    lending.sync()

    assert len(lending.creditsafe.orders) == 1
    assert lending.tickets() == ["credit:creditsafe:budget"]
    lending.sync()
    assert sorted(lending.creditsafe.orders) == ["GB-1", "GB-2"]
    assert lending.tickets() == []


def test_a_month_orders_no_more_than_its_budget_and_the_next_goes_on(lending: Pipeline) -> None:
    lending.set_rules(credit=reports(a_month=1))
    lending.creditsafe.known["02234562"] = "GB-2"
    lending.crm.put("b", **company("brixton", **WANTED))

    lending.sync()
    lending.sync(days=10)
    assert len(lending.creditsafe.orders) == 1
    assert len(lending.tickets()) == 1
    lending.sync(days=31)

    assert sorted(lending.creditsafe.orders) == ["GB-1", "GB-2"]
    assert lending.tickets() == []


def test_nothing_is_decided_on_an_incomplete_report(lending: Pipeline) -> None:
    lending.creditsafe.faults = ["incomplete"]

    counts = lending.sync()

    assert counts["versions"] == {"credit_waiting": 1}
    assert lending.rows("SELECT count(*) FROM credit_report") == [(0,)]
    assert lending.tickets() == ["credit:creditsafe:no_report"]
    lending.sync()
    assert lending.creditsafe.orders == ["GB-1"], "nor is it bought again without a person"


def test_an_order_of_unknown_outcome_is_never_placed_twice(lending: Pipeline) -> None:
    lending.creditsafe.faults = ["lost"]

    lending.sync()
    for _ in range(3):
        lending.deliver(days=1)
        lending.sync(days=1)

    assert lending.creditsafe.orders == ["GB-1"]
    assert lending.rows(ORDERS) == [("unknown",)]
    assert lending.states("crm", "a") == ["waiting"]
    unknown, waiting = sorted(lending.tickets(), reverse=True)[:2]
    assert waiting == "credit:creditsafe:no_report"
    assert unknown.startswith("credit_order:creditsafe:unknown:")


def test_who_waits_for_an_order_that_is_only_planned_asks_nobody(lending: Pipeline) -> None:
    sync.open_this_run(lending, "r0")
    sync.extract(lending, "r0", "crm")
    (batch,) = sync.version_batches(lending)
    sync.prepare(lending, batch)
    sync.match(lending, "r0")
    (customers,) = sync.customer_batches(lending, "r0")

    sync.check_credit(lending, "r0", customers)
    waiting = sync.form(lending, "r0", customers)["waiting_for_credit"]

    assert (waiting, lending.creditsafe.orders) == (1, [])
    assert lending.states("crm", "a") == ["waiting"]
    assert (lending.tickets(), lending.violations()) == ([], [])
    lending.deliver()
    lending.sync()
    assert lending.creditsafe.orders == ["GB-1"]
    assert lending.golden("crm", "a")["credit_rating"] == "A"


@contextmanager
def as_desk(pipeline: Pipeline) -> Iterator[PostgresStore]:
    url = role_url(pipeline.test_store.url, DESK_ROLE, secret_key=SECRET)
    database = Database(url)
    yield PostgresStore(database, pipeline.client_id, states_client=True)
    database.close()


def test_an_order_of_unknown_outcome_is_placed_again_on_a_persons_word(lending: Pipeline) -> None:
    lending.creditsafe.faults = ["lost"]
    lending.sync()
    ((effect_id,),) = lending.rows("SELECT effect_id FROM effect WHERE kind = 'credit_order'")

    with as_desk(lending) as store:
        resend_effect(store, effect_id, actor="olga", now=lending.clock())
    lending.sync()

    assert lending.creditsafe.orders == ["GB-1", "GB-1"]
    assert lending.rows(ORDERS) == [("done",)]
    assert lending.states("crm", "a") == ["applied"]
    assert lending.tickets() == []


def test_what_is_done_is_not_sent_again_even_on_a_persons_word(lending: Pipeline) -> None:
    lending.sync()
    ((effect_id,),) = lending.rows("SELECT effect_id FROM effect WHERE kind = 'credit_order'")

    with pytest.raises(RuleError, match="cannot be sent again"):
        resend_effect(lending.store, effect_id, actor="olga", now=lending.clock())


def test_a_refused_order_has_a_ticket_and_the_record_waits(lending: Pipeline) -> None:
    lending.creditsafe.faults = ["refused"]

    lending.sync()

    assert lending.rows(ORDERS) == [("failed",)]
    assert lending.tickets() == [
        "credit:creditsafe:no_report",
        "credit_order:creditsafe:refused:Not like this.",
    ]


def test_a_busy_agency_is_asked_again_and_the_record_waits_meanwhile(lending: Pipeline) -> None:
    lending.creditsafe.faults = ["retry"]

    lending.sync()
    assert lending.states("crm", "a") == ["waiting"]
    lending.deliver()
    assert lending.creditsafe.orders == ["GB-1"]
    lending.sync()

    assert lending.states("crm", "a") == ["applied"]
    assert lending.tickets() == []
    assert lending.golden("crm", "a")["credit_rating"] == "A"


def test_two_systems_that_both_ask_for_credit_cost_one_report(lending: Pipeline) -> None:
    lending.erp.put("x", **company("aldgate", **WANTED))

    lending.sync()
    lending.sync()

    assert lending.creditsafe.orders == ["GB-1"]
