"""What will come of clocks that run: how fast cases went lately, and how many are ahead."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import quantiles
from typing import Final

from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.measure import measure
from mastersync.domain.sla.model import Case, ClockReading, ClockState, Milestone, SlaPolicy
from mastersync.domain.sla.outlook import Forecast, Station, forecast
from mastersync.domain.sla.working_time import WorkingTime
from mastersync.ports.store import Store
from mastersync.usecases.trace_cases import TracedCase, trace_cases

_LATELY: Final = 200  # clocks of a name that were decided last ...
_LOOKED_AT: Final = 10_000  # ... among so many of all
_QUEUE: Final = 2_000  # clocks that are looked at to see who is ahead, however few are wanted
_DAY: Final = timedelta(days=1)
_WAYS: Final = {
    Milestone.FORMED: (Milestone.SEEN, Milestone.FORMED),
    Milestone.DECIDED: (Milestone.SEEN, Milestone.DECIDED),
    Milestone.PUSHED: (Milestone.SEEN, Milestone.FORMED, Milestone.PUSHED),
    Milestone.VERIFIED: (Milestone.SEEN, Milestone.FORMED, Milestone.PUSHED, Milestone.VERIFIED),
    Milestone.ASKED: (Milestone.SEEN, Milestone.FORMED, Milestone.ASKED),
    Milestone.CONFIRMED: (
        Milestone.SEEN,
        Milestone.FORMED,
        Milestone.ASKED,
        Milestone.CONFIRMED,
    ),
}
_NAMES: Final = {
    Milestone.FORMED: "forming the golden record",
    Milestone.DECIDED: "the credit decision",
    Milestone.PUSHED: "writing to the systems",
    Milestone.VERIFIED: "reading it back",
    Milestone.ASKED: "asking the customer",
    Milestone.CONFIRMED: "the customer's answer",
}

_Leg = tuple[Milestone, Milestone]


@dataclass(frozen=True, kw_only=True)
class OpenClock:
    """A clock that is not over; ``forecast`` is None of one that is late or waits."""

    traced: TracedCase
    reading: ClockReading
    forecast: Forecast | None


def open_clocks(store: Store, policy: SlaPolicy, *, limit: int, now: datetime) -> list[OpenClock]:
    """Return the clocks that are not over, the most urgent first, with what is to be expected."""
    with store.begin() as unit:
        most = max(limit, _QUEUE)
        ids = list(dict.fromkeys(clock.case_id for clock in unit.sla.open(limit=most)))
        under_way = trace_cases(unit.sla, policy, ids)
        lately = trace_cases(
            unit.sla, policy, unit.sla.stopped_last(of_each=_LATELY, among=_LOOKED_AT)
        )
    pace = _Pace([one.case for one in lately], [one.case for one in under_way], now=now)
    found = [
        OpenClock(
            traced=traced,
            reading=reading,
            forecast=forecast(
                reading, pace.stations(traced.case, reading, policy), policy, now=now
            ),
        )
        for traced in under_way
        for reading in read_case(traced.case, policy, now=now)
        if reading.state is not ClockState.NOT_STARTED
        and reading.stopped_at is None
        and reading.state is not ClockState.WAIVED
    ]
    return sorted(found, key=lambda one: (one.reading.due_at or now, one.reading.case_id))[:limit]


class _Pace:
    """How long each leg took lately, and which cases are on it, in the order that they came."""

    def __init__(self, lately: Sequence[Case], under_way: Sequence[Case], *, now: datetime) -> None:
        self._times = [_times(case) for case in lately]
        self._now = now
        self._queues: dict[_Leg, list[tuple[datetime, str]]] = defaultdict(list)
        for case in under_way:
            reached = _times(case)
            for leg in _legs_begun(reached):
                self._queues[leg].append((reached[leg[0]], case.case_id))
        for queue in self._queues.values():
            queue.sort()

    def stations(self, case: Case, reading: ClockReading, policy: SlaPolicy) -> Sequence[Station]:
        """Return where the case still has to pass until the clock stops."""
        time = measure(reading.clause, policy.calendars).in_seconds
        reached = _times(case)
        way = _WAYS.get(reading.clause.stop, ())
        return [
            self._station(leg, time, ahead=self._ahead(case, leg, reached.get(leg[0])))
            for leg in pairwise(way)
            if leg[1] not in reached
        ]

    def _ahead(self, case: Case, leg: _Leg, since: datetime | None) -> int:
        """Return how many came to a leg before the case; of one that is not there yet, none."""
        return 0 if since is None else bisect_left(self._queues[leg], (since, case.case_id))

    def _station(self, leg: _Leg, time: WorkingTime, *, ahead: int) -> Station:
        took = [
            time.elapsed(reached[leg[0]], reached[leg[1]])
            for reached in self._times
            if leg[0] in reached and leg[1] in reached
        ]
        usual, slow = _usual_and_slow(took)
        left = [at for reached in self._times if (at := reached.get(leg[1])) is not None]
        return Station(
            name=_NAMES[leg[1]],
            usual=timedelta(seconds=usual),
            slow=timedelta(seconds=slow),
            seen=len(took),
            ahead=ahead,
            per_hour=sum(self._now - at <= _DAY for at in left) / 24,
        )


def _usual_and_slow(took: Sequence[int]) -> tuple[float, float]:
    """Return what half and nine of ten took at most, in seconds."""
    if len(took) < 2:  # noqa: PLR2004 (of fewer there are no quantiles)
        return (float(took[0]), float(took[0])) if took else (0.0, 0.0)
    tenths = quantiles(took, n=10, method="inclusive")
    return tenths[4], tenths[8]


def _times(case: Case) -> Mapping[Milestone, datetime]:
    return {
        event.milestone: event.at
        for event in sorted(case.events, key=lambda event: event.at, reverse=True)
        if event.milestone is not None
    }


def _legs_begun(reached: Mapping[Milestone, datetime]) -> Iterator[_Leg]:
    """Yield the legs that a case is on."""
    legs = {leg for way in _WAYS.values() for leg in pairwise(way)}
    return (leg for leg in legs if leg[0] in reached and leg[1] not in reached)
