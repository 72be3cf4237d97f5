"""Following Airflow's runs of the clients: starting them, and telling what their tasks do."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import httpx

from mastersync.errors import RetryableError

_ENDED = frozenset({"success", "failed"})
_TASK_ENDED = frozenset({"success", "failed", "upstream_failed", "skipped", "removed"})
_AWAITING = "awaiting_input"
_POLL_SECONDS = 1.0
_PARSE_SECONDS = 120.0
_SCHEDULE_SECONDS = (
    6.0  # unpaused, a DAG is started by its schedule at once, or not before its time
)


@dataclass(frozen=True, kw_only=True)
class FollowedRun:
    """A run of one client's DAG."""

    client_id: str
    dag_id: str
    run_id: str


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A plan that waited for a person, and was approved; ``shown`` is what it adds up to."""

    client_id: str
    shown: str


@dataclass(frozen=True, kw_only=True)
class EndedTask:
    """A task instance that has come to its end."""

    client_id: str
    name: str
    state: str
    seconds: float


def start_runs(api: httpx.Client, dag_ids: dict[str, str]) -> list[FollowedRun]:
    """Unpause each client's DAG and see to it that it runs; returns the runs.

    Args:
        dag_ids: Client id to DAG id.

    Raises:
        RetryableError: Airflow has not parsed the DAGs in time.
    """
    _await_parsed(api, list(dag_ids.values()))
    before = {
        dag_id: {run["dag_run_id"] for run in _runs(api, dag_id)} for dag_id in dag_ids.values()
    }
    for dag_id in dag_ids.values():
        api.patch(f"/dags/{dag_id}", json={"is_paused": False}).raise_for_status()
    began = time.monotonic()
    found: dict[str, str] = {}
    while len(found) < len(dag_ids) and time.monotonic() < began + _SCHEDULE_SECONDS:
        for client_id, dag_id in dag_ids.items():
            new = [run for run in _runs(api, dag_id) if run["dag_run_id"] not in before[dag_id]]
            if new:
                found[client_id] = new[0]["dag_run_id"]
        time.sleep(_POLL_SECONDS / 2)
    for client_id, dag_id in dag_ids.items():
        if client_id not in found:
            answer = api.post(f"/dags/{dag_id}/dagRuns", json={"logical_date": None})
            found[client_id] = answer.raise_for_status().json()["dag_run_id"]
    return [
        FollowedRun(client_id=client_id, dag_id=dag_ids[client_id], run_id=run_id)
        for client_id, run_id in found.items()
    ]


def follow(
    api: httpx.Client, runs: Sequence[FollowedRun], *, approve: bool = False
) -> Iterator[EndedTask | Approval]:
    """Yield each task as it ends, until all runs have ended.

    With ``approve``, plans that wait for a person are approved, and yielded too.
    """
    told: set[tuple[object, ...]] = set()
    open_runs = list(runs)
    while open_runs:
        for run in list(open_runs):
            has_ended = run_state(api, run) in _ENDED
            for task in _tasks(api, run):
                key = (run.dag_id, run.run_id, task["task_id"], task["map_index"])
                if key not in told and task["state"] in _TASK_ENDED:
                    told.add(key)
                    yield _ended(run, task)
                if approve and task["state"] == _AWAITING and (*key, _AWAITING) not in told:
                    told.add((*key, _AWAITING))
                    yield _approved(api, run, str(task["task_id"]))
            if has_ended:
                open_runs.remove(run)
        time.sleep(_POLL_SECONDS)


def _approved(api: httpx.Client, run: FollowedRun, task_id: str) -> Approval:
    """Answer as a person would under Required Actions."""
    run_path = f"/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}"
    path = f"{run_path}/taskInstances/{task_id}/-1/hitlDetails"
    asked = api.get(path).raise_for_status().json()
    answer = {"chosen_options": [asked["options"][0]], "params_input": {}}
    api.patch(path, json=answer).raise_for_status()
    return Approval(client_id=run.client_id, shown=str(asked["body"]))


def run_state(api: httpx.Client, run: FollowedRun) -> str:
    """Return the run's state."""
    answer = api.get(f"/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}")
    return str(answer.raise_for_status().json()["state"])


def _await_parsed(api: httpx.Client, dag_ids: Sequence[str]) -> None:
    until = time.monotonic() + _PARSE_SECONDS
    missing = list(dag_ids)
    while missing:
        missing = [dag_id for dag_id in missing if api.get(f"/dags/{dag_id}").is_error]
        if missing and time.monotonic() > until:
            raise RetryableError(
                f"Airflow has not read the DAGs {', '.join(missing)}.",
                next_step="Look at its import errors, and run `mastersync check`.",
            )
        if missing:
            time.sleep(_POLL_SECONDS / 2)


def _runs(api: httpx.Client, dag_id: str) -> list[dict[str, str]]:
    answer = api.get(f"/dags/{dag_id}/dagRuns", params={"limit": 50, "order_by": "-id"})
    found: list[dict[str, str]] = answer.raise_for_status().json()["dag_runs"]
    return found


def _tasks(api: httpx.Client, run: FollowedRun) -> list[dict[str, object]]:
    path = f"/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}/taskInstances"
    found: list[dict[str, object]] = (
        api.get(path, params={"limit": 100}).raise_for_status().json()["task_instances"]
    )
    return found


def _ended(run: FollowedRun, task: dict[str, object]) -> EndedTask:
    part = str(task.get("rendered_map_index") or "")
    index = task["map_index"]
    label = part if part and not part.isdigit() else (f"[{index}]" if index != -1 else "")
    start, end = task.get("start_date"), task.get("end_date")
    seconds = (
        (datetime.fromisoformat(str(end)) - datetime.fromisoformat(str(start))).total_seconds()
        if start and end
        else 0.0
    )
    return EndedTask(
        client_id=run.client_id,
        name=f"{task['task_id']} {label}".strip(),
        state=str(task["state"]),
        seconds=seconds,
    )
