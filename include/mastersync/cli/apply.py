"""``mastersync apply``: exactly what a plan said, or nothing."""

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from mastersync.cli.plan_file import read_document
from mastersync.cli.run_table import show_runs
from mastersync.cli.stack.airflow import sandbox_connections
from mastersync.config.connections import environment_connections
from mastersync.config.settings import load_settings
from mastersync.domain.plan.document import open_document
from mastersync.wiring.client import open_client
from mastersync.wiring.planning import apply_plan


def apply(
    file: Annotated[Path, typer.Argument(help="What `mastersync plan --out` wrote.")],
    *,
    over_guards: Annotated[
        bool, typer.Option("--over-guards", help="Also when it is over the client's limits.")
    ] = False,
) -> None:
    """Do what a plan says: everything is derived again, and done only if it comes out the same.

    Refused, with nothing done, when the file was changed, was applied before or is older than
    seven days, or when the client's configuration or a fact changed what would be done.

    \b
    Example:
      mastersync apply plan.json
    """
    settings = load_settings()
    sealed = open_document(read_document(file), secret=settings.key)
    console = Console(highlight=False, soft_wrap=True)

    def say(step: str, counts: Any) -> None:  # noqa: ANN401 (counts, as each step has them)
        told = ", ".join(
            f"{name} {value}" for name, value in counts.items() if value and name != "counts"
        )
        console.print(f"  {step:<24} {told}")

    samples = sandbox_connections(settings) if settings.is_embedded else {}
    connections = environment_connections(samples)
    with open_client(sealed.client_id, connections, settings=settings) as wired:
        console.print(f"{wired.config.name}: the plan of {sealed.made_at:%Y-%m-%d %H:%M} UTC")
        applied = apply_plan(
            wired, sealed, actor=getpass.getuser(), over_guards=over_guards, on_step=say
        )
    for words in applied.content.over:
        console.print(f"[bold yellow]Over a limit, on your word:[/bold yellow] {words}")
    show_runs(console, {sealed.client_id: applied.run})
