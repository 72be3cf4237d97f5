"""### Deliver effects

Drains what is due of every client's outbox outside of a sync: writes and mails that were put off,
whose worker was lost, or that a person released. Every ten minutes.

- *Reads, writes*: the outbox of each client, as its own role; its systems and mail carrier.
- *Safe to re-run*: yes; effects are claimed under a lease, and recorded by whoever holds it.
- *When it fails*: the client's effects stay due; the ticket names the client.
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
    tasks.deliver.expand(client_id=tasks.list_clients())


deliver_effects()
