"""Saves every task a second: the scheduler loads our modules once, and tasks are forks of it."""

from typing import Any

from airflow.listeners import hookimpl

_SCHEDULER = "SchedulerJob"


class WarmUp:
    """A listener; the executor's workers are forked after ``on_starting``."""

    @hookimpl
    def on_starting(self, component: Any) -> None:  # noqa: ANN401 (Airflow's job, untyped to us)
        """Load what tasks import, in the scheduler only."""
        if getattr(component, "job_type", None) == _SCHEDULER:
            import mastersync.orchestration.connections
            import mastersync.wiring.sync  # noqa: F401
