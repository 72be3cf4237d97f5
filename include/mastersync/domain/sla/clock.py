"""What the clocks of one case say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mastersync.domain.sla.calendar import WorkingCalendar
from mastersync.domain.sla.clauses import clocks, fits, holding, timeline
from mastersync.domain.sla.facts import Facts, facts_of
from mastersync.domain.sla.measure import measure
from mastersync.domain.sla.model import (
    Case,
    Clause,
    ClockReading,
    ClockState,
    Event,
    Paused,
    Running,
    SlaPolicy,
)
from mastersync.domain.sla.pauses import merged
from mastersync.domain.sla.working_time import WorkingTime, instant, seconds


def read_case(case: Case, policy: SlaPolicy, *, now: datetime) -> tuple[ClockReading, ...]:
    """Return what each clock of the case says, in the order of the clauses.

    A clock for which none of the clauses holds is left out. What happens after ``now`` is not
    looked at.
    """
    facts = facts_of(case.events, now=now)
    readings = (
        _read_clock(case, facts, clauses, policy.calendars)
        for clauses in clocks(policy.clauses).values()
    )
    return tuple(reading for reading in readings if reading is not None)


def _read_clock(
    case: Case,
    facts: Facts,
    clauses: Sequence[Clause],
    calendars: Mapping[str, WorkingCalendar],
) -> ClockReading | None:
    fitting = [
        clause
        for clause in clauses
        if fits(clause, request=case.request, segment=case.segment, priority=case.priority)
    ]
    if not fitting:
        return None
    start = facts.reached.get(fitting[0].start)
    if start is None:
        return _not_started(case.case_id, holding(fitting, instant(facts.now)))
    run = _Run(
        start=start,
        stop=facts.reached.get(fitting[0].stop),
        now=facts.now,
        pauses=facts.pauses,
    )
    clause = _clause_of(run, fitting, calendars)
    if clause is None:
        return None
    return _with_waiver(_read(case.case_id, clause, run, calendars), facts.waivers)


@dataclass(frozen=True, kw_only=True)
class _Run:
    """When a clock started, stopped and waited, in seconds, as known at ``now``."""

    start: int
    stop: int | None
    now: int
    pauses: Sequence[Paused]

    @property
    def end(self) -> int:
        return self.now if self.stop is None else self.stop


@dataclass(frozen=True, kw_only=True)
class _Count:
    """What one clause makes of a run: seconds, and the share of its allowance."""

    counts_from: int
    due_at: int
    elapsed: int
    used: float


def _clause_of(
    run: _Run, clauses: Sequence[Clause], calendars: Mapping[str, WorkingCalendar]
) -> Clause | None:
    """Return the clause that a clock runs under in the end.

    It is the one that held when the clock started, until one comes into force that running clocks
    switch to. What was late by then stays late, under the clause that it was late under.
    """
    clause = holding(clauses, instant(run.start))
    for at, newer in timeline(clauses):
        change = seconds(at)
        if not run.start < change <= run.now or (run.stop is not None and run.stop <= change):
            continue
        if newer is None or newer is clause or newer.running is Running.KEEP:
            continue
        then = replace(run, stop=None, now=change)
        if clause is not None and _count(clause, then, calendars).due_at < change:
            break
        clause = newer
    return clause


def _count(clause: Clause, run: _Run, calendars: Mapping[str, WorkingCalendar]) -> _Count:
    by = measure(clause, calendars)
    begin = by.calendar.counts_from(run.start) if by.calendar else run.start
    end = max(begin, run.end)
    still = merged(
        (max(begin, seconds(pause.since)), min(end, _until(pause, end)))
        for pause in _pauses_under(clause, run.pauses)
        if seconds(pause.since) < end and _until(pause, end) > begin
    )
    due = by.time.tick(begin) + by.allowed
    for since, until in still:
        if by.time.tick(since) < due:
            due += by.time.tick(until) - by.time.tick(since)
    return _Count(
        counts_from=begin,
        due_at=by.time.moment(due),
        elapsed=_net(by.in_seconds, begin, end, still),
        used=_net(by.time, begin, end, still) / by.allowed,
    )


def _pauses_under(clause: Clause, pauses: Iterable[Paused]) -> list[Paused]:
    """Return those of the pauses that stop a clause's clocks."""
    return [pause for pause in pauses if pause.cause in clause.pauses]


def _net(time: WorkingTime, begin: int, end: int, still: Iterable[tuple[int, int]]) -> int:
    """Return the ticks between two instants without those of the pauses between them."""
    paused = sum(time.tick(until) - time.tick(since) for since, until in still)
    return time.tick(end) - time.tick(begin) - paused


def _until(pause: Paused, end: int) -> int:
    return end if pause.until is None else seconds(pause.until)


def _read(
    case_id: str, clause: Clause, run: _Run, calendars: Mapping[str, WorkingCalendar]
) -> ClockReading:
    count = _count(clause, run, calendars)
    paused = [_within(pause, run) for pause in _pauses_under(clause, run.pauses)]
    paused = [pause for pause in paused if pause.until is None or pause.since < pause.until]
    late = run.end > count.due_at
    decided_at: int | None
    if late:
        state, decided_at = ClockState.LATE, count.due_at
    elif run.stop is not None:
        state, decided_at = ClockState.MET, run.stop
    else:
        waits = any(pause.until is None for pause in paused)
        state, decided_at = (ClockState.PAUSED if waits else ClockState.RUNNING), None
    return ClockReading(
        case_id=case_id,
        clause=clause,
        state=state,
        started_at=instant(run.start),
        counts_from=instant(count.counts_from),
        due_at=instant(count.due_at),
        stopped_at=None if run.stop is None else instant(run.stop),
        decided_at=None if decided_at is None else instant(decided_at),
        elapsed=timedelta(seconds=count.elapsed),
        used=count.used,
        paused=tuple(paused),
    )


def _not_started(case_id: str, clause: Clause | None) -> ClockReading | None:
    if clause is None:
        return None
    return ClockReading(case_id=case_id, clause=clause, state=ClockState.NOT_STARTED)


def _within(pause: Paused, run: _Run) -> Paused:
    """Return the part of a pause that lies in the run; it ends when the clock stops."""
    since = max(pause.since, instant(run.start))
    until = pause.until
    if run.stop is not None:
        stop = instant(run.stop)
        until = stop if until is None else min(until, stop)
    return replace(pause, since=since, until=until)


def _with_waiver(reading: ClockReading, waivers: Iterable[Event]) -> ClockReading:
    """Return the reading, waived by the first waiver of its clock, if there is one."""
    clocks_meant = {"", reading.clause.clock}
    waiver = next((event for event in waivers if event.clock in clocks_meant), None)
    if waiver is None or reading.started_at is None:
        return reading
    return replace(
        reading,
        state=ClockState.WAIVED,
        decided_at=reading.decided_at or max(instant(seconds(waiver.at)), reading.started_at),
        waiver=waiver,
    )
