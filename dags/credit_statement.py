"""### Credit statement

Holds each client's credit orders of the month against what its agency says that it charged, every
night. A charge that we do not know, one for an order that brought no report, an order charged
twice and a report that nobody charged each have a ticket, which closes when it is explained.

- *Reads, writes*: each client's store, as its own role; agencies are asked, and nothing is bought.
- *Safe to re-run*: yes; a line is kept once, and a difference has one ticket a month.
- *When it fails*: an agency could not be asked. The others have been; the next night asks again.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from airflow.sdk import dag

from mastersync.orchestration import sync_tasks as tasks
from mastersync.orchestration.client_sync import DEFAULT_ARGS, TAG


@dag(
    schedule="40 3 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=[TAG, "platform"],
    doc_md=__doc__,
    default_args=DEFAULT_ARGS,
)
def credit_statement() -> None:
    tasks.compare_statements()


credit_statement()
