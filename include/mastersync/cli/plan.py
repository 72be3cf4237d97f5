"""``mastersync plan``: the whole chain, looked at before any of it happens."""

import getpass
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mastersync.cli.deciding import ShowSensitive, keep_that_shown
from mastersync.cli.plan_file import check_place, document_text, write_document, write_private
from mastersync.cli.plan_filter import filter_of
from mastersync.cli.plan_tables import show_plan
from mastersync.cli.stack.airflow import sandbox_connections
from mastersync.config.connections import environment_connections
from mastersync.config.settings import load_settings
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.plan.document import as_document
from mastersync.domain.plan.shown import without_sensitive
from mastersync.wiring.client import open_client
from mastersync.wiring.planning import plan_client, plan_of_run


def plan(  # noqa: PLR0913 (options of one command)
    client: Annotated[str, typer.Argument(help="The client's folder name.")],
    *,
    run: Annotated[
        str, typer.Option(help="Show what stands planned of this run; derive nothing.")
    ] = "",
    everyone: Annotated[
        bool,
        typer.Option(
            "--all", help="All customers by today's rules, also those who did not change."
        ),
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Keep the plan, for `mastersync apply`.")] = None,
    page: Annotated[Path | None, typer.Option("--html", help="Write it as one HTML page.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Show only a section, a target or a customer; repeat it for more."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows of each section.")] = 20,
    show_sensitive: ShowSensitive = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole plan, for programs.")] = False,
) -> None:
    """Show all that a sync would do now, and do none of it.

    The client's systems are read and the agency is asked what it knows, which is free. Nothing is
    written to them or to the store, nothing is bought and no mail leaves. The files hold
    customers' data, and only you can read them; the one of --out holds all of it in full.

    \b
    Examples:
      mastersync plan bright_bakery
      mastersync plan bright_bakery --only writes --only erp
      mastersync plan bright_bakery --out plan.json --html plan.html
      mastersync plan bright_bakery --all --only writes
      mastersync plan bright_bakery --run scheduled__2026-11-22T05:00:00+00:00
    """
    if run and everyone:
        raise typer.BadParameter(
            "--run shows what stands planned; --all derives. Give one of them."
        )
    for path in (out, page):
        if path is not None:
            check_place(path)
    settings = load_settings()
    console = Console(highlight=False, soft_wrap=False)
    samples = sandbox_connections(settings) if settings.is_embedded else {}
    connections = environment_connections(samples)
    by = getpass.getuser()
    with (
        open_client(client, connections, settings=settings) as wired,
        console.status("Planning") if console.is_terminal else nullcontext(),
    ):
        made = (
            plan_of_run(wired, run, by=by) if run else plan_client(wired, by=by, everyone=everyone)
        )
        if show_sensitive:
            keep_that_shown(wired.store, "plan")
    document = as_document(made, secret=settings.key)
    shown = made if show_sensitive else without_sensitive(made)
    if out is not None:
        write_document(out, document)
    if page is not None:
        from mastersync.cli.plan_page.page import render_plan

        write_private(page, render_plan(shown))
    if as_json:
        sys.stdout.writelines(document_text(document))
        return
    show_plan(
        console,
        shown,
        only=filter_of(only or (), shown.content, systems=wired.rules.targets),
        most=limit,
    )
    if out is not None and not run:
        console.print(f"\n{_what_next(wired.rules, out)}")


def _what_next(rules: ClientRules, out: Path) -> str:
    if rules.release.delivers:
        return f"To do exactly this: [bold]mastersync apply {out}[/bold]"
    return (
        f"{rules.name} is only watched, or disabled, so nothing of this may leave. To apply a "
        "plan, set 'release' to auto or approve in its client.yaml, and plan again."
    )
