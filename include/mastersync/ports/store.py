"""One client's store: transactions over its stations."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mastersync.ports.agency_events import AgencyEvents
from mastersync.ports.agency_ledger import AgencyLedger
from mastersync.ports.confirmation_requests import ConfirmationRequests
from mastersync.ports.credit_decisions import CreditDecisions
from mastersync.ports.credit_reports import CreditReports
from mastersync.ports.customers import Customers
from mastersync.ports.decisions import Decisions
from mastersync.ports.effects import Effects
from mastersync.ports.identity import Identity
from mastersync.ports.landing import Landing
from mastersync.ports.match_index import MatchIndex
from mastersync.ports.matches import Matches
from mastersync.ports.outbox import Outbox
from mastersync.ports.paces import Paces
from mastersync.ports.plans import Plans
from mastersync.ports.records import Records
from mastersync.ports.releases import Releases
from mastersync.ports.replays import Replays
from mastersync.ports.runs import Runs
from mastersync.ports.sla import Sla
from mastersync.ports.tickets import Tickets


class AuditTrail(Protocol):
    """The client's chained audit trail, within one transaction."""

    def append(
        self,
        action: str,
        *,
        actor: str,
        run_id: str | None,
        summary: dict[str, object],
        now: datetime,
    ) -> None:
        """Seal one entry onto the chain; counts and digests only, no personal data."""
        ...

    def count(self) -> int:
        """Return how many entries the chain has."""
        ...

    def verify(self) -> list[str]:
        """Return each break of the chain, in words; empty when it holds."""
        ...


class Unit(Protocol):
    """One transaction on one client's store: all of it is kept, or nothing."""

    @property
    def runs(self) -> Runs: ...
    @property
    def landing(self) -> Landing: ...
    @property
    def records(self) -> Records: ...
    @property
    def matches(self) -> Matches: ...
    @property
    def match_index(self) -> MatchIndex: ...
    @property
    def customers(self) -> Customers: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def identity(self) -> Identity: ...
    @property
    def effects(self) -> Effects: ...
    @property
    def paces(self) -> Paces: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def replays(self) -> Replays: ...
    @property
    def releases(self) -> Releases: ...
    @property
    def credit_reports(self) -> CreditReports: ...
    @property
    def agency_events(self) -> AgencyEvents: ...
    @property
    def agency_ledger(self) -> AgencyLedger: ...
    @property
    def credit_decisions(self) -> CreditDecisions: ...
    @property
    def confirmations(self) -> ConfirmationRequests: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def sla(self) -> Sla: ...
    @property
    def audit(self) -> AuditTrail: ...


class Store(Protocol):
    """One client's store."""

    @property
    def client_id(self) -> str:
        """Whose store it is."""
        ...

    def begin(self) -> AbstractContextManager[Unit]:
        """Open a transaction; it is kept on leaving, undone on an exception."""
        ...

    def rehearse(self) -> AbstractContextManager["Rehearsal"]:
        """Open a store in which everything is done for real, and nothing kept unless told."""
        ...


class Rehearsal(Store, Protocol):
    """A store whose transactions are parts of one: a part that fails undoes that part alone.

    Nobody else sees any of it before the end. The client's syncs, merges and unmerges wait for
    it, so it ought to be short: what is slow, as reading a system, comes before.
    """

    def keep(self) -> None:
        """Have everything kept at the end; else it is undone."""
        ...
