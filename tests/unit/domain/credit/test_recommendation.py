from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.credit.case import CreditCase, ReportEvidence, number_of
from mastersync.domain.credit.deciding import Authority, who_decides
from mastersync.domain.credit.internal import InternalStanding
from mastersync.domain.credit.recommendation import (
    LimitOf,
    LimitRule,
    Outcome,
    Recommendation,
    TermsPolicy,
    TermsRule,
    outcome_of,
    recommend,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
REPORT = ReportEvidence(
    report_id=7,
    agency="creditsafe",
    company_reference="GB-0-1",
    rating="B",
    score="68",
    credit_limit=Decimal(45000),
    currency="GBP",
    ordered_at=NOON - timedelta(days=10),
    valid_until=NOON + timedelta(days=100),
)
CASE = CreditCase(
    customer_id="C-1",
    subject_type="company",
    country="GB",
    segment="",
    requested=Decimal(20000),
    currency="GBP",
    report=REPORT,
)


def rule(
    of: LimitOf,
    *,
    asks: str = "",
    clause: str = "5.2",
    terms: str = "",
    at_most: int | None = None,
    **limit: Decimal,
) -> TermsRule:
    ratings = asks.split()

    def holds(said: Mapping[str, object]) -> bool:
        return not ratings or said["rating"] in ratings

    return TermsRule(
        holds=holds,
        asks=asks,
        limit=LimitRule(
            of=of, at_most=None if at_most is None else {"GBP": Decimal(at_most)}, **limit
        ),
        clause=clause,
        payment_terms=terms,
    )


SHARE = rule(LimitOf.AGENCY, asks="A B", terms="NET30", share=Decimal("0.8"))
NOTHING = rule(LimitOf.AMOUNT, asks="D", clause="5.4", at_most=0)
POLICY = TermsPolicy(rules=(SHARE, NOTHING), currency="GBP", accept_up_to={"GBP": Decimal(25000)})


def alone(case: CreditCase, found: Recommendation, policy: TermsPolicy = POLICY) -> Authority:
    """Who decides where nothing was decided before."""
    return who_decides(case, found, policy, before=None, now=NOON)


def reported(**changes: object) -> CreditCase:
    return replace(CASE, report=replace(REPORT, **changes))


def test_the_first_rule_that_holds_gives_limit_terms_and_its_clause() -> None:
    found = recommend(CASE, POLICY, now=NOON)

    assert (found.outcome, found.limit, found.payment_terms) == ("accepted", 20000, "NET30")
    assert found.reasons[0].clause == "5.2"
    assert found.reasons[1].words == "20,000.00 GBP is all that was asked for."


def test_more_than_the_agency_covers_is_reduced_to_the_rules_share_of_it() -> None:
    found = recommend(replace(CASE, requested=Decimal(50000)), POLICY, now=NOON)

    assert (found.outcome, found.limit) == (Outcome.REDUCED, Decimal(36000))
    assert "80% of what the agency recommends" in found.reasons[1].words
    assert "The agency's limit is below what is asked for." in found.speaks_against


def test_a_bad_rating_is_a_recommendation_to_decline_by_its_own_clause() -> None:
    found = recommend(reported(rating="D"), POLICY, now=NOON)

    assert (found.outcome, found.limit) == (Outcome.DECLINED, 0)
    assert found.reasons[0].clause == "5.4"
    assert "It is rated D, high risk." in found.speaks_against


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (reported(credit_limit=None), "words and no number"),
        (reported(rating="C"), "No rule"),
        (reported(valid_until=NOON), "no longer valid"),
        (reported(currency="EUR"), "no rate is assumed"),
        (replace(CASE, currency="EUR"), "no rate is assumed"),
        (replace(reported(rating="D", credit_limit=None), currency="EUR"), "in no EUR"),
    ],
)
def test_where_no_amount_can_be_said_a_person_has_to(case: CreditCase, words: str) -> None:
    found = recommend(case, POLICY, now=NOON)

    assert (found.outcome, found.limit) == (Outcome.OPEN, None)
    assert any(words in reason.words for reason in found.reasons)
    assert not alone(case, found).is_automatic


def test_evidence_on_both_sides_is_shown_whatever_is_recommended() -> None:
    standing = InternalStanding(
        currency="GBP", exposure=Decimal(4000), overdue=Decimal(1200), days_late=Decimal(14)
    )

    found = recommend(replace(CASE, standing=standing), POLICY, now=NOON)

    assert found.outcome == Outcome.ACCEPTED
    assert "It is rated B, low risk." in found.speaks_for
    assert found.speaks_against == (
        "1,200.00 GBP is overdue.",
        "Payments are 14 days late.",
    )
    assert not alone(replace(CASE, standing=standing), found).is_automatic


def test_a_companys_full_request_within_the_amount_is_accepted_without_a_person() -> None:
    found = recommend(CASE, POLICY, now=NOON)

    assert alone(CASE, found).is_automatic


