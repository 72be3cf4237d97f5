"""### Client sync

Pulls what changed in a client's systems and contracts, dedupes it against the client's master,
checks credit, forms the golden records, plans and pushes what the systems lack, and asks
customers to confirm what is held. One DAG per folder in `include/clients`, on its own schedule,
unless the client is disabled. Where a client's plans go out on a person's word
(`release: approve`), the run waits for it under *Required Actions*.

- *Reads, writes*: the client's systems, agency and mail carrier; the store, as the client's role.
- *Safe to re-run*: yes; every task finds in the store what is left to do, and no deed is done
  twice. A cleared task goes on where it stopped.
- *When it fails*: a ticket says which task and why. The rest goes on; what the task left is
  taken up by the next run.
"""

import os
from pathlib import Path

from airflow.sdk import get_parsing_context

from mastersync.config.schedules import client_schedule, list_clients
from mastersync.errors import ConfigError
from mastersync.orchestration.client_sync import DAG_PREFIX, client_sync_dag

CLIENTS = Path(
    os.environ.get("MASTERSYNC_CLIENTS_DIR")
    or Path(__file__).resolve().parents[1] / "include" / "clients"
)
wanted = get_parsing_context().dag_id  # a worker asks for one DAG, the processor for all

for client_id in list_clients(CLIENTS):
    if wanted is not None and wanted != f"{DAG_PREFIX}{client_id}":
        continue
    try:
        schedule = client_schedule(CLIENTS / client_id)
    except ConfigError:
        continue  # one bad client does not unload the others: client_files.py reports it
    if not schedule.enabled:
        continue
    globals()[f"{DAG_PREFIX}{client_id}"] = client_sync_dag(schedule, doc=__doc__)
