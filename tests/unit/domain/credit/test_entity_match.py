from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.credit.entity_match import MatchGate, MatchGrade, grade_match
from mastersync.domain.credit.model import AgencyCompany, CreditSubject

SUBJECT = CreditSubject(
    customer_id="C-1",
    name="Acme Widgets Ltd",
    country="GB",
    registration_number="01234567",
    tax_id="GB136695976",
    street="1 High Street",
    city="Leeds",
    postcode="LS1 1AA",
)
WITHOUT_NUMBER = replace(SUBJECT, registration_number="", tax_id="")
OFFERED = AgencyCompany(
    reference="r1", name="ACME WIDGETS LIMITED", registration_number="01234567", is_active=True
)
AT_HOME = replace(
    OFFERED, registration_number="", street="1 High St", city="Leeds", postcode="LS11AA"
)
GATE = MatchGate()


def grade(subject: CreditSubject, company: AgencyCompany) -> str:
    return grade_match(subject, [company], GATE).grade


def test_the_same_registration_number_and_name_may_be_bought() -> None:
    verdict = grade_match(SUBJECT, [OFFERED], GATE)

    assert verdict.company == OFFERED
    assert (verdict.grade, verdict.doubtful) == (MatchGrade.A, False)
    assert verdict.why.startswith("the same registration or tax number, the same name")


def test_leading_zeros_that_a_spreadsheet_ate_do_not_matter() -> None:
    assert grade(SUBJECT, replace(OFFERED, registration_number="1234567")) == "A"


def test_a_tax_number_is_as_good_with_its_country_or_without() -> None:
    company = replace(OFFERED, registration_number="", tax_id="136695976")

    assert grade(SUBJECT, company) == "A"


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        (replace(OFFERED, name="ZENITH PLC"), "D"),  # a number that was typed wrongly
        (replace(OFFERED, name="ACME WIDGETS HOLDING LTD"), "D"),  # a sister of the group
        (replace(OFFERED, is_active=False), "D"),
        (replace(OFFERED, tax_id="GB999999973"), "D"),  # one number fits, the other does not
        (replace(OFFERED, country="IE"), "D"),  # numbers repeat across borders
        (replace(AT_HOME, registration_number="09999991"), "D"),
        (replace(OFFERED, registration_number="09999991", name="ZENITH PLC"), "E"),
    ],
)
def test_what_contradicts_is_never_bought(company: AgencyCompany, expected: str) -> None:
    verdict = grade_match(SUBJECT, [company], MatchGate(buy_at=MatchGrade.C))

    assert verdict.company is None
    assert verdict.grade == expected
    assert verdict.doubtful is (expected == "D")


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        (AT_HOME, "C"),
        (replace(AT_HOME, confidence=Decimal("0.9")), "B"),
        (replace(AT_HOME, confidence=Decimal("0.5")), "D"),
        (replace(AT_HOME, street="", postcode=""), "C"),
        (replace(AT_HOME, street="", city="", postcode=""), "D"),
        (replace(AT_HOME, street="9 Kaigata", city="Oslo", postcode="0150"), "D"),
        (replace(AT_HOME, name="ZENITH PLC"), "E"),
        (replace(AT_HOME, name="", confidence=Decimal(1)), "E"),
    ],
)
def test_without_a_number_name_address_and_the_agencys_confidence_tell(
    company: AgencyCompany, expected: str
) -> None:
    assert grade(WITHOUT_NUMBER, company) == expected


def test_what_may_be_bought_without_a_number_is_for_the_client_to_say() -> None:
    sure = replace(AT_HOME, confidence=Decimal("0.9"))

    assert grade_match(WITHOUT_NUMBER, [sure], GATE).doubtful
    assert grade_match(WITHOUT_NUMBER, [sure], MatchGate(buy_at=MatchGrade.B)).company == sure


def test_two_companies_that_fit_equally_are_for_a_person() -> None:
    twin = replace(OFFERED, reference="r2")

    verdict = grade_match(SUBJECT, [OFFERED, twin], GATE)

    assert (verdict.company, verdict.doubtful) == (None, True)
    assert [one.company.reference for one in verdict.candidates] == ["r1", "r2"]


def test_a_company_offered_twice_is_one() -> None:
    assert grade_match(SUBJECT, [OFFERED, OFFERED], GATE).company == OFFERED


def test_the_best_comes_first_and_who_cannot_be_it_is_left_out() -> None:
    other = replace(OFFERED, reference="r2", name="ZENITH PLC", registration_number="09999991")
    closed = replace(OFFERED, reference="r0", is_active=False)

    verdict = grade_match(SUBJECT, [other, closed, OFFERED], GATE)

    assert verdict.company == OFFERED
    assert [one.company.reference for one in verdict.candidates] == ["r1", "r0"]


def test_an_agency_that_offers_nothing_leaves_no_doubt() -> None:
    verdict = grade_match(SUBJECT, [], GATE)

    assert (verdict.company, verdict.grade, verdict.doubtful) == (None, MatchGrade.E, False)


NAMES = st.sampled_from(["Acme Widgets Ltd", "ACME WIDGET LTD", "Zenith plc", "", "Ümlaut & Söhne"])
PLACES = st.sampled_from(
    [("1 High St", "Leeds", "LS1 1AA"), ("", "", ""), ("9 Kaigata", "Oslo", "")]
)


@st.composite
def companies(draw: st.DrawFn) -> AgencyCompany:
    street, city, postcode = draw(PLACES)
    return AgencyCompany(
        reference=draw(st.sampled_from(["r1", "r2", "r3"])),
        name=draw(NAMES),
        registration_number=draw(st.sampled_from(["", "01234567", "09999991"])),
        is_active=draw(st.booleans()),
        street=street,
        city=city,
        postcode=postcode,
        confidence=draw(st.sampled_from([None, Decimal("0.5"), Decimal("0.95")])),
    )


@given(found=st.lists(companies(), max_size=4), buy_at=st.sampled_from(MatchGrade))
def test_nothing_is_bought_below_the_grade_or_of_a_closed_company_by_a_usual_gate(
    found: Sequence[AgencyCompany], buy_at: MatchGrade
) -> None:
    verdict = grade_match(SUBJECT, found, MatchGate(buy_at=buy_at))

    if verdict.company is not None:
        assert verdict.grade.is_at_least(buy_at)
        assert not verdict.doubtful
        assert verdict.company.is_active or buy_at in {MatchGrade.D, MatchGrade.E}
