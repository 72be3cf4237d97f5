"""``mastersync release``: a person lets a held plan go out."""

from typing import Annotated

import typer

from mastersync.cli.deciding import By, author
from mastersync.config.clients import load_client
from mastersync.config.settings import load_settings
from mastersync.usecases.release_plan import release_plan
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import desk_store, open_desk


def release(
    client: Annotated[str, typer.Argument(help="The client's folder name.")],
    run_id: Annotated[str, typer.Argument(help="The run whose plan is held; its ticket names it.")],
    by: By = "",
) -> None:
    """Let the plan of a run go out that waits for an approval, or that a guard has held.

    What is released is delivered by the DAG deliver_effects, or by the client's next sync, once
    it has waited the minutes that `hold` in client.yaml says. `mastersync effect cancel CLIENT
    --run RUN` withdraws the plan instead.

    \b
    Example:
      mastersync release harbor_foods manual__2026-11-22T09:00:00+00:00
    """
    settings = load_settings()
    rules = load_client(settings.clients_dir / client).release_rules()
    with open_desk(settings) as database:
        count = release_plan(
            desk_store(database, client),
            run_id=run_id,
            actor=author(by),
            hold=rules.hold,
            now=utc_now(),
        )
    typer.echo(f"{count} effect(s) of {client} may go out now.")
