"""``mastersync sync``: one client's sync in this process, without Airflow."""

from typing import Annotated, Any

import typer
from rich.console import Console

from mastersync.cli.run_table import show_runs
from mastersync.cli.wired import open_wired
from mastersync.wiring import sync as steps
from mastersync.wiring.clock import utc_now


def sync(
    client: Annotated[str, typer.Argument(help="The client's folder name.")],
    run_id: Annotated[str, typer.Option(help="Go on with this run instead of a new one.")] = "",
) -> None:
    """Run one client's sync now, step by step, on the store that is running.

    Connections come from AIRFLOW_CONN_... variables, and on the embedded store also from the
    sandbox that `mastersync up` started. Safe beside Airflow: what one has done, the other
    finds done.

    \b
    Example:
      mastersync sync bright_bakery
    """
    console = Console(highlight=False, soft_wrap=True)

    def say(step: str, counts: Any) -> None:  # noqa: ANN401 (counts or a list of ids)
        told = ", ".join(f"{name} {value}" for name, value in counts.items() if name != "counts")
        console.print(f"  {step:<24} {told}")

    with open_wired(client) as wired:
        run_id = run_id or f"cli__{utc_now().isoformat()}"
        console.print(f"{wired.config.name}: {run_id}")
        steps.sync_client(wired, run_id, on_step=say)
        with wired.store.begin() as unit:
            newest = unit.runs.list_newest(limit=1)
    show_runs(console, {client: newest[0]})
