"""What matching files came to: the numbers that people read, and the pairs in a fixed order."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.matching.model import MatchCandidate
from mastersync.domain.resolution.resolve import Resolution
from mastersync.domain.resolution_input.record_set import RecordSet

SAME = "same"
REVIEW = "review"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The records of the files, and what the matcher says of them.

    ``file_notes`` are what a reader must know of the files as such.
    """

    record_set: RecordSet
    resolution: Resolution
    file_notes: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: of the files, of their records, of the matching."""
        return (*self.file_notes, *self.record_set.notes, *self.resolution.notes)

    @cached_property
    def entities(self) -> NDArray[np.int64]:
        """Each record's customer, numbered from 1 in the order of their first records."""
        _, number = np.unique(self.resolution.clusters, return_inverse=True)
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

    def explained(self, pairs: pd.DataFrame) -> list[MatchCandidate]:
        """Return why each of some pairs has its score."""
        return self.resolution.explain_pairs(
            pairs["left"].to_numpy(dtype=np.int64), pairs["right"].to_numpy(dtype=np.int64)
        )

    @property
    def record_count(self) -> int:
        """How many records there are."""
        return len(self.entities)

    @cached_property
    def entity_count(self) -> int:
        """How many customers they are, as far as no person says otherwise."""
        return int(self.entities.max(initial=0))

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
