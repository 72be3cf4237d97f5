"""A plan asks the agency about new customers, and holds nothing of the store meanwhile."""

import json
from collections.abc import Sequence

import pytest

from mastersync.domain.credit.model import AgencyCompany, CreditSubject
from mastersync.domain.plan.document import as_document, open_document
from mastersync.usecases import check_credit
from mastersync.wiring import sync
from mastersync.wiring.planning import apply_plan, plan_client
from pipelines import CREDIT, Pipeline, company, reports
from stores import SECRET


@pytest.fixture
def asking(pipeline: Pipeline) -> Pipeline:
    """Four customers whose credit is due to be checked, in two batches; the agency knows all."""
    pipeline.set_rules(credit=CREDIT)
    for number, name in enumerate(("aldgate", "brixton", "cobham", "dunmore"), start=1):
        held = company(name, credit_limit="5000.00", credit_currency="GBP")
        pipeline.crm.put(name[0], **held)
        pipeline.creditsafe.known[str(held["registration_number"])] = f"GB-{number}"
    return pipeline


def test_nothing_of_the_store_is_held_while_the_agency_is_asked(
    asking: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "CUSTOMERS_PER_BATCH", 2)
    find, transactions = asking.creditsafe.find, []

    def looking_at_the_store(subject: CreditSubject) -> Sequence[AgencyCompany]:
        transactions.append(
            asking.rows(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND state = 'idle in transaction'"
            )
        )
        return find(subject)

    monkeypatch.setattr(asking.creditsafe, "find", looking_at_the_store)

    plan = plan_client(asking, by="ann")

    assert transactions == [[(0,)]] * 4
    assert len(plan.content.orders) == 4
    document = json.loads(json.dumps(as_document(plan, secret=SECRET)))
    sealed = open_document(document, secret=SECRET)
    assert apply_plan(asking, sealed, actor="ann").content == plan.content
    assert len(asking.creditsafe.orders) == 4


@pytest.mark.parametrize("known", [4, 0])
def test_no_more_are_asked_about_than_the_budget_may_pay_for(
    asking: Pipeline, monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    monkeypatch.setattr(check_credit, "_SEARCHED_AT_ONCE", 1)
    asking.set_rules(credit=reports(a_run=2))
    asking.creditsafe.known = dict(list(asking.creditsafe.known.items())[:known])

    plan = plan_client(asking, by="ann")

    found = min(known, 2)
    assert (len(plan.content.orders), asking.creditsafe.searches) == (found, 4 - found)


def test_a_plan_is_made_of_what_an_agency_does_not_know_or_does_not_answer(
    asking: Pipeline,
) -> None:
    asking.creditsafe.known = {"02234562": "GB-2"}

    assert [order.agency for order in plan_client(asking, by="ann").content.orders] == [
        "creditsafe"
    ]
    asking.creditsafe.is_down, asking.creditsafe.searches = True, 0
    silent = plan_client(asking, by="ann").content
    assert (silent.orders, asking.creditsafe.searches) == ([], 1)
    assert silent.totals.run.waiting == 4
