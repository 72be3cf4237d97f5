"""``mastersync sla``: what clients were promised, how it is kept, and for whom a case waits."""

import json
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from mastersync.cli.days import DAY, MOMENT, day, moment
from mastersync.cli.deciding import AsJson, By, Client, author, client_desk, rules_of
from mastersync.cli.sla_tables import case_in_words, report_as_json, show_open, show_report
from mastersync.config.schedules import list_clients
from mastersync.config.settings import load_settings
from mastersync.domain.sla.model import Cause, SlaPolicy
from mastersync.errors import ConfigError, NotFoundError, RuleError
from mastersync.usecases.forecast_clocks import open_clocks
from mastersync.usecases.report_sla import policy_of, report_sla
from mastersync.usecases.tell_clocks import (
    ClockWord,
    pause_case,
    resume_case,
    waive_clock,
    withdraw_word,
)
from mastersync.usecases.trace_cases import trace_cases
from mastersync.wiring.clock import utc_now

app = typer.Typer(
    help="What clients were promised, how it is kept, and what a case waits for.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CaseId = Annotated[str, typer.Argument(metavar="CASE", help="Such as version:17 or answer:3.")]
Evidence = Annotated[str, typer.Option(help="What the client can check it by: a mail, a ticket.")]
When = Annotated[
    datetime | None,
    typer.Option("--at", parser=moment, metavar=MOMENT, help="In the client's zone; now, if not."),
]


@app.command()
def report(
    client: Client,
    *,
    since: Annotated[
        datetime | None,
        typer.Option("--from", parser=day, metavar=DAY, help="First day; of this month, if not."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--to", parser=day, metavar=DAY, help="Last day; today, if not."),
    ] = None,
    page: Annotated[Path | None, typer.Option("--html", help="Write it as one HTML page.")] = None,
    events: Annotated[
        Path | None, typer.Option(help="Write the raw events as CSV, to reckon it again.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how a client's SLA was kept, clause by clause, from the facts of each case.

    \b
    Examples:
      mastersync sla report harbor_foods
      mastersync sla report harbor_foods --from 2026-10-01 --to 2026-10-31 --html october.html
      mastersync sla report harbor_foods --events events.csv --json
    """
    from mastersync.cli.plan_file import check_place, open_private, write_private
    from mastersync.cli.sla_events import EventsFile
    from mastersync.cli.wired import open_wired

    for path in (page, events):
        if path is not None:
            check_place(path)
    with open_wired(client) as wired, ExitStack() as files:
        now = wired.clock()
        first, last = _period(policy_of(wired.rules), since, until, now=now)
        file = EventsFile(files.enter_context(open_private(events))) if events else None
        found = report_sla(
            wired.store,
            wired.rules,
            since=first,
            until=last,
            now=now,
            on_cases=file.write if file else None,
        )
    if page is not None:
        from mastersync.cli.sla_page.page import render_report

        write_private(page, render_report(found))
    if as_json:
        typer.echo(json.dumps(report_as_json(found), indent=2, default=str))
    else:
        show_report(Console(highlight=False), found)


@app.command()
def status(
    client: Annotated[str, typer.Argument(help="One client; all of them when left out.")] = "",
    *,
    limit: Annotated[int, typer.Option(min=1, help="Clocks of each client.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show the clocks that run, the most urgent first, and what is to be expected of them.

    \b
    Examples:
      mastersync sla status
      mastersync sla status harbor_foods --limit 100
    """
    now = utc_now()
    console = Console(highlight=False)
    found = {}
    for one in [client] if client else list_clients(load_settings().clients_dir):
        try:
            policy = policy_of(rules_of(one))
            with client_desk(one) as store:
                clocks = open_clocks(store, policy, limit=limit, now=now)
        except (ConfigError, NotFoundError, RuleError) as error:
            if client:
                raise
            typer.echo(error.problem, err=True)  # the others are shown all the same
            continue
        found[one] = clocks
        if not as_json:
            show_open(console, one, clocks, policy)
    if as_json:
        from mastersync.cli.sla_tables import open_as_json

        rows = {one: [open_as_json(clock) for clock in clocks] for one, clocks in found.items()}
        typer.echo(json.dumps(rows, indent=2, default=str))
    elif not found:
        typer.echo("No client was promised anything: none has a section 'sla'.")


@app.command()
def explain(client: Client, case_id: CaseId) -> None:
    """Say what happened to a case, when it waited and for whom, and how its clocks are reckoned.

    \b
    Example:
      mastersync sla explain harbor_foods version:17
    """
    policy = policy_of(rules_of(client))
    with client_desk(client) as store, store.begin() as unit:
        traced = trace_cases(unit.sla, policy, [case_id])
    if not traced:
        raise NotFoundError(
            f"{client} has no case {case_id!r}.",
            next_step="A version that says nothing new is none. `mastersync sla status` names "
            "those that run.",
        )
    typer.echo(case_in_words(traced[0], policy, now=utc_now()))


@app.command()
def pause(
    client: Client,
    case_id: CaseId,
    *,
    cause: Annotated[Cause, typer.Option(help="Whom it waits for.")],
    evidence: Evidence,
    at: When = None,
    by: By = "",
) -> None:
    """Stop the clocks of a case while it waits for somebody who is not of our house.

    Only clauses that name the cause stand still.

    \b
    Example:
      mastersync sla pause harbor_foods version:17 --cause client \\
        --evidence "asked for the tax number, mail of 3 March"
    """
    policy, now = policy_of(rules_of(client)), utc_now()
    word = ClockWord(case_id=case_id, by=author(by), evidence=evidence)
    with client_desk(client) as store:
        pause_case(store, word, cause=cause, since=_moment(at, policy, now=now), now=now)
    typer.echo(f"{case_id} waits for the {cause}.")
    if not any(cause in clause.pauses for clause in policy.clauses):
        typer.echo("No clause of this client stands still for that: its clocks run on.")


@app.command()
def resume(
    client: Client, case_id: CaseId, *, evidence: Evidence, at: When = None, by: By = ""
) -> None:
    """Let the clocks of a case go on that somebody paused.

    \b
    Example:
      mastersync sla resume harbor_foods version:17 --evidence "answered, mail of 5 March"
    """
    policy, now = policy_of(rules_of(client)), utc_now()
    word = ClockWord(case_id=case_id, by=author(by), evidence=evidence)
    with client_desk(client) as store:
        resume_case(store, word, at=_moment(at, policy, now=now), now=now)
    typer.echo(f"{case_id} goes on.")


@app.command()
def waive(
    client: Client,
    case_id: CaseId,
    *,
    evidence: Evidence,
    clock: Annotated[str, typer.Option(help='One of its clocks, "seen to pushed"; else all.')] = "",
    by: By = "",
) -> None:
    """Have a clock of a case, or all of them, not count, as the client has agreed.

    \b
    Example:
      mastersync sla waive harbor_foods version:17 --evidence "agreed with Ms Ito, 4 March"
    """
    policy = policy_of(rules_of(client))
    word = ClockWord(case_id=case_id, by=author(by), evidence=evidence)
    with client_desk(client) as store:
        waive_clock(store, policy, word, clock=clock, now=utc_now())
    typer.echo(f"{'All clocks' if not clock else repr(clock)} of {case_id} will not count.")


@app.command()
def withdraw(
    client: Client,
    case_id: CaseId,
    word: Annotated[
        str,
        typer.Argument(
            metavar="WORD", help="Such as waiver:3 or pause:7, as explain shows; else the only one."
        ),
    ] = "",
    *,
    reason: Annotated[str, typer.Option(help="Why it was wrong.")],
    by: By = "",
) -> None:
    """Take back a waiver or a pause: the clocks run as if it had never been said.

    It stays on record that it was said, and that it was taken back. A pause that was right and is
    over is no mistake: let the case go on with `mastersync sla resume`.

    \b
    Examples:
      mastersync sla withdraw harbor_foods version:17 --reason "was agreed for version:71"
      mastersync sla withdraw harbor_foods version:17 pause:7 --reason "they had answered before"
    """
    policy_of(rules_of(client))
    with client_desk(client) as store:
        told = withdraw_word(store, case_id, word, by=author(by), reason=reason, now=utc_now())
    typer.echo(f"{told.reference} of {case_id} is taken back: {told.evidence}.")


def _period(
    policy: SlaPolicy, since: datetime | None, until: datetime | None, *, now: datetime
) -> tuple[datetime, datetime]:
    """Return the days of a report as moments; the last one is included."""
    zone = ZoneInfo(policy.zone)
    today = now.astimezone(zone).date()
    first = since.date() if since else today.replace(day=1)
    last = until.date() if until else today
    if last < first:
        raise typer.BadParameter(f"{last} is before {first}.")
    return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _moment(at: datetime | None, policy: SlaPolicy, *, now: datetime) -> datetime:
    return now if at is None else at.replace(tzinfo=ZoneInfo(policy.zone)).astimezone(UTC)
