"""Clocks that became sure, counted by all that a report tells apart."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.sla.columns import CaseColumns, ClockColumns
from mastersync.domain.sla.model import ClockState, SlaPolicy
from mastersync.domain.sla.working_time import seconds

Part = TypeVar("Part", bound=Hashable)


@dataclass(frozen=True, kw_only=True, order=True)
class Scope:
    """What attainment is told apart by, beside the clause."""

    request: str
    segment: str
    priority: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Clocks that are counted together: ``clause`` is its key, ``monday`` in the client's zone."""

    clause: str
    scope: Scope
    monday: date
    state: ClockState


def tally(
    cases: CaseColumns,
    clocks: ClockColumns,
    policy: SlaPolicy,
    *,
    since: datetime,
    until: datetime,
) -> Counter[Cell]:
    """Count the clocks that became sure in ``[since, until)``; counts of parts add up."""
    sure = within(clocks, since=since, until=until)
    rows = clocks.case[sure]
    counted = Counter(
        zip(
            clocks.clause[sure].tolist(),
            cases.request[rows],
            cases.segment[rows],
            cases.priority[rows],
            _mondays(clocks.decided_at[sure], policy.zone),
            clocks.state[sure],
            strict=True,
        )
    )
    return Counter(
        {
            Cell(
                clause=policy.clauses[clause].key,
                scope=Scope(request=request, segment=segment, priority=priority),
                monday=monday,
                state=state,
            ): number
            for (clause, request, segment, priority, monday, state), number in counted.items()
        }
    )


def within(clocks: ClockColumns, *, since: datetime, until: datetime) -> NDArray[np.bool_]:
    """Return which clocks became sure in ``[since, until)``."""
    inside = (clocks.decided_at >= seconds(since)) & (clocks.decided_at < seconds(until))
    return np.asarray(inside)


def added_up(cells: Mapping[Cell, int], part: Callable[[Cell], Part]) -> Counter[Part]:
    """Return the counts by a part of their cells."""
    counts: Counter[Part] = Counter()
    for cell, number in cells.items():
        counts[part(cell)] += number
    return counts


def _mondays(at: NDArray[np.int64], zone: str) -> list[date]:
    """Return the Monday of the week, in a zone, of instants in seconds."""
    here = pd.to_datetime(at, unit="s", utc=True).tz_convert(zone).tz_localize(None)
    days = here.to_numpy().astype("datetime64[D]").astype(np.int64)
    mondays: list[date] = (days - (days + 3) % 7).astype("datetime64[D]").tolist()
    return mondays  # day 0 was a Thursday
