from datetime import date

import pytest

from mastersync.domain.credit.packs import PACKS, OnRecord, Purpose, pack_of
from mastersync.domain.credit.purpose import (
    Allowed,
    BasisDocument,
    CheckedSubject,
    Refused,
    gate,
    packs_for,
)
from mastersync.domain.credit.subjects import SubjectType

TODAY = date(2026, 3, 2)
COMPANY, SOLE, PERSON = SubjectType.COMPANY, SubjectType.SOLE_TRADER, SubjectType.INDIVIDUAL


def ask(
    kind: SubjectType,
    country: str,
    *held: OnRecord | BasisDocument,
    client: str = "GB",
    agency: str = "creditsafe",
    purpose: Purpose = Purpose.TRADE_CREDIT,
    authority: str = "",
) -> Allowed | Refused:
    basis = [
        one if isinstance(one, BasisDocument) else BasisDocument(kind=one, reference=f"{one} 1")
        for one in held
    ]
    subject = CheckedSubject(
        subject_type=kind,
        country=country,
        purpose=purpose,
        agency=agency,
        applicant_authority=authority,
    )
    return gate(packs_for(pack_of(country), pack_of(client)), subject, basis, TODAY)


@pytest.mark.parametrize("country", ["GB", "US", "DE", "IN", "HK", "AU", "BR", "CH"])
def test_a_company_is_checked_for_trade_credit_in_every_country(country: str) -> None:
    found = ask(COMPANY, country)

    assert isinstance(found, Allowed)
    assert not found.documents


@pytest.mark.parametrize("country", sorted(PACKS.keys() - {"*"}))
@pytest.mark.parametrize("kind", [SOLE, PERSON])
def test_no_natural_person_is_checked_just_so(kind: SubjectType, country: str) -> None:
    refused = ask(kind, country, client=country)
    assert isinstance(refused, Refused)
    assert "is not on record" in refused.words

    assert isinstance(ask(kind, country, *OnRecord, client=country), Allowed)


@pytest.mark.parametrize("kind", [SOLE, PERSON])
def test_of_persons_where_no_law_is_held_nobody_is_asked(kind: SubjectType) -> None:
    refused = ask(kind, "BR", *OnRecord)

    assert isinstance(refused, Refused)
    assert refused.cause == f"no_rule:{kind}:*"
    assert "lawyer" in refused.next_step


def test_the_clients_own_country_has_a_say() -> None:
    british = (OnRecord.NOTICE, OnRecord.MEMBERSHIP)
    american = (OnRecord.CERTIFICATION, OnRecord.APPLICANT_AUTHORITY)

    assert isinstance(ask(PERSON, "GB", *british, client="GB"), Allowed)
    refused = ask(PERSON, "GB", *british, client="US")
    assert isinstance(refused, Refused)
    assert refused.cause == "missing:applicant_authority:individual:US"
    both = ask(PERSON, "GB", *british, *american, client="US")
    assert isinstance(both, Allowed)
    assert both.soft_search


def test_what_an_applicant_signed_counts_as_its_authority() -> None:
    held = OnRecord.CERTIFICATION

    found = ask(PERSON, "US", held, client="US", authority="application 4711, signed 2026-02-01")

    assert isinstance(found, Allowed)
    assert "application 4711, signed 2026-02-01" in {one.reference for one in found.documents}


def test_a_company_is_not_checked_for_consumer_credit() -> None:
    refused = ask(COMPANY, "GB", purpose=Purpose.CONSUMER_CREDIT)

    assert isinstance(refused, Refused)
    assert refused.cause == "purpose:company:GB"
    assert "trade_credit" in refused.next_step


@pytest.mark.parametrize(("ends", "holds"), [(TODAY, True), (date(2026, 3, 1), False)])
def test_a_document_is_good_to_the_end_of_its_last_day(ends: date, *, holds: bool) -> None:
    user = BasisDocument(kind=OnRecord.SPECIFIED_USER, reference="RBI 7", valid_until=ends)

    found = ask(COMPANY, "IN", user, agency="experian")

    assert isinstance(found, Allowed) is holds
    if isinstance(found, Refused):
        assert found.cause == "expired:specified_user:company:IN"
        assert "ended on 2026-03-01" in found.words


def test_a_document_that_ended_does_not_hide_one_that_follows_it() -> None:
    ended = BasisDocument(
        kind=OnRecord.SPECIFIED_USER, reference="RBI 6", valid_until=date(2025, 12, 31)
    )
    follows = BasisDocument(kind=OnRecord.SPECIFIED_USER, reference="RBI 7")

    found = ask(COMPANY, "IN", ended, follows, agency="experian")

    assert isinstance(found, Allowed)
    assert found.documents == (follows,)


def test_a_document_serves_only_the_countries_that_it_names() -> None:
    notice = BasisDocument(kind=OnRecord.NOTICE, reference="v3", countries=frozenset({"DE"}))

    refused = ask(PERSON, "GB", notice, OnRecord.MEMBERSHIP)

    assert isinstance(refused, Refused)
    assert refused.cause == "missing:notice:individual:GB"


def test_in_india_only_a_credit_bureau_wants_a_specified_user() -> None:
    assert isinstance(ask(COMPANY, "IN", agency="dnb"), Allowed)
    assert isinstance(ask(COMPANY, "IN", agency="experian"), Refused)
