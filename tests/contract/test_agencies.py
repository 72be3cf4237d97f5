"""What every credit agency's adapter does, against its stand-in over real HTTP."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from agency_accounts import (
    LOGIN,
    ORDER,
    SEARCH,
    STATEMENT,
    Account,
    open_account,
    registered,
)
from mastersync.connectors.agencies.tokens import MemoryShelf
from mastersync.domain.credit.agencies import AGENCIES
from mastersync.domain.credit.model import CreditSubject
from mastersync.errors import (
    ConfigError,
    NotFoundError,
    PermanentError,
    RetryableError,
    UnknownOutcomeError,
)
from sandboxes import Sandbox

NOW = datetime.now(UTC)
Open = Callable[..., Account]


@pytest.fixture(params=AGENCIES)
def agency(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def opening(sandbox: Sandbox) -> Iterator[Open]:
    with ExitStack() as stack:
        yield lambda agency, **given: stack.enter_context(open_account(agency, sandbox, **given))


@pytest.fixture
def account(opening: Open, agency: str) -> Account:
    return opening(agency)


def test_a_company_that_it_knows_is_found_with_its_address_and_searching_is_free(
    account: Account,
) -> None:
    known = registered(account.name)
    before = account.orders()

    best = account.agency.find(known.subject)[0]

    assert best.reference == known.reference
    assert best.name == known.company.name
    assert best.is_active
    assert best.city.upper() == known.company.city
    assert best.country == known.company.country
    assert best.confidence is None or Decimal("0.9") <= best.confidence <= 1
    assert account.orders() == before


def test_a_company_that_it_does_not_know_is_no_error(account: Account) -> None:
    known = registered(account.name).subject
    nobody = CreditSubject(
        customer_id="1",
        name="No Such Company Of This World",
        country=known.country,
        registration_number="99999999",
        city="Nowhere",
        postcode="ZZ1 1ZZ",
    )

    assert account.agency.find(nobody) == []


def test_a_customer_without_a_country_is_not_searched_for(account: Account) -> None:
    assert account.agency.find(CreditSubject(customer_id="1", name="Acme", country="")) == []


def test_a_report_is_ordered_once_under_our_reference(account: Account) -> None:
    known = registered(account.name)
    before = len(account.orders())

    report = account.agency.order(known.reference, our_reference="effect-7")

    assert report.company_reference == known.reference
    assert (report.is_complete, report.missing) == (True, ())
    assert report.rating
    assert Decimal(report.score) > 0
    assert report.scale.count("(best)") == 1
    assert report.model
    assert isinstance(report.credit_limit, Decimal)
    assert report.currency in {"GBP", "USD"}
    assert report.payload
    placed = account.orders()[before:]
    assert [(order["company_id"], order["call_ref"]) for order in placed] == [
        (known.reference, "effect-7")
    ]


@pytest.mark.parametrize("kind", ["cut_after", "error_after", "cut_mid_body", "html"])
def test_an_order_whose_answer_is_lost_is_unknown_and_not_repeated(
    account: Account, kind: str
) -> None:
    known = registered(account.name)
    account.fault(ORDER, kind)

    with pytest.raises(UnknownOutcomeError):
        account.agency.order(known.reference, our_reference=f"lost-{kind}")

    placed = [order for order in account.orders() if order["call_ref"] == f"lost-{kind}"]
    assert len(placed) == (kind != "html")
    assert account.matched() == 1


def test_an_agency_that_charges_and_then_times_out_leaves_the_order_unknown(
    opening: Open, agency: str
) -> None:
    account = opening(agency)
    known = registered(agency)
    account.agency.find(known.subject)
    account.fault(ORDER, "hang", ms=3_000)

    with pytest.raises(UnknownOutcomeError):
        account.agency.order(known.reference, our_reference="slow")

    assert [order for order in account.orders() if order["call_ref"] == "slow"]
    assert account.matched() == 1


def test_a_busy_agency_surely_took_no_order_and_says_when_to_come_again(account: Account) -> None:
    before = len(account.orders())
    account.fault(ORDER, "rate_limit", retry_after=30)

    with pytest.raises(RetryableError) as caught:
        account.agency.order(registered(account.name).reference, our_reference="busy")

    assert caught.value.retry_after == 30
    assert len(account.orders()) == before


def test_a_bill_for_a_refusal_is_refused_to_us_and_is_in_the_ledger(account: Account) -> None:
    account.fault(ORDER, "answer_after", status=404, body={"message": "no such company"})

    with pytest.raises(PermanentError):
        account.agency.order(registered(account.name).reference, our_reference="billed")

    assert account.orders()[-1]["call_ref"] == "billed"


def test_a_company_that_cannot_be_ordered_costs_nothing(account: Account) -> None:
    nobody = {"creditsafe": "GB-0-NOSUCH", "dnb": "999999999", "experian": "799999999"}
    before = len(account.orders())

    with pytest.raises(PermanentError):
        account.agency.order(nobody[account.name], our_reference="none")

    assert len(account.orders()) == before


def test_a_limit_in_words_is_no_number(account: Account) -> None:
    report = account.agency.order(
        registered(account.name, "no_limit").reference, our_reference="words"
    )

    assert (report.credit_limit, report.is_complete) == (None, True)


def test_half_a_report_is_incomplete_and_names_what_is_missing(account: Account) -> None:
    half = registered(account.name, "incomplete")

    report = account.agency.order(half.reference, our_reference="half")

    assert not report.is_complete
    assert report.missing
    assert report.payload


def test_the_report_of_another_company_says_whose_it_is(account: Account) -> None:
    one, other = registered(account.name), registered(account.name, nth=1)
    theirs = account.agency.order(other.reference, our_reference="theirs")
    account.fault(ORDER, "answer_after", status=200, body=dict(theirs.payload))

    report = account.agency.order(one.reference, our_reference="ours")

    assert report.company_reference == other.reference
    assert not report.is_complete


def test_two_answers_that_are_swapped_are_both_seen(opening: Open, agency: str) -> None:
    pair = [opening(agency, shelf=shelf) for shelf in [MemoryShelf()] * 2]
    wanted = [registered(agency), registered(agency, nth=1)]
    for account in pair:
        account.agency.find(wanted[0].subject)
    pair[0].fault(ORDER, "swapped", ms=1_500)

    with ThreadPoolExecutor(2) as pool:
        reports = list(
            pool.map(
                lambda which: pair[which].agency.order(
                    wanted[which].reference, our_reference=f"swap-{which}"
                ),
                (0, 1),
            )
        )

    assert [report.company_reference for report in reports] == [
        wanted[1].reference,
        wanted[0].reference,
    ]
    assert not any(report.is_complete for report in reports)


def test_a_token_that_has_run_out_is_renewed_once(account: Account) -> None:
    known = registered(account.name)
    account.agency.find(known.subject)
    account.fault(SEARCH, "unauthorized", times=1)

    assert account.agency.find(known.subject)


def test_a_token_that_is_refused_again_is_left_to_a_person(account: Account) -> None:
    account.fault(SEARCH, "unauthorized")

    with pytest.raises(ConfigError):
        account.agency.find(registered(account.name).subject)

    assert account.matched() == 2


def test_a_wrong_password_is_tried_once_since_five_tries_lock_the_account(
    opening: Open, agency: str
) -> None:
    account = opening(agency, password="not-the-one")
    account.fault(LOGIN, "latency", ms=0)

    for _ in range(6):
        with pytest.raises(ConfigError) as caught:
            account.agency.find(registered(agency).subject)

    assert account.matched() == 1
    assert "not-the-one" not in str(caught.value)
    assert opening(agency).agency.find(registered(agency).subject)


def test_the_ledger_tells_what_was_charged(account: Account) -> None:
    known = registered(account.name)
    before = account.agency.read_ledger(since=NOW - timedelta(days=1), now=NOW)
    account.agency.order(known.reference, our_reference="in-the-books")

    after = account.agency.read_ledger(since=NOW - timedelta(days=1), now=NOW)

    if account.name in STATEMENT:
        assert before.charges is not None
        assert after.charges is not None
        (new,) = set(after.charges) - set(before.charges)
        assert (new.company_reference, new.our_reference) == (known.reference, "in-the-books")
    else:
        assert (before.used_units or 0) + 1 == after.used_units


@pytest.mark.parametrize("name", sorted(STATEMENT))
def test_a_statement_without_an_address_says_nothing(opening: Open, name: str) -> None:
    account = opening(name, statement={})

    reading = account.agency.read_ledger(since=NOW, now=NOW)

    assert (reading.charges, reading.used_units) == (None, None)


@pytest.mark.parametrize("name", sorted(STATEMENT))
@pytest.mark.parametrize("body", [{}, {"usage": [{}], "results": [{}]}])
def test_nothing_is_concluded_from_a_statement_that_cannot_be_read(
    opening: Open, name: str, body: dict
) -> None:
    account = opening(name)
    account.fault({name: f"/{name}/usage"}, "answer_after", status=200, body=body)

    with pytest.raises(PermanentError):
        account.agency.read_ledger(since=NOW, now=NOW)


def test_experian_that_says_no_with_a_200_may_have_charged(opening: Open) -> None:
    account = opening("experian")
    account.fault(ORDER, "answer_after", status=200, body={"success": False, "results": {}})

    with pytest.raises(UnknownOutcomeError):
        account.agency.order(registered("experian").reference, our_reference="no-success")

    assert account.orders()[-1]["call_ref"] == "no-success"


def test_experian_that_cannot_search_is_asked_again(opening: Open) -> None:
    account = opening("experian")
    account.fault(SEARCH, "answer_after", status=200, body={"success": False})

    with pytest.raises(RetryableError):
        account.agency.find(registered("experian").subject)


def test_a_score_of_another_model_is_not_taken_for_the_one_that_was_wanted(opening: Open) -> None:
    account = opening("experian")
    known = registered("experian")
    body = dict(account.agency.order(known.reference, our_reference="v2").payload)
    score = body["results"]["scoreInformation"]["commercialScore"]
    score |= {"modelCode": "000226", "modelTitle": "INTELLISCORE PLUS V3", "score": 640}
    account.fault(ORDER, "answer_after", status=200, body=body | {"comments": "v3"})

    report = account.agency.order(known.reference, our_reference="v3")

    assert report.missing == ("commercialScore of model 000224",)
    assert (report.scale, report.model) == ("300 to 850 (best)", "INTELLISCORE PLUS V3")


def test_blocks_that_dnb_left_out_are_missing(opening: Open) -> None:
    account = opening("dnb")
    known = registered("dnb")
    body = dict(account.agency.order(known.reference, our_reference="all").payload)
    account.fault(ORDER, "answer_after", status=200, body=body | {"blockStatus": []})

    report = account.agency.order(known.reference, our_reference="less")

    assert "financialstrengthinsight_L2_v1" in report.missing


def test_a_wrong_address_is_not_taken_for_a_company_that_is_not_known(opening: Open) -> None:
    account = opening("dnb")
    account.fault(SEARCH, "answer_after", status=404, body={"message": "not here"})

    with pytest.raises(NotFoundError) as caught:
        account.agency.find(registered("dnb").subject)

    assert "404" in str(caught.value)
