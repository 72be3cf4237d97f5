"""Links between sources that hold no duplicates: one record of each, at most."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.candidates import Pairs
from mastersync.domain.resolution.estimate import LogOdds
from mastersync.domain.resolution.table import Table

_NOT_THE_BEST: Final = -20.0
_LIKELY: Final = 2.0
_DIRT: Final = 0.01


def find_clean(pairs: Pairs, odds: LogOdds, table: Table) -> frozenset[str]:
    """Return the sources in which next to no record has a likely duplicate."""
    codes = table.source.codes
    inside = (codes[pairs.left] == codes[pairs.right]) & (odds >= _LIKELY)
    doubled = np.bincount(codes[pairs.left[inside]], minlength=len(table.source.values))
    sizes = np.bincount(codes[codes >= 0], minlength=len(table.source.values))
    clean = doubled <= _DIRT * sizes
    return frozenset(np.asarray(table.source.values, dtype=object)[clean].tolist())


def link_across(
    pairs: Pairs, odds: LogOdds, table: Table, *, clean: frozenset[str]
) -> tuple[Pairs, LogOdds]:
    """Return the pairs of different sources, where between clean ones only the best link counts.

    Pairs are taken from the best down; one whose record is linked with that source already
    falls out of every band.
    """
    across = table.source.codes[pairs.left] != table.source.codes[pairs.right]
    kept = Pairs(left=pairs.left[across], right=pairs.right[across])
    return kept, _one_to_one(kept, odds[across], table, clean=clean)


def _one_to_one(pairs: Pairs, odds: LogOdds, table: Table, *, clean: frozenset[str]) -> LogOdds:
    is_clean = np.array([name in clean for name in table.source.values] + [False])
    source = table.source.codes
    exclusive = is_clean[source[pairs.left]] & is_clean[source[pairs.right]]
    order = np.lexsort((pairs.right, pairs.left, -odds))
    taken: set[tuple[int, int]] = set()
    result: NDArray[np.float64] = odds.copy()
    for at in order[(odds[order] > 0) & exclusive[order]].tolist():
        left, right = int(pairs.left[at]), int(pairs.right[at])
        here, there = (left, int(source[right])), (right, int(source[left]))
        if here in taken or there in taken:
            result[at] = _NOT_THE_BEST
        else:
            taken.update((here, there))
    return result
