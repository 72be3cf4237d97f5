"""The budget of credit reports, asked by several tasks at once."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from decimal import Decimal

import pytest

import pipelines
from mastersync.domain.credit.model import AgencyCompany, CreditSubject
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.usecases import check_credit
from mastersync.usecases.release_plan import Answer, answer_plan
from mastersync.wiring import sync
from pipelines import CREDIT, Pipeline, company, reports

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}


MORE = {
    "elmdon": ("Elmdon Glassworks Ltd", "7 Kiln Lane", "Sheffield", "S3 8GG", "20 7946 0505"),
    "fulham": ("Fulham Saddlery Ltd", "40 Tan Yard", "Walsall", "WS1 1TP", "20 7946 0606"),
    "girton": ("Girton Optics Ltd", "2 Lens Court", "Cambridge", "CB3 0QQ", "20 7946 0707"),
    "hexham": ("Hexham Quarries Ltd", "Stone Row Farm", "Hexham", "NE46 1SA", "20 7946 0808"),
}


def due_for_checks(pipeline: Pipeline, most: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Eight customers in an open run, each due for a check; returns their ids."""
    monkeypatch.setattr(pipelines, "COMPANIES", pipelines.COMPANIES | MORE)
    pipeline.set_rules(credit=reports(a_run=most))
    for key in pipelines.COMPANIES:
        held = company(key, **WANTED)
        pipeline.crm.put(key, **held)
        pipeline.creditsafe.known[str(held["registration_number"])] = f"GB-{key}"
    sync.open_this_run(pipeline, "r1")
    sync.extract(pipeline, "r1", "crm")
    for batch in sync.version_batches(pipeline):
        sync.prepare(pipeline, batch)
    sync.match(pipeline, "r1")
    with pipeline.store.begin() as unit:
        return unit.customers.due_for_forming("r1", now=pipeline.clock())


def test_workers_that_check_at_once_never_overspend_the_budget(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has a connection of its own, and thinks for a while with the budget in its hands."""
    customers = due_for_checks(pipeline, 3, monkeypatch)
    spent = check_credit.spent_budget

    def think_about_it(*budget: object) -> str:
        found = spent(*budget)
        time.sleep(0.1)
        return found

    monkeypatch.setattr(check_credit, "spent_budget", think_about_it)

    def work(customer_id: str) -> dict[str, int]:
        with pipeline.test_store.client() as store:
            worker = copy(pipeline)
            worker.store = store
            return sync.check_credit(worker, "r1", [customer_id, customer_id])

    with ThreadPoolExecutor(8) as workers:
        counts = list(workers.map(work, customers))
    sync.order_reports(pipeline, "r1")

    assert len(customers) == 8
    assert sum(count["planned"] for count in counts) == 3
    assert len(pipeline.creditsafe.orders) == 3
    assert pipeline.rows("SELECT sum(cost) FROM effect") == [(Decimal("10.50"),)]
    assert pipeline.tickets() == ["credit:creditsafe:budget"]


def test_a_budget_that_another_worker_spends_in_mid_batch_is_spent(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first asks the agency, the second has found and planned."""
    customers = due_for_checks(pipeline, 3, monkeypatch)
    search = pipeline.creditsafe.find

    def meanwhile(subject: CreditSubject) -> Sequence[AgencyCompany]:
        monkeypatch.setattr(pipeline.creditsafe, "find", search)
        with pipeline.test_store.client() as store:
            other = copy(pipeline)
            other.store = store
            assert sync.check_credit(other, "r1", customers[-2:])["planned"] == 2
        return search(subject)

    monkeypatch.setattr(pipeline.creditsafe, "find", meanwhile)
    counts = sync.check_credit(pipeline, "r1", [customers[0], customers[5]])

    assert (counts["planned"], counts["waiting"]) == (1, 5)
    assert pipeline.rows("SELECT count(*), sum(cost) FROM effect") == [(3, Decimal("10.50"))]


def test_an_order_that_is_planned_again_has_the_price_and_the_purpose_of_now(
    pipeline: Pipeline,
) -> None:
    pipeline.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE), credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.sync()
    answer_plan(
        pipeline.store,
        pipeline.rules,
        run_id="r1",
        answer=Answer.REJECT,
        actor="olga",
        now=pipeline.clock(),
    )
    now = {"price": Decimal("9.00"), "purpose": "Insolvency watch", "authority": "Agreement 2027"}
    pipeline.set_rules(credit=replace(CREDIT, **now))
    pipeline.crm.put("a", city="Bradford")

    pipeline.sync()

    assert pipeline.rows("SELECT state, cost, purpose, authority FROM effect") == [
        ("held", *now.values())
    ]


def test_who_cannot_be_paid_for_is_not_searched_for(pipeline: Pipeline) -> None:
    pipeline.set_rules(credit=reports(a_month=1))
    for key in ("aldgate", "brixton"):
        held = company(key, **WANTED)
        pipeline.crm.put(key, **held)
        pipeline.creditsafe.known[str(held["registration_number"])] = f"GB-{key}"
    pipeline.sync()
    assert (len(pipeline.creditsafe.orders), pipeline.creditsafe.searches) == (1, 2)

    pipeline.sync()

    assert pipeline.creditsafe.searches == 2
    assert pipeline.tickets() == ["credit:creditsafe:budget"]
    pipeline.sync(days=31)
    assert len(pipeline.creditsafe.orders) == 2
    assert pipeline.tickets() == []
