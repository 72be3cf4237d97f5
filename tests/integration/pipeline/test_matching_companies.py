"""Which company of an agency a customer is: a person's word on what is doubtful."""

from decimal import Decimal

import pytest

from mastersync.domain.credit.model import AgencyCompany
from mastersync.domain.decisions.model import Person
from mastersync.errors import NotFoundError
from mastersync.usecases.confirm_company import Confirmed, confirm_company
from pipelines import CREDIT, Pipeline, company
from stewards import Steward

# The same name nearby, under another number: somebody has typed one of the two wrongly.
LIKELY = AgencyCompany(
    reference="GB-7",
    name="ALDGATE FOUNDRY LIMITED",
    registration_number="09999991",
    is_active=True,
    city="LEEDS",
    postcode="LS1 4AP",
    country="GB",
)
OTHER = AgencyCompany(
    reference="GB-8",
    name="ALDGATE FOUNDRY LTD",
    registration_number="08888882",
    is_active=False,
    country="GB",
)
ASKED = {"credit_limit": "4000.00", "credit_currency": "GBP"}


@pytest.fixture
def doubtful(pipeline: Pipeline) -> Pipeline:
    """A customer of whom the agency offers two companies, of other numbers."""
    pipeline.set_rules(credit=CREDIT)
    pipeline.creditsafe.offers = [OTHER, LIKELY]
    pipeline.crm.put("a", **company("aldgate", **ASKED))
    pipeline.sync()
    return pipeline


def customer(pipeline: Pipeline) -> str:
    ((customer_id,),) = pipeline.rows("SELECT customer_id FROM customer")
    return customer_id


def say(ann: Steward, reference: str) -> Confirmed:
    return confirm_company(
        ann.store,
        customer(ann.pipeline),
        reference=reference,
        person=Person(by=ann.name, reason="asked the account manager"),
        now=ann.pipeline.clock(),
    )


def test_nothing_is_bought_in_doubt_and_one_ticket_shows_the_candidates(
    doubtful: Pipeline,
) -> None:
    cause = f"credit:creditsafe:unsure:{customer(doubtful)}"

    assert doubtful.creditsafe.orders == []
    assert doubtful.states("crm", "a") == ["waiting"]
    assert doubtful.tickets() == [cause]
    ((next_step, detail),) = doubtful.rows("SELECT next_step, detail FROM ticket")
    assert f"mastersync credit match acme {customer(doubtful)}" in next_step
    assert [one["reference"] for one in detail["candidates"]] == ["GB-8", "GB-7"]
    doubtful.sync()
    assert doubtful.tickets() == [cause]
    assert doubtful.rows("SELECT count(*) FROM credit_offer") == [(1,)], "the same is kept once"


def test_a_persons_word_lets_the_report_be_bought_and_is_used_from_then_on(
    doubtful: Pipeline, ann: Steward
) -> None:
    said = say(ann, "GB-7")
    assert doubtful.tickets() == []
    assert doubtful.violations() == []
    doubtful.sync()
    doubtful.crm.put("a", phone="+442079460999")
    doubtful.sync(days=181)

    assert said.company is not None
    assert said.company["name"] == "ALDGATE FOUNDRY LIMITED"
    assert doubtful.creditsafe.orders == ["GB-7", "GB-7"]
    assert doubtful.tickets() == []
    assert doubtful.states("crm", "a")[-1] == "applied"
    assert doubtful.rows(
        "SELECT actor, action FROM audit_entry WHERE action = 'credit.company_said'"
    ) == [("ann", "credit.company_said")]


def test_none_of_them_is_not_asked_again_until_another_is_offered(
    doubtful: Pipeline, ann: Steward
) -> None:
    say(ann, "")

    doubtful.sync()
    assert doubtful.tickets() == ["credit:creditsafe:no_sure_match"]
    assert doubtful.creditsafe.orders == []

    newcomer = AgencyCompany(
        reference="GB-9",
        name="ALDGATE FOUNDRY",
        registration_number="07777773",
        is_active=True,
        confidence=Decimal("0.9"),
        country="GB",
    )
    doubtful.creditsafe.offers = [OTHER, LIKELY, newcomer]
    doubtful.sync()
    assert f"credit:creditsafe:unsure:{customer(doubtful)}" in doubtful.tickets()
    ((companies,),) = doubtful.rows(
        "SELECT companies FROM credit_offer ORDER BY offer_id DESC LIMIT 1"
    )
    assert [one["reference"] for one in companies] == ["GB-9"]


def test_with_another_number_it_is_another_question(doubtful: Pipeline, ann: Steward) -> None:
    say(ann, "GB-7")
    doubtful.crm.put("a", registration_number="01234999")

    doubtful.sync()

    assert doubtful.creditsafe.orders == []
    assert doubtful.tickets() == [f"credit:creditsafe:unsure:{customer(doubtful)}"]


def test_a_company_that_was_not_offered_is_refused(doubtful: Pipeline, ann: Steward) -> None:
    with pytest.raises(NotFoundError, match="none of the companies offered"):
        say(ann, "GB-1")

    assert doubtful.rows("SELECT count(*) FROM credit_company") == [(0,)]


def test_who_was_offered_nothing_has_nothing_to_choose_from(
    pipeline: Pipeline, ann: Steward
) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()

    with pytest.raises(NotFoundError, match="No agency has offered"):
        say(ann, "GB-7")
