"""A client with a CRM and an ERP that are fakes, and a real store: a sync in milliseconds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from mastersync.domain.client_rules import ClientRules, SystemRules
from mastersync.domain.confirmations.invitation import Invitation
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.credit.budget import Budget
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import FieldRule, SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.domain.targets.model import TargetField, TargetPolicy
from mastersync.ports.agencies import CompanySearch
from mastersync.ports.store import Store
from mastersync.ports.systems import SystemReader
from mastersync.store.client_store import PostgresStore
from mastersync.usecases.failpoints import Failpoint, never
from mastersync.usecases.send_confirmations import MailSetting
from mastersync.wiring.sync import deliver_leftovers, sync_client
from outsiders import FakeAgency, FakeMailer, FakeSystem
from stores import NOON, SECRET, TestStore

PATHS = (
    *("name", "street", "city", "postcode", "country", "phone", "email"),
    *("payment_terms", "credit_limit", "credit_currency", "registration_number"),
    "credit_rating",
)
CREDIT = CreditPolicy(
    agency="creditsafe",
    countries=frozenset({"GB"}),
    party_types=frozenset({"company"}),
    minimum_requested_limit=Decimal(1000),
    valid_for_days=180,
    price=Decimal("3.50"),
    currency="GBP",
    budget=Budget(currency="GBP", per_run=Decimal("17.50"), per_month=Decimal(350)),
    purpose="Trade credit",
    authority="Agreement 2026",
    client_country="GB",
)


def reports(*, a_run: int = 5, a_month: int = 100) -> CreditPolicy:
    """The policy with a budget for so many reports."""
    price = CREDIT.price
    budget = replace(CREDIT.budget, per_run=a_run * price, per_month=a_month * price)
    return replace(CREDIT, budget=budget)


CONFIRMATION = ConfirmationPolicy(
    enabled=True,
    sender="accounts@acme.example",
    sender_name="Acme",
    reply_to="accounts@acme.example",
    fields=("name", "street", "city", "postcode", "country", "phone", "email"),
    ask_again_after_days=180,
    max_per_run=10,
    link_valid_days=30,
    language="en",
)
# Nothing alike, so that nobody is taken for somebody else.
COMPANIES = {
    "aldgate": ("Aldgate Foundry Ltd", "3 Mercer Row", "Leeds", "LS1 4AP", "20 7946 0101"),
    "brixton": ("Brixton Joinery Ltd", "88 Quay Parade", "Cardiff", "CF10 1EP", "20 7946 0202"),
    "cobham": ("Cobham Orchards Ltd", "Old Mill House", "Exeter", "EX4 3SR", "20 7946 0303"),
    "dunmore": ("Dunmore Textiles Ltd", "12 Canal Wharf", "Glasgow", "G2 8DL", "20 7946 0404"),
}


def company(which: str, /, **values: object) -> dict[str, object]:
    """A company's record as both systems hold it."""
    number = list(COMPANIES).index(which) + 1
    title, street, city, postcode, phone = COMPANIES[which]
    return {
        "name": title,
        "street": street,
        "city": city,
        "postcode": postcode,
        "country": "GB",
        "phone": f"+44{phone.replace(' ', '')}",
        "registration_number": f"0{number}23456{number}",
        **values,
    }


def rules() -> ClientRules:
    system = SystemRules(
        mapping={path: path for path in PATHS},
        constants={"party_type": "company"},
        prepare=PreparePolicy(required=frozenset(), default_country="GB"),
    )
    crm_first = FieldRule(trust=("crm", "erp"))
    return ClientRules(
        client_id="acme",
        name="Acme",
        policy_version="p1",
        systems={"crm": system, "erp": system},
        match=MatchPolicy(),
        survivorship=SurvivorshipPolicy(
            trust=("erp", "crm"),
            by_field={"phone": crm_first, "email": crm_first},
        ),
        targets={
            "crm": _target("crm", create=False),
            "erp": _target("erp", create=True),
        },
        tables={},
        guards=GuardPolicy(max_updates=100, max_creates=100, max_mails=100),
    )


def _target(system: str, *, create: bool) -> TargetPolicy:
    mapping = tuple(TargetField(path=path, field=path) for path in PATHS)
    return TargetPolicy(
        system=system, create=create, update=True, mapping=mapping, default_country="GB"
    )