@pytest.mark.parametrize(
    ("case", "policy", "words"),
    [
        (replace(CASE, subject_type="person"), POLICY, "a person decides"),
        (replace(CASE, subject_type="sole_trader"), POLICY, "a person decides"),
        (replace(CASE, subject_type=""), POLICY, "Nobody knows whether"),
        (CASE, replace(POLICY, accept_up_to={}), "nothing be accepted"),
        (CASE, replace(POLICY, accept_up_to={"GBP": Decimal(19999)}), "no more than 19,999.00 GBP"),
        (replace(CASE, requested=Decimal(50000)), POLICY, "less than was asked for"),
        (reported(rating="D"), POLICY, "Nobody is declined without a person."),
    ],
)
def test_everything_else_is_for_a_person_who_is_told_why(
    case: CreditCase, policy: TermsPolicy, words: str
) -> None:
    authority = alone(case, recommend(case, policy, now=NOON), policy)

    assert not authority.is_automatic
    assert any(words in said for said in authority.words)


def test_a_rule_for_everybody_else_says_nothing_of_whom_nobody_reported_on() -> None:
    nothing_else = replace(NOTHING, asks="", holds=lambda _: True)
    for_unknown = replace(
        rule(LimitOf.AMOUNT, at_most=500), asks="not rating", holds=lambda said: not said["rating"]
    )
    unreported = replace(CASE, report=None)

    found = recommend(unreported, replace(POLICY, rules=(nothing_else,)), now=NOON)
    told = recommend(unreported, replace(POLICY, rules=(for_unknown, nothing_else)), now=NOON)

    assert found.outcome is Outcome.OPEN
    assert found.reasons[0].words.startswith("There is no report, and no rule")
    assert (told.outcome, told.limit) == (Outcome.REDUCED, 500)


def test_who_asks_for_nothing_and_gets_nothing_is_not_declined() -> None:
    assert outcome_of(Decimal(0), Decimal(0)) is Outcome.ACCEPTED
    assert outcome_of(Decimal(0), None) is Outcome.DECLINED


def test_a_score_in_words_is_no_number() -> None:
    assert number_of("N/A") is None
    assert number_of("2A2") is None
    assert number_of("68") == 68


AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=2)
LIMIT_RULES = st.builds(
    LimitRule,
    of=st.sampled_from(LimitOf),
    share=st.sampled_from([Decimal("0.25"), Decimal("0.8"), Decimal(1), Decimal("1.5")]),
    at_most=st.one_of(st.none(), AMOUNTS.map(lambda amount: {"GBP": amount})),
)
CASES = st.builds(
    replace,
    st.just(CASE),
    subject_type=st.sampled_from(["company", "person", "sole_trader", "individual", ""]),
    requested=st.one_of(st.none(), AMOUNTS),
    report=st.one_of(
        st.none(),
        st.builds(
            replace,
            st.just(REPORT),
            rating=st.sampled_from("ABCDE"),
            credit_limit=st.one_of(st.none(), AMOUNTS),
        ),
    ),
)


def policy_of(limit: LimitRule) -> TermsPolicy:
    always = TermsRule(holds=lambda _: True, asks="", limit=limit, clause="")
    return TermsPolicy(rules=(always,), currency="GBP", accept_up_to={"GBP": Decimal(10**6)})


@given(case=CASES, limit=LIMIT_RULES)
def test_only_a_companys_acceptance_is_ever_automatic(case: CreditCase, limit: LimitRule) -> None:
    policy = policy_of(limit)
    found = recommend(case, policy, now=NOON)

    if alone(case, found, policy).is_automatic:
        assert case.subject_type == "company"
        assert found.outcome is Outcome.ACCEPTED
        assert found.limit is not None
        assert case.requested is not None
        assert found.limit == case.requested <= policy.accept_up_to["GBP"]


@given(case=CASES, limit=LIMIT_RULES)
def test_nobody_is_recommended_more_than_was_asked_for(case: CreditCase, limit: LimitRule) -> None:
    found = recommend(case, policy_of(limit), now=NOON)

    if found.limit is not None and case.requested is not None:
        assert 0 <= found.limit <= case.requested


@given(caps=st.tuples(AMOUNTS, AMOUNTS), requested=st.one_of(st.none(), AMOUNTS), limit=LIMIT_RULES)
def test_a_higher_limit_of_the_agency_never_lowers_what_is_recommended(
    caps: tuple[Decimal, Decimal], requested: Decimal | None, limit: LimitRule
) -> None:
    lower, higher = (
        recommend(
            replace(reported(credit_limit=cap), requested=requested), policy_of(limit), now=NOON
        )
        for cap in sorted(caps)
    )

    assert (lower.limit is None) == (higher.limit is None)
    if lower.limit is not None and higher.limit is not None:
        assert lower.limit <= higher.limit
