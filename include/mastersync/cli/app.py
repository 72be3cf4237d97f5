"""The ``mastersync`` command: finds the command that is meant, and says errors in two lines."""

import inspect
import sys
from typing import Annotated, Any

import typer
import typer.core

import mastersync
from mastersync.cli.registry import COMMANDS, CommandEntry, load
from mastersync.cli.stopping import StopRequested
from mastersync.errors import MastersyncError, RetryableError

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h
STOPPED = 130  # as shells say it of Ctrl-C
BY_NAME = {entry.name: entry for entry in COMMANDS}


class LazyCommands(typer.core.TyperGroup):
    """Lists every command, and imports only the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 (typer's own types)
        name, command, rest = super().resolve_command(ctx, args)
        if name not in BY_NAME:
            return name, command, rest
        loaded = load(BY_NAME[name])
        _let_help_flow(loaded)
        return name, loaded, rest


def _let_help_flow(command: Any) -> None:  # noqa: ANN401 (typer's own types)
    """Undo the source's line breaks in help, which typer would keep; examples keep theirs."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    command.help = "\n\n".join(
        paragraph if paragraph.startswith("\b") else paragraph.replace("\n", " ")
        for paragraph in paragraphs
    )
    for part in getattr(command, "commands", {}).values():
        _let_help_flow(part)


app = typer.Typer(
    name="mastersync",
    cls=LazyCommands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the exit code says what a caller should do."""
    try:
        app(prog_name="mastersync")
    except RetryableError as error:
        _say(error)
        sys.exit(TRY_LATER)
    except MastersyncError as error:
        _say(error)
        sys.exit(1)
    except StopRequested:
        typer.echo("mastersync: stopped before it was done.", err=True)
        sys.exit(STOPPED)


def _say(error: MastersyncError) -> None:
    typer.echo(f"mastersync: {error.problem}", err=True)
    typer.echo(f"            {error.next_step}", err=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(mastersync.__version__)
        raise typer.Exit


@app.callback(
    epilog="`mastersync COMMAND --help` shows examples. Exit codes: 0 done, 1 not done,"
    " 2 wrong usage, 75 try again later."
)
def mastersync_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Customer masters, kept in step: one golden record each, every change accounted for."""


def _list_command(entry: CommandEntry) -> None:
    def listed() -> None:
        """Stand in for the command in the list; ``LazyCommands`` puts the real one in place."""

    app.command(name=entry.name, help=entry.summary)(listed)


for _entry in COMMANDS:
    _list_command(_entry)
