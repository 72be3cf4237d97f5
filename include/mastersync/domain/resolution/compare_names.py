"""Compare names by what they share, and by what is left over on each side."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from mastersync.domain.resolution.align_names import Aligned, Positions, Weights, align
from mastersync.domain.resolution.names import WIDTH, Names
from mastersync.domain.resolution.similarity import similarities
from mastersync.domain.resolution.words import Codes, Flags, any_in_row


class NameOutcome(IntEnum):
    """What two names say."""

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
    SISTER = 12


@dataclass(frozen=True, kw_only=True)
class NameComparison:
    """Outcome by pair, and ``shared``: how rare the agreeing words are, in nats."""

    outcome: NDArray[np.int8]
    shared: Weights


@dataclass(frozen=True, kw_only=True)
class NameContext:
    """What else is known of each pair: whether both are persons, and the words of their cities."""

    persons: Flags
    cities: Codes


_RUN_TOGETHER: Final = 0.94
_RUN_TOGETHER_LENGTH: Final = 2
_HALF: Final = 0.5
_GENERIC_WORTH: Final = 0.35


def compare_names(
    names: Names, left: Codes, right: Codes, *, rarity: Weights, context: NameContext
) -> NameComparison:
    """Compare the names of pairs of records.

    Args:
        left: Distinct-name code of each pair's left record, -1 where it has none.
        right: Likewise.
        rarity: Of each vocabulary word, ``log(records / records that have it)``.
    """
    outcome = np.full(len(left), NameOutcome.MISSING, np.int8)
    shared = np.zeros(len(left), np.float32)
    generic = np.where(names.vocabulary.generic, _GENERIC_WORTH, 1.0)
    worth = np.append(rarity * generic, 0.0).astype(np.float32)
    said = np.flatnonzero((left >= 0) & (right >= 0))
    same = left[said] == right[said]
    equal, rest = said[same], said[~same]
    outcome[equal] = NameOutcome.SAME
    shared[equal] = worth[names.core[left[equal]]].sum(axis=1)
    aligned = align(names, names.core[left[rest]], names.core[right[rest]], worth)
    with_city = _drop_cities(aligned, context.cities[rest])
    judge = _Judge(names, aligned, persons=context.persons[rest], with_city=with_city)
    outcome[rest] = judge.outcomes(left[rest], right[rest])
    shared[rest] = aligned.shared
    one, other = names.generation[left[said]], names.generation[right[said]]
    outcome[said[context.persons[said] & (one != other)]] = NameOutcome.GENERATION
    # "Kestrel II" is not "Kestrel", even where nothing tells that these are companies.
    alike = (outcome[said] == NameOutcome.SAME) | (outcome[said] == NameOutcome.SPELLING)
    outcome[said[alike & (one != other)]] = NameOutcome.SISTER
    return NameComparison(outcome=outcome, shared=shared)


def _drop_cities(aligned: Aligned, cities: Codes) -> Flags:
    """Let words of a record's city not count as left over; say which pairs had any."""
    dropped = np.zeros(len(cities), np.bool_)
    for words, over in ((aligned.left, aligned.left_over), (aligned.right, aligned.right_over)):
        for i in range(WIDTH):
            open_ = np.flatnonzero(over[:, i])
            is_city = open_[(words[open_, i, None] == cities[open_]).any(axis=1)]
            over[is_city, i] = False
            dropped[is_city] = True
    return dropped


