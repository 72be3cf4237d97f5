"""What people decided, compared as if nobody had: what weights learn from, and answer to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.decisions.backtest import Backtest
from mastersync.domain.decisions.model import PairDecision
from mastersync.domain.matching.model import MatchPolicy, MatchRecord
from mastersync.domain.resolution.compare import Comparison
from mastersync.domain.resolution.held_out import held_out
from mastersync.domain.resolution.learn import Labels
from mastersync.domain.resolution.model import Model
from mastersync.domain.search.engine import Compared
from mastersync.domain.search.entries import Ids
from mastersync.ports.decisions import StandingDecision
from mastersync.ports.store import Unit
from mastersync.usecases.backtest import look_of
from mastersync.usecases.look_again import look_at_pairs, shares_key


@dataclass(frozen=True, kw_only=True)
class DecidedPairs:
    """Decisions in force, a pair each.

    Args:
        met: Which pairs share a key. No weights bring the others together, so they teach none.
        gone: How many more decisions there are, one of whose records is deleted or unknown.
    """

    decisions: Sequence[PairDecision]
    record_ids: Ids
    compared: Compared
    met: NDArray[np.bool_]
    gone: int

    @property
    def labels(self) -> Labels:
        """The pairs to learn from; related ones are not the same."""
        same = np.array([decision.is_same for decision in self.decisions], dtype=np.bool_)
        return Labels(
            comparison=self.compared.comparison.at(np.flatnonzero(self.met)), same=same[self.met]
        )

    def backtest(self, model: Model) -> Backtest:
        """Return what these weights make of the pairs."""
        return self._looks(self.compared.by(model), np.arange(len(self.met)))

    def held_out(self, comparison: Comparison) -> Backtest:
        """Return what is made of each label by weights learned from the other labels."""
        met = np.flatnonzero(self.met)
        odds = self.compared.log_odds.copy()
        odds[met] = held_out(comparison, self.labels)
        return self._looks(replace(self.compared, log_odds=odds), met)

    def _looks(self, compared: Compared, places: Ids) -> Backtest:
        return Backtest(
            looks=tuple(
                look_of(
                    self.decisions[place],
                    compared.candidate(place, self.record_ids),
                    met=bool(self.met[place]),
                )
                for place in places.tolist()
            )
        )


def decided_pairs(unit: Unit, policy: MatchPolicy, *, now: datetime) -> DecidedPairs:
    """Return all decisions in force with their records as the index has them."""
    standing = unit.decisions.standing(now=now)
    records = _records(unit, standing)
    known = {record.record_id for record in records}
    pairs = [
        (found.decision, found.left_id, found.right_id)
        for found in standing
        if found.left_id in known and found.right_id in known
    ]
    ids = [(one, other) for _, one, other in pairs]
    looked = look_at_pairs(unit, policy, records, ids)
    return DecidedPairs(
        decisions=[decision for decision, _, _ in pairs],
        record_ids=looked.record_ids,
        compared=looked.compared,
        met=np.array(shares_key(records, ids), dtype=np.bool_),
        gone=len(standing) - len(pairs),
    )


def _records(unit: Unit, standing: Sequence[StandingDecision]) -> list[MatchRecord]:
    keys = {
        record_id: key
        for found in standing
        for record_id, key in (
            (found.left_id, found.decision.word.left),
            (found.right_id, found.decision.word.right),
        )
        if record_id is not None
    }
    known = unit.matches.known(np.array(sorted(keys), dtype=np.int64))
    return [
        MatchRecord(
            record_id=record_id,
            system=keys[record_id].system,
            source_key=keys[record_id].key,
            fields=fields,
            customer_id=customer_id,
        )
        for record_id, fields, customer_id in zip(
            known.record_ids.tolist(), known.fields, known.customers, strict=True
        )
    ]
