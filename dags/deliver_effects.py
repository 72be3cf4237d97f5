"""### Deliver effects

Drains what is due of every client's outbox outside of a sync: writes and mails that were put off,
whose worker was lost, or that a person released. Every ten minutes, by a few workers that take
turns between the clients, so that a large backlog of one does not keep the others waiting.

- *Reads, writes*: the outbox of each client, as its own role; its systems and mail carrier.
- *Safe to re-run*: yes; effects are claimed under a lease, and recorded by whoever holds it.
- *When it fails*: what is due stays due, and the next run goes on. A target that refuses the login
  fails nothing here: its client gets a ticket, the others go on.
"""

from datetime import timedelta

from airflow.sdk import dag

from mastersync.orchestration import sync_tasks as tasks
from mastersync.orchestration.client_sync import DEFAULT_ARGS, TAG


@dag(
    schedule=timedelta(minutes=10),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=[TAG, "platform"],
    doc_md=__doc__,
    default_args=DEFAULT_ARGS,
)
def deliver_effects() -> None:
    tasks.deliver.expand(worker=tasks.list_workers())


deliver_effects()
