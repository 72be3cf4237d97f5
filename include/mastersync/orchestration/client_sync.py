"""The DAG of one client's sync: what is run when; what it does is in `wiring.sync`.

Imports here are light: Airflow parses this for every client again and again.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from airflow.sdk import (
    DAG,
    Asset,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
    TriggerRule,
    dag,
    get_current_context,
    task,
)

from mastersync.config.schedules import ClientSchedule

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mastersync.wiring.client import Client

TAG = "mastersync"
DAG_PREFIX = "client_sync__"

# What a person has to mend is not mended by trying again: the ticket is raised at once.
_NOT_AGAIN = ("ConfigError", "PermanentError", "RuleError", "NotFoundError", "ConflictError")
DEFAULT_ARGS: dict[str, Any] = {
    "retries": 2,
    "retry_delay": timedelta(seconds=15),
    "execution_timeout": timedelta(minutes=60),
    "retry_policy": ExceptionRetryPolicy(
        rules=[
            RetryRule(exception=f"mastersync.errors.{kind}", action=RetryAction.FAIL, reason=kind)
            for kind in _NOT_AGAIN
        ]
    ),
}

# One system or batch that fails does not stop the others: its own ticket says so, what it left
# is taken up by the next run, and `complete` makes the run red.
_GO_ON = TriggerRule.ALL_DONE_MIN_ONE_SUCCESS


def client_sync_dag(schedule: ClientSchedule, *, doc: str) -> DAG:
    """Return the client's DAG."""
    client_id = schedule.client_id

    @dag(
        dag_id=f"{DAG_PREFIX}{client_id}",
        dag_display_name=f"Sync {schedule.name}",
        schedule=schedule.schedule,
        start_date=datetime(2026, 1, 1, tzinfo=ZoneInfo(schedule.time_zone)),
        catchup=False,
        max_active_runs=1,
        tags=[TAG, "client"],
        doc_md=doc,
        default_args=DEFAULT_ARGS,
    )
    def sync() -> None:
        @task
        def open_run() -> list[str]:
            """Return the systems to read."""
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                steps.open_this_run(client, _run_id())
                return list(client.rules.systems)

        @task(map_index_template="{{ task.op_kwargs['system'] }}")
        def extract(system: str) -> dict[str, int]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.extract(client, _run_id(), system)

        @task(trigger_rule=_GO_ON)
        def list_batches() -> list[dict[str, int]]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.version_batches(client)

        @task
        def prepare(batch: dict[str, int]) -> dict[str, int]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.prepare(client, batch)

        @task(trigger_rule=_GO_ON)
        def match() -> dict[str, int]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.match(client, _run_id())

        @task
        def list_customers() -> list[list[str]]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.customer_batches(client, _run_id())

        @task
        def check_credit(customers: list[str]) -> dict[str, int]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.credit(client, _run_id(), customers)

        @task(trigger_rule=TriggerRule.ALL_DONE)
        def form_golden(customers: list[str]) -> dict[str, int]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.form(client, _run_id(), customers)

        @task(trigger_rule=_GO_ON)
        def plan() -> list[str]:
            """Return the systems to push to."""
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                steps.plan(client, _run_id())
                return steps.target_systems(client)

        @task(map_index_template="{{ task.op_kwargs['system'] }}")
        def push(system: str) -> dict[str, int]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.push(client, _run_id(), system)

        @task(trigger_rule=TriggerRule.ALL_DONE)
        def request_confirmation() -> dict[str, int]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.confirm(client)

        @task(
            trigger_rule=TriggerRule.ALL_DONE,
            outlets=[Asset(name=f"golden_records_{client_id}", uri=f"mastersync://{client_id}")],
        )
        def close_run() -> dict[str, object]:
            from mastersync.wiring import sync as steps

            with _client(client_id) as client:
                return steps.close(client, _run_id())

        @task(trigger_rule=TriggerRule.NONE_FAILED)
        def complete() -> None:
            """Succeed when every task did: the run's colour."""

        opened = open_run()
        extracted = extract.expand(system=opened)
        batches = list_batches()
        prepared = prepare.expand(batch=batches)
        matched = match()
        customers = list_customers()
        checked = check_credit.expand(customers=customers)
        formed = form_golden.expand(customers=customers)
        planned = plan()
        pushed = push.expand(system=planned)
        asked = request_confirmation()
        closed = close_run()

        extracted >> batches >> prepared >> matched >> customers
        checked >> formed >> planned >> pushed >> asked >> closed
        all_tasks = [opened, extracted, batches, prepared, matched, customers]
        [*all_tasks, checked, formed, planned, pushed, asked, closed] >> complete()

    return sync()


def _client(client_id: str) -> "AbstractContextManager[Client]":
    from mastersync.orchestration.connections import AirflowConnections
    from mastersync.wiring.client import open_client

    return open_client(client_id, AirflowConnections())


def _run_id() -> str:
    return str(get_current_context()["run_id"])