class _Judge:
    """Turns aligned words into outcomes."""

    def __init__(self, names: Names, aligned: Aligned, *, persons: Flags, with_city: Flags) -> None:
        self._names = names
        self._aligned = aligned
        self._persons = persons
        self._with_city = with_city
        self._left_rest = any_in_row(aligned.left_over)
        self._right_rest = any_in_row(aligned.right_over)

    def outcomes(self, left: Codes, right: Codes) -> NDArray[np.int8]:
        """Return the outcome of each pair of different distinct names."""
        aligned = self._aligned
        outcome = np.full(len(left), NameOutcome.SAME, np.int8)
        outcome[aligned.spelled] = NameOutcome.SPELLING
        outcome[aligned.abbreviated] = NameOutcome.INITIAL
        whole = ~self._left_rest & ~self._right_rest
        outcome[self._with_city & whole & ~self._persons] = NameOutcome.BRANCH
        trade = self._only_trade()
        one_side = self._left_rest ^ self._right_rest
        outcome[one_side] = NameOutcome.MORE
        outcome[one_side & trade] = NameOutcome.MORE_TRADE
        vocabulary = self._names.vocabulary
        sister = one_side & ~self._persons & self._left_over(vocabulary.sister)
        outcome[sister] = NameOutcome.SISTER
        outcome[one_side & self._left_over(vocabulary.branch)] = NameOutcome.BRANCH
        both = self._left_rest & self._right_rest
        nothing = aligned.shared == 0
        most = np.maximum(aligned.left_worth, aligned.right_worth)
        outcome[both & (aligned.shared >= _HALF * most)] = NameOutcome.PART
        outcome[both & (aligned.shared < _HALF * most)] = NameOutcome.DIFFERENT
        outcome[both & trade & ~self._persons] = NameOutcome.OTHER_TRADE
        outcome[nothing] = NameOutcome.DIFFERENT
        outcome[both & self._persons & self._same_given()] = NameOutcome.OTHER_SURNAME
        parted = both | nothing | (one_side & aligned.abbreviated)
        outcome[self._run_together(left, right, parted)] = NameOutcome.SPELLING
        outcome[self._acronyms(both)] = NameOutcome.INITIAL
        return outcome

    def _only_trade(self) -> Flags:
        """Say whether all that is left over are words of trade; for persons, initials."""
        vocabulary, aligned = self._names.vocabulary, self._aligned
        light = np.append(vocabulary.generic | vocabulary.initial, True)
        initial = np.append(vocabulary.initial, True)
        only = np.ones(len(self._persons), np.bool_)
        for words, over in ((aligned.left, aligned.left_over), (aligned.right, aligned.right_over)):
            for i in range(WIDTH):
                at = np.flatnonzero(over[:, i])
                word = words[at, i]
                only[at] &= np.where(self._persons[at], initial[word], light[word])
        return only

    def _left_over(self, known: Flags) -> Flags:
        """Say whether a word of a kind is left over: one like "branch", or like "holding"."""
        aligned = self._aligned
        of_kind = np.append(known, False)
        left = any_in_row(of_kind[aligned.left] & aligned.left_over)
        return left | any_in_row(of_kind[aligned.right] & aligned.right_over)

    def _same_given(self) -> Flags:
        """Say whether the first word is all that agrees: a given name, for it is said first."""
        aligned = self._aligned
        left_met = (aligned.left >= 0) & ~aligned.left_over
        right_met = (aligned.right >= 0) & ~aligned.right_over
        first: Flags = left_met[:, 0] & right_met[:, 0]
        return first & ~left_met[:, 1:].any(axis=1) & ~right_met[:, 1:].any(axis=1)

    def _run_together(self, left: Codes, right: Codes, asked: Flags) -> Positions:
        """Return the pairs whose names are alike once all blanks are gone."""
        lengths = self._names.squashed_lengths
        close = np.abs(lengths[left] - lengths[right]) <= _RUN_TOGETHER_LENGTH
        pairs = np.flatnonzero(asked & close)
        alike = similarities(
            self._names.squashed,
            left[pairs],
            right[pairs],
            scorer=JaroWinkler.similarity,
            least=_RUN_TOGETHER,
        )
        pairs = pairs[alike >= _RUN_TOGETHER]
        names = self._names.squashed
        same = [
            _digits(names[one]) == _digits(names[other])
            for one, other in zip(left[pairs].tolist(), right[pairs].tolist(), strict=True)
        ]
        return pairs[np.array(same, dtype=np.bool_)]

    def _acronyms(self, asked: Flags) -> Positions:
        """Return the pairs where one side's rest is the initials of the other side's rest."""
        aligned = self._aligned
        pairs = np.flatnonzero(asked)
        left = (aligned.left[pairs], aligned.left_over[pairs])
        right = (aligned.right[pairs], aligned.right_over[pairs])
        return pairs[self._initials_of(*left, *right) | self._initials_of(*right, *left)]

    def _initials_of(self, one: Codes, one_over: Flags, other: Codes, other_over: Flags) -> Flags:
        vocabulary = self._names.vocabulary
        found = np.zeros(len(one), np.bool_)
        word = one[np.arange(len(one)), one_over.argmax(axis=1)]
        size = other_over.sum(axis=1)
        fits = (one_over.sum(axis=1) == 1) & (size > 1) & (vocabulary.length[word] == size)
        for at in np.flatnonzero(fits).tolist():
            initials = [vocabulary.words[code][0] for code in other[at][other_over[at]]]
            found[at] = "".join(initials) == vocabulary.words[word[at]]
        return found


def _digits(name: str) -> str:
    """Return the digits of a name; other ones make another name, and are no slip."""
    return "".join(filter(str.isdigit, name))
