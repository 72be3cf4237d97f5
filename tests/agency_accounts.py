"""An account at each agency of the sandbox, for suites that ask them over real HTTP."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

from mastersync.config.connections import JsonConnections
from mastersync.config.credit import CreditConfig
from mastersync.connectors.http_options import HttpOptions
from mastersync.domain.credit.model import CreditSubject
from mastersync.ports.agencies import CreditAgency
from mastersync.ports.connections import ConnectionDetails
from mastersync.ports.tokens import TokenShelf
from mastersync.sandbox.connections import EXPERIAN_SUBCODE, airflow_connections
from mastersync.sandbox.seed.companies import Company, agency_numbers, companies
from mastersync.sandbox.seed.records import share
from mastersync.wiring import agencies
from sandboxes import Sandbox

# Whose account is used, and of what country its companies are.
CLIENTS = {
    "creditsafe": ("northwind_industrial", "GB"),
    "dnb": ("northwind_industrial", "GB"),
    "experian": ("harbor_foods", "US"),
}
LOGIN = {
    "creditsafe": "/creditsafe/v1/authenticate",
    "dnb": "/dnb/v3/token",
    "experian": "/experian/oauth2/v1/token",
}
SEARCH = {
    "creditsafe": "/creditsafe/v1/companies",
    "dnb": "/dnb/v1/match/cleanseMatch",
    "experian": "/experian/businessinformation/businesses/v1/search",
}
ORDER = {
    "creditsafe": "/creditsafe/v1/companies/",
    "dnb": "/dnb/v1/data/duns/",
    "experian": "/experian/businessinformation/businesses/v1/scores",
}
STATEMENT = {"dnb": "/usage", "experian": "/usage"}
QUICK = {"max_tries": 2, "first_wait": 0.01, "read_timeout": 2.0}


@dataclass(frozen=True)
class Registered:
    """A company as an agency of the sandbox knows it."""

    company: Company
    reference: str

    @property
    def subject(self) -> CreditSubject:
        return CreditSubject(
            customer_id="1",
            name=self.company.name,
            country=self.company.country,
            registration_number=self.company.reg_no,
            street=self.company.street,
            city=self.company.city,
            postcode=self.company.postcode,
        )


@cache
def _known() -> dict[str, Company]:
    return {company.id: company for company in companies()}


def registered(agency: str, kind: str = "rated", *, nth: int = 0) -> Registered:
    """A company that the agency knows for sure and whose report is of this kind."""
    known = _known()
    _, country = CLIENTS[agency]
    numbers = (
        [("creditsafe", company_id, company_id) for company_id in known]
        if agency == "creditsafe"
        else agency_numbers([*known.values()])
    )
    found = [
        Registered(known[company_id], number)
        for of, number, company_id in numbers
        if of == agency
        and (known[company_id].country, known[company_id].kind) == (country, kind)
        and known[company_id].city
        and not share(8, "moved", company_id)
        and not share(3, "dissolved", company_id)
    ]
    return found[nth]


def credit_config(agency: str, client: str = "", **given: object) -> CreditConfig:
    """The credit section of a client of this agency."""
    client = client or CLIENTS[agency][0]
    section: dict[str, object] = {
        "agency": agency,
        "connection": f"{client}__{agency}",
        "countries": [CLIENTS[agency][1]],
        "price": "4",
        "currency": "EUR",
        "budget_per_run": "400",
        "budget_per_month": "4000",
        "purpose": "Trade credit",
        "authority": "Agreement 2026",
        "custom_data": {"DE": "de_reason_code::1"},
        "statement": {"path": STATEMENT.get(agency), "complete_after_minutes": 30},
    }
    if agency == "experian":
        section["experian"] = {"subcode": EXPERIAN_SUBCODE}
    return CreditConfig.model_validate(section | given, context={"client_id": client})


class _Given:
    """Implements `ports.connections.Connections` of one connection."""

    def __init__(self, connection: ConnectionDetails) -> None:
        self.connection = connection

    def get(self, conn_id: str) -> ConnectionDetails:
        return self.connection


@dataclass
class Account:
    """One client's account at one agency."""

    name: str
    client: str
    agency: CreditAgency
    sandbox: Sandbox

    def orders(self) -> list[dict]:
        return [
            entry
            for entry in self.sandbox.ledger("orders", client=self.client)
            if entry["agency"] == self.name
        ]

    def fault(self, path: Mapping[str, str], kind: str, *, at: str = "", **more: object) -> None:
        self.sandbox.order_faults({"path": path[self.name] + at, "kind": kind, **more})

    def matched(self) -> int:
        return self.sandbox.http.get("/control/faults").json()[0]["matched"]


@contextmanager
def open_account(
    agency: str,
    sandbox: Sandbox,
    *,
    password: str = "",
    shelf: TokenShelf | None = None,
    http: HttpOptions | None = None,
    **given: object,
) -> Iterator[Account]:
    """Open the account; ``password`` in place of the right one."""
    credit = credit_config(agency, **given)
    connection = JsonConnections(airflow_connections(sandbox.url, sandbox.home)).get(
        credit.connection
    )
    if password:
        connection = replace(connection, password=password)
    quick = http or replace(agencies.HTTP, **QUICK)
    with agencies.open_agency(credit, _Given(connection), http=quick, shelf=shelf) as opened:
        yield Account(agency, CLIENTS[agency][0], opened, sandbox)
