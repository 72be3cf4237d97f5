"""Learning a client's weights from its own records, once, when there are enough of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np

from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.resolution.learn import can_learn, learn
from mastersync.domain.search.pair_sample import PairSample
from mastersync.ports.match_index import ModelVersion
from mastersync.ports.records import Batch
from mastersync.ports.store import Store
from mastersync.usecases.decided_pairs import decided_pairs
from mastersync.usecases.search_records import compare_delta

FEWEST: Final = 5_000  # records: without a person who looks at what fewer teach
_SAMPLES: Final = 5


def learn_weights(store: Store, policy: MatchPolicy, *, now: datetime) -> bool:
    """Put weights in force that the client's records teach; returns whether it did.

    Done when a delta is about to be compared, there are records enough, and the weights are the
    default ones still: at a client's first load. What people have decided by then teaches, too.
    Several tasks may come here at once; one learns and the others wait for it. Weights that are in
    force are not touched: `relearn_weights` is for people.
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
        searched = [
            compare_delta(unit, policy, unit.matches.delta(batch))
            for batch in _spread(unit.matches.ranges(size=2_000))
        ]
        sample = PairSample.of([(found.record_ids, found.compared) for found in searched])
        if not can_learn(sample.comparison):
            return False
        labels = decided_pairs(unit, policy, now=now).labels
        model = learn(sample.comparison, labels=labels)
        return unit.match_index.keep_model(
            ModelVersion(
                model_no=1,
                model=model.to_json(),
                learned_from=state.records,
                author="pipeline",
                reason="first load",
                evidence={"pairs": len(sample), "labels": len(labels.same)},
                made_at=now,
            )
        )


def _spread(ranges: Sequence[Batch]) -> list[Batch]:
    """Return a few of the ranges, from the first to the last."""
    if not ranges:
        return []
    places = np.unique(np.linspace(0, len(ranges) - 1, _SAMPLES).round().astype(np.int64))
    return [ranges[place] for place in places.tolist()]
