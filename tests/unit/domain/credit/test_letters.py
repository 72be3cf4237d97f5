from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mastersync.domain.credit.deciding import CreditDecision, CreditWord
from mastersync.domain.credit.letters import due_by, letters_due, letters_possible
from mastersync.domain.credit.recommendation import Outcome
from mastersync.domain.credit.rights import rights_of


def decided(subject_type: str, country: str, outcome: Outcome = Outcome.DECLINED) -> CreditDecision:
    return CreditDecision(
        decision_id=1,
        decided_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        word=CreditWord(
            customer_id="C-1",
            outcome=outcome,
            credit_limit=Decimal(0),
            currency="USD",
            payment_terms="",
            requested=Decimal(5000),
            subject_type=subject_type,
            country=country,
            is_automatic=False,
            author="olga",
            reason="overdue",
            evidence={},
            basis="report none, asked 5000 USD",
            rule_version="p1",
        ),
    )


@pytest.mark.parametrize(
    ("subject_type", "country", "client_country", "expected"),
    [
        ("individual", "US", "US", ("adverse_action",)),
        ("sole_trader", "US", "US", ("adverse_action",)),
        ("company", "US", "US", ("reasons_on_request",)),
        ("sole_trader", "GB", "GB", ("agency_named",)),
        ("company", "GB", "GB", ()),
        ("individual", "DE", "DE", ("human_review",)),
        ("sole_trader", "DE", "US", ("human_review", "adverse_action")),
        ("", "DE", "DE", ("human_review",)),  # who may be a person has a person's rights
        ("individual", "BR", "BR", ("human_review",)),  # no law of it is held
        ("individual", "AU", "AU", ("refusal_notice",)),
    ],
)
def test_the_law_of_both_countries_says_which_letters_are_due(
    subject_type: str, country: str, client_country: str, expected: tuple[str, ...]
) -> None:
    found = letters_due(decided(subject_type, country), client_country=client_country)

    assert found == expected


def test_who_gets_all_that_was_asked_for_is_owed_no_letter() -> None:
    accepted = decided("individual", "US", Outcome.ACCEPTED)

    assert letters_due(accepted, client_country="US") == ()
    assert letters_possible(accepted, client_country="US") == ("decision", "agency_named")


def test_less_than_was_asked_for_is_told_like_a_refusal() -> None:
    reduced = decided("individual", "US", Outcome.REDUCED)

    assert letters_due(reduced, client_country="US") == ("adverse_action",)


def test_adverse_action_leaves_within_thirty_days() -> None:
    assert due_by("adverse_action", date(2026, 3, 2)) == date(2026, 4, 1)
    assert due_by("human_review", date(2026, 3, 2)) is None


@pytest.mark.parametrize("country", ["US", "GB", "DE", "HK", "IN", "AU", "BR"])
def test_every_person_may_have_a_person_look_again_and_wrong_data_corrected(country: str) -> None:
    told = " ".join(rights_of("sole_trader", country))

    assert "ask for a person to look at the decision again" in told
    assert "corrected" in told or "we correct it" in told


def test_who_may_be_a_person_has_the_rights_of_one() -> None:
    assert rights_of("", "DE") == rights_of("individual", "DE") != rights_of("company", "DE")
