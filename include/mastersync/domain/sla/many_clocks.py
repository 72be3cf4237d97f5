"""What the clocks of many cases say: of each what ``read_case`` says, all at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.sla.calendar import WorkingCalendar
from mastersync.domain.sla.clauses import clocks, fits, timeline
from mastersync.domain.sla.columns import (
    NEVER,
    CaseColumns,
    ClockColumns,
    PauseColumns,
    Rows,
    Seconds,
)
from mastersync.domain.sla.measure import measure
from mastersync.domain.sla.model import Clause, ClockState, Request, Running, SlaPolicy
from mastersync.domain.sla.still import pauses_between
from mastersync.domain.sla.working_time import seconds

_NONE: Final = -1  # no clause
_STATES: Final = np.array(list(ClockState), dtype=object)
_CODE: Final = {state: code for code, state in enumerate(ClockState)}
_IN_DOUBT: Final = (ClockState.WAIVED, ClockState.LATE, ClockState.MET, ClockState.PAUSED)


def read_clocks(cases: CaseColumns, policy: SlaPolicy, *, now: datetime) -> ClockColumns:
    """Return what all clocks of all cases say, case by case, in the order of the clauses."""
    place = {clause.key: number for number, clause in enumerate(policy.clauses)}
    scopes = list(_scopes(cases))
    pieces: list[ClockColumns] = []
    for clauses in clocks(policy.clauses).values():
        clock = _Clock(cases=cases, calendars=policy.calendars, clauses=clauses, now=seconds(now))
        places = np.array([place[clause.key] for clause in clauses], dtype=np.int64)
        pieces += clock.read(scopes, places=places)
    return _joined(pieces)


def _joined(pieces: Sequence[ClockColumns]) -> ClockColumns:
    columns = {
        field.name: np.concatenate([getattr(piece, field.name) for piece in pieces])
        for field in fields(ClockColumns)
    }
    order = np.argsort(columns["case"], kind="stable")
    return ClockColumns(**{name: column[order] for name, column in columns.items()})


@dataclass(frozen=True, kw_only=True)
class _Scope:
    """Cases that the same clauses fit."""

    request: Request
    segment: str
    priority: str
    rows: Rows

    def has(self, clause: Clause) -> bool:
        return fits(clause, request=self.request, segment=self.segment, priority=self.priority)


def _scopes(cases: CaseColumns) -> Iterator[_Scope]:
    codes = np.zeros(len(cases), dtype=np.int64)
    for words in (cases.request, cases.segment, cases.priority):
        code, known = pd.factorize(words)
        codes = codes * max(1, len(known)) + code
    order = np.argsort(codes, kind="stable")
    firsts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    for rows in np.split(order, firsts[1:]) if len(cases) else []:
        yield _Scope(
            request=Request(cases.request[rows[0]]),
            segment=cases.segment[rows[0]],
            priority=cases.priority[rows[0]],
            rows=rows,
        )


@dataclass(frozen=True, kw_only=True)
class _Run:
    """When the clock of each case started, stopped and waited, as known at ``now``."""

    start: Seconds
    stop: Seconds
    pauses: PauseColumns
    now: int

    def of(self, rows: Rows) -> "_Run":
        """Return the run of some rows; the pauses stay those of all."""
        return replace(self, start=self.start[rows], stop=self.stop[rows])

    def until(self, now: int) -> "_Run":
        """Return the run as it was known at an earlier moment, before it stopped."""
        never = np.full_like(self.stop, NEVER)
        return replace(self, stop=never, now=now, pauses=self.pauses.known(now))


@dataclass(frozen=True, kw_only=True)
class _Count:
    """What one clause makes of the runs of some rows."""

    counts_from: Seconds
    due_at: Seconds
    elapsed: Seconds
    used: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class _Clock:
    """One clock of all cases; ``clauses`` are those about it."""

    cases: CaseColumns
    calendars: Mapping[str, WorkingCalendar]
    clauses: Sequence[Clause]
    now: int

    def read(self, scopes: Sequence[_Scope], *, places: Rows) -> Iterator[ClockColumns]:
        """Yield the readings of this clock, clause by clause."""
        run = _Run(
            start=self.cases.when(self.clauses[0].start, now=self.now),
            stop=self.cases.when(self.clauses[0].stop, now=self.now),
            pauses=self.cases.pauses.known(self.now),
            now=self.now,
        )
        held = self._held(run, scopes)
        for number, place in enumerate(places.tolist()):
            mine = held == number
            rows = np.flatnonzero(mine & (run.start != NEVER))
            yield self._readings(number, rows, run.of(rows), place=place)
            yield _not_started(np.flatnonzero(mine & (run.start == NEVER)), place=place)

    def _held(self, run: _Run, scopes: Sequence[_Scope]) -> Rows:
        """Return the number of each case's clause, _NONE where there is none."""
        held = np.full(len(self.cases), _NONE, dtype=np.int64)
        for scope in scopes:
            fitting = [clause for clause in self.clauses if scope.has(clause)]
            held[scope.rows] = self._held_by(fitting, scope.rows, run.of(scope.rows))
        return held

    def _held_by(self, fitting: Sequence[Clause], rows: Rows, run: _Run) -> Rows:
        """Return the clause of each row: as ``read_case`` chooses it of those that fit."""
        moments = [(seconds(at), self._number(clause)) for at, clause in timeline(fitting)]
        bounds, numbers = np.array(moments, dtype=np.int64).T
        begun = np.minimum(run.start, self.now)
        held: Rows = numbers[np.searchsorted(bounds, begun, side="right") - 1]
        settled = np.zeros(len(rows), dtype=bool)
        for change, newer in moments:
            if newer == _NONE or self.clauses[newer].running is Running.KEEP or change > self.now:
                continue
            under_way = (run.start < change) & (change < run.stop) & (held != newer) & ~settled
            settled[under_way] = self._late(
                held[under_way], rows[under_way], run.of(under_way).until(change)
            )
            held = np.where(under_way & ~settled, newer, held)
        return held

    def _number(self, clause: Clause | None) -> int:
        return _NONE if clause is None else self.clauses.index(clause)

    def _late(self, held: Rows, rows: Rows, run: _Run) -> NDArray[np.bool_]:
        """Return which rows were late under the clauses that held for them."""
        late = np.zeros(len(rows), dtype=bool)
        for number in np.unique(held[held != _NONE]).tolist():
            mine = held == number
            count = self._count(number, rows[mine], run.of(mine))
            late[mine] = count.due_at < run.now
        return late

    def _count(self, number: int, rows: Rows, run: _Run) -> _Count:
        clause = self.clauses[number]
        by = measure(clause, self.calendars)
        begin = by.calendar.counts_from_column(run.start) if by.calendar else run.start
        end = np.maximum(begin, np.minimum(run.stop, run.now))
        still = pauses_between(run.pauses.of_causes(clause.pauses), rows, begin, end)
        began = by.time.tick_column(begin)
        due = still.added_to(began + by.allowed, by.time)
        used = still.taken_from(by.time.tick_column(end) - began, by.time)
        gross = by.in_seconds.tick_column(end) - by.in_seconds.tick_column(begin)
        return _Count(
            counts_from=begin,
            due_at=by.time.moment_column(due),
            elapsed=still.taken_from(gross, by.in_seconds),
            used=used / by.allowed,
        )

    def _readings(self, number: int, rows: Rows, run: _Run, *, place: int) -> ClockColumns:
        clause = self.clauses[number]
        count = self._count(number, rows, run)
        stopped, late = run.stop != NEVER, np.minimum(run.stop, self.now) > count.due_at
        waits = np.isin(rows, run.pauses.of_causes(clause.pauses).open_cases)
        waived_at = self.cases.waived_at(clause.clock, now=self.now)[rows]
        waived = waived_at != NEVER
        state = np.select(
            [waived, late, stopped, waits],
            [_CODE[state] for state in _IN_DOUBT],
            default=_CODE[ClockState.RUNNING],
        )
        decided = np.where(late, count.due_at, run.stop)
        open_waived = waived & (decided == NEVER)
        return ClockColumns(
            case=rows,
            clause=np.full(len(rows), place, dtype=np.int64),
            state=_STATES[state],
            started_at=run.start,
            counts_from=count.counts_from,
            due_at=count.due_at,
            stopped_at=run.stop,
            decided_at=np.where(open_waived, np.maximum(waived_at, run.start), decided),
            elapsed=count.elapsed,
            used=count.used,
        )


def _not_started(rows: Rows, *, place: int) -> ClockColumns:
    never = np.full(len(rows), NEVER, dtype=np.int64)
    return ClockColumns(
        case=rows,
        clause=np.full(len(rows), place, dtype=np.int64),
        state=_STATES[np.full(len(rows), _CODE[ClockState.NOT_STARTED])],
        started_at=never,
        counts_from=never,
        due_at=never,
        stopped_at=never,
        decided_at=never,
        elapsed=np.zeros(len(rows), dtype=np.int64),
        used=np.zeros(len(rows), dtype=np.float64),
    )
