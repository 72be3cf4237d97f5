"""Questions in Airflow about plans that were let go, or cancelled, by command: closed."""

from collections.abc import Callable
from typing import Any

from mastersync.config.settings import load_settings
from mastersync.domain.tickets.failures import client_of, is_client_dag
from mastersync.orchestration.airflow_api import AirflowApi, run_path
from mastersync.orchestration.failure_sweep import open_airflow_api
from mastersync.orchestration.sync_tasks import APPROVAL
from mastersync.usecases.release_plan import Answer, plan_to_approve
from mastersync.wiring.stores import desk_store, open_desk

StillWaits = Callable[[str, str], bool]


def close_from_task() -> list[str]:
    """Close those of this Airflow, by what the store says; returns their runs."""
    with open_airflow_api() as api, open_desk(load_settings()) as database:

        def still_waits(client_id: str, run_id: str) -> bool:
            return plan_to_approve(desk_store(database, client_id), run_id) is not None

        return close_settled_questions(api, still_waits, task_id=APPROVAL)


def close_settled_questions(api: AirflowApi, still_waits: StillWaits, *, task_id: str) -> list[str]:
    """Answer the questions whose plan waits no more, so that their runs go on; returns the runs.

    The answer is to leave held what is held, and of such a plan nothing is.

    Args:
        still_waits: Says, of a client and a run, whether its plan waits for an approval.
        task_id: The task that asks.
    """
    asked = api.pages(f"{run_path('~', None)}/hitlDetails", "hitl_details", response_received=False)
    closed: list[str] = []
    for question in list(asked):
        task = question["task_instance"]
        is_ours = is_client_dag(task["dag_id"]) and task["task_id"] == task_id
        if not is_ours or still_waits(client_of(task["dag_id"]), task["dag_run_id"]):
            continue
        if api.patch(_address(task), {"chosen_options": [Answer.LEAVE_HELD], "params_input": {}}):
            closed.append(task["dag_run_id"])
    return closed


def _address(task: dict[str, Any]) -> str:
    where = f"{task['task_id']}/{task['map_index']}"
    return f"{run_path(task['dag_id'], task['dag_run_id'])}/taskInstances/{where}/hitlDetails"
