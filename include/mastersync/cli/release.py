"""``mastersync release``: a person lets a held plan go out."""

import getpass
from typing import Annotated

import typer

from mastersync.config.settings import load_settings
from mastersync.usecases.plan_run import release_plan
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import desk_store, open_desk


def release(
    client: Annotated[str, typer.Argument(help="The client's folder name.")],
    run_id: Annotated[str, typer.Argument(help="The run whose plan is held; its ticket names it.")],
) -> None:
    """Let the plan of a run go out that a guard has held.

    What is released is delivered by the DAG deliver_effects, or by the client's next sync.

    \b
    Example:
      mastersync release harbor_foods manual__2026-11-22T09:00:00+00:00
    """
    with open_desk(load_settings()) as database:
        count = release_plan(
            desk_store(database, client), run_id=run_id, actor=getpass.getuser(), now=utc_now()
        )
    typer.echo(f"{count} effect(s) of {client} may go out now.")
