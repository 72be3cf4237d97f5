"""Holding all clients' credit orders against what their agencies say that they charged."""

from datetime import timedelta

from mastersync.config.clients import load_client
from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings
from mastersync.domain.credit.months import month_of
from mastersync.errors import ConfigError, MastersyncError
from mastersync.ports.connections import Connections
from mastersync.usecases.compare_statement import Statement, compare_statement
from mastersync.wiring.client import Client, open_client

_LATE_LINES = timedelta(days=5)  # until which the month before is looked at, too


def compare_all(settings: Settings, connections: Connections) -> dict[str, dict[str, int]]:
    """Compare the month of every client that buys reports; returns counts by client.

    Raises:
        MastersyncError: An agency could not be asked; the first such error, when all the others
            have been.
    """
    compared: dict[str, dict[str, int]] = {}
    troubles: list[MastersyncError] = []
    for client_id in list_clients(settings.clients_dir):
        if not _buys(settings, client_id):
            continue
        try:
            with open_client(client_id, connections, settings=settings) as client:
                compared[client_id] = _compare(client)
        except MastersyncError as error:
            troubles.append(error)
    if troubles:
        raise troubles[0]
    return compared


def _compare(client: Client) -> dict[str, int]:
    if client.rules.credit is None or not client.rules.release.delivers:
        return {}
    now, zone = client.clock(), client.config.time_zone
    months = {month_of(now - _LATE_LINES, zone), month_of(now, zone)}
    with client.agency() as agency:
        found: list[Statement] = [
            compare_statement(client.store, agency, month, lag=client.statement_lag, now=now)
            for month in sorted(months, key=lambda month: month.since)
        ]
    return {
        "orders": sum(len(one.orders) for one in found),
        "differing_months": sum(not one.differences.are_none for one in found),
    }


def _buys(settings: Settings, client_id: str) -> bool:
    try:
        return load_client(settings.clients_dir / client_id).credit is not None
    except ConfigError:
        return False  # its file is wrong, which the DAG files report
