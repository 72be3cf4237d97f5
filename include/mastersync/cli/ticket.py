"""``mastersync ticket``: the exception tickets, for a terminal and for programs."""

import getpass
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.moved_table import show_decided
from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings, load_settings
from mastersync.domain.tickets.model import PLATFORM, Ticket, TicketEvent, TicketKind, TicketSubject
from mastersync.errors import NotFoundError, RuleError
from mastersync.store.database import Session
from mastersync.store.ticket_desk import PostgresTicketDesk, registered_clients
from mastersync.store.unit import PostgresUnit
from mastersync.usecases.resolve_ticket import Answer, PairVerdict, resolve_ticket
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import open_desk

MOST = 1_000

app = typer.Typer(
    help="List, show and resolve exception tickets.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command("list")
def list_tickets(
    client: Annotated[str, typer.Option(help="Only those of this client.")] = "",
    kind: Annotated[TicketKind | None, typer.Option(help="Only those of this kind.")] = None,
    as_json: AsJson = False,
) -> None:
    """List open tickets, the newest first.

    \b
    Examples:
      mastersync ticket list
      mastersync ticket list --client harbor_foods --kind review
      mastersync ticket list --json | jq '.[].title'
    """
    with _session(client) as session:
        tickets = PostgresTicketDesk(session).list_open(kind=kind, limit=MOST)
    if as_json:
        typer.echo(json.dumps([_as_json(ticket) for ticket in tickets], indent=2))
    else:
        _show_list(tickets)


@app.command("show")
def show_ticket(
    ticket_id: Annotated[int, typer.Argument(metavar="ID", help="The ticket's number.")],
    as_json: AsJson = False,
) -> None:
    """Show one ticket: what is wrong, what to do, and its history.

    \b
    Example:
      mastersync ticket show 17
    """
    with _session() as session:
        desk = PostgresTicketDesk(session)
        ticket = desk.get(ticket_id)
        events, subjects = desk.events(ticket), desk.subjects(ticket)
    if as_json:
        history = {"events": list(map(asdict, events)), "subjects": list(map(asdict, subjects))}
        typer.echo(json.dumps(_as_json(ticket) | history, indent=2, default=str))
    else:
        _show_ticket(ticket, events, subjects)


@app.command("resolve")
def resolve(
    ticket_id: Annotated[int, typer.Argument(metavar="ID", help="The ticket's number.")],
    *,
    note: Annotated[str, typer.Option(help="Why; it is kept in the history.")] = "",
    same: Annotated[bool, typer.Option("--same", help="The two records are one customer.")] = False,
    different: Annotated[
        bool, typer.Option("--different", help="The two records are two customers.")
    ] = False,
    insist: Annotated[
        bool, typer.Option("--insist", help="Withdraw older decisions that say otherwise.")
    ] = False,
) -> None:
    """Resolve a ticket. A review ticket takes a verdict, which the next sync follows.

    Exit 1 when there is none, or somebody resolved it before.

    \b
    Examples:
      mastersync ticket resolve 17 --note "Corrected in the CRM"
      mastersync ticket resolve 18 --different --note "Two branches of one chain"
    """
    answer = Answer(
        by=getpass.getuser(), note=note, verdict=_verdict(same, different), insist=insist
    )
    if not note and answer.verdict is None:
        raise RuleError(
            f"Ticket {ticket_id} was not resolved: nothing says why.",
            next_step='Add --note "…", or --same or --different on a review ticket.',
        )
    with _session() as session:
        desk = PostgresTicketDesk(session)
        ticket = desk.get(ticket_id)
        unit = PostgresUnit(session, ticket.client_id)
        decided = resolve_ticket(ticket, answer, desk=desk, unit=unit, now=utc_now())
    typer.echo(f"Ticket {ticket_id} is resolved.")
    if decided is not None:
        show_decided(Console(highlight=False, soft_wrap=True), decided)


def _verdict(same: bool, different: bool) -> PairVerdict | None:
    if same and different:
        raise typer.BadParameter("--same and --different exclude each other.")
    if same:
        return PairVerdict.SAME
    return PairVerdict.DIFFERENT if different else None


@contextmanager
def _session(client: str = "") -> Iterator[Session]:
    """A transaction on the tickets of this client, or of all clients that have a folder."""
    settings = load_settings()
    clients = [client] if client else _everybody(settings)
    with open_desk(settings) as database, database.begin(clients=clients) as session:
        if client and client not in registered_clients(session):
            raise NotFoundError(
                f"The store knows no client {client!r}.",
                next_step=f"There are: {', '.join(_everybody(settings))}.",
            )
        yield session


def _everybody(settings: Settings) -> list[str]:
    return [*list_clients(settings.clients_dir), PLATFORM]


def _as_json(ticket: Ticket) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(json.dumps(asdict(ticket), default=str))
    return values


def _show_list(tickets: Sequence[Ticket]) -> None:
    console = Console()
    if not tickets:
        console.print("No ticket is open.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("ID", justify="right")
    for heading in ("CLIENT", "KIND"):
        table.add_column(heading, no_wrap=True)
    table.add_column("WHAT IS WRONG", ratio=1)
    table.add_column("SINCE", no_wrap=True)
    table.add_column("SEEN", justify="right")
    table.add_column("ABOUT", justify="right")
    for ticket in tickets:
        table.add_row(
            str(ticket.ticket_id),
            ticket.client_id,
            ticket.kind.value,
            f"{escape(ticket.title)}: {escape(ticket.cause)}",
            f"{ticket.opened_at:%d %b %H:%M}",
            str(ticket.seen_count),
            f"{ticket.waiting_count:,}" if ticket.waiting_count else "",
        )
    console.print(table)
    more = f" (the newest {MOST})" if len(tickets) == MOST else ""
    console.print(f"\n{len(tickets)} open{more}. mastersync ticket show ID says what to do.")


def _show_ticket(
    ticket: Ticket, events: Sequence[TicketEvent], subjects: Sequence[TicketSubject]
) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]#{ticket.ticket_id}  {escape(ticket.title)}[/bold]")
    rows = {
        "Client": ticket.client_id,
        "Kind": ticket.kind.value,
        "State": ticket.state,
        "What is wrong": ticket.cause,
        "What to do": ticket.next_step,
        "Run": f"{ticket.dag_id}  {ticket.run_id}" if ticket.dag_id else "",
        "Task": _task_name(ticket),
        "Log": ticket.log_url or "",
        "About": _about(ticket, subjects),
    }
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows.items():
        if value:
            table.add_row(name, escape(value))
    console.print(table)
    console.print()
    for event in events:
        words = f": {escape(event.words)}" if event.words else ""
        deed = event.event.replace("_", " ")
        console.print(
            f"{event.happened_at:%d %b %Y %H:%M} UTC  {deed} by {escape(event.actor)}{words}"
        )


def _about(ticket: Ticket, subjects: Sequence[TicketSubject]) -> str:
    open_ones = [found.subject for found in subjects if found.cleared_at is None]
    more = ticket.waiting_count - len(open_ones)
    count = f"{ticket.waiting_count:,}: " if len(open_ones) > 1 else ""
    return count + ", ".join(open_ones) + (f" and {more:,} more" if more else "")


def _task_name(ticket: Ticket) -> str:
    if ticket.task_id is None:
        return ""
    index = f"[{ticket.map_index}]" if (ticket.map_index or 0) >= 0 else ""
    return f"{ticket.task_id}{index}, try {ticket.try_number}"
