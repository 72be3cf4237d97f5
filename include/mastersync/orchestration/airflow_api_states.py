"""Airflow's task states, over its REST API."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from mastersync.domain.tickets.failures import (
    STANDING_DAGS,
    ImportFailure,
    RunFailure,
    TaskFailure,
    run_cause,
    task_cause,
)
from mastersync.domain.tickets.recurrence import TaskSuccess
from mastersync.orchestration.airflow_api import AirflowApi, run_path
from mastersync.ports.tickets import OpenFailure

TAG = "mastersync"
GOOD_STATES = ("success", "skipped", "removed")

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class ApiTaskStates:
    """Implements ``ports.task_states.TaskStates``.

    Reads in the order in which task instances were made, so that a page is not shifted by those
    that change meanwhile; what changes while it reads is found by the next sweep.
    """

    def __init__(self, api: AirflowApi) -> None:
        self._api = api
        self._dag_ids: list[str] | None = None

    def dag_ids(self) -> Sequence[str]:
        """Return our DAGs: those with our tag."""
        if self._dag_ids is None:
            pages = self._api.pages(
                "/dags", "dags", tags=TAG, exclude_stale="false", order_by="dag_id"
            )
            self._dag_ids = [dag["dag_id"] for dag in pages]
        return self._dag_ids

    def task_failures(self, *, since: datetime | None) -> Sequence[TaskFailure]:
        """Return the tasks that are failed now and changed since then (None: ever)."""
        ours = set(self.dag_ids())
        found = self._api.pages(
            "/dags/~/dagRuns/~/taskInstances",
            "task_instances",
            state="failed",
            order_by="id",
            **_changed(since),
        )
        return [
            TaskFailure(
                dag_id=ti["dag_id"],
                run_id=ti["dag_run_id"],
                task_id=ti["task_id"],
                map_index=ti["map_index"],
                try_number=ti["try_number"],
                failed_at=_instant(ti["end_date"]),
            )
            for ti in found
            if ti["dag_id"] in ours
        ]

    def run_failures(self, *, since: datetime | None) -> Sequence[RunFailure]:
        """Return the runs that are failed now, changed since then, and have no failed task."""
        ours = set(self.dag_ids())
        found = self._api.pages(
            "/dags/~/dagRuns", "dag_runs", state="failed", order_by="id", **_changed(since)
        )
        return [
            RunFailure(
                dag_id=run["dag_id"],
                run_id=run["dag_run_id"],
                failed_at=_instant(run["end_date"]),
            )
            for run in found
            if run["dag_id"] in ours and not self._has_failed_task(run)
        ]

    def import_failures(self) -> Sequence[ImportFailure]:
        """Return every DAG file that cannot be read now."""
        return [
            ImportFailure(file=error["filename"], problem=last_line(error["stack_trace"]))
            for error in self._api.pages("/importErrors", "import_errors", order_by="id")
        ]

    def successes(self, failures: Sequence[OpenFailure]) -> Sequence[TaskSuccess]:
        """Return those of the tasks and runs that are not failed any more."""
        tasks = [known for known in failures if known.task_id is not None]
        runs = [known for known in failures if known.task_id is None]
        wanted = {known.cause_key for known in failures}
        found = [
            *(task for path in _paths(tasks) for task in self._good_tasks(path)),
            *(run for path in _paths(runs) for run in self._good_runs(path)),
        ]
        return [success for success in found if success.cause_key in wanted]

    def _good_tasks(self, path_of_run: str) -> Iterator[TaskSuccess]:
        asked = self._api.newest if path_of_run.endswith("/~") else self._api.pages
        for ti in asked(f"{path_of_run}/taskInstances", "task_instances", state=GOOD_STATES):
            yield TaskSuccess(
                cause_key=task_cause(
                    ti["dag_id"], ti["dag_run_id"], ti["task_id"], ti["map_index"]
                ),
                run_id=ti["dag_run_id"],
                try_number=ti["try_number"],
                ended_at=_instant(ti["end_date"]) or _LONG_AGO,
            )

    def _good_runs(self, path_of_run: str) -> Iterator[TaskSuccess]:
        if path_of_run.endswith("/~"):
            runs = self._api.newest(path_of_run.removesuffix("/~"), "dag_runs", state=("success",))
        else:
            runs = iter([run] if (run := self._api.get(path_of_run)) else [])
        for run in runs:
            if run["state"] == "success":
                yield TaskSuccess(
                    cause_key=run_cause(run["dag_id"], run["dag_run_id"]),
                    run_id=run["dag_run_id"],
                    try_number=0,
                    ended_at=_instant(run["end_date"]) or _LONG_AGO,
                )

    def _has_failed_task(self, run: Mapping[str, Any]) -> bool:
        path = f"{run_path(run['dag_id'], run['dag_run_id'])}/taskInstances"
        page = self._api.get(path, state="failed", limit=1)
        return page is not None and bool(page["task_instances"])


def last_line(trace: str) -> str:
    """Return the line of a stack trace that says what is wrong."""
    lines = [line.strip() for line in trace.splitlines() if line.strip()]
    return lines[-1] if lines else "Airflow gives no reason."


def _paths(failures: Sequence[OpenFailure]) -> list[str]:
    """The runs to ask for, each once; of a standing DAG, all runs at once (``~``)."""
    return sorted(
        {
            run_path(known.dag_id, None if known.dag_id in STANDING_DAGS else known.run_id)
            for known in failures
            if known.dag_id is not None
        }
    )


def _changed(since: datetime | None) -> dict[str, str]:
    return {} if since is None else {"updated_at_gte": since.isoformat()}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
