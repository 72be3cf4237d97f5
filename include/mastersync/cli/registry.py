"""The commands by name; each is imported when it is called, so that the others need not wait.

A target is ``module:attribute``: a function with typer's annotations, or a ``typer.Typer`` for a
command with commands of its own. Entry points of the package do not import each other, so the
sandbox's and the portal's commands live beside what they start.
"""

import importlib
from dataclasses import dataclass
from typing import Any

import typer

from mastersync.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class CommandEntry:
    """One command of ``mastersync``."""

    name: str
    target: str
    summary: str


COMMANDS = (
    CommandEntry(
        name="up",
        target="mastersync.cli.up:up",
        summary="Start everything on this machine, until Ctrl-C.",
    ),
    CommandEntry(
        name="demo",
        target="mastersync.cli.demo:demo",
        summary="Sync the sample clients end to end, and check the outcome.",
    ),
    CommandEntry(
        name="check",
        target="mastersync.cli.check:check",
        summary="Check client folders: every mistake with file, line and remedy.",
    ),
    CommandEntry(
        name="schema",
        target="mastersync.cli.schema:schema",
        summary="Print the JSON Schema of client.yaml, for your editor.",
    ),
    CommandEntry(
        name="sync",
        target="mastersync.cli.sync:sync",
        summary="Run one client's sync now.",
    ),
    CommandEntry(
        name="plan",
        target="mastersync.cli.plan:plan",
        summary="Show everything that a sync would do, and do none of it.",
    ),
    CommandEntry(
        name="apply",
        target="mastersync.cli.apply:apply",
        summary="Do exactly what a plan said, or nothing.",
    ),
    CommandEntry(
        name="status",
        target="mastersync.cli.status:status",
        summary="Show each client's last run.",
    ),
    CommandEntry(
        name="sla",
        target="mastersync.cli.sla:app",
        summary="Show how SLAs are kept, and say that a case waits or does not count.",
    ),
    CommandEntry(
        name="ticket",
        target="mastersync.cli.ticket:app",
        summary="List, show and resolve exception tickets.",
    ),
    CommandEntry(
        name="dedupe",
        target="mastersync.cli.dedupe:dedupe",
        summary="Find out which records of CSV files are the same customer.",
    ),
    CommandEntry(
        name="decide",
        target="mastersync.cli.decide:decide_on",
        summary="Say what two records are: same, not the same, related.",
    ),
    CommandEntry(
        name="decisions",
        target="mastersync.cli.decisions:decisions",
        summary="List what people decided on a client's records.",
    ),
    CommandEntry(
        name="merge",
        target="mastersync.cli.merge:merge",
        summary="Make two customers one; the other id leads to the one kept.",
    ),
    CommandEntry(
        name="unmerge",
        target="mastersync.cli.merge:unmerge",
        summary="Take a merge back: records and all that hangs on them.",
    ),
    CommandEntry(
        name="changes",
        target="mastersync.cli.changes:changes",
        summary="Show the change feed: who was merged into or split from whom.",
    ),
    CommandEntry(
        name="customer",
        target="mastersync.cli.customer:customer",
        summary="Show one customer: its records, relations and history.",
    ),
    CommandEntry(
        name="explain",
        target="mastersync.cli.explain:explain",
        summary="Say where each value of a customer comes from, and why.",
    ),
    CommandEntry(
        name="pin",
        target="mastersync.cli.pin:pin",
        summary="Hold a value of a customer against all sources, with a reason.",
    ),
    CommandEntry(
        name="unpin",
        target="mastersync.cli.pin:unpin",
        summary="Let the sources decide a value again.",
    ),
    CommandEntry(
        name="pins",
        target="mastersync.cli.pin:pins",
        summary="List the values that people pinned.",
    ),
    CommandEntry(
        name="credit",
        target="mastersync.cli.credit:app",
        summary="See, match and decide on customers' credit, and write the letters.",
    ),
    CommandEntry(
        name="backtest",
        target="mastersync.cli.backtest:backtest",
        summary="Hold the engine, or changed rules, against what people decided.",
    ),
    CommandEntry(
        name="replay",
        target="mastersync.cli.replay:replay",
        summary="Derive past golden records again, by today's or by other rules.",
    ),
    CommandEntry(
        name="reevaluate",
        target="mastersync.cli.backtest:reevaluate",
        summary="List what the engine would join or part, and change nothing.",
    ),
    CommandEntry(
        name="relearn",
        target="mastersync.cli.relearn:relearn",
        summary="Learn the matcher's weights anew from decisions; a plan first.",
    ),
    CommandEntry(
        name="release",
        target="mastersync.cli.release:release",
        summary="Let a plan go out that waits for approval, or that a guard has held.",
    ),
    CommandEntry(
        name="effect",
        target="mastersync.cli.effect:app",
        summary="Show, hold, release, cancel and undo changes to the outside.",
    ),
    CommandEntry(
        name="resend",
        target="mastersync.cli.resend:resend",
        summary="Send an effect again whose outcome nobody knows.",
    ),
    CommandEntry(
        name="audit",
        target="mastersync.cli.audit:audit",
        summary="Prove that nothing was lost or done twice; exit 1 if not.",
    ),
    CommandEntry(
        name="migrate",
        target="mastersync.cli.migrate:migrate",
        summary="Bring the store's schema, roles and clients up to date.",
    ),
    CommandEntry(
        name="sandbox",
        target="mastersync.cli.sandbox:sandbox",
        summary="Serve stand-ins for client systems, agencies and SendGrid.",
    ),
    CommandEntry(
        name="portal",
        target="mastersync.web.portal.command:portal",
        summary="Serve the page on which customers confirm their details.",
    ),
)


def load(entry: CommandEntry) -> Any:  # noqa: ANN401 (typer keeps its command types private)
    """Import a command.

    Raises:
        ConfigError: this installation lacks it.
    """
    module_name, attribute = entry.target.split(":")
    try:
        target = getattr(importlib.import_module(module_name), attribute)
    except ModuleNotFoundError as error:
        if error.name is None or not module_name.startswith(error.name):
            raise
        raise ConfigError(
            f"The command {entry.name!r} is not part of this installation ({module_name} is"
            " missing).",
            next_step="Update the checkout, or leave out what needs it.",
        ) from None
    if isinstance(target, typer.Typer):
        return typer.main.get_command(target)
    alone = typer.Typer(add_completion=False)
    alone.command(name=entry.name)(target)
    return typer.main.get_command(alone)
