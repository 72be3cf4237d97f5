"""The budget of credit reports, asked by several tasks at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.usecases import check_credit
from mastersync.usecases.release_plan import Answer, answer_plan
from mastersync.wiring import sync
from pipelines import CREDIT, Pipeline, company, reports

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}


def test_batches_that_are_checked_at_once_share_the_budget(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.set_rules(credit=reports(a_run=1))
    pipeline.creditsafe.known.update({"01234561": "GB-1", "02234562": "GB-2"})
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.crm.put("b", **company("brixton", **WANTED | {"registration_number": "02234562"}))
    sync.open_this_run(pipeline, "r1")
    sync.extract(pipeline, "r1", "crm")
    for batch in sync.version_batches(pipeline):
        sync.prepare(pipeline, batch)
    sync.match(pipeline, "r1")
    ((first, last),) = sync.customer_batches(pipeline, "r1")
    spent = check_credit.spent_budget

    def think_about_it(*budget: object) -> str:
        found = spent(*budget)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(check_credit, "spent_budget", think_about_it)
    with ThreadPoolExecutor() as tasks:
        batches = [[first, first], [last, last]]
        counts = list(tasks.map(lambda one: sync.credit(pipeline, "r1", one), batches))

    assert sum(count["planned"] for count in counts) == 1
    assert len(pipeline.creditsafe.orders) == 1


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
