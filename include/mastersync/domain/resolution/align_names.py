"""Pair the words of two names, and say which are left over on each side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from mastersync.domain.resolution.names import WIDTH, Names, Vocabulary
from mastersync.domain.resolution.similarity import similarities
from mastersync.domain.resolution.words import Codes, Flags

Weights = NDArray[np.float32]
Positions = NDArray[np.int64]
_ONE_SLIP: Final = 4
_TWO_SLIPS: Final = 8
_MANY_SLIPS: Final = 99.0
_SHORTEST_ABBREVIATION: Final = 3
# How well two words go together; from _ALIKE on it is one word, written otherwise.
_INITIAL: Final = 1.0
_SHORT_FORM: Final = 1.1
_ALIKE: Final = 1.5
_NICKNAME: Final = 1.9
_SAME: Final = 2.0
_WORTH_ALIKE: Final = 0.8
_WORTH_SHORT: Final = 0.3


@dataclass(frozen=True, kw_only=True)
class Aligned:
    """The words of pairs of names, each side ``pairs x WIDTH``, and what became of them.

    Args:
        shared: How rare the words are that agree, in nats.
        spelled: Some words agree but for their spelling.
        abbreviated: Some agree as an initial or a short form.
        left_over: Which words of the left side agree with none; likewise ``right_over``.
        left_worth: How rare those are, in nats; likewise ``right_worth``.
    """

    left: Codes
    right: Codes
    shared: Weights
    spelled: Flags
    abbreviated: Flags
    left_over: Flags
    right_over: Flags
    left_worth: Weights
    right_worth: Weights


@dataclass(frozen=True)
class _Open:
    """Words that may go together: word ``i`` of the left side of a pair and ``j`` of the right."""

    pair: Positions
    i: Positions
    j: Positions
    grade: Weights


def align(names: Names, left: Codes, right: Codes, worth: Weights) -> Aligned:
    """Pair equal words first, then the others from the most alike on, each word once.

    Args:
        worth: Of each vocabulary word, and 0 at the end for none.
    """
    left_free, right_free = left >= 0, right >= 0
    shared = _pair_equal(left, right, left_free, right_free, worth=worth)
    spelled, abbreviated = np.zeros(len(left), np.bool_), np.zeros(len(left), np.bool_)
    open_ = _open_words((left, right), (left_free, right_free), names.vocabulary)
    for chosen in _rounds(open_, left_free, right_free):
        pair, grade = open_.pair[chosen], open_.grade[chosen]
        alike = grade >= _ALIKE
        spelled[pair] |= alike
        abbreviated[pair] |= ~alike
        rarity = np.minimum(worth[left[pair, open_.i[chosen]]], worth[right[pair, open_.j[chosen]]])
        # Of each pair one at a time is chosen, so that no sum is lost.
        shared[pair] += rarity * np.where(alike, _WORTH_ALIKE, _WORTH_SHORT).astype(np.float32)
    return Aligned(
        left=left,
        right=right,
        shared=shared,
        spelled=spelled,
        abbreviated=abbreviated,
        left_over=left_free,
        right_over=right_free,
        left_worth=(worth[left] * left_free).sum(axis=1),
        right_worth=(worth[right] * right_free).sum(axis=1),
    )


def _pair_equal(
    left: Codes, right: Codes, left_free: Flags, right_free: Flags, *, worth: Weights
) -> Weights:
    shared = np.zeros(len(left), np.float32)
    for i in range(WIDTH):
        has = np.flatnonzero(left[:, i] >= 0)
        word = left[has, i]
        for j in range(WIDTH):
            # A word is in a name once, so that what is met here is met nowhere else.
            met = np.flatnonzero(word == right[has, j])
            left_free[has[met], i] = False
            right_free[has[met], j] = False
            shared[has[met]] += worth[word[met]]
    return shared


def _open_words(
    names: tuple[Codes, Codes], free: tuple[Flags, Flags], vocabulary: Vocabulary
) -> _Open:
    """Return the words that go together, of names with words to spare on both sides."""
    (left, right), (left_free, right_free) = names, free
    both = np.flatnonzero(left_free.any(axis=1) & right_free.any(axis=1))
    pair, i, j = np.nonzero(left_free[both][:, :, None] & right_free[both][:, None, :])
    pair = both[pair]
    grade = _grades(vocabulary, left[pair, i], right[pair, j])
    some = np.flatnonzero(grade > 0)
    best_first = some[np.argsort(-grade[some], kind="stable")]
    return _Open(pair[best_first], i[best_first], j[best_first], grade[best_first])


def _rounds(open_: _Open, left_free: Flags, right_free: Flags) -> Iterator[Positions]:
    """Yield the best of each pair whose two words are both still free, until none is."""
    order = np.arange(len(open_.pair))
    while len(order):
        pair = open_.pair[order]
        free = left_free[pair, open_.i[order]] & right_free[pair, open_.j[order]]
        order = order[free]
        chosen = order[np.unique(open_.pair[order], return_index=True)[1]]
        left_free[open_.pair[chosen], open_.i[chosen]] = False
        right_free[open_.pair[chosen], open_.j[chosen]] = False
        yield chosen
        order = np.setdiff1d(order, chosen, assume_unique=True)


def _grades(vocabulary: Vocabulary, one: Codes, other: Codes) -> Weights:
    """Return how well two different words go together, 0 for not at all."""
    length = np.minimum(vocabulary.length[one], vocabulary.length[other])
    slips = _slips(vocabulary, one, other)
    grade = np.where(slips < _MANY_SLIPS, _SAME - slips / 10, 0).astype(np.float32)
    begins = vocabulary.first[one] == vocabulary.first[other]
    short = np.flatnonzero(begins & (length >= _SHORTEST_ABBREVIATION) & (grade == 0))
    abbreviated = short[_abbreviates(vocabulary, one[short], other[short])]
    grade[abbreviated] = _SHORT_FORM
    group = vocabulary.group[one]
    grade[(group > 0) & (group == vocabulary.group[other]) & (grade < _NICKNAME)] = _NICKNAME
    initial = begins & (vocabulary.initial[one] ^ vocabulary.initial[other])
    grade[initial & (grade == 0)] = _INITIAL
    return grade


def _slips(vocabulary: Vocabulary, one: Codes, other: Codes) -> Weights:
    """Return by how many slips two words differ: one in a word, two in a long one, or many."""
    length = np.minimum(vocabulary.length[one], vocabulary.length[other])
    longer = np.maximum(vocabulary.length[one], vocabulary.length[other])
    allowed = np.where(length >= _TWO_SLIPS, 2, 1)
    # A slip changes two letters at most, and the length by one.
    apart = np.bitwise_count(vocabulary.letters[one] ^ vocabulary.letters[other])
    close = (apart <= 2 * allowed) & (longer - length <= allowed) & (length >= _ONE_SLIP)
    # Another number is another name: Studio 2000 and 3000.
    numbers = vocabulary.first[one] <= ord("9")
    near = np.flatnonzero(close & ~(numbers & (vocabulary.first[other] <= ord("9"))))
    slips = np.full(len(one), _MANY_SLIPS, np.float32)
    found = similarities(vocabulary.words, one[near], other[near], scorer=OSA.distance)
    slips[near] = np.where(found <= allowed[near], found, _MANY_SLIPS)
    return slips


def _abbreviates(vocabulary: Vocabulary, one: Codes, other: Codes) -> Flags:
    words = vocabulary.words
    pairs, back = np.unique(one.astype(np.int64) * len(words) + other, return_inverse=True)
    found = np.array(
        [_stands_for(words[p // len(words)], words[p % len(words)]) for p in pairs.tolist()],
        dtype=np.bool_,
    )
    flags: Flags = found[back]
    return flags


def _stands_for(one: str, other: str) -> bool:
    """Say whether one word is short for the other: constr, logs, mfg."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if short[-1] != long[-1] or len(short) * 3 > len(long) * 2:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)
