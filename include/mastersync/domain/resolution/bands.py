"""Bands of scores: what is merged alone, what a person looks at, what is likeliest."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.matching.model import Band
from mastersync.domain.resolution.candidates import Pairs
from mastersync.domain.resolution.estimate import (
    Estimate,
    LogOdds,
    chances,
    joined_share,
    precision_from,
)
from mastersync.domain.resolution.groups import Evidence
from mastersync.domain.resolution.words import Longs

_STEPS: Final = tuple(step / 2 for step in range(3, 19))
# The estimate is careful, so that a score is enough from which wrong pairs are a few times as
# many as wanted, by the score alone.
_CAREFUL: Final = 1.59
_MISSES: Final = 50


@dataclass(frozen=True, kw_only=True)
class Bands:
    """Log-odds from which a pair is the same without a person, likely, and worth a look."""

    same: float
    likely: float
    review: float
    wanted: float
    reached: bool

    def of(self, odds: float) -> Band:
        """Return the band of a pair's log-odds."""
        if odds >= self.same:
            return Band.SAME
        return Band.REVIEW if odds >= self.review else Band.NEW

    @property
    def sentence(self) -> str:
        """What was chosen, and why."""
        same, review = (float(found) for found in chances(np.array([self.same, self.review])))
        if not self.reached:
            return (
                f"The evidence here does not promise that {self.wanted:.1%} of automatic merges are"
                f" right: look at some of those with a score near {same:.3f}, from which pairs"
                f" merge alone. Between {review:.2f} and that a person should look."
            )
        return (
            f"Pairs with a score of {same:.3f} or more merge alone, so that {self.wanted:.1%} of"
            f" them are right; between {review:.2f} and that a person should look."
        )

    def table(self, pairs: Pairs, odds: LogOdds, sure: Longs, clusters: Longs) -> pd.DataFrame:
        """Return the pairs that matter, the surest first.

        To review is what is likely and not sure. A pair that the other records of its groups
        speak against is no question, nor is a weak one inside of a sure group; and of two groups
        the best pair is asked about, as its answer is that of all.
        """
        merged = sure[pairs.left] == sure[pairs.right]
        likely = clusters[pairs.left] == clusters[pairs.right]
        same = merged & (odds >= self.same)
        asked = np.flatnonzero(likely & ~merged & (odds >= self.review))
        asked = asked[
            _best_of_groups(sure[pairs.left[asked]], sure[pairs.right[asked]], odds[asked])
        ]
        shown = np.union1d(np.flatnonzero(same), asked)
        return _frame(pairs, odds, shown, np.where(same[shown], "same", "review"))

    def near_misses(self, pairs: Pairs, odds: LogOdds) -> pd.DataFrame:
        """Return the best pairs below the review band."""
        below = np.flatnonzero(odds < self.review)
        best = below[np.argsort(-odds[below], kind="stable")[:_MISSES]]
        return _frame(pairs, odds, best, np.full(len(best), "new"))

    def estimate(
        self,
        pairs: Pairs,
        odds: LogOdds,
        shown: pd.DataFrame,
        *,
        clusters: Longs,
        recall: tuple[float, float, float] | None,
    ) -> Estimate:
        """Return what the records say about the result."""
        asked = shown[shown["band"] == "review"]
        records = pd.unique(pd.concat([asked["left"], asked["right"]]))
        likely = (clusters[pairs.left] == clusters[pairs.right]) & (odds >= self.review)
        asking = Pairs(left=pairs.left[likely], right=pairs.right[likely])
        odds_asked = odds[likely]
        curve = tuple(
            (at, found, _review_records(asking, odds_asked, at))
            for at in _STEPS
            if (found := precision_from(odds, at)) is not None
        )
        found, low, high = recall or (None, None, None)
        return Estimate(
            precision=precision_from(odds, self.same),
            recall=found,
            recall_low=low,
            recall_high=high,
            joined=joined_share(pairs, odds, clusters, compared=found or 1.0),
            review_records=len(records),
            pairs_compared=len(pairs),
            curve=curve,
        )


def _best_of_groups(one: Longs, other: Longs, odds: LogOdds) -> NDArray[np.int64]:
    """Return the place of the best pair between each two groups."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((-odds, high, low))
    low, high = low[order], high[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    found: NDArray[np.int64] = order[first]
    return found


def _review_records(pairs: Pairs, odds: LogOdds, same: float) -> int:
    asked = odds < same
    return len(np.unique(np.concatenate((pairs.left[asked], pairs.right[asked]))))


def _frame(
    pairs: Pairs, odds: LogOdds, chosen: NDArray[np.int64], band: NDArray[np.str_]
) -> pd.DataFrame:
    found = pd.DataFrame(
        {
            "left": pairs.left[chosen],
            "right": pairs.right[chosen],
            "log_odds": odds[chosen],
            "score": chances(odds[chosen]),
            "band": band,
        }
    )
    return found.sort_values(["log_odds", "left", "right"], ascending=[False, True, True])


def choose_bands(evidence: Evidence, *, wanted: float) -> Bands:
    """Choose the bands for a wanted precision of automatic merges."""
    odds = evidence.odds
    enough = np.log(wanted / max(1.0 - wanted, 1e-9)) - _CAREFUL
    steps = [step for step in _STEPS if step <= max(enough, _STEPS[0])]
    reaching = (at for at in steps if (precision_from(odds, at) or 0.0) >= wanted)
    same = next(reaching, None)
    return Bands(
        same=steps[-1] if same is None else same,
        likely=0.0,
        review=0.0,
        wanted=wanted,
        reached=same is not None or not (odds >= 0.0).any(),
    )
