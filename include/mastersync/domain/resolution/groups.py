"""Groups of records that are one customer: by the evidence of all their pairs."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.words import Codes

LogOdds = NDArray[np.float64]
# Of two groups' strength, the share that their strongest pair has beside the mean of all pairs:
# a record of little content is bound to the one that it resembles.
_STRONGEST: Final = 0.2
_GONE: Final = -1e15


def connected(size: int, left: Codes, right: Codes) -> NDArray[np.int64]:
    """Return each row's component, named by its smallest row."""
    label = np.arange(size)
    while True:
        low = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, left, low)
        np.minimum.at(label, right, low)
        label = label[label]
        if np.array_equal(before, label):
            return label


def group(
    size: int, left: Codes, right: Codes, odds: LogOdds, *, join: float, absent: float
) -> NDArray[np.int64]:
    """Join rows by average linkage with some weight on the strongest pair.

    Args:
        odds: Log-odds of each compared pair.
        join: Mean log-odds, over all cross pairs, from which two groups are one.
        absent: Log-odds that a pair stands for which was never compared.
    """
    strong = odds >= join
    label = connected(size, left[strong], right[strong])
    inside = np.flatnonzero(label[left] == label[right])
    order = inside[np.argsort(label[left[inside]], kind="stable")]
    part = label[left[order]]
    result = label.copy()
    if not len(part):
        return result
    starts = np.flatnonzero(np.r_[True, part[1:] != part[:-1]])
    for begin, end in zip(starts, [*starts[1:], len(part)], strict=True):
        if end - begin == 1:
            continue
        edges = order[begin:end]
        _split(left[edges], right[edges], odds[edges], result, join=join, absent=absent)
    return result


def _split(
    left: Codes,
    right: Codes,
    odds: LogOdds,
    result: NDArray[np.int64],
    *,
    join: float,
    absent: float,
) -> None:
    """Join the rows of one component as far as their evidence carries; write their labels."""
    rows = np.unique(np.concatenate((left, right)))
    count = len(rows)
    if len(odds) == count * (count - 1) // 2 and (odds >= join).all():
        return
    one, other = np.searchsorted(rows, left), np.searchsorted(rows, right)
    mean = np.full((count, count), absent)
    mean[one, other] = mean[other, one] = odds
    np.fill_diagonal(mean, _GONE)
    best = mean.copy()
    sizes = np.ones(count)
    label = np.arange(count)
    while True:
        strength = (1.0 - _STRONGEST) * mean + _STRONGEST * best
        i, j = sorted(divmod(int(strength.argmax()), count))
        if strength[i, j] < join:
            break
        total = sizes[i] + sizes[j]
        mean[i] = mean[:, i] = (mean[i] * sizes[i] + mean[j] * sizes[j]) / total
        best[i] = best[:, i] = np.maximum(best[i], best[j])
        for links in (mean, best):
            links[i, i] = _GONE
            links[j] = links[:, j] = _GONE
        sizes[i] = total
        label[label == j] = i
    # A label is the smallest row of its group, since i is the smaller position of the two.
    result[rows] = rows[label]
