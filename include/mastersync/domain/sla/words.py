"""Clocks in words."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from mastersync.domain.sla.measure import measure
from mastersync.domain.sla.model import (
    Clause,
    ClockReading,
    ClockState,
    Paused,
    SlaPolicy,
)


def moment(at: datetime, zone: str) -> str:
    """Return a time as people of a zone read it.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "Europe/Berlin")
    'Mon 2 Mar 2026 10:30'
    """
    local = at.astimezone(ZoneInfo(zone))
    seconds = ":%S" if local.second else ""
    return f"{local:%a} {local.day} {local:%b %Y %H:%M{seconds}}"


def duration(length: timedelta) -> str:
    """Return a length of time.

    >>> duration(timedelta(hours=27, minutes=5)), duration(timedelta(seconds=90))
    ('27 h 5 min', '1 min 30 s')
    """
    hours, rest = divmod(round(length.total_seconds()), 3_600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{hours} h" * bool(hours), f"{minutes} min" * bool(minutes)]
    parts.append(f"{seconds} s" * bool(seconds and not hours))
    return " ".join(part for part in parts if part) or "0 min"


def percent(share: Decimal) -> str:
    """Return a share as people write it.

    >>> percent(Decimal("0.95")), percent(Decimal("0.995")), percent(Decimal(1))
    ('95%', '99.5%', '100%')
    """
    return f"{(share * 100).normalize():f}%"


def explain_clock(reading: ClockReading, policy: SlaPolicy) -> str:
    """Return what a clock says and why, in sentences: from when, which pauses, how much, due."""
    clause = reading.clause
    said = [f"Clause {clause.number}: {clause.clock} within {clause.within}."]
    if reading.started_at is None or reading.due_at is None:
        return f"{said[0]} Not started: it starts when the case is {clause.start}."
    said.append(_started(reading, policy.zone))
    said += [_stood_still(pause, policy.zone) for pause in reading.paused]
    said.append(f"Used: {duration(reading.elapsed)} ({reading.used:.0%}).")
    said.append(_ended(reading, policy))
    return " ".join(said)


def scope(clause: Clause) -> str:
    """Return whom a clause is for: "new customer, segment KEY"."""
    requests = " or ".join(sorted(one.value.replace("_", " ") for one in clause.requests))
    parts = [requests or "any request"]
    parts += [f"segment {clause.segment}"] if clause.segment else []
    parts += [f"priority {clause.priority}"] if clause.priority else []
    return ", ".join(parts)


def clause_table(policy: SlaPolicy) -> list[dict[str, str]]:
    """Return the clauses as rows of words, for people to read."""
    return [
        {
            "clause": clause.number,
            "for": scope(clause),
            "clock": clause.clock,
            "within": str(clause.within),
            "calendar": clause.calendar or "-",
            "target": "-" if clause.target is None else percent(clause.target),
            "pauses": ", ".join(sorted(clause.pauses)) or "-",
            "in force": _in_force(clause, policy.zone),
        }
        for clause in policy.clauses
    ]


def _in_force(clause: Clause, zone: str) -> str:
    since = f"from {_day(clause.since, zone)}" if clause.since else ""
    last = clause.until and clause.until - timedelta(seconds=1)
    until = f"to {_day(last, zone)}" if last else ""
    running = f"(running clocks {clause.running})" if clause.since else ""
    return " ".join(part for part in (since, until, running) if part) or "always"


def _day(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).date().isoformat()


def _started(reading: ClockReading, zone: str) -> str:
    if reading.started_at is None or reading.counts_from is None:
        return ""
    words = f"{reading.clause.start.value.capitalize()} {moment(reading.started_at, zone)}"
    if reading.counts_from > reading.started_at:
        words += f", after the cut-off, so it counts from {moment(reading.counts_from, zone)}"
    return f"{words}."


def _stood_still(pause: Paused, zone: str) -> str:
    until = "now" if pause.until is None else moment(pause.until, zone)
    evidence = f" ({pause.evidence})" if pause.evidence else ""
    return f"Waited for the {pause.cause} from {moment(pause.since, zone)} to {until}{evidence}."


def _ended(reading: ClockReading, policy: SlaPolicy) -> str:
    if reading.due_at is None:
        return ""
    due = moment(reading.due_at, policy.zone)
    match reading.state:
        case ClockState.WAIVED:
            evidence = reading.waiver.evidence if reading.waiver else ""
            return f"Waived{f' ({evidence})' if evidence else ''}; it was due {due}."
        case ClockState.PAUSED:
            return f"Paused; due {due} if it went on now."
        case ClockState.RUNNING:
            return f"Running; due {due}."
        case _:
            return f"Due {due}. {_outcome(reading, policy)}"


def _outcome(reading: ClockReading, policy: SlaPolicy) -> str:
    if reading.due_at is None:
        return ""
    time = measure(reading.clause, policy.calendars).in_seconds
    if reading.stopped_at is None:
        return "Late, and not done yet."
    stopped = moment(reading.stopped_at, policy.zone)
    apart = sorted((reading.due_at, reading.stopped_at))
    gap = duration(timedelta(seconds=time.elapsed(apart[0], apart[1])))
    working = " of working time" if reading.clause.calendar else ""
    state, side = ("Late", "after") if reading.state is ClockState.LATE else ("Met", "before")
    return f"{state}: done {stopped}, {gap}{working} {side}."
