"""Which limits, terms and letters a client's file may state, and what they come to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from mastersync.config.credit import CreditConfig
from mastersync.domain.credit.case import CreditCase, ReportEvidence
from mastersync.domain.credit.internal import InternalStanding
from mastersync.domain.credit.recommendation import Recommendation, recommend

CREDIT = {
    "connection": "acme__agency",
    "countries": ["GB"],
    "price": "4",
    "currency": "GBP",
    "budget_per_run": "40",
    "budget_per_month": "400",
    "purpose": "Trade credit",
    "authority": "Agreement 2026",
}
TERMS = [
    {"when": "overdue > 0", "limit": "nothing", "clause": "5.1", "because": "It owes us"},
    {
        "when": 'rating in ["A", "B"] and score >= 60',
        "limit": "agency",
        "share": "0.8",
        "at_most": {"GBP": 30000},
        "payment_terms": "net30",
        "clause": "5.2",
    },
    {"limit": "amount", "at_most": {"GBP": 500}, "payment_terms": "PREPAID", "clause": "5.3"},
]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CASE = CreditCase(
    customer_id="C-1",
    subject_type="company",
    country="GB",
    segment="",
    requested=Decimal(90000),
    currency="GBP",
    report=ReportEvidence(
        report_id=7,
        agency="creditsafe",
        company_reference="GB-0-1",
        rating="B",
        score="68",
        credit_limit=Decimal(30000),
        currency="GBP",
        ordered_at=NOON - timedelta(days=10),
        valid_until=NOON + timedelta(days=100),
    ),
    standing=InternalStanding(currency="GBP", overdue=Decimal(0)),
)


def credit(**given: object) -> CreditConfig:
    return CreditConfig.model_validate({**CREDIT, **given}, context={"client_id": "acme"})


def recommended(case: CreditCase) -> Recommendation:
    terms = credit(terms=TERMS).to_terms()
    assert terms is not None
    return recommend(case, terms, now=NOON)


def test_rules_of_a_file_give_limit_terms_and_clause() -> None:
    found = recommended(CASE)

    assert (found.limit, found.currency) == (Decimal(24000), "GBP")
    assert (found.payment_terms, found.reasons[0].clause) == ("NET30", "5.2")


def test_what_is_owed_goes_first_and_unknown_standing_meets_no_number() -> None:
    owing = replace(CASE, standing=InternalStanding(currency="GBP", overdue=Decimal(10)))
    unread = replace(CASE, standing=None)

    assert recommended(owing).reasons[0].words == "It owes us (the rule 'overdue > 0' holds)."
    assert recommended(owing).limit == 0
    assert recommended(unread).reasons[0].clause == "5.2"


def test_a_score_in_words_meets_no_rule_on_numbers() -> None:
    assert CASE.report is not None
    words = replace(CASE, report=replace(CASE.report, score="N/A"))

    assert recommended(words).reasons[0].clause == "5.3"


def test_a_file_without_terms_recommends_nothing() -> None:
    assert credit().to_terms() is None


def test_until_decided_says_whether_customers_wait() -> None:
    waiting, going_on = (
        credit(terms=TERMS, until_decided=how).to_terms() for how in ("wait", "continue")
    )

    assert waiting is not None
    assert going_on is not None
    assert (waiting.waits, going_on.waits) == (True, False)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"terms": [{"limit": "nothing"}]}, "clause"),
        ({"terms": [{"limit": "amount", "clause": "5"}]}, "says no amount"),
        ({"terms": [{"limit": "lots", "clause": "5"}]}, "limit"),
        (
            {"terms": [{"limit": "nothing", "at_most": {"GBP": 1}, "clause": "5"}]},
            "gives an amount or terms",
        ),
        ({"terms": [{"limit": "requested", "share": "0.5", "clause": "5"}]}, "'share' is of"),
        ({"terms": [{"when": "ratng == 1", "limit": "nothing", "clause": "5"}]}, "ratng"),
        (
            {"terms": [{"when": 'score > "60"', "limit": "nothing", "clause": "5"}]},
            "leave out the quotes",
        ),
        ({"terms": [TERMS[2], TERMS[0]]}, "never counts"),
        ({"automatic": {"accept_up_to": {"GBP": 100}, "clause": "5.9"}}, "no rule recommends"),
        ({"terms": TERMS, "automatic": {"accept_up_to": {"GBP": 100}}}, "clause"),
    ],
)
def test_a_mistake_in_terms_is_named(given: dict, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        credit(**given)
