"""One client, wired: its rules, its store as its own role, its systems, agency and mail."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from mastersync.config.client import ClientConfig
from mastersync.config.clients import load_client
from mastersync.config.credit import CreditConfig
from mastersync.config.rules import client_rules
from mastersync.config.schedules import CLIENT_FILE, list_clients
from mastersync.config.settings import Settings, load_settings
from mastersync.config.systems import RestSystem
from mastersync.connectors.mail.rendering import render_confirmation
from mastersync.connectors.mail.sendgrid_mailer import SendGridMailer
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.confirmations.invitation import Invitation
from mastersync.domain.records.hashing import digest
from mastersync.errors import ConfigError, NotFoundError
from mastersync.ports.agencies import AgencyMonitor, CompanySearch, CreditAgency
from mastersync.ports.connections import Connections
from mastersync.ports.mail import Mailer
from mastersync.ports.paces import Line
from mastersync.ports.store import Store
from mastersync.ports.systems import SystemReader, SystemWriter
from mastersync.ports.tokens import TokenShelf
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.usecases.failpoints import Failpoint
from mastersync.usecases.send_confirmations import MailSetting
from mastersync.wiring import agencies, outside
from mastersync.wiring.clock import StoreClock
from mastersync.wiring.dying import failpoint_of
from mastersync.wiring.lines import Lines
from mastersync.wiring.stores import store_url


@dataclass(frozen=True, kw_only=True)
class Client:
    """Everything that a step of one client's sync may need."""

    config: ClientConfig
    rules: ClientRules
    store: Store
    settings: Settings
    connections: Connections
    folder: Path
    failpoint: Failpoint
    clock: Callable[[], datetime]
    lines: Lines
    readers: Mapping[str, SystemReader] = field(default_factory=dict)  # in place of the systems'
    search: CompanySearch | None = None  # in place of the agency's
    everyone: bool = False  # form and plan all customers, not only those who changed

    @property
    def client_id(self) -> str:
        return self.config.client_id

    @property
    def configuration(self) -> str:
        """What stands for all that its folder says: its rules, and the words of its mails."""
        files = sorted(path for path in (self.folder / "templates").rglob("*") if path.is_file())
        said = [[str(path.relative_to(self.folder)), path.read_bytes().hex()] for path in files]
        return digest([self.rules.policy_version, *said]).hex()[:16]

    def rehearsed(
        self,
        store: Store,
        readers: Mapping[str, SystemReader],
        search: CompanySearch,
        *,
        everyone: bool = False,
    ) -> Self:
        """Return the same client on the store of a rehearsal, with others asked before it."""
        return replace(self, store=store, readers=readers, search=search, everyone=everyone)

    @contextmanager
    def reader(self, system: str) -> Iterator[SystemReader]:
        """Open a reader of one of the client's systems."""
        if system in self.readers:
            yield self.readers[system]
            return
        config = self.config.systems[system]
        line = self._line(system)
        with outside.open_reader(config, self.connections, line=line) as reader:
            yield reader

    @contextmanager
    def writer(self, system: str) -> Iterator[SystemWriter]:
        """Open a writer of one of the client's target systems."""
        config = self.config.systems[system]
        line = self._line(system)
        with outside.open_writer(config, self.connections, line=line) as writer:
            yield writer

    @contextmanager
    def agency(self) -> Iterator[CreditAgency]:
        """Open the client's account at its credit agency."""
        line, shelf = self._account
        with agencies.open_agency(self._credit, self.connections, line=line, shelf=shelf) as agency:
            yield agency

    @contextmanager
    def company_search(self) -> Iterator[CompanySearch]:
        """Open the agency's search for companies."""
        if self.search is not None:
            yield self.search
            return
        with self.agency() as agency:
            yield agency

    @contextmanager
    def agency_monitor(self) -> Iterator[AgencyMonitor | None]:
        """Open the list of companies that the agency watches; None when it watches none."""
        line, shelf = self._account
        with agencies.open_monitor(
            self._credit, self.connections, line=line, shelf=shelf
        ) as monitor:
            yield monitor

    @property
    def _account(self) -> tuple[Line, TokenShelf]:
        """The line to the agency and the token there, which all workers share."""
        credit = self._credit
        line = self.lines.to(credit.agency, per_second=agencies.HTTP.requests_per_second)
        connection = self.connections.get(credit.connection)
        return line, self.lines.shelf(credit.connection, connection, key=self.settings.key)

    @property
    def _credit(self) -> CreditConfig:
        if self.config.credit is None:
            raise ConfigError(
                f"Client {self.client_id} has no credit policy.",
                next_step="Add the section 'credit' to its client.yaml.",
            )
        return self.config.credit

    def _line(self, system: str) -> Line | None:
        """The line to a system that takes requests; files are not asked."""
        config = self.config.systems[system]
        if not isinstance(config, RestSystem):
            return None
        return self.lines.to(system, per_second=config.rate_limit)

    @property
    def report_validity(self) -> timedelta:
        """How long a credit report is good for."""
        days = 0 if self.rules.credit is None else self.rules.credit.valid_for_days
        return timedelta(days=days)

    @property
    def statement_lag(self) -> timedelta:
        """After how long a charge is surely in the agency's ledger."""
        return timedelta(minutes=self._credit.statement.complete_after_minutes)

    def mailer(self) -> Mailer:
        """Return the client's account at the mail carrier."""
        if self.config.confirmation is None:
            raise ConfigError(
                f"Client {self.client_id} has no confirmation policy.",
                next_step="Add the section 'confirmation' to its client.yaml.",
            )
        connection = self.connections.get(self.config.confirmation.connection)
        return SendGridMailer(connection.password, host=connection.host)

    def mail_setting(self) -> MailSetting:
        """Return what all of the client's confirmation mails have in common."""
        policy = self.rules.confirmation
        if policy is None:
            raise ConfigError(
                f"Client {self.client_id} does not ask its customers.",
                next_step="Set confirmation.enabled in its client.yaml.",
            )
        return MailSetting(
            client_name=self.config.name,
            policy=policy,
            portal_url=self.settings.public_portal_url,
            secret_key=self.settings.key,
        )

    def render(self, invitation: Invitation, language: str) -> tuple[str, str, str]:
        """Return subject, text and HTML of a mail, by the client's own templates if it has any."""
        templates = self.folder / "templates"
        return render_confirmation(
            invitation, language, client_templates=templates if templates.is_dir() else None
        )


@contextmanager
def open_client(
    client_id: str, connections: Connections, *, settings: Settings | None = None
) -> Iterator[Client]:
    """Wire up a client; its connections to the store are closed at the end.

    Raises:
        NotFoundError: There is no folder of that name.
        ConfigError: Its file has mistakes, or a setting is missing.
    """
    settings = settings or load_settings()
    folder = settings.clients_dir / client_id
    if not (folder / CLIENT_FILE).is_file():
        known = ", ".join(list_clients(settings.clients_dir)) or "none"
        raise NotFoundError(
            f"There is no client {client_id!r}.", next_step=f"The clients are: {known}."
        )
    config = load_client(folder)
    url = role_url(store_url(settings), client_role(client_id), secret_key=settings.key)
    failpoint = failpoint_of(settings.failpoint)
    database = Database(url, failpoint=failpoint)
    try:
        yield Client(
            config=config,
            rules=client_rules(config),
            store=PostgresStore(database, client_id),
            settings=settings,
            connections=connections,
            folder=folder,
            failpoint=failpoint,
            clock=StoreClock(database),
            lines=Lines(database, client_id),
        )
    finally:
        database.close()
