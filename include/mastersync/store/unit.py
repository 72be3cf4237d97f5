"""One transaction on one client's store: its stations."""

from functools import cached_property

from mastersync.store.agency_events import PostgresAgencyEvents
from mastersync.store.agency_ledger import PostgresAgencyLedger
from mastersync.store.audit_entries import PostgresAuditTrail
from mastersync.store.confirmation_requests import PostgresConfirmationRequests
from mastersync.store.credit_decisions import PostgresCreditDecisions
from mastersync.store.credit_reports import PostgresCreditReports
from mastersync.store.customers import PostgresCustomers
from mastersync.store.database import Session
from mastersync.store.decisions import PostgresDecisions
from mastersync.store.effects import PostgresEffects
from mastersync.store.identity import PostgresIdentity
from mastersync.store.landing import PostgresLanding
from mastersync.store.match_index import PostgresMatchIndex
from mastersync.store.matches import PostgresMatches
from mastersync.store.outbox import PostgresOutbox
from mastersync.store.paces import PostgresPaces
from mastersync.store.plans import PostgresPlans
from mastersync.store.records import PostgresRecords
from mastersync.store.releases import PostgresReleases
from mastersync.store.replays import PostgresReplays
from mastersync.store.runs import PostgresRuns
from mastersync.store.sla import PostgresSla
from mastersync.store.tickets import PostgresTickets


class PostgresUnit:
    """Implements `ports.store.Unit`: one transaction on one client's store."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    @cached_property
    def runs(self) -> PostgresRuns:
        return PostgresRuns(self._session, self._client_id)

    @cached_property
    def landing(self) -> PostgresLanding:
        return PostgresLanding(self._session, self._client_id)

    @cached_property
    def records(self) -> PostgresRecords:
        return PostgresRecords(self._session, self._client_id)

    @cached_property
    def matches(self) -> PostgresMatches:
        return PostgresMatches(self._session, self._client_id)

    @cached_property
    def match_index(self) -> PostgresMatchIndex:
        return PostgresMatchIndex(self._session, self._client_id)

    @cached_property
    def customers(self) -> PostgresCustomers:
        return PostgresCustomers(self._session, self._client_id)

    @cached_property
    def decisions(self) -> PostgresDecisions:
        return PostgresDecisions(self._session, self._client_id)

    @cached_property
    def paces(self) -> PostgresPaces:
        return PostgresPaces(self._session, self._client_id)

    @cached_property
    def identity(self) -> PostgresIdentity:
        return PostgresIdentity(self._session, self._client_id)

    @cached_property
    def effects(self) -> PostgresEffects:
        return PostgresEffects(self._session, self._client_id)

    @cached_property
    def plans(self) -> PostgresPlans:
        return PostgresPlans(self._session, self._client_id)

    @cached_property
    def outbox(self) -> PostgresOutbox:
        return PostgresOutbox(self._session, self._client_id)

    @cached_property
    def replays(self) -> PostgresReplays:
        return PostgresReplays(self._session, self._client_id)

    @cached_property
    def releases(self) -> PostgresReleases:
        return PostgresReleases(self._session, self._client_id)

    @cached_property
    def credit_reports(self) -> PostgresCreditReports:
        return PostgresCreditReports(self._session, self._client_id)

    @cached_property
    def credit_decisions(self) -> PostgresCreditDecisions:
        return PostgresCreditDecisions(self._session, self._client_id)

    @cached_property
    def agency_events(self) -> PostgresAgencyEvents:
        return PostgresAgencyEvents(self._session, self._client_id)

    @cached_property
    def agency_ledger(self) -> PostgresAgencyLedger:
        return PostgresAgencyLedger(self._session, self._client_id)

    @cached_property
    def confirmations(self) -> PostgresConfirmationRequests:
        return PostgresConfirmationRequests(self._session, self._client_id)

    @cached_property
    def tickets(self) -> PostgresTickets:
        return PostgresTickets(self._session, self._client_id)

    @cached_property
    def sla(self) -> PostgresSla:
        return PostgresSla(self._session, self._client_id)

    @cached_property
    def audit(self) -> PostgresAuditTrail:
        return PostgresAuditTrail(self._session, self._client_id)
