"""Compare two names by what they share and by what is left over on each side."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz.distance import OSA, JaroWinkler

from mastersync.domain.matching.vocabulary import GENERATIONS, GENERIC_WORDS, NICKNAMES

_LONG_ENOUGH_FOR_TYPOS = 4
_SIMILAR_WORDS = 0.74
_SIMILAR_START = 0.9
_GARBLED = 0.55
_SHORTEST_ABBREVIATION = 3
_TWO = 2


class NameOutcome(StrEnum):
    """How two names compare, from the same to another one."""

    SAME = "same"
    SAME_PLAIN = "same_plain"  # the same, of few distinctive words: others may bear it
    CLOSE = "close"  # spelling, order, abbreviation, nickname
    TRADE_ADDED = "trade_added"  # one says a general word more
    ADDED = "added"  # one says a distinctive word more
    INITIAL = "initial"  # surname and an initial
    PART_ALIKE = "part_alike"  # one word agrees, the other is garbled
    TRADE_DIFFERS = "trade_differs"  # each says another general word
    PART_DIFFERS = "part_differs"  # a distinctive word agrees, another does not
    DIFFERS = "differs"


@dataclass(frozen=True, kw_only=True, slots=True)
class NameComparison:
    """The outcome, and the words that only one of the names has."""

    outcome: NameOutcome
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()


@dataclass(slots=True)
class _Alignment:
    """Words of two names paired off: equal, alike, initials; and what is left over."""

    equal: list[str]
    alike: list[str]
    initials: int
    left: list[str]
    right: list[str]

    def comparison(self, outcome: NameOutcome) -> NameComparison:
        return NameComparison(
            outcome=outcome, only_left=tuple(self.left), only_right=tuple(self.right)
        )


def compare_company_names(
    left: tuple[str, ...], right: tuple[str, ...], *, cities: frozenset[str]
) -> NameComparison:
    """Compare names without their legal forms; a word of ``cities`` tells little, like a trade."""
    common = GENERIC_WORDS | cities
    if sorted(left) == sorted(right):
        distinctive = sum(word not in common for word in left)
        is_plain = distinctive < _TWO
        return NameComparison(outcome=NameOutcome.SAME_PLAIN if is_plain else NameOutcome.SAME)
    found = _align(left, right, nicknames=False)
    if not any(word not in common for word in (*found.equal, *found.alike)):
        # Nothing distinctive agrees: what general words agree is no reason to call it the same.
        everything = found.left or found.right
        return found.comparison(NameOutcome.DIFFERS if everything else NameOutcome.CLOSE)
    own_left = [word for word in found.left if word not in common]
    own_right = [word for word in found.right if word not in common]
    if own_left and own_right:
        outcome = NameOutcome.PART_DIFFERS
    elif own_left or own_right:
        outcome = NameOutcome.ADDED
        if found.left and found.right:
            outcome = NameOutcome.PART_DIFFERS
    elif found.left and found.right:
        outcome = NameOutcome.TRADE_DIFFERS
    elif found.left or found.right:
        outcome = NameOutcome.TRADE_ADDED
    else:
        outcome = NameOutcome.CLOSE
    return found.comparison(outcome)


def compare_person_names(left: tuple[str, ...], right: tuple[str, ...]) -> NameComparison:
    """Compare names without titles, in any order: sources write surnames first and last."""
    if GENERATIONS.intersection(left) ^ GENERATIONS.intersection(right):
        return NameComparison(outcome=NameOutcome.PART_DIFFERS)
    if left == right and len(left) >= _TWO:
        return NameComparison(outcome=NameOutcome.SAME)
    found = _align(left, right, nicknames=True)
    full = len(found.equal) + len(found.alike)
    if found.left and found.right:
        outcome = NameOutcome.DIFFERS
        if full:
            garbled = all(_is_garbled(word, found.right) for word in found.left)
            outcome = NameOutcome.PART_ALIKE if garbled else NameOutcome.PART_DIFFERS
    elif full >= _TWO:
        outcome = NameOutcome.CLOSE if found.alike else NameOutcome.SAME
    elif full and found.initials and max(map(len, (*found.left, *found.right, ""))) <= 1:
        outcome = NameOutcome.INITIAL
    else:
        outcome = NameOutcome.ADDED if full else NameOutcome.DIFFERS
    return found.comparison(outcome)


def alike(left: str, right: str) -> bool:
    """Say whether two words are one word with a slip of the pen."""
    if min(len(left), len(right)) < _LONG_ENOUGH_FOR_TYPOS:
        return False
    return (
        OSA.normalized_similarity(left, right, score_cutoff=_SIMILAR_WORDS) > 0
        or JaroWinkler.similarity(left, right, score_cutoff=_SIMILAR_START) > 0
    )


def _is_garbled(word: str, others: list[str]) -> bool:
    """Say whether a word may be another one, misheard or mistyped more than once."""
    if len(word) < _LONG_ENOUGH_FOR_TYPOS:
        return False
    return any(
        len(other) >= _LONG_ENOUGH_FOR_TYPOS and OSA.normalized_similarity(word, other) >= _GARBLED
        for other in others
    )


def _align(left: tuple[str, ...], right: tuple[str, ...], *, nicknames: bool) -> _Alignment:
    """Pair the words off, the surest kind of agreement first."""
    found = _Alignment(equal=[], alike=[], initials=0, left=list(left), right=list(right))
    for word in left:
        if word in found.right:
            found.left.remove(word)
            found.right.remove(word)
            found.equal.append(word)
    _pair_joined(found)
    _pair_respaced(found)
    _pair_alike(found, nicknames=nicknames)
    if nicknames:
        _pair_initials(found)
    return found


def _pair_alike(found: _Alignment, *, nicknames: bool) -> None:
    for word in tuple(found.left):
        for other in found.right:
            same_nickname = nicknames and word in NICKNAMES
            if (
                alike(word, other)
                or (same_nickname and NICKNAMES.get(other) == NICKNAMES[word])
                or (not nicknames and _abbreviates(word, other))
            ):
                found.left.remove(word)
                found.right.remove(other)
                found.alike.append(max(word, other, key=len))
                break


def _abbreviates(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(short) >= _SHORTEST_ABBREVIATION and long.startswith(short)


def _pair_joined(found: _Alignment) -> None:
    """Pair what one side writes in one word and the other in two: "Bel Air", "Belair"."""
    for ones, others in ((found.left, found.right), (found.right, found.left)):
        for first, second in pairwise(tuple(others)):
            if first + second in ones:
                ones.remove(first + second)
                others.remove(first)
                others.remove(second)
                found.alike.append(first + second)
                return


def _pair_respaced(found: _Alignment) -> None:
    """Pair two remainders that differ in their spaces: "Villega sFoods", "Villegas Foods"."""
    if not (found.left and found.right):
        return
    one, other = "".join(found.left), "".join(found.right)
    if max(len(found.left), len(found.right)) > 1 and (one == other or alike(one, other)):
        found.alike.append(one)
        found.left, found.right = [], []


def _pair_initials(found: _Alignment) -> None:
    for word in tuple(found.left):
        for other in found.right:
            if min(len(word), len(other)) == 1 and word[0] == other[0]:
                found.left.remove(word)
                found.right.remove(other)
                found.initials += 1
                break
