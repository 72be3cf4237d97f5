"""Groups of records that are one customer: by the evidence of all their pairs."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.words import Codes, Flags, Longs

LogOdds = NDArray[np.float64]
# Of two groups' strength, the share that their strongest pair has beside the mean of all pairs:
# a record of little content is bound to the one that it resembles.
_STRONGEST: Final = 0.2
_GONE: Final = -1e15
_NEVER: Final = -1e9
_JUDGED: Final = 1e5
# More records than this are not one customer; above this log-odds no cut is tried any more.
_LARGEST: Final = 1_000
_CUT: Final = 30.0


def connected(size: int, left: Codes | Longs, right: Codes | Longs) -> Longs:
    """Return each row's component, named by its smallest row.

    Every round hooks components to their smallest neighbour and halves all paths, so a handful
    of rounds suffices however long a chain is.
    """
    label = np.arange(size)
    while len(left):
        low, high = np.minimum(label[left], label[right]), np.maximum(label[left], label[right])
        apart = low != high
        left, right = left[apart], right[apart]
        np.minimum.at(label, high[apart], low[apart])
        while not np.array_equal(label, shorter := label[label]):
            label = shorter
    return label


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What speaks for and against rows being joined.

    Args:
        left, right, odds: The compared pairs with their log-odds.
        absent: Log-odds that a pair stands for which was never compared.
        first: Of each row, the row that it is a copy of, or itself; copies are in no other pair.
        copy_odds: Of each copy, in the order of rows, its log-odds with that row.
        numbers: Of each row, the entity that a number makes it, -1 for none; entities of two
            numbers are never joined.
    """

    left: Codes
    right: Codes
    odds: LogOdds
    absent: float
    first: Longs
    copy_odds: LogOdds
    numbers: tuple[Codes, ...] = ()

    def components(self, join: float) -> Longs:
        """Return of each row the smallest that pairs of ``join`` and more connect it with."""
        strong = self.odds >= join
        return connected(len(self.first), self.left[strong], self.right[strong])


def group(evidence: Evidence, *, join: float) -> Longs:
    """Join rows by average linkage with some weight on the strongest pair.

    Args:
        join: Log-odds from which two groups are one.

    Returns:
        Of each row, the smallest row of its group.
    """
    evidence = replace(evidence, odds=_with_vetoes(evidence))
    left, right, odds = evidence.left, evidence.right, evidence.odds
    label = _loosened(evidence, join)
    inside = np.flatnonzero(label[left] == label[right])
    order = inside[np.argsort(label[left[inside]], kind="stable")]
    part = label[left[order]]
    starts = np.flatnonzero(np.append(True, part[1:] != part[:-1])[: len(part)])
    ends = np.append(starts[1:], len(part))
    result = label.copy()
    for at in np.flatnonzero(~_settled(label, part, odds[order], starts, join=join)):
        edges = order[starts[at] : ends[at]]
        rows = np.unique(np.concatenate((left[edges], right[edges]))).astype(np.int64)
        one, other = np.searchsorted(rows, left[edges]), np.searchsorted(rows, right[edges])
        strength = np.full((len(rows), len(rows)), evidence.absent)
        strength[one, other] = strength[other, one] = odds[edges]
        strength[_kept_apart(evidence.numbers, rows) & (strength < _JUDGED)] = _NEVER
        result[rows] = rows[_agglomerate(strength, join=join)]
    return _with_copies(evidence, result, join=join)


def _with_vetoes(evidence: Evidence) -> LogOdds:
    odds = evidence.odds
    for entity in evidence.numbers:
        one, other = entity[evidence.left], entity[evidence.right]
        # What a person called the same stands above any number.
        apart = (one >= 0) & (other >= 0) & (one != other) & (odds < _JUDGED)
        odds = np.where(apart, _NEVER, odds)
    return odds


def _settled(label: Longs, part: Longs, odds: LogOdds, starts: Longs, *, join: float) -> Flags:
    """Say of each component whether all its pairs were compared, and all are strong."""
    if not len(starts):
        return np.zeros(0, np.bool_)
    members = np.bincount(label, minlength=len(label))[part[starts]]
    pairs = np.diff(np.append(starts, len(part)))
    settled: Flags = (pairs == members * (members - 1) // 2) & (
        np.minimum.reduceat(odds, starts) >= join
    )
    return settled


def _loosened(evidence: Evidence, join: float) -> Longs:
    """Return the components; one too large to look at whole is cut at its weaker pairs."""
    label = evidence.components(join)
    at = join
    while True:
        sizes = np.bincount(label, minlength=len(label))
        large = sizes[label] > _LARGEST
        if not large.any():
            return label
        at += 1.0
        strong = evidence.odds >= at
        strong &= large[evidence.left] & (label[evidence.left] == label[evidence.right])
        finer = connected(len(label), evidence.left[strong], evidence.right[strong])
        label = np.where(large, finer if at < _CUT else np.arange(len(label)), label)


def _kept_apart(numbers: tuple[Codes, ...], rows: Longs) -> Flags:
    """Return which pairs of the rows a number keeps apart."""
    apart = np.zeros((len(rows), len(rows)), np.bool_)
    for entity in numbers:
        mine = entity[rows]
        known = mine >= 0
        apart |= (mine[:, None] != mine) & known[:, None] & known
    return apart


def _with_copies(evidence: Evidence, label: Longs, *, join: float) -> Longs:
    copies = np.flatnonzero(evidence.first != np.arange(len(label)))
    joined = copies[evidence.copy_odds >= join]
    label[joined] = label[evidence.first[joined]]
    return label


def _agglomerate(mean: NDArray[np.float64], *, join: float) -> Longs:
    """Return of each row of a matrix of log-odds the smallest that it is joined with."""
    count = len(mean)
    np.fill_diagonal(mean, _GONE)
    best = mean.copy()
    sizes = np.ones(count)
    label = np.arange(count)
    while True:
        strength = (1.0 - _STRONGEST) * mean + _STRONGEST * best
        i, j = sorted(divmod(int(strength.argmax()), count))
        if strength[i, j] < join:
            return label
        total = sizes[i] + sizes[j]
        mean[i] = mean[:, i] = (mean[i] * sizes[i] + mean[j] * sizes[j]) / total
        best[i] = best[:, i] = np.maximum(best[i], best[j])
        for links in (mean, best):
            links[i, i] = _GONE
            links[j] = links[:, j] = _GONE
        sizes[i] = total
        label[label == j] = i
