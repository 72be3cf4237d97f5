"""What matching files came to: the numbers that people read, and the pairs in a fixed order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.matching.model import MatchCandidate
from mastersync.domain.resolution.resolve import Resolution
from mastersync.domain.resolution_input.record_set import RecordSet

SAME = "same"
REVIEW = "review"
_AT_ONCE = 50_000


class ExplainedPair(NamedTuple):
    """Two rows, how likely they are the same, and why."""

    left: int
    right: int
    score: float
    band: str
    why: MatchCandidate


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The records of the files, and what the matcher says of them.

    Args:
        file_notes: What a reader must know of the files as such.
        sure_only: Customers are what was merged without a person; else the likeliest partition,
            in which also a pair to review counts as its score says.
    """

    record_set: RecordSet
    resolution: Resolution
    file_notes: tuple[str, ...] = ()
    sure_only: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: of the files, of their records, of the matching."""
        return (*self.file_notes, *self.record_set.notes, *self.resolution.notes)

    @cached_property
    def entities(self) -> NDArray[np.int64]:
        """Each record's customer, numbered from 1 in the order of their first records."""
        found = self.resolution.sure if self.sure_only else self.resolution.clusters
        _, number = np.unique(found, return_inverse=True)
        return np.asarray(number, dtype=np.int64) + 1

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The pairs that are the same or to be reviewed, the strongest first."""
        return self.resolution.pairs.sort_values(
            ["log_odds", "left", "right"], ascending=[False, True, True], ignore_index=True
        )

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """Each record's id."""
        return self.record_set.frame["id"].to_numpy(dtype=object)

    def in_band(self, band: str) -> pd.DataFrame:
        """Return the pairs of a band, the strongest first."""
        return self.pairs[self.pairs["band"] == band]

    def explained(self, pairs: pd.DataFrame) -> Iterator[ExplainedPair]:
        """Yield some pairs, in their order, each with why it has its score."""
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs.iloc[start : start + _AT_ONCE]
            left, right = some["left"].tolist(), some["right"].tolist()
            whys = self.resolution.explain_pairs(left, right)
            yield from map(ExplainedPair, left, right, some["score"], some["band"], whys)

    def explained_groups(self, groups: Sequence[pd.DataFrame]) -> list[list[ExplainedPair]]:
        """Return several groups of pairs explained, which costs little more than one group."""
        found = self.explained(pd.concat(groups)) if groups else iter(())
        return [list(islice(found, len(group))) for group in groups]

    @property
    def record_count(self) -> int:
        """How many records there are."""
        return len(self.entities)

    @cached_property
    def entity_count(self) -> int:
        """How many customers they are."""
        return int(self.entities.max(initial=0))

    @property
    def duplicate_count(self) -> int:
        """How many records are of a customer that has another one."""
        return self.record_count - self.entity_count

    @property
    def duplicate_share(self) -> float:
        """The share of records that are duplicates, 0.0 to 1.0."""
        return self.duplicate_count / self.record_count if self.record_count else 0.0

    @cached_property
    def sure_count(self) -> int:
        """How many customers they are by what was merged without a person."""
        return len(np.unique(self.resolution.sure))

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many customers have so many records, by that number."""
        sizes, counts = np.unique(np.bincount(self.entities)[1:], return_counts=True)
        return {int(size): int(count) for size, count in zip(sizes, counts, strict=True)}

    @cached_property
    def review_record_count(self) -> int:
        """How many records take part in a pair that a person has to look at."""
        review = self.in_band(REVIEW)
        return len(np.union1d(review["left"], review["right"]))

    @property
    def review_share(self) -> float:
        """The share of records that a person has to look at, 0.0 to 1.0."""
        return self.review_record_count / self.record_count if self.record_count else 0.0
