"""Asking Creditsafe: searches are free, orders are paid for once, log-ins never hammered."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from integration.connectors.raw_servers import answer, raw_server
from mastersync.connectors.agencies.creditsafe import Creditsafe
from mastersync.connectors.agencies.creditsafe_options import CreditsafeOptions
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_options import Auth, HttpOptions
from mastersync.domain.credit.model import CreditSubject
from mastersync.errors import ConfigError, PermanentError, RetryableError, UnknownOutcomeError
from mastersync.ports.connections import ConnectionDetails
from sandboxes import Sandbox

CLIENT = "northwind_industrial"
BASE = "/creditsafe/v1"


class Account:
    def __init__(self, sandbox: Sandbox, *, password: str = "", **given) -> None:
        self.sandbox = sandbox
        connection = ConnectionDetails(
            host=sandbox.url + BASE,
            login=CLIENT,
            password=password or f"sandbox-{CLIENT}-creditsafe",
        )
        options = {"max_tries": 2, "first_wait": 0.01, "read_timeout": 2.0, **given}
        self.api = HttpApi(connection, HttpOptions(auth=Auth.NONE, **options))
        self.agency = Creditsafe(
            self.api, connection, CreditsafeOptions(custom_data={"DE": "de_reason_code::1"})
        )

    def orders(self) -> list[dict]:
        return self.sandbox.ledger("orders", client=CLIENT)

    def fault(self, path: str, kind: str, **more) -> None:
        self.sandbox.order_faults({"path": BASE + path, "kind": kind, **more})


@pytest.fixture
def account(sandbox: Sandbox) -> Iterator[Account]:
    account = Account(sandbox)
    yield account
    account.api.close()


@pytest.fixture
def known(sandbox: Sandbox) -> CreditSubject:
    """A company that the agency knows, as it registered it."""
    companies = []
    with_token = sandbox.http.post(
        f"{BASE}/authenticate",
        json={"username": CLIENT, "password": f"sandbox-{CLIENT}-creditsafe"},
    ).json()["token"]
    headers = {"Authorization": f"Bearer {with_token}"}
    query = {"countries": "GB", "name": "a", "pageSize": "100"}
    companies = sandbox.http.get(f"{BASE}/companies", params=query, headers=headers).json()
    company = next(c for c in companies["companies"] if c["status"] == "Active" and c["regNo"])
    return CreditSubject(
        customer_id="1",
        name=company["name"],
        country="GB",
        registration_number=company["regNo"],
        postcode=company["address"]["postCode"] or "",
    )


def test_a_company_is_found_by_its_number_and_else_by_its_name(
    account: Account, known: CreditSubject
) -> None:
    by_number = account.agency.find(known)
    by_name = account.agency.find(
        CreditSubject(customer_id="1", name=known.name, country="GB", postcode=known.postcode)
    )

    assert by_number[0].registration_number == known.registration_number
    assert by_number[0].is_active
    assert by_number[0].reference in {company.reference for company in by_name}
    assert account.orders() == []


def test_a_company_that_the_agency_does_not_know_is_no_error(account: Account) -> None:
    subject = CreditSubject(
        customer_id="1",
        name="No Such Company Of This World",
        country="GB",
        registration_number="99999999",
        postcode="ZZ1 1ZZ",
    )

    assert account.agency.find(subject) == []


def test_a_customer_without_a_country_is_not_searched_for(account: Account) -> None:
    assert account.agency.find(CreditSubject(customer_id="1", name="Acme", country="")) == []


def test_a_report_is_ordered_once_under_our_reference(
    account: Account, known: CreditSubject
) -> None:
    company = account.agency.find(known)[0]
    before = len(account.orders())

    report = account.agency.order(company.reference, our_reference="effect-7")

    assert report.company_reference == company.reference
    assert report.is_complete
    assert report.rating
    assert report.credit_limit is None or isinstance(report.credit_limit, Decimal)
    assert report.registration_number == known.registration_number
    assert [order["call_ref"] for order in account.orders()[before:]] == ["effect-7"]


@pytest.mark.parametrize("kind", ["cut_after", "error_after", "cut_mid_body"])
def test_an_order_whose_answer_is_lost_is_unknown_and_not_repeated(
    account: Account, known: CreditSubject, kind: str
) -> None:
    company = account.agency.find(known)[0]
    before = len(account.orders())
    account.fault(f"/companies/{company.reference}", kind)

    with pytest.raises(UnknownOutcomeError):
        account.agency.order(company.reference, our_reference=f"lost-{kind}")

    assert len(account.orders()) == before + 1


def test_a_busy_agency_surely_took_no_order(account: Account, known: CreditSubject) -> None:
    company = account.agency.find(known)[0]
    before = len(account.orders())
    account.fault(f"/companies/{company.reference}", "rate_limit", retry_after=30)

    with pytest.raises(RetryableError) as caught:
        account.agency.order(company.reference, our_reference="busy")

    assert caught.value.retry_after == 30
    assert len(account.orders()) == before


def test_a_token_that_has_run_out_is_renewed_once(account: Account, known: CreditSubject) -> None:
    account.agency.find(known)
    account.fault("/companies", "unauthorized", times=1)

    assert account.agency.find(known)


def test_a_token_that_is_refused_again_is_left_to_a_person(
    account: Account, known: CreditSubject
) -> None:
    account.fault("/companies", "unauthorized")

    with pytest.raises(ConfigError):
        account.agency.find(known)

    assert account.sandbox.http.get("/control/faults").json()[0]["matched"] == 2


def test_a_wrong_password_is_tried_once_ever_since_five_tries_lock_the_account(
    sandbox: Sandbox, known: CreditSubject
) -> None:
    account = Account(sandbox, password="wrong")
    account.fault("/authenticate", "latency", ms=0)

    for _ in range(6):
        with pytest.raises(ConfigError) as caught:
            account.agency.find(known)
    account.api.close()

    assert "wrong" not in caught.value.facts.values()
    assert sandbox.http.get("/control/faults").json()[0]["matched"] == 1


def test_a_country_outside_the_contract_is_for_a_person_to_mend(account: Account) -> None:
    subject = CreditSubject(customer_id="1", name="Acme", country="IN", registration_number="1")

    with pytest.raises(ConfigError):
        account.agency.find(subject)


def test_an_unknown_company_cannot_be_ordered_and_costs_nothing(account: Account) -> None:
    before = len(account.orders())

    with pytest.raises(PermanentError):
        account.agency.order("GB-0-NOSUCH", our_reference="none")

    assert len(account.orders()) == before


@pytest.mark.parametrize(
    ("body", "limit", "is_complete"),
    [
        (b'"failedSections": [], "creditLimit": "45,000"', Decimal(45000), True),
        (b'"failedSections": [], "creditLimit": "No Limit"', None, True),
        (b'"failedSections": ["creditScore"], "creditLimit": "45000"', Decimal(45000), False),
        (b'"companyId": "GB-0-2", "creditLimit": "45000"', Decimal(45000), False),
    ],
)
def test_reports_in_part_in_words_or_of_another_company_are_told_apart(
    body: bytes, limit: Decimal | None, *, is_complete: bool
) -> None:
    head, _, amount = body.partition(b'"creditLimit": ')
    rating = b'{"commonValue": "B", "creditLimit": {"currency": "GBP", "value": ' + amount + b"}}"
    report = b'{"companySummary": {"creditRating": ' + rating + b"}}"
    sent = b'{"token": "t", ' + head + b'"orderId": 7, "report": ' + report + b"}"
    with raw_server([answer(sent)]) as server:
        connection = ConnectionDetails(host=server.url, login="a", password="b")
        with HttpApi(connection, HttpOptions(auth=Auth.NONE)) as api:
            agency = Creditsafe(api, connection, CreditsafeOptions())
            got = agency.order("GB-0-1", our_reference="r")

    assert (got.credit_limit, got.is_complete) == (limit, is_complete)
    assert (got.rating, got.currency, got.order_reference) == ("B", "GBP", "7")
