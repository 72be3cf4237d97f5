"""``mastersync demo``: the main job for the sample clients, for real, and the proof of it."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import httpx
import typer
from rich.console import Console
from rich.live import Live
from rich.markdown import Markdown
from rich.table import Table

from mastersync.cli.audit import run_audit, show_audit
from mastersync.cli.demo_runs import (
    Approval,
    EndedTask,
    FollowedRun,
    follow,
    run_state,
    start_runs,
)
from mastersync.cli.demo_terms import show_terms
from mastersync.cli.run_table import adds_up, show_runs
from mastersync.cli.stack.airflow import user_passwords
from mastersync.cli.stack.progress import Progress
from mastersync.cli.stack.running import Stack, running_stack
from mastersync.cli.stopping import StopRequested
from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings, load_settings
from mastersync.domain.tickets.model import PLATFORM
from mastersync.ports.runs import RunSummary
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import desk_store, open_desk

_DAG_PREFIX = "client_sync__"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the demo came to."""

    runs: dict[str, RunSummary]
    failed: tuple[str, ...]
    is_sound: bool

    @property
    def is_good(self) -> bool:
        """Whether every client's run succeeded, adds up and stands the audit."""
        return not self.failed and self.is_sound and all(map(adds_up, self.runs.values()))


def demo() -> None:
    """Start everything, sync the sample clients under Airflow, and check the outcome.

    Shows what each task does, prints where every record went and what was done, and ends with
    the audit. Where a client's plans wait for a person, it shows the plan and approves it. On a
    terminal it stays up with its addresses until Ctrl-C; else it stops and
    exits 0, or 1 when a run failed or the audit found a breach.

    \b
    Examples:
      mastersync demo
      mastersync demo </dev/null
    """
    settings = load_settings()
    console = Console(highlight=False, soft_wrap=True, width=None if _is_watched() else 120)
    progress = Progress(console)
    try:
        with running_stack(settings, progress=progress) as stack:
            began = time.monotonic()
            outcome = _sync_all(stack, console)
            console.print(
                f"\nStart of PostgreSQL, Airflow, sandbox, portal: {progress.total_seconds:.0f} s; "
                f"syncs of {len(outcome.runs)} clients: {time.monotonic() - began:.0f} s."
            )
            if _is_watched():
                _say_where(console, stack)
                stack.supervisor.watch()
    except StopRequested:
        console.print("Everything has stopped.")
        return
    if not outcome.is_good:
        raise typer.Exit(1)


def _is_watched() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _sync_all(stack: Stack, console: Console) -> Outcome:
    settings = stack.settings
    clients = list_clients(settings.clients_dir)
    began_at = utc_now()
    with stack.airflow_client() as api:
        console.print(f"\nSyncing {len(clients)} clients under Airflow:")
        runs = start_runs(api, {client_id: f"{_DAG_PREFIX}{client_id}" for client_id in clients})
        _tell(console, api, runs)
        failed = tuple(run.client_id for run in runs if run_state(api, run) != "success")
    summaries = _first_runs(settings, clients, since=began_at)
    if summaries:
        console.print()
        show_runs(console, summaries)
        console.print("\nWhat each was promised, and what its credit reports cost:")
        show_terms(console, settings, summaries)
    for client_id in failed:
        console.print(
            f"[red]The run of {client_id} failed: `mastersync ticket list` says why.[/red]"
        )
    audits = run_audit(settings, [*clients, PLATFORM], outside=True)
    console.print()
    show_audit(console, audits)
    is_sound = not any(found.breaches for found in audits.values())
    return Outcome(runs=summaries, failed=failed, is_sound=is_sound)


def _tell(console: Console, api: httpx.Client, runs: Sequence[FollowedRun]) -> None:
    """Show tasks as they end: a line each, or on a terminal the last one of each client."""
    latest: dict[str, EndedTask] = {}
    counts: dict[str, int] = {run.client_id: 0 for run in runs}
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        for task in follow(api, runs, approve=True):
            if isinstance(task, Approval):
                _show_approval(console, task)
                continue
            latest[task.client_id] = task
            counts[task.client_id] += 1
            if console.is_terminal:
                live.update(_board(latest, counts))
            else:
                console.print(
                    f"  {task.client_id:<22} {task.name:<24} {task.state:<8} {task.seconds:6.1f} s"
                )


def _show_approval(console: Console, approval: Approval) -> None:
    """Show a plan that waited for a person, and say who answered."""
    console.rule(f"{approval.client_id}: the plan waits for approval", align="left")
    console.print(Markdown(approval.shown))
    console.print("[bold]Approved by the demo[/bold], over Airflow's REST API, as its user admin.")
    console.rule()


def _board(latest: dict[str, EndedTask], counts: dict[str, int]) -> Table:
    board = Table.grid(padding=(0, 2))
    for client_id, count in counts.items():
        task = latest.get(client_id)
        what = "waiting" if task is None else f"{task.name} {task.state}"
        board.add_row(client_id, f"{count} tasks done", what)
    return board


def _first_runs(
    settings: Settings, clients: Sequence[str], *, since: datetime
) -> dict[str, RunSummary]:
    """Return each client's first run since then."""
    found: dict[str, RunSummary] = {}
    with open_desk(settings) as database:
        for client_id in clients:
            with desk_store(database, client_id).begin() as unit:
                for run in unit.runs.list_newest(limit=10):
                    if run.opened_at >= since:
                        found[client_id] = run
    return found


def _say_where(console: Console, stack: Stack) -> None:
    settings = stack.settings
    login = ", ".join(f"{user}/{word}" for user, word in user_passwords(settings).items())
    console.print(
        f"\nAirflow         {stack.airflow_url}   ({login if settings.demo_passwords else 'admin'})"
        f"\nExceptions      {stack.airflow_url}/plugin/exceptions"
        f"\nInbox           {stack.sandbox_url}/inbox   (mails to customers, with their links)"
        f"\nClient systems  {stack.sandbox_url}/"
        f"\nPortal          {stack.portal_url}"
        "\n\nChange a customer in a client's system, trigger its DAG, and see it arrive. "
        "Ctrl-C stops everything."
    )
