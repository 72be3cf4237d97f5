"""Compare names by what they share, and by what is left over on each side."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler

from mastersync.domain.resolution.names import WIDTH, Names
from mastersync.domain.resolution.similarity import similarities
from mastersync.domain.resolution.words import Codes, Flags

Weights = NDArray[np.float32]


class NameOutcome(IntEnum):
    """What two names say; the order is from most to least alike."""

    MISSING = 0
    SAME = 1
    SPELLING = 2
    INITIAL = 3
    MORE_TRADE = 4
    MORE = 5
    BRANCH = 6
    OTHER_TRADE = 7
    OTHER_SURNAME = 8
    PART = 9
    DIFFERENT = 10
    GENERATION = 11


@dataclass(frozen=True, kw_only=True)
class NameComparison:
    """Outcome by pair, and ``shared``: how rare the agreeing words are, in nats."""

    outcome: NDArray[np.int8]
    shared: Weights


_ONE_SLIP: Final = 4
_TWO_SLIPS: Final = 8
_MANY_SLIPS: Final = 99.0
_SQUASHED_ALIKE: Final = 0.94
_HALF: Final = 0.5
_GENERIC_WORTH: Final = 0.35


@dataclass(frozen=True, kw_only=True)
class NameContext:
    """What else is known of each pair: whether both are persons, and the words of their cities."""

    persons: Flags
    cities: Codes


def compare_names(
    names: Names,
    left: Codes,
    right: Codes,
    *,
    rarity: Weights,
    log_records: float,
    context: NameContext,
) -> NameComparison:
    """Compare the names of pairs of records.

    Args:
        left: Distinct-name code of each pair's left record, -1 where it has none.
        right: Likewise.
        rarity: Of each vocabulary word, ``log(records / records that have it)``.
        log_records: The rarity of a word that one record has.
    """
    outcome = np.full(len(left), NameOutcome.MISSING, np.int8)
    shared = np.zeros(len(left), np.float32)
    said = np.flatnonzero((left >= 0) & (right >= 0))
    same = left[said] == right[said]
    worth = rarity * np.where(names.vocabulary.generic, _GENERIC_WORTH, 1.0).astype(np.float32)
    worth_of = np.append(worth, np.float32(0))
    equal = said[same]
    outcome[equal] = NameOutcome.SAME
    shared[equal] = worth_of[names.core[left[equal]]].sum(axis=1)
    rest = said[~same]
    aligned = _align(names, names.core[left[rest]], names.core[right[rest]], worth_of)
    place = _drop_cities(aligned, context.cities[rest])
    outcome[rest] = _judge(
        names, left[rest], right[rest], aligned, persons=context.persons[rest], place=place
    )
    one, other = names.generation[left[said]], names.generation[right[said]]
    outcome[said[context.persons[said] & (one != other)]] = NameOutcome.GENERATION
    shared[rest] = aligned.shared
    shared = np.minimum(shared, 3 * log_records)
    return NameComparison(outcome=outcome, shared=shared)


@dataclass(frozen=True, kw_only=True)
class _Aligned:
    shared: Weights
    spelled: Flags
    abbreviated: Flags
    left_over: Flags
    right_over: Flags
    left: Codes
    right: Codes
    left_worth: Weights
    right_worth: Weights


def _align(names: Names, left: Codes, right: Codes, worth: Weights) -> _Aligned:
    """Pair equal words first, then those that are alike or begin alike."""
    count = len(left)
    left_free, right_free = left >= 0, right >= 0
    shared = np.zeros(count, np.float32)
    for i in range(WIDTH):
        has = np.flatnonzero(left[:, i] >= 0)
        word = left[has, i]
        for j in range(WIDTH):
            # A word is in a name once, so that what is met here is met nowhere else.
            met = np.flatnonzero(word == right[has, j])
            left_free[has[met], i] = False
            right_free[has[met], j] = False
            shared[has[met]] += worth[word[met]]
    spelled, abbreviated = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    open_ = np.flatnonzero(left_free.any(axis=1) & right_free.any(axis=1))
    pair, i, j = _open_words(left_free[open_], right_free[open_])
    pair = open_[pair]
    one, other = left[pair, i], right[pair, j]
    grade = _grades(names, one, other, _slips(names, one, other))
    # The best first, so that no word is paired twice.
    order = np.argsort(-grade, kind="stable")
    order = order[grade[order] > 0]
    for rank in _rounds(order, pair, i, j, left_free, right_free):
        spelled[pair[rank]] |= grade[rank] > 1
        abbreviated[pair[rank]] |= grade[rank] <= 1
        half = np.minimum(worth[left[pair[rank], i[rank]]], worth[right[pair[rank], j[rank]]])
        np.add.at(shared, pair[rank], half * np.where(grade[rank] > 1, 0.8, 0.3).astype(np.float32))
    return _Aligned(
        shared=shared,
        spelled=spelled,
        abbreviated=abbreviated,
        left_over=left_free,
        right_over=right_free,
        left=left,
        right=right,
        left_worth=(worth[left] * left_free).sum(axis=1),
        right_worth=(worth[right] * right_free).sum(axis=1),
    )


def _slips(names: Names, one: Codes, other: Codes) -> Weights:
    """Return by how many slips two words differ; many where their letters say so already."""
    vocabulary = names.vocabulary
    apart = np.bitwise_count(vocabulary.letters[one] ^ vocabulary.letters[other])
    length = np.minimum(vocabulary.length[one], vocabulary.length[other])
    longer = np.maximum(vocabulary.length[one], vocabulary.length[other])
    # A slip changes two letters at most, and the length by one.
    allowed = np.where(length >= _TWO_SLIPS, 2, 1)
    near = np.flatnonzero(
        (apart <= 2 * allowed) & (longer - length <= allowed) & (length >= _ONE_SLIP)
    )
    slips = np.full(len(one), _MANY_SLIPS, np.float32)
    slips[near] = similarities(vocabulary.words, one[near], other[near], scorer=OSA.distance)
    return slips


def _open_words(
    left_free: NDArray[np.bool_], right_free: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    pair, i, j = np.nonzero(left_free[:, :, None] & right_free[:, None, :])
    return pair, i, j


def _grades(names: Names, one: Codes, other: Codes, slips: Weights) -> Weights:
    """Return how well two different words go together: 0 not, up to 1 initials, up to 2 alike."""
    vocabulary = names.vocabulary
    begins = vocabulary.first[one] == vocabulary.first[other]
    initial = begins & (vocabulary.initial[one] ^ vocabulary.initial[other])
    known = vocabulary.group[one] > 0
    nick = known & (vocabulary.group[one] == vocabulary.group[other])
    long_enough = np.minimum(vocabulary.length[one], vocabulary.length[other]) > 2
    length = np.minimum(vocabulary.length[one], vocabulary.length[other])
    spelled = (slips <= 1) & (length >= _ONE_SLIP) | (slips <= 2) & (length >= _TWO_SLIPS)  # noqa: PLR2004
    short = np.flatnonzero(begins & long_enough & ~spelled)
    prefix = np.zeros(len(one), np.bool_)
    prefix[short] = _abbreviates(names, one[short], other[short])
    grade = np.where(spelled, 2.0 - slips / 10, 0).astype(np.float32)
    grade = np.maximum(grade, np.where(nick, 1.9, 0))
    grade = np.maximum(grade, np.where(prefix, 1.1, 0))
    return np.maximum(grade, np.where(initial, 1.0, 0)).astype(np.float32)


def _abbreviates(names: Names, one: Codes, other: Codes) -> Flags:
    words = names.vocabulary.words
    pairs, back = np.unique(one.astype(np.int64) * len(words) + other, return_inverse=True)
    found = np.array(
        [_stands_for(words[p // len(words)], words[p % len(words)]) for p in pairs.tolist()],
        dtype=np.bool_,
    )
    return found[back] if len(pairs) else np.zeros(0, np.bool_)


def _stands_for(one: str, other: str) -> bool:
    """Say whether one word is short for the other: constr, logs, mfg."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if short[-1] != long[-1] or len(short) * 3 > len(long) * 2:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)


