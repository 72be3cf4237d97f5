"""Airflow's task states out of its own database, for processes that may read it.

That is the API server, when the list of tickets is opened. Not tasks: see
``airflow_api_states``.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from airflow.models.dag import DagModel, DagTag
from airflow.models.dagrun import DagRun
from airflow.models.errors import ParseImportError
from airflow.models.taskinstance import TaskInstance

from mastersync.domain.tickets.failures import (
    STANDING_DAGS,
    ImportFailure,
    RunFailure,
    TaskFailure,
    run_cause,
    task_cause,
)
from mastersync.domain.tickets.recurrence import TaskSuccess
from mastersync.orchestration.airflow_api_states import GOOD_STATES, TAG, last_line
from mastersync.ports.tickets import OpenFailure

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_NEWEST = 100


class MetadataTaskStates:
    """Implements ``ports.task_states.TaskStates`` on a session of Airflow's."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401 (SQLAlchemy is the store's)
        self._session = session
        self._dag_ids: list[str] | None = None

    def dag_ids(self) -> Sequence[str]:
        """Return our DAGs: those with our tag."""
        if self._dag_ids is None:
            rows = self._session.query(DagModel.dag_id).filter(
                DagModel.tags.any(DagTag.name == TAG)
            )
            self._dag_ids = [row.dag_id for row in rows]
        return self._dag_ids

    def task_failures(self, *, since: datetime | None) -> Sequence[TaskFailure]:
        """Return the tasks that are failed now and changed since then (None: ever)."""
        found = self._tasks().filter(
            TaskInstance.dag_id.in_(self.dag_ids()), TaskInstance.state == "failed"
        )
        if since is not None:
            found = found.filter(TaskInstance.updated_at >= since)
        return [
            TaskFailure(
                dag_id=ti.dag_id,
                run_id=ti.run_id,
                task_id=ti.task_id,
                map_index=ti.map_index,
                try_number=ti.try_number,
                failed_at=ti.end_date,
            )
            for ti in found
        ]

    def run_failures(self, *, since: datetime | None) -> Sequence[RunFailure]:
        """Return the runs that are failed now, changed since then, and have no failed task."""
        found = self._runs().filter(
            DagRun.dag_id.in_(self.dag_ids()),
            DagRun.state == "failed",
            ~DagRun.task_instances.any(TaskInstance.state == "failed"),
        )
        if since is not None:
            found = found.filter(DagRun.updated_at >= since)
        return [
            RunFailure(dag_id=run.dag_id, run_id=run.run_id, failed_at=run.end_date)
            for run in found
        ]

    def import_failures(self) -> Sequence[ImportFailure]:
        """Return every DAG file that cannot be read now."""
        return [
            ImportFailure(file=row.filename or "", problem=last_line(row.stacktrace or ""))
            for row in self._session.query(
                ParseImportError.filename, ParseImportError.stacktrace
            ).order_by(ParseImportError.id)
        ]

    def successes(self, failures: Sequence[OpenFailure]) -> Sequence[TaskSuccess]:
        """Return those of the tasks and runs that are not failed any more."""
        wanted = {known.cause_key for known in failures}
        found = [*self._good_tasks(failures), *self._good_runs(failures)]
        return [success for success in found if success.cause_key in wanted]

    def _good_tasks(self, failures: Sequence[OpenFailure]) -> list[TaskSuccess]:
        tasks = [known for known in failures if known.task_id is not None]
        good = self._tasks().filter(TaskInstance.state.in_(GOOD_STATES))
        of_runs = good.filter(
            TaskInstance.dag_id.in_({known.dag_id for known in tasks}),
            TaskInstance.run_id.in_({known.run_id for known in tasks}),
        )
        rows = list(of_runs) if tasks else []
        for dag_id in {known.dag_id for known in tasks} & STANDING_DAGS:
            newest = good.filter(TaskInstance.dag_id == dag_id)
            newest = newest.order_by(TaskInstance.end_date.desc()).limit(_NEWEST)
            rows += reversed(list(newest))
        return [
            TaskSuccess(
                cause_key=task_cause(ti.dag_id, ti.run_id, ti.task_id, ti.map_index),
                run_id=ti.run_id,
                try_number=ti.try_number,
                ended_at=ti.end_date or _LONG_AGO,
            )
            for ti in rows
        ]

    def _good_runs(self, failures: Sequence[OpenFailure]) -> list[TaskSuccess]:
        runs = [known for known in failures if known.task_id is None]
        good = self._runs().filter(DagRun.state == "success")
        of_runs = good.filter(
            DagRun.dag_id.in_({known.dag_id for known in runs}),
            DagRun.run_id.in_({known.run_id for known in runs}),
        )
        rows = list(of_runs) if runs else []
        for dag_id in {known.dag_id for known in runs} & STANDING_DAGS:
            newest = good.filter(DagRun.dag_id == dag_id)
            rows += reversed(list(newest.order_by(DagRun.end_date.desc()).limit(_NEWEST)))
        return [
            TaskSuccess(
                cause_key=run_cause(run.dag_id, run.run_id),
                run_id=run.run_id,
                try_number=0,
                ended_at=run.end_date or _LONG_AGO,
            )
            for run in rows
        ]

    def _tasks(self) -> Any:  # noqa: ANN401 (SQLAlchemy is the store's)
        return self._session.query(
            TaskInstance.dag_id,
            TaskInstance.run_id,
            TaskInstance.task_id,
            TaskInstance.map_index,
            TaskInstance.try_number,
            TaskInstance.end_date,
        )

    def _runs(self) -> Any:  # noqa: ANN401 (SQLAlchemy is the store's)
        return self._session.query(DagRun.dag_id, DagRun.run_id, DagRun.end_date)
