"""Compared pairs of a client's records, without the records: enough to learn from and to count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.matching.model import Band, MatchPolicy
from mastersync.domain.matching.scores import log_odds
from mastersync.domain.resolution.compare import Comparison
from mastersync.domain.resolution.model import Model
from mastersync.domain.search.engine import Compared
from mastersync.domain.search.entries import Ids


class Side(StrEnum):
    """How the two records of a pair stand to each other now."""

    TOGETHER = "together"  # of one customer
    APART = "apart"  # of two customers
    OPEN = "open"  # one of them has no customer


@dataclass(frozen=True, kw_only=True)
class PairSample:
    """Pairs of records by id, each once; ``doubtful`` ones are never joined without a person."""

    left: Ids
    right: Ids
    comparison: Comparison
    doubtful: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)

    @classmethod
    def of(cls, parts: Sequence[tuple[Ids, Compared]]) -> Self:
        """Put pairs of several tables together; of each comes the table's record ids."""
        ends = [
            np.stack((ids[found.comparison.left], ids[found.comparison.right]))
            for ids, found in parts
        ]
        pairs = np.sort(np.concatenate([np.zeros((2, 0), np.int64), *ends], axis=1), axis=0)
        pairs, once = np.unique(pairs, axis=1, return_index=True)
        rows = np.arange(len(once), dtype=np.int32)
        return cls(
            left=pairs[0],
            right=pairs[1],
            comparison=Comparison(left=rows, right=rows, levels=_levels(parts, once)),
            doubtful=np.concatenate([np.zeros(0, np.bool_), *(f.doubtful for _, f in parts)])[once],
        )

    def bands(self, model: Model, policy: MatchPolicy) -> NDArray[np.str_]:
        """Return the band of each pair by these weights."""
        odds = model.score(self.comparison)
        same = (odds >= log_odds(policy.same_at)) & ~self.doubtful
        review = odds >= log_odds(policy.review_at)
        return np.where(same, Band.SAME, np.where(review, Band.REVIEW, Band.NEW))

    def count(
        self, bands: NDArray[np.str_], homes: Mapping[int, str]
    ) -> dict[Side, dict[Band, int]]:
        """Count pairs by how they stand now and by band; ``homes`` are records' customers."""
        names = {customer: number for number, customer in enumerate(sorted(set(homes.values())))}
        one, other = (
            np.array([names.get(homes.get(record_id, ""), -1) for record_id in ids.tolist()])
            for ids in (self.left, self.right)
        )
        is_open = (one < 0) | (other < 0)
        sides = {
            Side.TOGETHER: ~is_open & (one == other),
            Side.APART: ~is_open & (one != other),
            Side.OPEN: is_open,
        }
        return {
            side: {band: int((bands[chosen] == band).sum()) for band in Band}
            for side, chosen in sides.items()
        }


def _levels(parts: Sequence[tuple[Ids, Compared]], once: Ids) -> dict[str, NDArray[np.int8]]:
    """Return the levels of all pairs; a column that a table lacks is missing in its pairs."""
    comparisons = [found.comparison for _, found in parts]
    aspects = dict.fromkeys(aspect for found in comparisons for aspect in found.levels)
    return {
        aspect: np.concatenate(
            [found.levels.get(aspect, np.zeros(len(found), np.int8)) for found in comparisons]
        )[once]
        for aspect in aspects
    }
