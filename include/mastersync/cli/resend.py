"""``mastersync resend``: a person lets an effect go out again."""

import getpass
from typing import Annotated
from uuid import UUID

import typer

from mastersync.config.settings import load_settings
from mastersync.usecases.resend_effect import resend_effect
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import desk_store, open_desk


def resend(
    client: Annotated[str, typer.Argument(help="The client's folder name.")],
    effect_id: Annotated[UUID, typer.Argument(help="The effect; its ticket names it.")],
) -> None:
    """Send an effect again whose outcome is not known, or an order or mail that was refused.

    First ask the agency, system or mail carrier by our reference, which is the effect's id:
    nothing here can know whether it got through. A report that was bought is bought again.

    \b
    Example:
      mastersync resend northwind_industrial 0d9f2c0e-6c0a-5a53-9f0e-2f5c6d1b7a10
    """
    with open_desk(load_settings()) as database:
        resend_effect(
            desk_store(database, client), effect_id, actor=getpass.getuser(), now=utc_now()
        )
    typer.echo(f"Effect {effect_id} is due again.")
