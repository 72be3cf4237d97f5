"""Candidate pairs from keys, capped by rarity per record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.keys import KEY_BUDGET
from mastersync.domain.resolution.words import Codes, Hashes

MOST_PER_RECORD: Final = 20
_CHUNK: Final = 100_000


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of rows, ``left`` < ``right``, and how much their shared keys promise."""

    left: Codes
    right: Codes
    promise: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True)
class KeyIndex:
    """Keys grouped: the members of group g are ``members[starts[g]:starts[g] + sizes[g]]``."""

    members: Codes
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    row_starts: NDArray[np.int64]
    group: NDArray[np.int32]


def index_keys(rows: Codes, keys: Hashes, *, size: int) -> KeyIndex:
    """Group the records by key; ``rows`` ascend."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(new)
    sizes = np.diff(np.append(starts, len(ordered)))
    group = np.empty(len(keys), np.int32)
    group[order] = np.cumsum(new) - 1
    row_starts = np.searchsorted(rows, np.arange(size + 1))
    return KeyIndex(rows[order], starts, sizes, row_starts, group)


def candidate_pairs(index: KeyIndex, *, size: int, budget: int = KEY_BUDGET) -> Pairs:
    """Return the pairs worth comparing: each record's most promising others, both ways."""
    codes, promises = [], []
    for code, promise in _followed(index, size=size, budget=budget):
        codes.append(code)
        promises.append(promise)
    code = np.concatenate(codes) if codes else np.zeros(0, np.int64)
    promise = np.concatenate(promises) if promises else np.zeros(0, np.float32)
    order = np.argsort(code, kind="stable")
    code, promise = code[order], promise[order]
    first = np.ones(len(code), np.bool_)
    first[1:] = code[1:] != code[:-1]
    promise = np.maximum.reduceat(promise, np.flatnonzero(first)) if len(code) else promise
    code = code[first]
    return Pairs(
        left=(code // size).astype(np.int32),
        right=(code % size).astype(np.int32),
        promise=promise,
    )


def _followed(
    index: KeyIndex, *, size: int, budget: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    for begin in range(0, size, _CHUNK):
        end = min(begin + _CHUNK, size)
        entries = slice(index.row_starts[begin], index.row_starts[end])
        group = index.group[entries]
        row = np.repeat(
            np.arange(begin, end, dtype=np.int64),
            np.diff(index.row_starts[begin : end + 1]),
        )
        others = index.sizes[group] - 1
        usable = (others > 0) & (others <= budget)
        group, row, others = group[usable], row[usable], others[usable]
        order = np.lexsort((others, row))
        group, row, others = group[order], row[order], others[order]
        within = _running_total(others, row) <= budget
        group, row, others = group[within], row[within], others[within]
        yield _best_of(index, group, row, size=size)


def _running_total(values: NDArray[np.int64], owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the running total of values within each owner's stretch."""
    total = np.cumsum(values)
    first = np.ones(len(owner), np.bool_)
    first[1:] = owner[1:] != owner[:-1]
    before = (total - values)[first]
    return total - np.repeat(before, np.diff(np.append(np.flatnonzero(first), len(owner))))


def _best_of(
    index: KeyIndex, group: NDArray[np.int32], row: NDArray[np.int64], *, size: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    sizes = index.sizes[group]
    total = int(sizes.sum())
    offset = np.arange(total) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    other = index.members[np.repeat(index.starts[group], sizes) + offset].astype(np.int64)
    one = np.repeat(row, sizes)
    worth = np.repeat((1.0 / np.log1p(sizes)).astype(np.float32), sizes)
    apart = one != other
    one, other, worth = one[apart], other[apart], worth[apart]
    directed = one * size + other
    order = np.argsort(directed, kind="stable")
    directed, worth = directed[order], worth[order]
    first = np.ones(len(directed), np.bool_)
    first[1:] = directed[1:] != directed[:-1]
    if len(directed):
        worth = np.add.reduceat(worth, np.flatnonzero(first))
    directed = directed[first]
    one, other = directed // size, directed % size
    order = np.lexsort((other, -worth, one))
    one, other, worth = one[order], other[order], worth[order]
    rank = _running_total(np.ones(len(one), np.int64), one)
    best = rank <= MOST_PER_RECORD
    one, other, worth = one[best], other[best], worth[best]
    return np.minimum(one, other) * size + np.maximum(one, other), worth
