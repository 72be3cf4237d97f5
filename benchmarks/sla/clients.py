"""Clients whose clocks are measured: their promises, their facts, and a database to hold them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.sla.calendar import Span, WorkingCalendar
from mastersync.domain.sla.model import (
    Allowance,
    Cause,
    Clause,
    Milestone,
    Request,
    Rung,
    SlaPolicy,
    Unit,
)
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
APRIL = MARCH + timedelta(days=31)
NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)
DAILY = 100  # customers that a client is told of at a time
_SECRET = "benchmarks have no secrets to keep"  # noqa: S105 (a database that lives for minutes)
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Europe/London")
_FILL = (Path(__file__).parent / "fill.sql").read_text("utf-8").split(";\n")


def promised(client: str) -> ClientRules:
    """Return what a client was promised: c1, c2 … have other hours, zones and allowances each."""
    number = int(client[1:]) if client[1:].isdecimal() else 0
    hours = (Span(opens=(8 + number % 2) * 60, closes=(16 + number % 3) * 60),)
    calendar = WorkingCalendar(
        name="office",
        zone=_ZONES[number % len(_ZONES)],
        week=dict.fromkeys(range(5), hours),
        first_year=2025,
        last_year=2027,
    )
    pushed = Clause(
        key="4.1",
        number="4.1",
        clock="seen to pushed",
        start=Milestone.SEEN,
        stop=Milestone.PUSHED,
        within=Allowance(amount=Decimal(4 + number % 9), unit=Unit.WORKING_HOURS),
        calendar="office",
        pauses=frozenset(Cause),
        target=Decimal("0.95"),
    )
    key_customers = replace(
        pushed, key="4.2", segment="S1", within=Allowance(amount=Decimal(3), unit=Unit.HOURS)
    )
    key_customers = replace(key_customers, calendar="", requests=frozenset({Request.NEW_CUSTOMER}))
    verified = replace(
        pushed, key="4.3", clock="seen to verified", stop=Milestone.VERIFIED, pauses=frozenset()
    )
    verified = replace(verified, within=Allowance(amount=Decimal(3), unit=Unit.WORKING_DAYS))
    return ClientRules(
        client_id=client,
        name=f"Client {client}",
        policy_version="p1",
        systems={},
        match=MatchPolicy(),
        survivorship=SurvivorshipPolicy(trust=("crm", "erp")),
        targets={},
        tables={},
        guards=GuardPolicy(max_updates=1, max_creates=1, max_mails=1),
        sla=SlaPolicy(
            clauses=(pushed, key_customers, verified),
            zone=calendar.zone,
            calendars={"office": calendar},
            ladder=(Rung(at=Decimal("0.8"), to="operator"), Rung(at=Decimal(1), to="operator")),
        ),
    )


@contextmanager
def running_server() -> Iterator[EmbeddedServer]:
    """Start a PostgreSQL with default settings, for as long as the context."""
    with TemporaryDirectory() as folder:
        server = embedded.start(Path(folder) / "pg")
        try:
            yield server
        finally:
            server.stop()


@dataclass(frozen=True, kw_only=True)
class Clients:
    """A database with clients."""

    url: str

    @classmethod
    def registered(cls, server: EmbeddedServer, database: str, clients: list[str]) -> "Clients":
        """Make a database for these clients."""
        embedded.ensure_database(server, database)
        found = cls(url=server.url(database))
        migrate(admin_url=found.url, secret_key=_SECRET)
        register_clients(
            admin_url=found.url, secret_key=_SECRET, names={client: client for client in clients}
        )
        return found

    def fill(self, customers: dict[str, int]) -> None:
        """Give each client so many customers, a hundred at a time, one client after the other.

        So the rows of all of them lie among each other, as those of clients who are synced daily.
        """
        with self.admin() as session:
            session.execute("SET session_replication_role = replica")
            for first in range(1, max(customers.values()) + 1, DAILY):
                for client, wanted in customers.items():
                    last = min(first + DAILY - 1, wanted)
                    if first <= last:
                        self._fill(session, {"client": client, "first": first, "last": last})
            session.execute("VACUUM (ANALYZE)")  # as autovacuum would

    @contextmanager
    def store(self, client: str) -> Iterator[PostgresStore]:
        """Open a client's store, as its own role."""
        role = role_url(self.url, client_role(client), secret_key=_SECRET)
        with closing(Database(role)) as database:
            yield PostgresStore(database, client)

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection]:
        """Connect as who may do everything."""
        address = self.url.replace("+psycopg", "")
        options = "-c search_path=mastersync"
        with psycopg.connect(address, options=options, autocommit=True) as session:
            yield session

    @staticmethod
    def _fill(session: psycopg.Connection, slice_: dict[str, object]) -> None:
        with session.transaction():
            for statement in _FILL:
                session.execute(statement, slice_)
