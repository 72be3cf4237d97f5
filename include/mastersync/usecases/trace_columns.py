"""The cases of a client as columns: what ``trace_cases`` says of each, of all at once."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from mastersync.domain.sla.columns import (
    NEVER,
    CaseColumns,
    Rows,
    Seconds,
    pause_columns,
    waiver_columns,
    words_column,
)
from mastersync.domain.sla.facts import facts_of
from mastersync.domain.sla.model import Milestone, SlaPolicy
from mastersync.domain.sla.working_time import seconds
from mastersync.usecases.trace_cases import KnownCases, segment_of, stood_still


def columns_of_known(known: KnownCases, policy: SlaPolicy, *, now: datetime) -> CaseColumns:
    """Return cases as columns, in their order, as they were known at ``now``.

    Events are made only of those that stood still or of which somebody said something.
    """
    rows = {one.case_id: row for row, one in enumerate(known.found)}
    still = {
        rows[case_id]: facts_of(events, now=now)
        for case_id, events in stood_still(known, rows).items()
    }
    return CaseColumns(
        request=words_column([one.request for one in known.found]),
        segment=words_column([segment_of(one) for one in known.found]),
        priority=words_column([policy.priority_of(one.fields) for one in known.found]),
        reached=_way(known, rows) | _words(known, rows),
        pauses=pause_columns(still),
        waived=waiver_columns(still, len(known.found)),
    )


def _way(known: KnownCases, rows: dict[str, int]) -> dict[Milestone, Seconds]:
    """Return how far the cases went, up to their having been read back."""
    formed = _times([one.formed_at for one in known.found])
    planned = _times([one.planned_at for one in known.found])
    of_case = _rows([rows[write.case_id] for write in known.writes])
    done, held = formed.copy(), formed.copy()
    np.maximum.at(done, of_case, _times([write.settled_at for write in known.writes]))
    np.maximum.at(held, of_case, _times([write.read_back_at for write in known.writes]))
    pushed = np.where(planned == NEVER, NEVER, done)
    return {
        Milestone.CHANGED: _times([one.changed_at or one.seen_at for one in known.found]),
        Milestone.SEEN: _times([one.seen_at for one in known.found]),
        Milestone.FORMED: formed,
        Milestone.PUSHED: pushed,
        Milestone.VERIFIED: np.maximum(pushed, held),
    }


def _words(known: KnownCases, rows: dict[str, int]) -> dict[Milestone, Seconds]:
    """Return when each milestone was first reached that somebody else's word is for."""
    found: dict[Milestone, Seconds] = {}
    for milestone in {word.milestone for word in known.words}:
        mine = [word for word in known.words if word.milestone is milestone]
        at = np.full(len(rows), NEVER, dtype=np.int64)
        of_case = _rows([rows[word.case_id] for word in mine])
        np.minimum.at(at, of_case, _times([word.at for word in mine]))
        found[milestone] = at
    return found


def _times(at: Sequence[datetime | None]) -> Seconds:
    return np.array([NEVER if one is None else seconds(one) for one in at], dtype=np.int64)


def _rows(rows: Sequence[int]) -> Rows:
    return np.array(rows, dtype=np.int64)
