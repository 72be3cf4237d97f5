"""Clocks of many cases at once: the same readings, as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.sla.model import Case, Milestone, SlaPolicy

Seconds = NDArray[np.int64]
NEVER: Final = int(np.iinfo(np.int64).max)  # has not happened


@dataclass(frozen=True, kw_only=True)
class PauseColumns:
    """Waits, one a row: the case's row, the cause, seconds; ``until`` is NEVER while it waits."""

    case: NDArray[np.int64]
    cause: NDArray[np.object_]
    since: Seconds
    until: Seconds


@dataclass(frozen=True, kw_only=True)
class CaseColumns:
    """Cases, one a row; times are whole UTC seconds since 1970, NEVER where it did not happen.

    ``reached`` is when each milestone was first reached. ``waived`` is by clock, "" for all.
    """

    request: NDArray[np.object_]
    segment: NDArray[np.object_]
    priority: NDArray[np.object_]
    reached: Mapping[Milestone, Seconds]
    pauses: PauseColumns
    waived: Mapping[str, Seconds] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ClockColumns:
    """Readings, one a row: the case's row, the clause's place in the policy, and what it says."""

    case: NDArray[np.int64]
    clause: NDArray[np.int64]
    state: NDArray[np.object_]
    started_at: Seconds
    counts_from: Seconds
    due_at: Seconds
    stopped_at: Seconds
    decided_at: Seconds
    elapsed: Seconds
    used: NDArray[np.float64]


def columns_of(cases: Sequence[Case], *, now: datetime) -> CaseColumns:
    """Return cases as columns, as they were known at ``now``."""
    raise NotImplementedError


def read_clocks(cases: CaseColumns, policy: SlaPolicy, *, now: datetime) -> ClockColumns:
    """Return what all clocks of all cases say: what ``read_case`` says of each, and no more."""
    raise NotImplementedError
