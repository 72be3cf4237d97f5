"""The DAG of one client's sync: what runs when.

Imports here are light: Airflow parses this for every client again and again.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import DAG, ExceptionRetryPolicy, RetryAction, RetryRule

from mastersync.config.schedules import ClientSchedule
from mastersync.orchestration import sync_tasks as tasks

TAG = "mastersync"
DAG_PREFIX = "client_sync__"

# A plan that nobody answers in this time stays held; as `usecases.release_plan.Answer`.
ANSWER_WITHIN = timedelta(hours=12)
ANSWERS = ("Approve", "Reject", "Leave held")

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


def client_sync_dag(schedule: ClientSchedule, *, doc: str) -> DAG:
    """Return the client's DAG."""
    client_id = schedule.client_id
    with DAG(
        dag_id=f"{DAG_PREFIX}{client_id}",
        dag_display_name=f"Sync {schedule.name}",
        schedule=schedule.schedule,
        start_date=datetime(2026, 1, 1, tzinfo=ZoneInfo(schedule.time_zone)),
        catchup=False,
        max_active_runs=1,
        tags=[TAG, "client"],
        doc_md=doc,
        default_args=DEFAULT_ARGS,
    ) as dag:
        systems = tasks.open_run(client_id)
        extracted = tasks.extract.partial(client_id=client_id).expand(system=systems)
        batches = tasks.list_batches(client_id)
        prepared = tasks.prepare.partial(client_id=client_id).expand(batch=batches)
        compared = tasks.compare.partial(client_id=client_id).expand(batch=batches)
        matched = tasks.match(client_id)
        customers = tasks.list_customers(client_id)
        checked = tasks.check_credit.partial(client_id=client_id).expand(customers=customers)
        formed = tasks.form_golden.partial(client_id=client_id).expand(customers=customers)
        targets = tasks.plan(client_id)
        released = (
            _approval(client_id, schedule.name, targets) if schedule.release == "approve" else []
        )
        pushed = tasks.push.partial(client_id=client_id).expand(system=targets)
        asked = tasks.request_confirmation(client_id)
        closed = tasks.close_run(client_id)

        extracted >> batches >> prepared >> compared >> matched >> customers
        checked >> formed >> targets >> pushed >> asked >> closed
        ordered = tasks.order_reports(client_id)
        if released:
            released[-1] >> [pushed, ordered] >> asked
        else:
            checked >> ordered >> formed
        reading = [systems, extracted, batches, prepared, compared, matched, customers]
        writing = [checked, ordered, formed, targets, *released, pushed, asked, closed]
        [*reading, *writing] >> tasks.complete()
    return dag


def _approval(client_id: str, name: str, planned: Any) -> list[Any]:  # noqa: ANN401 (Airflow's task types)
    """Return the tasks in which a person lets the plan go out, the last of them last.

    A plan that asks for no approval skips the question alone. Nobody's answer in time is "leave
    it held": the run goes on and closes with the plan's ticket open.
    """
    from airflow.providers.standard.operators.hitl import HITLOperator

    asked = tasks.ask_release(client_id)
    approved = HITLOperator(
        task_id=tasks.APPROVAL,
        subject=f"Let the plan of {name} go out?",
        body="{{ ti.xcom_pull(task_ids='ask_release') }}",
        options=[*ANSWERS],
        defaults=ANSWERS[-1],
        response_timeout=ANSWER_WITHIN,
        doc_md="Asks a person whether what this run has planned may go out.",
    )
    released = tasks.release(client_id)
    planned >> asked >> approved >> released
    return [asked, approved, released]
