"""Cases and clocks as columns: what many of them are read from, and what they say."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.sla.facts import Facts, facts_of
from mastersync.domain.sla.model import (
    Case,
    Cause,
    ClockReading,
    Milestone,
    SlaPolicy,
)
from mastersync.domain.sla.working_time import instant, seconds

Seconds = NDArray[np.int64]
Rows = NDArray[np.int64]
NEVER: Final = int(np.iinfo(np.int64).max)  # has not happened


@dataclass(frozen=True, kw_only=True, eq=False)
class PauseColumns:
    """Waits, one a row: the case's row, the cause, seconds; ``until`` is NEVER while it waits."""

    case: Rows
    cause: NDArray[np.object_]
    since: Seconds
    until: Seconds

    @property
    def open_cases(self) -> Rows:
        """The cases that wait."""
        waits: Rows = self.case[self.until == NEVER]
        return waits

    def of_causes(self, causes: Collection[Cause]) -> Self:
        """Return those of some causes."""
        mine = np.isin(self.cause, [cause.value for cause in causes])
        return type(self)(
            case=self.case[mine],
            cause=self.cause[mine],
            since=self.since[mine],
            until=self.until[mine],
        )

    def known(self, now: int) -> Self:
        """Return what was known of them at ``now``."""
        begun = self.since <= now
        until = self.until[begun]
        return type(self)(
            case=self.case[begun],
            cause=self.cause[begun],
            since=self.since[begun],
            until=np.where(until > now, NEVER, until),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class CaseColumns:
    """Cases, one a row; times are whole UTC seconds since 1970, NEVER where it did not happen.

    ``reached`` is when each milestone was first reached; one that is missing never was. ``waived``
    is by clock, "" for all.
    """

    request: NDArray[np.object_]
    segment: NDArray[np.object_]
    priority: NDArray[np.object_]
    reached: Mapping[Milestone, Seconds]
    pauses: PauseColumns
    waived: Mapping[str, Seconds] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.request)

    def when(self, milestone: Milestone, *, now: int) -> Seconds:
        """Return when a milestone was reached, as known at ``now``."""
        return self._known(self.reached.get(milestone), now)

    def waived_at(self, clock: str, *, now: int) -> Seconds:
        """Return when a clock was waived, as known at ``now``."""
        of_all, of_clock = (self._known(self.waived.get(name), now) for name in ("", clock))
        return np.minimum(of_all, of_clock)

    def _known(self, at: Seconds | None, now: int) -> Seconds:
        if at is None:
            return np.full(len(self), NEVER, dtype=np.int64)
        return np.where(at > now, NEVER, at)


@dataclass(frozen=True, kw_only=True, eq=False)
class ClockColumns:
    """Readings, one a row: the case's row, the clause's place in the policy, what it says.

    As in ``ClockReading``; ``elapsed`` is in seconds, NEVER stands for None.
    """

    case: Rows
    clause: Rows
    state: NDArray[np.object_]
    started_at: Seconds
    counts_from: Seconds
    due_at: Seconds
    stopped_at: Seconds
    decided_at: Seconds
    elapsed: Seconds
    used: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.case)


def readings_of(
    clocks: ClockColumns, cases: Sequence[Case], policy: SlaPolicy
) -> Iterator[ClockReading]:
    """Yield the readings of columns as values, without the stretches paused and the waivers."""
    times = zip(
        *(
            getattr(clocks, name).tolist()
            for name in ("started_at", "counts_from", "due_at", "stopped_at", "decided_at")
        ),
        strict=True,
    )
    rows = zip(
        clocks.case.tolist(),
        clocks.clause.tolist(),
        clocks.state,
        times,
        clocks.elapsed.tolist(),
        clocks.used.tolist(),
        strict=True,
    )
    for case, clause, state, when, elapsed, used in rows:
        started_at, counts_from, due_at, stopped_at, decided_at = map(_or_none, when)
        yield ClockReading(
            case_id=cases[case].case_id,
            clause=policy.clauses[clause],
            state=state,
            started_at=started_at,
            counts_from=counts_from,
            due_at=due_at,
            stopped_at=stopped_at,
            decided_at=decided_at,
            elapsed=timedelta(seconds=elapsed),
            used=used,
        )


def _or_none(at: int) -> datetime | None:
    return None if at == NEVER else instant(at)


def columns_of(cases: Sequence[Case], *, now: datetime) -> CaseColumns:
    """Return cases as columns, as they were known at ``now``."""
    facts = [facts_of(case.events, now=now) for case in cases]
    by_row = dict(enumerate(facts))
    return CaseColumns(
        request=words_column([case.request for case in cases]),
        segment=words_column([case.segment for case in cases]),
        priority=words_column([case.priority for case in cases]),
        reached={
            milestone: np.array(
                [known.reached.get(milestone, NEVER) for known in facts], dtype=np.int64
            )
            for milestone in Milestone
        },
        pauses=pause_columns(by_row),
        waived=waiver_columns(by_row, len(cases)),
    )


def pause_columns(known: Mapping[int, Facts]) -> PauseColumns:
    """Return the pauses of cases, by their rows."""
    waits = [(row, pause) for row, facts in known.items() for pause in facts.pauses]
    times = [
        (row, seconds(pause.since), NEVER if pause.until is None else seconds(pause.until))
        for row, pause in waits
    ]
    case, since, until = np.array(times, dtype=np.int64).reshape(-1, 3).T
    cause = words_column([pause.cause for _, pause in waits])
    return PauseColumns(case=case, cause=cause, since=since, until=until)


def waiver_columns(known: Mapping[int, Facts], cases: int) -> Mapping[str, Seconds]:
    """Return when the clocks of so many cases were first waived, of those whose facts are known."""
    waived: dict[str, Seconds] = {}
    for row, facts in known.items():
        for waiver in reversed(facts.waivers):  # so that the first one stays
            never = np.full(cases, NEVER, dtype=np.int64)
            waived.setdefault(waiver.clock, never)[row] = seconds(waiver.at)
    return waived


def words_column(words: Sequence[str]) -> NDArray[np.object_]:
    """Return words, or what is one of them, as a column."""
    return np.array([str(word) for word in words], dtype=object)
