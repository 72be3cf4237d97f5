"""From what a client's file says of its agency to the account there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from mastersync.config.agencies import MonitoringConfig
from mastersync.config.credit import CreditConfig
from mastersync.connectors.agencies.creditsafe import Creditsafe, creditsafe_log_in
from mastersync.connectors.agencies.creditsafe_monitoring import CreditsafeMonitor
from mastersync.connectors.agencies.creditsafe_options import CreditsafeOptions
from mastersync.connectors.agencies.dnb import Dnb, dnb_log_in
from mastersync.connectors.agencies.dnb_monitoring import DnbMonitor
from mastersync.connectors.agencies.dnb_options import DnbOptions
from mastersync.connectors.agencies.experian import Experian
from mastersync.connectors.agencies.experian_options import ExperianOptions
from mastersync.connectors.agencies.tokens import Tokens
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_options import Auth, HttpOptions
from mastersync.domain.credit.agencies import DNB
from mastersync.ports.agencies import AgencyMonitor, CreditAgency
from mastersync.ports.connections import ConnectionDetails, Connections
from mastersync.ports.paces import Line
from mastersync.ports.tokens import TokenShelf

HTTP = HttpOptions(auth=Auth.NONE, requests_per_second=50, burst=50)


@contextmanager
def open_agency(
    credit: CreditConfig,
    connections: Connections,
    *,
    line: Line | None = None,
    shelf: TokenShelf | None = None,
    http: HttpOptions = HTTP,
) -> Iterator[CreditAgency]:
    """Open the client's account at its agency; ``line`` and ``shelf`` are shared by all workers."""
    connection = connections.get(credit.connection)
    api = HttpApi(connection, http, line=line)
    try:
        yield _agency(credit, api, connection, shelf)
    finally:
        api.close()


@contextmanager
def open_monitor(
    credit: CreditConfig,
    connections: Connections,
    *,
    line: Line | None = None,
    shelf: TokenShelf | None = None,
) -> Iterator[AgencyMonitor | None]:
    """Open the list that the client's agency watches; None when it watches none."""
    if credit.monitoring is None:
        yield None
        return
    connection = connections.get(credit.connection)
    api = HttpApi(connection, HTTP, line=line)
    try:
        yield _monitor(credit, credit.monitoring, api, _tokens(credit, api, connection, shelf))
    finally:
        api.close()


def _monitor(
    credit: CreditConfig, monitoring: MonitoringConfig, api: HttpApi, tokens: Tokens
) -> AgencyMonitor:
    if credit.agency == DNB:
        return DnbMonitor(api, tokens, registration=monitoring.reference)
    return CreditsafeMonitor(
        api,
        tokens,
        portfolio=monitoring.reference,
        rules=monitoring.rules,
        overlap=timedelta(days=monitoring.overlap_days),
    )


def _tokens(
    credit: CreditConfig, api: HttpApi, connection: ConnectionDetails, shelf: TokenShelf | None
) -> Tokens:
    log_in = dnb_log_in if credit.agency == DNB else creditsafe_log_in
    return Tokens(api, log_in(connection), shelf)


def _agency(
    credit: CreditConfig, api: HttpApi, connection: ConnectionDetails, shelf: TokenShelf | None
) -> CreditAgency:
    path = credit.statement.path
    if credit.experian is not None:  # which only Experian has, and always
        experian = ExperianOptions(**credit.experian.model_dump(), statement_path=path)
        return Experian(api, connection, experian, shelf=shelf)
    if credit.agency == DNB:
        given = {} if credit.dnb is None else credit.dnb.model_dump()
        return Dnb(api, connection, DnbOptions(**given, statement_path=path), shelf=shelf)
    creditsafe = CreditsafeOptions(language=credit.language, custom_data=credit.custom_data)
    return Creditsafe(api, connection, creditsafe, shelf=shelf)