def _rounds(order, pair, i, j, left_free, right_free):
    """Yield candidates whose two words are both still free, one of each word at a time."""
    while len(order):
        order = order[left_free[pair[order], i[order]] & right_free[pair[order], j[order]]]
        if not len(order):
            return
        first = np.sort(np.unique(pair[order], return_index=True)[1])
        chosen = order[first]
        left_free[pair[chosen], i[chosen]] = False
        right_free[pair[chosen], j[chosen]] = False
        yield chosen
        rest = np.ones(len(order), np.bool_)
        rest[first] = False
        order = order[rest]


def _drop_cities(aligned: _Aligned, cities: Codes) -> Flags:
    """Let words of a record's city not count as left over; say which pairs had any."""
    dropped = np.zeros(len(cities), np.bool_)
    for words, over in ((aligned.left, aligned.left_over), (aligned.right, aligned.right_over)):
        for i in range(WIDTH):
            open_ = np.flatnonzero(over[:, i])
            is_city = open_[(words[open_, i, None] == cities[open_]).any(axis=1)]
            over[is_city, i] = False
            dropped[is_city] = True
    return dropped


def _judge(
    names: Names,
    left: Codes,
    right: Codes,
    aligned: _Aligned,
    *,
    persons: Flags,
    place: Flags,
) -> NDArray[np.int8]:
    left_rest, right_rest = aligned.left_over.any(axis=1), aligned.right_over.any(axis=1)
    outcome = np.full(len(left), NameOutcome.SAME, np.int8)
    outcome[aligned.spelled] = NameOutcome.SPELLING
    outcome[aligned.abbreviated] = NameOutcome.INITIAL
    one_side = left_rest ^ right_rest
    initial, generic = names.vocabulary.initial, names.vocabulary.generic | names.vocabulary.initial
    trade_left, trade_right = (
        np.where(persons, _only(initial, words, over), _only(generic, words, over))
        for words, over in (
            (aligned.left, aligned.left_over),
            (aligned.right, aligned.right_over),
        )
    )
    branch = _any(names.vocabulary.branch, aligned.left, aligned.left_over) | _any(
        names.vocabulary.branch, aligned.right, aligned.right_over
    )
    outcome[one_side] = NameOutcome.MORE
    outcome[one_side & trade_left & trade_right] = NameOutcome.MORE_TRADE
    both = left_rest & right_rest
    most = np.maximum(aligned.left_worth, aligned.right_worth)
    outcome[both] = NameOutcome.DIFFERENT
    outcome[both & (aligned.shared >= _HALF * most)] = NameOutcome.PART
    outcome[both & trade_left & trade_right & (aligned.shared > 0)] = NameOutcome.OTHER_TRADE
    outcome[one_side & branch] = NameOutcome.BRANCH
    outcome[place & ~left_rest & ~right_rest & ~persons] = NameOutcome.BRANCH
    nothing = aligned.shared == 0
    outcome[nothing] = NameOutcome.DIFFERENT
    outcome[both & persons & _same_given(aligned)] = NameOutcome.OTHER_SURNAME
    open_ = np.flatnonzero(both | nothing)
    open_ = open_[_lengths_close(names, left[open_], right[open_])]
    alike = similarities(
        names.squashed,
        left[open_],
        right[open_],
        scorer=JaroWinkler.similarity,
        least=_SQUASHED_ALIKE,
    )
    outcome[open_[alike >= _SQUASHED_ALIKE]] = NameOutcome.SPELLING
    open_ = np.flatnonzero(both)
    outcome[open_[_acronyms(names, aligned, open_)]] = NameOutcome.INITIAL
    return outcome


