"""Which account at which agency a client's file may name."""

import pytest
from pydantic import ValidationError

from mastersync.config.credit import CreditConfig

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
CONTEXT = {"client_id": "acme"}


def credit(**given: object) -> CreditConfig:
    return CreditConfig.model_validate({**CREDIT, **given}, context=CONTEXT)


@pytest.mark.parametrize(
    ("agency", "sections"),
    [
        ("creditsafe", {"monitoring": {"reference": "77", "rules": [101]}}),
        ("dnb", {"monitoring": {"reference": "acme-credit"}, "statement": {"path": "/usage"}}),
        ("dnb", {"dnb": {"blocks": ["companyinfo_L1_v1"]}}),
        ("experian", {"experian": {"subcode": "0586548"}}),
    ],
)
def test_each_agency_takes_the_sections_of_its_own(agency: str, sections: dict) -> None:
    assert credit(agency=agency, **sections).agency == agency


@pytest.mark.parametrize(
    ("agency", "sections", "says"),
    [
        ("equifax", {}, "there is no agency 'equifax'"),
        ("experian", {}, "Experian bills by subcode"),
        ("experian", {"experian": {"subcode": "586548"}}, "subcode"),
        (
            "experian",
            {"experian": {"subcode": "0586548"}, "monitoring": {"reference": "x"}},
            "Experian tells of no changes",
        ),
        ("creditsafe", {"dnb": {}}, "the agency is Creditsafe"),
        ("creditsafe", {"statement": {"path": "/usage"}}, "no statement to be asked for"),
        ("dnb", {"dnb": {"blocks": ["everything"]}}, "blocks"),
        ("dnb", {"statement": {"path": "https://elsewhere.example/usage"}}, "path"),
    ],
)
def test_what_does_not_fit_the_agency_is_a_mistake_that_says_so(
    agency: str, sections: dict, says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        credit(agency=agency, **sections)
