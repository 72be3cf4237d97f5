"""Saves every task a second: the scheduler loads our modules once, and tasks are forks of it."""

import sys
from typing import Any

from airflow.listeners import hookimpl


class WarmUp:
    """A listener; the executor's workers are forked after ``on_starting``."""

    @hookimpl
    def on_starting(self, component: Any) -> None:  # noqa: ANN401 (Airflow's signature)
        """Load what tasks import, in the scheduler only.

        The component does not know yet what it is, so the command line has to say it.
        """
        if "scheduler" in sys.argv[1:2]:
            import mastersync.orchestration.connections
            import mastersync.wiring.sync  # noqa: F401
