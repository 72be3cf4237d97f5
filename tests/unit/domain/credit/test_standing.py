"""Which decision holds, and when a person's no longer stands in the way of an automatic one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mastersync.domain.credit.case import CreditCase, basis_of
from mastersync.domain.credit.deciding import who_decides
from mastersync.domain.credit.recommendation import Outcome, Recommendation, TermsPolicy
from mastersync.domain.credit.standing import (
    MadeDecision,
    end_of_decision,
    holding,
    is_confirmed,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ANN = MadeDecision(
    decision_id=1,
    credit_limit=Decimal(1500),
    currency="GBP",
    payment_terms="NET30",
    author="ann",
    is_automatic=False,
    basis=basis_of(7, Decimal(4000), "GBP"),
    requested=Decimal(4000),
    decided_at=NOON,
    stands_until=NOON + 90 * DAY,
)
CASE = CreditCase(
    customer_id="C-1",
    subject_type="company",
    country="GB",
    segment="",
    requested=Decimal(4000),
    currency="GBP",
    report=None,
)


def made(number: int, *, after: int, stands_for: int | None = None) -> MadeDecision:
    decided_at = NOON + after * DAY
    return replace(
        ANN,
        decision_id=number,
        is_automatic=stands_for is None,
        decided_at=decided_at,
        stands_until=None if stands_for is None else decided_at + stands_for * DAY,
    )


def recommended(limit: int | None = 1500, terms: str = "NET30") -> Recommendation:
    return Recommendation(
        outcome=Outcome.OPEN if limit is None else Outcome.ACCEPTED,
        limit=None if limit is None else Decimal(limit),
        currency="GBP",
        payment_terms=terms,
        reasons=(),
    )


@pytest.mark.parametrize(
    ("decisions", "holds"),
    [
        ([], None),
        ([made(1, after=0), made(2, after=5)], 2),
        ([made(1, after=0), made(2, after=5, stands_for=90)], 2),
        ([made(2, after=5), made(1, after=0, stands_for=90)], 1),
        ([made(1, after=0, stands_for=90), made(2, after=89), made(3, after=90)], 3),
        ([made(1, after=0, stands_for=90), made(2, after=1, stands_for=10), made(3, after=20)], 3),
        ([made(1, after=0, stands_for=90), made(2, after=0)], 1),
    ],
)
def test_the_newest_holds_but_no_automatic_one_made_while_a_persons_stood(
    decisions: list[MadeDecision], holds: int | None
) -> None:
    held = holding(decisions)

    assert (held and held.decision_id) == holds


@pytest.mark.parametrize(
    ("report_ends", "days"), [(None, 180), (30, 30), (400, 180), (0, 180), (-1, 180)]
)
def test_a_persons_decision_ends_with_its_report_or_by_its_age(
    report_ends: int | None, days: int
) -> None:
    ends = end_of_decision(
        NOON,
        valid_for_days=180,
        report_ends=None if report_ends is None else NOON + report_ends * DAY,
    )

    assert ends == NOON + days * DAY


@pytest.mark.parametrize(
    ("found", "asked", "is_same"),
    [
        (recommended(), 4000, True),
        (recommended(), 1500, True),  # what was decided, as it comes back from the systems
        (recommended(), 5000, False),  # whoever asks anew is answered anew
        (recommended(terms=""), 4000, True),
        (recommended(terms="NET60"), 4000, False),
        (recommended(1600), 4000, False),
        (recommended(None, ""), 4000, False),
    ],
)
def test_nobody_is_asked_again_where_newer_evidence_says_what_was_decided(
    found: Recommendation, asked: int, *, is_same: bool
) -> None:
    assert is_confirmed(ANN, replace(CASE, requested=Decimal(asked)), found) is is_same


@pytest.mark.parametrize(("days", "is_automatic"), [(0, False), (89, False), (90, True)])
def test_nothing_is_accepted_automatically_while_a_persons_decision_stands(
    days: int, *, is_automatic: bool
) -> None:
    policy = TermsPolicy(rules=(), currency="GBP", accept_up_to={"GBP": Decimal(9000)})

    authority = who_decides(CASE, recommended(), policy, before=ANN, now=NOON + days * DAY)

    assert authority.is_automatic is is_automatic
    if not is_automatic:
        assert " ".join(authority.words) == (
            "ann decided on 2 March 2026 (credit decision 1): 1,500.00 GBP, payment terms NET30. "
            "That stands until 31 May 2026."
        )