@dataclass
class Clock:
    """Each look at it takes a millisecond."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def push(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@dataclass
class Pipeline:
    """Duck-typed as `wiring.client.Client`: the steps of ``wiring.sync`` run on it."""

    test_store: TestStore
    store: PostgresStore
    clock: Clock = field(default_factory=Clock)
    rules: ClientRules = field(default_factory=rules)
    failpoint: Failpoint = never
    mails: FakeMailer = field(default_factory=FakeMailer)
    creditsafe: FakeAgency = field(default_factory=FakeAgency)
    report_validity: timedelta = timedelta(days=180)
    monitor: object | None = None
    statement_lag: timedelta = timedelta(minutes=30)
    run_count: int = 0
    search: CompanySearch | None = None
    everyone: bool = False

    def __post_init__(self) -> None:
        self.crm = FakeSystem("crm", clock=self.clock)
        self.erp = FakeSystem("erp", clock=self.clock)
        self.client_id = self.store.client_id
        self.settings = SimpleNamespace(key=SECRET)

    @property
    def configuration(self) -> str:
        return self.rules.policy_version

    def rehearsed(
        self,
        store: Store,
        readers: Mapping[str, SystemReader],
        search: CompanySearch,
        *,
        everyone: bool = False,
    ) -> "Pipeline":
        rehearsed = copy(self)
        vars(rehearsed).update(readers, store=store, search=search, everyone=everyone)
        return rehearsed

    @contextmanager
    def reader(self, system: str) -> Iterator[FakeSystem]:
        yield getattr(self, system)

    writer = reader

    @contextmanager
    def agency_monitor(self) -> Iterator[object | None]:
        yield self.monitor

    @contextmanager
    def agency(self) -> Iterator[FakeAgency]:
        yield self.creditsafe

    @contextmanager
    def company_search(self) -> Iterator[CompanySearch]:
        yield self.search or self.creditsafe

    def mailer(self) -> FakeMailer:
        return self.mails

    def mail_setting(self) -> MailSetting:
        return MailSetting(
            client_name="Acme",
            policy=self.rules.confirmation,
            portal_url="http://portal.example",
            secret_key=SECRET,
        )

    def render(self, invitation: Invitation, language: str) -> tuple[str, str, str]:
        return "Please check", invitation.link, f"<p>{language}</p>"

    # What tests say ------------------------------------------------------------------------

    def set_rules(self, **changes: object) -> None:
        """Change the client's configuration; its version changes with it."""
        version = f"p{int(self.rules.policy_version[1:]) + 1}"
        self.rules = replace(self.rules, policy_version=version, **changes)

    def sync(self, **how_long: float) -> dict[str, dict[str, int]]:
        """Run a sync an hour (or ``how_long``) after the last; returns its counts.

        Whatever happened outside, the conservation law holds afterwards.
        """
        self.clock.push(**(how_long or {"hours": 1}))
        self.run_count += 1
        closed = sync_client(self, f"r{self.run_count}")
        assert self.violations() == []
        return {"run": {"state": closed["state"]}, **closed["counts"]}

    def deliver(self, **how_long: float) -> None:
        """Deliver what is due outside of any run."""
        self.clock.push(**(how_long or {"hours": 1}))
        deliver_leftovers(self)
        assert self.violations() == []

    def violations(self) -> list[str]:
        with self.store.begin() as unit:
            now = self.clock()
            return [*unit.runs.violations(now=now), *unit.identity.violations(now=now)]

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        return self.test_store.rows(query, *parameters)

    def golden(self, system: str, key: str) -> dict[str, str]:
        """The newest golden record of the customer that a source record is linked to."""
        found = self.rows(
            "SELECT golden.fields FROM source_record AS record"
            " JOIN link USING (client_id, record_id)"
            " JOIN golden_version AS golden USING (client_id, customer_id)"
            " WHERE record.system = %s AND record.source_key = %s AND link.ended_at IS NULL"
            " ORDER BY golden.version_no DESC LIMIT 1",
            system,
            key,
        )
        return found[0][0]

    def states(self, system: str, key: str) -> list[str]:
        """The states of a record's versions, oldest first."""
        return [
            state
            for (state,) in self.rows(
                "SELECT state FROM version_state JOIN source_record AS record"
                " USING (client_id, record_id)"
                " WHERE record.system = %s AND record.source_key = %s ORDER BY version_id",
                system,
                key,
            )
        ]

    def tickets(self, state: str = "open") -> list[str]:
        """The cause keys of the tickets in a state."""
        found = self.rows("SELECT cause_key FROM ticket WHERE state = %s ORDER BY 1", state)
        return [cause_key for (cause_key,) in found]

    def snapshot(self) -> dict[str, tuple[int, str]]:
        """Rows and checksum of every table of the store."""
        return {
            table: self.rows(
                "SELECT count(*), md5(coalesce(string_agg(one::text, '|' ORDER BY one::text), ''))"
                f" FROM mastersync.{table} AS one"
            )[0]
            for (table,) in self.rows(
                "SELECT relname FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = 'mastersync'::regnamespace ORDER BY relname"
            )
        }

    def effects(self) -> list[tuple[str, str, str]]:
        """Kind, target and state of each effect, in the order planned."""
        return self.rows("SELECT kind, target, state FROM effect ORDER BY planned_at, target")


@contextmanager
def running_pipeline(store: TestStore) -> Iterator[Pipeline]:
    with store.client("acme") as client_store:
        yield Pipeline(store, client_store)
