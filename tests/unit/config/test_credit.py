"""The credit section of a client's file: what it means, and what is wrong in it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mastersync.config.clients import load_client
from mastersync.domain.credit.entity_match import MatchGrade
from mastersync.domain.credit.packs import OnRecord, Purpose
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.errors import ConfigError
from unit.config.clients import GOOD, write_client

CREDIT = """credit:
  connection: acme__creditsafe
  countries: [GB, IN]
  price: 2
  currency: GBP
  budget_per_run: 11
  budget_per_month: 20
  purpose: p
  authority: a
"""


def policy(tmp_path: Path, more: str = "", *, before: str = "") -> CreditPolicy:
    found = load_client(write_client(tmp_path, before + GOOD + CREDIT + more)).credit_policy()
    assert found is not None
    return found


def test_what_is_not_said_is_careful(tmp_path: Path) -> None:
    found = policy(tmp_path)

    assert found.permissible_purpose is Purpose.TRADE_CREDIT
    assert (found.client_country, found.match.buy_at) == ("GB", MatchGrade.A)
    assert found.waits_when_unknown
    assert found.waits_when_refused
    assert (found.budget.approve_above, found.basis, found.internal) == (None, (), None)


@pytest.mark.parametrize(
    ("more", "waits"),
    [
        ("  when_unknown: continue\n", False),
        ("  when_unknown: continue\n  when_refused: wait\n", True),
    ],
)
def test_whom_the_law_holds_up_goes_on_where_unknown_companies_do(
    tmp_path: Path, more: str, *, waits: bool
) -> None:
    assert policy(tmp_path, more).waits_when_refused is waits


def test_all_that_can_be_said(tmp_path: Path) -> None:
    found = policy(
        tmp_path,
        """  prices: {IN: 9}
  soft_budget_per_run: 8
  soft_budget_per_month: 15
  approve_above: 6
  permissible_purpose: account_review
  basis:
    - {kind: specified_user, reference: RBI 7, valid_until: 2027-03-31, countries: [IN]}
  check_again: {limit_rise: 0.2, exposure_share: 0.9, events: false}
  internal: {system: shop, exposure: open.total, overdue: open.overdue, currency: EUR}
  stop_when: {overdue_above: 500}
  buy_at_grade: B
  when_refused: continue
""",
        before="country: HK\n",
    )

    assert (found.client_country, found.price_in("IN"), found.price_in("GB")) == ("HK", 9, 2)
    assert (found.budget.soft_per_month, found.budget.approve_above) == (Decimal(15), Decimal(6))
    (document,) = found.basis
    assert (document.kind, document.valid_until) == (OnRecord.SPECIFIED_USER, date(2027, 3, 31))
    assert (document.serves("IN"), document.serves("GB")) == (True, False)
    assert found.internal is not None
    assert (found.internal.overdue, found.internal.currency) == ("open.overdue", "EUR")
    assert found.stop_when.overdue_above == Decimal(500)
    assert found.occasions.limit_rise == Decimal("0.2")
    assert (found.match.buy_at, found.waits_when_refused) == (MatchGrade.B, False)


@pytest.mark.parametrize(
    ("more", "what", "how"),
    [
        ("  prices: {IN: 12}\n", "'prices' is more than 'budget_per_run'", "Not one report"),
        ("  prices: {DE: 3}\n", "'prices' has DE, of which nobody is checked", "countries"),
        ("  soft_budget_per_run: 11\n", "'soft_budget_per_run' is not below", "lower it"),
        ("  soft_budget_per_month: 30\n", "'soft_budget_per_month' is not below", "lower it"),
        ("  approve_above: 11\n", "'approve_above' is not below 'budget_per_run'", "lower it"),
        ("  stop_when: {overdue_above: 1}\n", "needs what no ledger says", "'internal.overdue'"),
        (
            "  internal: {system: shop, overdue: o}\n  stop_when: {days_late_above: 1}\n",
            "'stop_when.days_late_above' needs what no ledger says",
            "internal.days_late",
        ),
        (
            "  check_again: {exposure_share: 0.9}\n",
            "'check_again.exposure_share' needs what no ledger says",
            "internal.exposure",
        ),
        ("  internal: {system: shop}\n", "'internal' reads nothing", "one of: exposure"),
        ("  internal: {system: shp, overdue: o}\n", "there is no system 'shp'", "'shop'"),
        ("  buy_at_grade: D\n", "would buy reports on other companies", "A, B or C"),
        ("  sole_trader_codes: {name: [X]}\n", "there is no field of codes 'name'", ""),
        ("  permissible_purpose: curiosity\n", "trade_credit", ""),
        ("  basis: [{kind: notice, reference: ''}]\n", "", ""),
        ("  basis: [{kind: n, reference: x}]\n", "certification", ""),
        ("  basis: [{kind: notice, reference: x, valid_until: soon}]\n", "", ""),
    ],
)
def test_a_mistake_is_named_with_a_way_to_mend_it(
    tmp_path: Path, more: str, what: str, how: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        load_client(write_client(tmp_path, GOOD + CREDIT + more))

    (found,) = refused.value.facts["mistakes"]

    assert found.place.startswith("credit")
    assert what in f"{found.what} {found.how}"
    assert how in found.how
