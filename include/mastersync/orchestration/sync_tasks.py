"""The tasks of a client's sync: each wires up the client and runs one step of `wiring.sync`.

Nothing heavy is imported until a task runs. What tasks hand on to each other are ids and counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from airflow.sdk import TriggerRule, get_current_context, task

if TYPE_CHECKING:
    from mastersync.wiring.client import Client

# One system or batch that fails does not stop the others: its own ticket says so, what it left
# is taken up by the next run, and `complete` makes the run red.
_GO_ON = TriggerRule.ALL_DONE_MIN_ONE_SUCCESS
APPROVAL = "approve_plan"
_BY_SYSTEM = "{{ task.op_kwargs['system'] }}"

Counts = dict[str, int]


@task
def open_run(client_id: str) -> list[str]:
    """Open the run; returns the systems to read."""
    from mastersync.wiring.opening import open_this_run

    with _wired(client_id) as client:
        open_this_run(client, _run_id())
        return list(client.rules.systems)


@task(map_index_template=_BY_SYSTEM)
def extract(client_id: str, system: str) -> Counts:
    """Land what changed in a system."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.extract(client, _run_id(), system)


@task(trigger_rule=_GO_ON)
def list_batches(client_id: str) -> list[Counts]:
    """Return what is pending as ranges of version ids."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.version_batches(client)


@task
def prepare(client_id: str, batch: Counts) -> Counts:
    """Normalise and validate a batch, and put it into the index of keys."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.prepare(client, batch)


@task(trigger_rule=_GO_ON)
def compare(client_id: str, batch: Counts) -> Counts:
    """Compare a batch with its likes, those of the other batches included."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.compare(client, _run_id(), batch)


@task(trigger_rule=_GO_ON)
def match(client_id: str) -> Counts:
    """Find out whose record each one is."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.match(client, _run_id())


@task
def list_customers(client_id: str) -> list[list[str]]:
    """Return the customers to form as ranges of ids; what the agency tells of them comes first."""
    from mastersync.wiring import sync
    from mastersync.wiring.monitoring import read_agency_events

    with _wired(client_id) as client:
        read_agency_events(client)
        return sync.customer_batches(client, _run_id())


@task
def check_credit(client_id: str, customers: list[str]) -> Counts:
    """Check the credit of those for whom the client's policy says so; nothing is bought yet."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.check_credit(client, _run_id(), customers)


@task(trigger_rule=TriggerRule.ALL_DONE)
def form_golden(client_id: str, customers: list[str]) -> Counts:
    """Form the golden records; whoever lacks a report that is due waits."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.form(client, _run_id(), customers)


@task(trigger_rule=_GO_ON)
def plan(client_id: str) -> list[str]:
    """Plan every change outside; returns the systems to push to."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        sync.plan(client, _run_id())
        return sync.target_systems(client)


@task.short_circuit(ignore_downstream_trigger_rules=False)
def ask_release(client_id: str) -> str:
    """Return what the plan adds up to, for a person to approve; "" when nothing asks for it."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.plan_in_words(client, _run_id())


@task(trigger_rule=TriggerRule.ALL_DONE)
def release(client_id: str) -> Counts:
    """Do what was answered: let the plan go out, withdraw it, or leave it held."""
    from mastersync.wiring import sync

    answer = get_current_context()["ti"].xcom_pull(task_ids=APPROVAL)
    if not answer:
        return {}
    who = (answer.get("responded_by_user") or {}).get("name") or "nobody"
    with _wired(client_id) as client:
        return sync.answer(client, _run_id(), answer["chosen_options"][0], actor=who)


@task(trigger_rule=_GO_ON)
def order_reports(client_id: str) -> Counts:
    """Buy the credit reports that the run needs, if all of them together may be bought."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.order_reports(client, _run_id())


@task(map_index_template=_BY_SYSTEM)
def push(client_id: str, system: str) -> Counts:
    """Write to a system what it lacks."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.push(client, _run_id(), system)


@task(trigger_rule=TriggerRule.ALL_DONE)
def request_confirmation(client_id: str) -> Counts:
    """Ask customers to confirm what is held."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.confirm(client)


@task(trigger_rule=TriggerRule.ALL_DONE)
def close_run(client_id: str) -> dict[str, object]:
    """Count what the run did, and close it."""
    from mastersync.wiring import sync

    with _wired(client_id) as client:
        return sync.close(client, _run_id())


@task(trigger_rule=TriggerRule.NONE_FAILED)
def complete() -> None:
    """Succeed when every task did: the colour of the run."""


@task
def list_workers() -> list[int]:
    """Return the numbers of the workers that there is work for; none when nothing is due."""
    from mastersync.config.settings import load_settings
    from mastersync.wiring import delivery

    settings = load_settings()
    return list(range(settings.delivery_workers if delivery.clients_with_work(settings) else 0))


@task
def deliver(worker: int) -> dict[str, Counts]:
    """Deliver what is due of all clients, outside of any run, with other workers beside."""
    from mastersync.config.settings import load_settings
    from mastersync.orchestration.connections import AirflowConnections
    from mastersync.wiring import delivery

    settings = load_settings()
    delivered = delivery.deliver_for_all(
        settings, AirflowConnections(), worker=worker, seconds=settings.delivery_seconds
    )
    return {client_id: dict(counts) for client_id, counts in delivered.items()}


@task
def watch_clocks() -> dict[str, Counts]:
    """Read the SLA clocks of all clients that something happened to, or whose time came."""
    from mastersync.config.settings import load_settings
    from mastersync.orchestration.connections import AirflowConnections
    from mastersync.wiring import watching

    return watching.watch_all(load_settings(), AirflowConnections())


@task
def compare_statements() -> dict[str, Counts]:
    """Hold all clients' credit orders against what their agencies say that they charged."""
    from mastersync.config.settings import load_settings
    from mastersync.orchestration.connections import AirflowConnections
    from mastersync.wiring import statements

    return statements.compare_all(load_settings(), AirflowConnections())


@contextmanager
def _wired(client_id: str) -> "Iterator[Client]":
    from mastersync.orchestration.connections import AirflowConnections
    from mastersync.wiring.client import open_client

    with open_client(client_id, AirflowConnections()) as client:
        yield client


def _run_id() -> str:
    return str(get_current_context()["run_id"])
