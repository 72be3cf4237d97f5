"""Which records of the index a record is compared with: those that its rarest keys bring."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.candidates import Search
from mastersync.domain.search.entries import Ids

# Of what a record's keys bring, the first few are worth a look, and more only where they share
# rare keys: that leaves out half of the comparisons, and hardly any that would have mattered.
_ALWAYS: Final = 2
_ALWAYS_WIDE: Final = 4
_MUCH: Final = 0.8
_SAME_WEIGHT: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs worth comparing: ``left`` is of the delta; ``shared`` counts the keys in common."""

    left: Ids
    right: Ids
    shared: Ids


def choose_pairs(
    records: Ids,
    keys: Ids,
    *,
    held_keys: Ids,
    holders: Ids,
    search: Search,
    wide: bool = False,
) -> Pairs:
    """Return, for each record of the delta, its best partners by the rarity of shared keys.

    A record's keys are followed from the rarest on as long as the others they bring stay within
    the budget, so a record costs the same however large the master is. It is the rule of
    `resolution.candidates`, for a delta against an index that is elsewhere. A pair within the
    delta is returned once.

    Args:
        records: The record of each key of the delta, ``keys`` the key itself.
        held_keys: Sorted; each key of the delta that is not too common, once for each record
            that ``holders`` says has it, those of the delta included.
        wide: Whether the first few are a few more: what is learned from would otherwise be so much
            of the same that weights come out too low.
    """
    distinct, starts = np.unique(held_keys, return_index=True)
    counts = np.diff(np.append(starts, len(held_keys)))
    place = np.searchsorted(distinct, keys)
    known = place < len(distinct)
    known[known] = distinct[place[known]] == keys[known]
    shares = np.zeros(len(keys), dtype=np.int64)
    shares[known] = counts[place[known]]
    follow = (shares > 1) & (shares <= search.budget + 1)
    records, place, shares = records[follow], place[follow], shares[follow]
    order = np.lexsort((keys[follow], shares, records))
    records, place, shares = records[order], place[order], shares[order]
    followed = _running_total(shares - 1, records) <= search.budget
    records, place, shares = records[followed], place[followed], shares[followed]
    left = np.repeat(records, shares)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(shares) - shares, shares)
    right = holders[np.repeat(starts[place], shares) + offset]
    rarity = np.repeat(1.0 / np.log1p(shares), shares)
    others = left != right
    return _best(left[others], right[others], rarity[others], search, wide=wide)


def _running_total(values: Ids, owner: Ids) -> Ids:
    """Return the running total of values within each owner's stretch."""
    total = np.cumsum(values)
    if not len(owner):
        return total
    first = np.ones(len(owner), dtype=np.bool_)
    first[1:] = owner[1:] != owner[:-1]
    before = (total - values)[first]
    within: Ids = total - before[np.cumsum(first) - 1]
    return within


def _rank(owner: Ids, weight: NDArray[np.float64]) -> Ids:
    """Return each row's place within its owner's stretch, from 1; equal weights share a place.

    So that nothing hangs on the numbers that records happen to have.
    """
    rank = _running_total(np.ones(len(owner), dtype=np.int64), owner)
    if not len(owner):
        return rank
    first = np.ones(len(owner), dtype=np.bool_)
    first[1:] = (owner[1:] != owner[:-1]) | (weight[1:] < weight[:-1] - _SAME_WEIGHT)
    shared: Ids = rank[first][np.cumsum(first) - 1]
    return shared


def _best(
    left: Ids, right: Ids, rarity: NDArray[np.float64], search: Search, *, wide: bool
) -> Pairs:
    """Return the most promising partners of each left record, each pair once."""
    if not len(left):
        return Pairs(left=left, right=right, shared=left)
    order = np.lexsort((right, left))
    left, right, rarity = left[order], right[order], rarity[order]
    first = np.ones(len(left), dtype=np.bool_)
    first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    starts = np.flatnonzero(first)
    weight = np.add.reduceat(rarity, starts)
    shared = np.diff(np.append(starts, len(left)))
    promising = weight >= search.least
    left, right = left[first][promising], right[first][promising]
    weight, shared = weight[promising], shared[promising]
    order = np.lexsort((right, -weight, left))
    left, right, shared = left[order], right[order], shared[order]
    weight = weight[order]
    rank = _rank(left, weight)
    always = _ALWAYS_WIDE if wide else _ALWAYS
    chosen = (rank <= always) | ((rank <= search.most) & (weight >= _MUCH))
    left, right, shared = left[chosen], right[chosen], shared[chosen]
    twin = np.isin(right, left) & (left > right)
    if twin.any():  # both of the delta: keep one of (a, b) and (b, a)
        _, once = np.unique(
            np.stack((np.minimum(left, right), np.maximum(left, right))), axis=1, return_index=True
        )
        once.sort()
        left, right, shared = left[once], right[once], shared[once]
    return Pairs(left=left, right=right, shared=shared)
