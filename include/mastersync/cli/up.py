"""``mastersync up``: everything on this machine, until somebody stops it."""

from typing import Annotated

import typer

from mastersync.cli.stack.airflow import user_passwords
from mastersync.cli.stack.progress import Progress
from mastersync.cli.stack.running import Stack, running_stack
from mastersync.cli.stopping import StopRequested
from mastersync.config.settings import load_settings


def up(
    quit_when_ready: Annotated[
        bool, typer.Option("--check", help="Start, say whether all is healthy, and stop.")
    ] = False,
) -> None:
    """Start PostgreSQL, Airflow, the sandbox and the portal, and watch them until Ctrl-C.

    Everything is kept in MASTERSYNC_HOME; starting again resumes where it stopped.

    \b
    Examples:
      mastersync up
      MASTERSYNC_HOME=/data/mastersync MASTERSYNC_AIRFLOW_PORT=8081 mastersync up
      mastersync up --check
    """
    settings = load_settings()
    progress = Progress()
    try:
        with running_stack(settings, progress=progress) as stack:
            _say_where(stack)
            if not quit_when_ready:
                progress.say("Ctrl-C stops everything.")
                stack.supervisor.watch()
    except StopRequested:
        progress.say("Everything has stopped.")


def _say_where(stack: Stack) -> None:
    users = ", ".join(f"{user}/{word}" for user, word in user_passwords(stack.settings).items())
    if not stack.settings.demo_passwords:
        users = f"passwords in {stack.settings.airflow_home / 'passwords.json'}"
    stack.progress.say(
        f"\nAirflow   {stack.airflow_url}   ({users})"
        f"\nPortal    {stack.portal_url}"
        f"\nSandbox   {stack.sandbox_url}"
        f"\nLogs      {stack.settings.logs_dir}\n"
    )
