"""What weights say of pairs that they were not shown: how well people can teach them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.compare import Comparison
from mastersync.domain.resolution.groups import connected
from mastersync.domain.resolution.learn import Labels, learn
from mastersync.domain.resolution.model import LogOdds

_FOLDS: Final = 5


def held_out(comparison: Comparison, labels: Labels, *, folds: int = _FOLDS) -> LogOdds:
    """Return the log-odds of each judged pair by weights learned from the others.

    Pairs that hang together by a record are held out together, or one would tell of the other.
    """
    pairs, odds = labels.comparison, np.zeros(len(labels.comparison))
    fold = _folds(pairs, folds)
    for number in range(folds):
        shown, kept = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if not len(kept):
            continue
        taught = Labels(comparison=pairs.at(shown), same=labels.same[shown])
        odds[kept] = learn(comparison, labels=taught).score(pairs.at(kept))
    return odds


def _folds(pairs: Comparison, folds: int) -> NDArray[np.int64]:
    size = int(max(pairs.left.max(), pairs.right.max())) + 1 if len(pairs) else 0
    components = connected(size, pairs.left, pairs.right)[pairs.left]
    _, place = np.unique(components, return_inverse=True)
    fold: NDArray[np.int64] = place % folds
    return fold
