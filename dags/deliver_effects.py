"""### Deliver effects

Drains what is due of every client's outbox outside of a sync: writes and mails that were put off,
whose worker was lost, or that a person released. Every ten minutes.

- *Reads, writes*: the outbox of each client, as its own role; its systems and mail carrier.
- *Safe to re-run*: yes; effects are claimed under a lease, and recorded by whoever holds it.
- *When it fails*: the client's effects stay due; the ticket names the client.
"""

from datetime import timedelta

from airflow.sdk import dag, task

from mastersync.orchestration.client_sync import DEFAULT_ARGS, TAG


@dag(
    schedule=timedelta(minutes=10),
    catchup=False,
    max_active_runs=1,
    tags=[TAG, "platform"],
    doc_md=__doc__,
    default_args=DEFAULT_ARGS,
)
def deliver_effects() -> None:
    @task
    def list_clients() -> list[str]:
        from mastersync.config.schedules import list_clients as client_ids
        from mastersync.config.settings import load_settings

        return client_ids(load_settings().clients_dir)

    @task(map_index_template="{{ task.op_kwargs['client_id'] }}")
    def deliver(client_id: str) -> dict[str, dict[str, int]]:
        from mastersync.orchestration.connections import AirflowConnections
        from mastersync.wiring import sync as steps
        from mastersync.wiring.client import open_client

        with open_client(client_id, AirflowConnections()) as client:
            return steps.deliver_leftovers(client)

    deliver.expand(client_id=list_clients())


deliver_effects()
