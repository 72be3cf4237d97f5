"""SLA reports, open clocks and single cases, on a terminal and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.sla_events import event_rows
from mastersync.domain.sla.attainment import Attainment
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.model import ClockReading, ClockState, EventKind, SlaPolicy
from mastersync.domain.sla.words import duration, explain_clock, moment, percent, scope
from mastersync.usecases.forecast_clocks import OpenClock
from mastersync.usecases.report_sla import CaseReading, SlaReport
from mastersync.usecases.trace_cases import TracedCase

MOST_LATE = 20
_PERMILLE = Decimal("0.001")


def share_in_words(share: Decimal | None) -> str:
    """Return a share of clocks, cut to a tenth of a percent; never rounded up to a target.

    >>> share_in_words(Decimal(1999) / 2000), share_in_words(None)
    ('99.9%', '-')
    """
    return "-" if share is None else percent(share.quantize(_PERMILLE, rounding="ROUND_DOWN"))


def show_report(console: Console, report: SlaReport) -> None:
    """Print a report: clause by clause, then what was late."""
    zone = report.policy.zone
    console.print(
        f"[bold]{escape(report.client_name)}[/bold], {moment(report.since, zone)} to "
        f"{moment(report.until, zone)} ({zone}), as of {moment(report.made_at, zone)}"
    )
    rows = [
        (one.clause.number, scope(one.clause), f"{one.clause.clock} in {one.clause.within}")
        for one in report.attained
    ]
    console.print(_table(("CLAUSE", "FOR", "PROMISE"), rows, report.attained))
    if len(report.scopes) > len([one for one in report.attained if one.due]):
        parts = [
            (
                row.attained.clause.number,
                row.scope.request.replace("_", " "),
                ", ".join(filter(None, (row.scope.segment, row.scope.priority))),
            )
            for row in report.scopes
        ]
        headings = ("CLAUSE", "REQUEST", "SEGMENT, PRIORITY")
        console.print(_table(headings, parts, [row.attained for row in report.scopes]))
    credit = f"Service credit: {percent(report.credit)} of the fee. " if report.credit else ""
    console.print(f"{credit}{report.running:,} clocks were not over when this was made.")
    if report.withdrawn:
        words = ", ".join(f"{one.word} of {one.case_id}" for one in report.withdrawn[:MOST_LATE])
        more = f" and {len(report.withdrawn) - MOST_LATE:,} more"
        console.print(f"Taken back: {words}{more * (len(report.withdrawn) > MOST_LATE)}.")
    for one in report.late[:MOST_LATE]:
        console.print(f"[red]late[/red]  {escape(one.case.case_id)} {escape(_late(one, zone))}")
    if len(report.late) > MOST_LATE:
        console.print(f"… and {len(report.late) - MOST_LATE:,} more (--json and --html have all)")


_FIGURES = ("DUE", "IN TIME", "LATE", "WAIVED", "KEPT", "TARGET", "CREDIT")


def _figures(attained: Attainment) -> Sequence[str]:
    target = attained.clause.target
    colour = "green" if attained.kept else "red"
    return (
        *(f"{n:,}" for n in (attained.due, attained.met, attained.late, attained.waived)),
        f"[{colour}]{share_in_words(attained.share)}[/{colour}]",
        "-" if target is None else percent(target),
        percent(attained.credit) if attained.credit else "",
    )


def _table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], attained: Sequence[Attainment]
) -> Table:
    table = Table(box=box.HORIZONTALS, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for heading, *said in zip(headings, *rows, strict=True):
        longest = max(len(word) for words in (heading, *said) for word in words.split())
        table.add_column(heading, min_width=longest)  # words stay whole on a narrow terminal
    for heading in _FIGURES:
        table.add_column(heading, justify="right")
    for cells, one in zip(rows, attained, strict=True):
        table.add_row(*map(escape, cells), *_figures(one))
    return table


def _late(one: CaseReading, zone: str) -> str:
    reading = one.reading
    due = moment(reading.due_at, zone) if reading.due_at else ""
    done = f"done {moment(reading.stopped_at, zone)}" if reading.stopped_at else "not done yet"
    return f"({one.subject}), clause {reading.clause.number}: due {due}, {done}"


def show_open(
    console: Console, client: str, clocks: Sequence[OpenClock], policy: SlaPolicy
) -> None:
    """Print the clocks that are not over."""
    if not clocks:
        console.print(f"{client}: no clock runs.")
        return
    table = Table(title=client, title_justify="left", box=None, pad_edge=False)
    for heading in ("CASE", "CLAUSE", "STATE", "USED", "DUE"):
        table.add_column(heading, no_wrap=heading != "STATE")
    table.add_column("EXPECTED", overflow="fold")
    for clock in clocks:
        reading = clock.reading
        table.add_row(
            escape(reading.case_id),
            reading.clause.number,
            f"[{_COLOURS.get(reading.state, 'white')}]{reading.state}[/]",
            f"{reading.used:.0%}",
            moment(reading.due_at, policy.zone) if reading.due_at else "",
            escape(_expected(clock)),
        )
    console.print(table)
    forecasts = (clock.forecast for clock in clocks if clock.forecast is not None)
    for pace in dict.fromkeys(pace for one in forecasts for pace in one.paces):
        console.print(pace, style="dim", markup=False)


_COLOURS: Mapping[ClockState, str] = {ClockState.LATE: "red", ClockState.PAUSED: "cyan"}


def _expected(clock: OpenClock) -> str:
    if clock.forecast is not None:
        ahead = f"; {clock.forecast.ahead:,} ahead" if clock.forecast.ahead else ""
        return f"{clock.forecast.verdict}{ahead}."
    if clock.reading.state is ClockState.LATE:
        return "Late, and not done yet."
    waits = [pause for pause in clock.reading.paused if pause.until is None]
    return "; ".join(f"Waits for the {pause.cause}: {pause.evidence}." for pause in waits)


# What can be taken back is shown with what it is called by.
_BY_PEOPLE = (EventKind.PAUSED, EventKind.RESUMED, EventKind.WAIVED, EventKind.WITHDRAWN)
_OF_PEOPLE = ("pause:", "waiver:")


def case_in_words(traced: TracedCase, policy: SlaPolicy, *, now: datetime) -> str:
    """Return all that happened to a case, and how each of its clocks is reckoned."""
    return "\n".join(_said(traced, policy, now=now))


def _said(traced: TracedCase, policy: SlaPolicy, *, now: datetime) -> Iterator[str]:
    case, found = traced.case, traced.found
    whose = f", of {found.customer_id}" if found.customer_id else ""
    narrowed = f", segment {case.segment}" if case.segment else ""
    yield f"{case.case_id}: {case.request.value.replace('_', ' ')} of {found.subject}{whose}"
    yield f"Priority {case.priority}{narrowed}. Times are of {policy.zone}."
    yield ""
    for row in event_rows(traced):
        at = moment(datetime.fromisoformat(row["at"]).replace(microsecond=0), policy.zone)
        what = " ".join(filter(None, (row["event"], row.get("milestone"), row.get("cause"))))
        by_people = row["event"] in _BY_PEOPLE and row["reference"].startswith(_OF_PEOPLE)
        named = f"{row['reference']}: " if by_people else ""
        yield f"  {at:<26} {what:<20} {named}{row['evidence'] or row['reference']}"
    for reading in read_case(case, policy, now=now):
        yield ""
        yield explain_clock(reading, policy)


def report_as_json(report: SlaReport) -> dict[str, Any]:
    """Return the report for programs; shares are text, 0 to 1, times are UTC."""
    return {
        "client_id": report.client_id,
        "since": report.since,
        "until": report.until,
        "made_at": report.made_at,
        "service_credit": str(report.credit),
        "running": report.running,
        "clauses": [_attained_as_json(one) for one in report.attained],
        "scopes": [
            {
                "request": row.scope.request,
                "segment": row.scope.segment,
                "priority": row.scope.priority,
            }
            | _attained_as_json(row.attained)
            for row in report.scopes
        ],
        "weeks": [
            {"monday": week.monday, "met": week.met, "late": week.late, "waived": week.waived}
            for week in report.weeks
        ],
        "late": [_reading_as_json(one) for one in report.late],
        "waived": [_reading_as_json(one) for one in report.waived],
        "withdrawn": [
            {
                "case_id": one.case_id,
                "subject": one.subject,
                "word": one.word,
                "said": one.said,
                "evidence": one.evidence,
                "withdrawn_at": one.withdrawn_at,
                "reason": one.reason,
            }
            for one in report.withdrawn
        ],
        "paused": [
            {
                "case_id": one.case.case_id,
                "clause": one.reading.clause.key,
                "cause": pause.cause,
                "since": pause.since,
                "until": pause.until,
                "evidence": pause.evidence,
            }
            for one, pause in report.paused
        ],
    }


def _attained_as_json(attained: Attainment) -> dict[str, Any]:
    return {
        "clause": attained.clause.key,
        "number": attained.clause.number,
        "clock": attained.clause.clock,
        "due": attained.due,
        "met": attained.met,
        "late": attained.late,
        "waived": attained.waived,
        "share": None if attained.share is None else str(attained.share),
        "target": None if attained.clause.target is None else str(attained.clause.target),
        "kept": attained.kept,
        "credit": str(attained.credit),
    }


def _reading_as_json(one: CaseReading) -> dict[str, Any]:
    reading = one.reading
    return {
        "case_id": one.case.case_id,
        "subject": one.subject,
        "customer_id": one.customer_id,
        "request": one.case.request,
        "clause": reading.clause.key,
        "clock": reading.clause.clock,
        "started_at": reading.started_at,
        "due_at": reading.due_at,
        "stopped_at": reading.stopped_at,
        "elapsed": duration(reading.elapsed),
        "evidence": reading.waiver.evidence if reading.waiver else "",
    }


def open_as_json(clock: OpenClock) -> dict[str, Any]:
    """Return a clock that is not over for programs."""
    return _of(clock.reading) | {
        "subject": clock.traced.found.subject,
        "customer_id": clock.traced.found.customer_id,
        "forecast": None
        if clock.forecast is None
        else {
            "expected_at": clock.forecast.expected_at,
            "slow_at": clock.forecast.slow_at,
            "late": clock.forecast.late,
            "at_risk": clock.forecast.at_risk,
            "words": clock.forecast.words,
        },
    }


def _of(reading: ClockReading) -> dict[str, Any]:
    return {
        "case_id": reading.case_id,
        "clause": reading.clause.key,
        "clock": reading.clause.clock,
        "state": reading.state,
        "started_at": reading.started_at,
        "due_at": reading.due_at,
        "used": round(reading.used, 4),
    }
