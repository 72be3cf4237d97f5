"""Calendars, clauses and cases for laws that hold for all of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as some

from mastersync.domain.sla.calendar import Span, WorkingCalendar
from mastersync.domain.sla.model import (
    Allowance,
    Case,
    Cause,
    Clause,
    Event,
    EventKind,
    Milestone,
    Request,
    Running,
    SlaPolicy,
    Unit,
)

FIRST, LAST = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 30, tzinfo=UTC)
SEEN, PUSHED, VERIFIED = Milestone.SEEN, Milestone.PUSHED, Milestone.VERIFIED


def calendar(
    name: str, zone: str, *spans: tuple[int, int], days=range(5), **rest
) -> WorkingCalendar:
    """A calendar with the same hours each of its days."""
    hours = tuple(Span(opens=opens, closes=closes) for opens, closes in spans)
    week = dict.fromkeys(days, hours)
    return WorkingCalendar(
        name=name, zone=zone, week=week, **{"first_year": 2025, "last_year": 2027, **rest}
    )


CALENDARS = {
    one.name: one
    for one in (
        calendar(
            "berlin",
            "Europe/Berlin",
            (480, 720),
            (780, 1020),
            closed={date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"},
            cut_offs=dict.fromkeys(range(7), 900),
        ),
        calendar(
            "new_york", "America/New_York", (540, 1020), cut_offs=dict.fromkeys(range(7), 960)
        ),
        calendar("adelaide", "Australia/Adelaide", (510, 1020), days=range(6)),
        calendar(
            "night",
            "Europe/London",
            (1320, 1800),
            days=range(7),
            cut_offs=dict.fromkeys(range(7), 1620),
        ),
        calendar("always", "Europe/Berlin", (0, 1440), days=range(7)),
    )
}

moments = some.integers(0, int((LAST - FIRST).total_seconds())).map(
    lambda second: FIRST + timedelta(seconds=second)
)
hours = some.integers(0, 60 * 24).map(lambda hour: FIRST + timedelta(hours=hour))
calendars = some.sampled_from(list(CALENDARS.values()))
segments = some.sampled_from(["KEY", "SMALL", ""])
priorities = some.sampled_from(["high", "normal"])


@some.composite
def allowances(draw, calendar: str) -> Allowance:
    units = [unit for unit in Unit if unit.value.startswith("working") == bool(calendar)]
    amount = draw(some.sampled_from(["0.5", "1", "2", "7", "30"]))
    return Allowance(amount=Decimal(amount), unit=draw(some.sampled_from(units)))


@some.composite
def clauses(draw, number: int) -> Clause:
    calendar = draw(some.sampled_from(["", *CALENDARS]))
    start, stop = draw(some.sampled_from([(SEEN, PUSHED), (PUSHED, VERIFIED)]))
    since, until = draw(some.none() | hours), draw(some.none() | hours)
    if since and until and until <= since:
        until = None
    return Clause(
        key=str(number),
        number="4.1",
        clock=f"{start} to {stop}",
        start=start,
        stop=stop,
        within=draw(allowances(calendar)),
        requests=draw(some.sampled_from([frozenset(), frozenset({Request.CHANGE})])),
        segment=draw(some.sampled_from(["", "KEY"])),
        priority=draw(some.sampled_from(["", "high"])),
        calendar=calendar,
        pauses=frozenset(draw(some.sets(some.sampled_from(list(Cause))))),
        since=since,
        until=until,
        running=draw(some.sampled_from(list(Running))),
    )


@some.composite
def policies(draw) -> SlaPolicy:
    count = draw(some.integers(1, 5))
    drawn = tuple(draw(clauses(number)) for number in range(count))
    return SlaPolicy(clauses=drawn, zone="Europe/Berlin", calendars=CALENDARS)


@some.composite
def events(draw) -> Event:
    kind = draw(some.sampled_from(list(EventKind)))
    at = draw(moments | hours)
    if kind is EventKind.REACHED:
        return Event(kind=kind, at=at, milestone=draw(some.sampled_from([SEEN, PUSHED, VERIFIED])))
    if kind is EventKind.WAIVED:
        clock = draw(some.sampled_from(["", "seen to pushed"]))
        return Event(kind=kind, at=at, clock=clock, evidence="T-1")
    cause = draw(some.sampled_from(list(Cause)))
    return Event(kind=kind, at=at, cause=cause, reference=draw(some.sampled_from(["", "T-2"])))


@some.composite
def cases(draw) -> Case:
    seen = Event(kind=EventKind.REACHED, at=draw(moments | hours), milestone=SEEN)
    happened = draw(some.lists(events(), max_size=8))
    return Case(
        case_id=f"version:{draw(some.integers(1, 10**6))}",
        request=draw(some.sampled_from([Request.CHANGE, Request.CLOSING])),
        segment=draw(segments),
        priority=draw(priorities),
        events=(seen, *happened) if draw(some.integers(0, 9)) else tuple(happened),
    )