def _same_given(aligned: _Aligned) -> Flags:
    """Say whether the first word is all that agrees: a given name, for it is said first."""
    left_met = (aligned.left >= 0) & ~aligned.left_over
    right_met = (aligned.right >= 0) & ~aligned.right_over
    first: Flags = left_met[:, 0] & right_met[:, 0]
    return first & ~left_met[:, 1:].any(axis=1) & ~right_met[:, 1:].any(axis=1)


def _acronyms(names: Names, aligned: _Aligned, pairs: NDArray[np.int64]) -> Flags:
    """Say whether what is left over on one side is the initials of the other side's rest."""
    words = [*names.vocabulary.words, ""]
    found = np.zeros(len(pairs), np.bool_)
    left, left_over = aligned.left[pairs], aligned.left_over[pairs]
    right, right_over = aligned.right[pairs], aligned.right_over[pairs]
    lengths = np.append(names.vocabulary.length, 0)
    for one, one_over, other, other_over in (
        (left, left_over, right, right_over),
        (right, right_over, left, left_over),
    ):
        single = one_over.sum(axis=1) == 1
        word = one[np.arange(len(one)), one_over.argmax(axis=1)]
        size = other_over.sum(axis=1)
        maybe = np.flatnonzero(single & (size > 1) & (lengths[word] == size))
        for at in maybe.tolist():
            initials = "".join(words[code][0] for code in other[at][other_over[at]].tolist())
            found[at] |= initials == words[word[at]]
    return found


def _lengths_close(names: Names, left: Codes, right: Codes) -> Flags:
    one, other = names.squashed_lengths[left], names.squashed_lengths[right]
    return np.abs(one - other) <= 2


def _only(flag: Flags, words: Codes, over: NDArray[np.bool_]) -> Flags:
    return (np.append(flag, True)[words] | ~over).all(axis=1)


def _any(flag: Flags, words: Codes, over: NDArray[np.bool_]) -> Flags:
    return (np.append(flag, False)[words] & over).any(axis=1)
