"""``mastersync sandbox``: the outside world on this machine."""

import importlib
from typing import Annotated

import typer

from mastersync.config.settings import load_settings


def sandbox(
    port: Annotated[
        int | None, typer.Option(help="Where to listen; else MASTERSYNC_SANDBOX_PORT.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve stand-ins for client systems, agencies and SendGrid until Ctrl-C.

    \b
    Example:
      mastersync sandbox --port 8070
    """
    settings = load_settings()
    # By name: entry points of the package do not import each other.
    command = importlib.import_module("mastersync.sandbox.command")
    command.serve(port or settings.sandbox_port, settings.home, host=host)
