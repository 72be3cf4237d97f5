"""### Client files

No DAG of its own: fails to load while a client's file has no readable schedule, so that Airflow
shows an import error for it (and the failure sweep a ticket) while all other clients sync on.
`mastersync check` says everything that is wrong with a file.
"""

import os
from pathlib import Path

from airflow.sdk import get_parsing_context

from mastersync.config.schedules import client_schedule, list_clients
from mastersync.errors import ConfigError

CLIENTS = Path(
    os.environ.get("MASTERSYNC_CLIENTS_DIR")
    or Path(__file__).resolve().parents[1] / "include" / "clients"
)

if get_parsing_context().dag_id is None:
    problems = []
    for client_id in list_clients(CLIENTS):
        try:
            client_schedule(CLIENTS / client_id)
        except ConfigError as error:
            problems += map(str, error.facts["mistakes"])
    if problems:
        # One line: of a stack trace, the ticket quotes the last.
        raise ConfigError(" ".join(problems), next_step="Run: mastersync check")
