"""The sweep over Airflow's states, as its DAG runs it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from airflow.sdk import BaseHook, timezone

from mastersync.domain.tickets.failures import client_of
from mastersync.domain.tickets.model import PLATFORM
from mastersync.errors import ConfigError
from mastersync.orchestration.airflow_api import CONNECTION, AirflowApi
from mastersync.orchestration.airflow_api_states import ApiTaskStates
from mastersync.orchestration.airflow_url import airflow_url
from mastersync.orchestration.ticket_store import TicketStore, open_ticket_store
from mastersync.ports.task_states import TaskStates
from mastersync.usecases.sweep_failures import SweepCounts, sweep_failures

# How far the sweep looks back beyond the one before: for what was still uncommitted then.
OVERLAP = timedelta(minutes=10)


def sweep_from_task(*, last_success_at: datetime | None) -> SweepCounts:
    """Sweep what changed since the last sweep that succeeded; everything if there was none.

    Raises:
        ConfigError: The connection to Airflow's API is not complete, or it refuses the login.
        RetryableError: Airflow's API or the store did not answer.
    """
    since = None if last_success_at is None else last_success_at - OVERLAP
    with open_airflow_api() as api, open_ticket_store() as store:
        return sweep(ApiTaskStates(api), store, since=since)


@contextmanager
def open_airflow_api() -> Iterator[AirflowApi]:
    """Log in to Airflow's API, by the connection.

    Raises:
        ConfigError: The connection is not complete, or Airflow refuses the login.
    """
    connection = BaseHook.get_connection(CONNECTION)
    if not connection.host or not connection.login:
        raise ConfigError(
            f"The connection {CONNECTION} lacks a host or a login, so no failure was swept.",
            next_step="Give it the address of Airflow's API server and a user who may read DAGs"
            " and answer required actions.",
        )
    with AirflowApi(
        connection.host, user=connection.login, password=connection.password or ""
    ) as api:
        yield api


def sweep(states: TaskStates, store: TicketStore, *, since: datetime | None) -> SweepCounts:
    """Sweep into the store, as of now."""
    return sweep_failures(
        states,
        store.failures,
        registered=store.registered(_clients(states.dag_ids())),
        airflow_url=airflow_url(),
        since=since,
        now=timezone.utcnow(),
    )


def _clients(dag_ids: Sequence[str]) -> list[str]:
    return sorted({client_of(dag_id) for dag_id in dag_ids} | {PLATFORM})
