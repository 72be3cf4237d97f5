"""What Airflow knows of our tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mastersync.domain.tickets.failures import ImportFailure, RunFailure, TaskFailure
from mastersync.domain.tickets.recurrence import TaskSuccess
from mastersync.ports.tickets import OpenFailure


class TaskStates(Protocol):
    """The states of task instances and runs of our DAGs, and of no others."""

    def dag_ids(self) -> Sequence[str]:
        """Return our DAGs."""
        ...

    def task_failures(self, *, since: datetime | None) -> Sequence[TaskFailure]:
        """Return the tasks that are failed now and changed since then (None: ever).

        Tasks that did not run because another failed (``upstream_failed``) are none.
        """
        ...

    def run_failures(self, *, since: datetime | None) -> Sequence[RunFailure]:
        """Return the runs that are failed now, changed since then, and have no failed task."""
        ...

    def import_failures(self) -> Sequence[ImportFailure]:
        """Return every DAG file that cannot be read now."""
        ...

    def successes(self, failures: Sequence[OpenFailure]) -> Sequence[TaskSuccess]:
        """Return those of the tasks and runs that are not failed any more."""
        ...
