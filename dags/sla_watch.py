"""### SLA watch

Reads the clocks of what clients were promised, every five minutes: which run out, and who has to
hear of it. A ticket tells of each clause and rung of a client's ladder (`sla.escalate`) and closes
by itself. Only clocks are read that something happened to, or whose time came.

- *Reads, writes*: each client's store, as its own role; nothing outside.
- *Safe to re-run*: yes; clocks are read from facts, and the same facts say the same.
- *When it fails*: clocks are read when the client's next sync closes, or by the next watch. A
  client whose store refuses the login fails the task when all the others have been watched.
"""

from datetime import timedelta

from airflow.sdk import dag

from mastersync.orchestration import sync_tasks as tasks
from mastersync.orchestration.client_sync import DEFAULT_ARGS, TAG


@dag(
    schedule=timedelta(minutes=5),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=[TAG, "platform"],
    doc_md=__doc__,
    default_args=DEFAULT_ARGS,
)
def sla_watch() -> None:
    tasks.watch_clocks()


sla_watch()
