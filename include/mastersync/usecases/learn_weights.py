"""Learning a client's weights from its own records, once, when there are enough of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np

from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.resolution.compare import Comparison
from mastersync.domain.resolution.learn import can_learn, learn
from mastersync.ports.records import Batch
from mastersync.ports.store import Store
from mastersync.usecases.search_records import compare_delta

FEWEST: Final = 5_000  # records: fewer teach less than the default weights know
_SAMPLES: Final = 5


def learn_weights(store: Store, policy: MatchPolicy, *, now: datetime) -> bool:
    """Put weights in force that the client's records teach; returns whether it did.

    Done when a delta is about to be compared, there are records enough, and the weights are the
    default ones still: at a client's first load. Several tasks may come here at once; one learns
    and the others wait for it. Weights that are in force are not touched.
    """
    with store.begin() as unit:
        state = unit.match_index.state()
        if state is None or state.records < FEWEST or unit.match_index.model() is not None:
            return False
        unit.match_index.share()
        unit.match_index.lock_model()
        if unit.match_index.model() is not None:
            return False
        unit.records.refresh_statistics()  # the first load has just filled the tables
        comparisons = [
            compare_delta(unit, policy, unit.matches.delta(batch)).comparison
            for batch in _spread(unit.matches.ranges(size=2_000))
        ]
        together = _joined(comparisons)
        if not can_learn(together):
            return False
        model = learn(together)
        unit.match_index.keep_model(model.to_json(), learned_from=state.records, now=now)
    return True


def _spread(ranges: Sequence[Batch]) -> list[Batch]:
    """Return a few of the ranges, from the first to the last."""
    if not ranges:
        return []
    places = np.unique(np.linspace(0, len(ranges) - 1, _SAMPLES).round().astype(np.int64))
    return [ranges[place] for place in places.tolist()]


def _joined(comparisons: Sequence[Comparison]) -> Comparison:
    """Return the levels of all pairs; rows of different tables mean nothing together."""
    aspects = {aspect: None for found in comparisons for aspect in found.levels}
    size = sum(len(found) for found in comparisons)
    return Comparison(
        left=np.zeros(size, dtype=np.int32),
        right=np.zeros(size, dtype=np.int32),
        levels={
            aspect: np.concatenate(
                [
                    found.levels.get(aspect, np.zeros(len(found), dtype=np.int8))
                    for found in comparisons
                ]
            )
            for aspect in aspects
        },
    )
