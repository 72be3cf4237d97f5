"""Groups of records that are one customer: by the evidence of all their pairs."""

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.words import Codes

LogOdds = NDArray[np.float64]


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
    """Join rows by average linkage.

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
    starts = np.flatnonzero(np.r_[True, part[1:] != part[:-1]]) if len(part) else []
    result = label.copy()
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
    rows = np.unique(np.concatenate((left, right)))
    count = len(rows)
    if len(odds) == count * (count - 1) // 2 and (odds >= join).all():
        return
    at = {int(row): position for position, row in enumerate(rows)}
    mean = np.full((count, count), absent)
    for one, other, value in zip(left.tolist(), right.tolist(), odds.tolist(), strict=True):
        mean[at[one], at[other]] = mean[at[other], at[one]] = value
    np.fill_diagonal(mean, -np.inf)
    sizes = np.ones(count)
    names = rows.astype(np.int64).copy()
    alive = list(range(count))
    member = [[i] for i in range(count)]
    while len(alive) > 1:
        best = int(np.argmax(mean))
        i, j = divmod(best, count)
        if mean[i, j] < join:
            break
        if i > j:
            i, j = j, i
        total = sizes[i] + sizes[j]
        merged = (mean[i] * sizes[i] + mean[j] * sizes[j]) / total
        mean[i], mean[:, i] = merged, merged
        mean[i, i] = -np.inf
        mean[j], mean[:, j] = -np.inf, -np.inf
        sizes[i] = total
        member[i] += member[j]
        alive.remove(j)
    for i in alive:
        for k in member[i]:
            result[rows[k]] = names[min(member[i])]
