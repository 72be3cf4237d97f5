"""Candidate pairs from keys, capped by rarity per record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.words import Codes, Hashes, Longs

_CHUNK: Final = 1 << 16
_WORTH_BITS: Final = 12
_WORTH: Final = 512.0


@dataclass(frozen=True, kw_only=True)
class Search:
    """How far to look for a record's like.

    A record's keys are followed from the rarest on until they bring ``budget`` others; of
    those the ``most`` most promising are compared, if they promise ``least`` at least. What a
    key promises is ``1 / ln(1 + records that share it)``.
    """

    budget: int
    most: int
    least: float

    @classmethod
    def of_size(cls, records: int) -> Self:
        """Return the search for so many records: among few, looking further costs little."""
        if records < _FEW:
            return cls(budget=300, most=40, least=0.15)
        if records < _MANY:
            return cls(budget=120, most=20, least=0.3)
        return cls(budget=40, most=10, least=0.5)


_FEW: Final = 3_000
_MANY: Final = 50_000


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of rows, ``left`` < ``right``."""

    left: Codes
    right: Codes

    def __len__(self) -> int:
        return len(self.left)

    def extended(self, left: Longs, right: Longs) -> Self:
        """Return these pairs and more of them."""
        return type(self)(
            left=np.concatenate((self.left, left.astype(np.int32))),
            right=np.concatenate((self.right, right.astype(np.int32))),
        )


@dataclass(frozen=True, kw_only=True)
class KeyIndex:
    """Records by key and keys by record.

    The members of group g are ``members[starts[g]:starts[g] + sizes[g]]``; the groups of row r
    are ``groups[row_starts[r]:row_starts[r + 1]]``. ``family`` is what a group's key is made of.
    """

    members: Codes
    starts: Longs
    sizes: NDArray[np.int32]
    family: NDArray[np.int8]
    groups: Codes
    row_starts: Longs


def index_keys(passes: Iterable[tuple[Codes, Hashes]], *, size: int) -> KeyIndex:
    """Group records by key; the same key of a record counts once.

    Key and row are sorted as one number, which is several times as fast as sorting with a
    payload; of the key as many bits are kept as go in, enough that strangers hardly ever meet.
    """
    row_bits = max(size - 1, 1).bit_length()
    packed = np.concatenate(
        [np.zeros(0, np.int64), *(_pack(rows, keys, row_bits) for rows, keys in passes)]
    )
    packed.sort()
    packed = packed[_first_of_each(packed)]
    new = _first_of_each(packed >> row_bits)
    starts = np.flatnonzero(new)
    family = ((packed[starts] >> row_bits) & 3).astype(np.int8)
    packed &= (1 << row_bits) - 1
    members = packed.astype(np.int32)
    group_bits = max(len(starts), 1).bit_length()
    packed <<= group_bits
    packed |= np.cumsum(new, dtype=np.int32) - 1
    packed.sort()
    row_starts = np.searchsorted(packed, np.arange(size + 1) << group_bits)
    packed &= (1 << group_bits) - 1
    return KeyIndex(
        members=members,
        starts=starts,
        sizes=np.diff(np.append(starts, len(members))).astype(np.int32),
        family=family,
        groups=packed.astype(np.int32),
        row_starts=row_starts,
    )


def _pack(rows: Codes, keys: Hashes, row_bits: int) -> Longs:
    """Return the high bits of keys, their family and the row, from high to low."""
    spread = (keys.view(np.uint64) >> np.uint64(row_bits + 3)).view(np.int64) & ~np.int64(3)
    return ((spread | (keys & 3)) << row_bits) | rows


def _first_of_each(ordered: Longs) -> NDArray[np.bool_]:
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return first


def candidate_pairs(index: KeyIndex, search: Search) -> Pairs:
    """Return the pairs worth comparing: each record's most promising others, both ways."""
    size = len(index.row_starts) - 1
    found = [*_followed(index, search, size=size)]
    code = np.concatenate(found) if found else np.zeros(0, np.int64)
    code.sort()
    code = code[_first_of_each(code)]
    return Pairs(left=(code // size).astype(np.int32), right=(code % size).astype(np.int32))


def _followed(index: KeyIndex, search: Search, *, size: int) -> Iterator[Longs]:
    group_bits = max(len(index.starts), 1).bit_length()
    budget_bits = search.budget.bit_length()
    for begin in range(0, size, _CHUNK):
        end = min(begin + _CHUNK, size)
        group = index.groups[index.row_starts[begin] : index.row_starts[end]].astype(np.int64)
        counts = np.diff(index.row_starts[begin : end + 1])
        row = np.repeat(np.arange(end - begin, dtype=np.int64), counts)
        others = index.sizes[group] - np.int32(1)
        usable = (others > 0) & (others <= search.budget)
        packed = (row[usable] << budget_bits | others[usable]) << group_bits | group[usable]
        packed.sort()
        group = packed & ((1 << group_bits) - 1)
        row = packed >> (group_bits + budget_bits)
        within = _running_total(index.sizes[group] - 1, row) <= search.budget
        yield _best_of(index, search, group[within], row[within], begin=begin)


def _running_total(values: NDArray[np.int32], owner: Longs) -> Longs:
    """Return the running total of values within each owner's stretch."""
    total = np.cumsum(values, dtype=np.int64)
    first = _first_of_each(owner)
    before = (total - values)[first]
    return total - np.repeat(before, np.diff(np.append(np.flatnonzero(first), len(owner))))


def _best_of(index: KeyIndex, search: Search, group: Longs, row: Longs, *, begin: int) -> Longs:
    """Return the best others of each row, as ``smaller row * size + larger row``."""
    size = len(index.row_starts) - 1
    row_bits = max(size - 1, 1).bit_length()
    sizes = index.sizes[group]
    offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    other = index.members[np.repeat(index.starts[group], sizes) + offset].astype(np.int64)
    worth = np.repeat((_WORTH / np.log1p(sizes)).astype(np.int64), sizes)
    packed = ((np.repeat(row, sizes) << row_bits) | other) << _WORTH_BITS | worth
    packed.sort()
    pair = packed >> _WORTH_BITS
    first = np.flatnonzero(_first_of_each(pair))
    if not len(first):
        return np.zeros(0, np.int64)
    promise = np.add.reduceat(packed & ((1 << _WORTH_BITS) - 1), first)
    pair = pair[first]
    one, other = pair >> row_bits, pair & ((1 << row_bits) - 1)
    kept = (promise >= search.least * _WORTH) & (one + begin != other)
    one, other, promise = one[kept], other[kept], promise[kept]
    # Within a row the most promising first; its place among the rows stays.
    rank = np.argsort((one << 32) - promise, kind="stable")
    one, other = one[rank], other[rank]
    best = _running_total(np.ones(len(one), np.int32), one) <= search.most
    one, other = one[best] + begin, other[best]
    both: Longs = np.minimum(one, other) * size + np.maximum(one, other)
    return both
