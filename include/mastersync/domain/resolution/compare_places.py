"""Compare places as one thing: a shared door is one agreement, not three."""

from collections.abc import Callable
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler

from mastersync.domain.resolution.places import WIDTH, Places
from mastersync.domain.resolution.similarity import share_letters, similarities
from mastersync.domain.resolution.words import Codes, Distinct


class PlaceOutcome(IntEnum):
    """What two addresses say; the order is from most to least alike."""

    MISSING = 0
    SAME_ADDRESS = 1
    SAME_BUILDING = 2
    SAME_DOOR = 3
    NEAR_DOOR = 4
    SAME_STREET = 5
    OTHER_DOOR = 6
    SAME_POSTCODE = 7
    SAME_CITY = 8
    MOVED_NEARBY = 9
    MOVED = 10
    ELSEWHERE = 11
    OTHER_SITE = 12


_STREET_ALIKE: Final = 0.87
_CITY_ALIKE: Final = 0.86
_NEAR: Final = 0.79
_NEAR_NUMBER: Final = 0.5

# How two parts of an address go together.
_UNKNOWN, _SAME, _NEARLY, _DIFFERENT = 0, 1, 2, 3


def compare_places(places: Places, left: Codes, right: Codes) -> NDArray[np.int8]:
    """Return the outcome of each pair of records (rows)."""
    street = _streets(places, left, right)
    door = _doors(places, left, right)
    unit = _exact(places.unit, places.street[left], places.street[right])
    postcode = _part(places.postcode, left, right, scorer=OSA.normalized_similarity, near=_NEAR)
    city = _part(places.city, left, right, scorer=JaroWinkler.similarity, near=_CITY_ALIKE)
    country = _part(places.country, left, right, scorer=None, near=1.0)
    outcome = np.full(len(left), PlaceOutcome.MISSING, np.int8)
    post_ok = (postcode == _SAME) | (postcode == _NEARLY)
    city_ok = (city == _SAME) | (city == _NEARLY)
    differs = ~post_ok & ~city_ok & ((postcode == _DIFFERENT) | (city == _DIFFERENT))
    outcome[city_ok] = PlaceOutcome.SAME_CITY
    outcome[postcode == _SAME] = PlaceOutcome.SAME_POSTCODE
    outcome[differs] = PlaceOutcome.ELSEWHERE
    other_street = street == _DIFFERENT
    outcome[other_street] = PlaceOutcome.MOVED
    outcome[other_street & (postcode == _SAME)] = PlaceOutcome.MOVED_NEARBY
    outcome[other_street & differs] = PlaceOutcome.ELSEWHERE
    alike = (street == _SAME) | (street == _NEARLY)
    outcome[alike & ~differs] = PlaceOutcome.SAME_STREET
    outcome[alike & ~differs & (door == _DIFFERENT)] = PlaceOutcome.OTHER_DOOR
    outcome[alike & ~differs & (door == _NEARLY)] = PlaceOutcome.NEAR_DOOR
    at_door = alike & (door == _SAME)
    outcome[at_door] = PlaceOutcome.SAME_DOOR
    outcome[at_door & (post_ok | city_ok)] = PlaceOutcome.SAME_ADDRESS
    outcome[at_door & (unit == _DIFFERENT)] = PlaceOutcome.SAME_BUILDING
    outcome[country == _DIFFERENT] = PlaceOutcome.ELSEWHERE
    return outcome


def _part(
    column: Distinct,
    left: Codes,
    right: Codes,
    *,
    scorer: Callable[..., float] | None,
    near: float,
) -> NDArray[np.int8]:
    one, other = column.codes[left], column.codes[right]
    result = np.full(len(left), _UNKNOWN, np.int8)
    said = (one >= 0) & (other >= 0)
    result[said] = _DIFFERENT
    result[said & (one == other)] = _SAME
    if scorer is not None:
        open_ = np.flatnonzero(result == _DIFFERENT)
        alike = similarities(column.values, one[open_], other[open_], scorer=scorer, least=near)
        result[open_[alike >= near]] = _NEARLY
    return result


def _exact(codes: Codes, left: Codes, right: Codes) -> NDArray[np.int8]:
    of = np.append(codes, np.int32(-1))
    one, other = of[left], of[right]
    result = np.full(len(left), _UNKNOWN, np.int8)
    said = (one >= 0) & (other >= 0)
    result[said] = np.where(one[said] == other[said], _SAME, _DIFFERENT)
    return result


def _doors(places: Places, left: Codes, right: Codes) -> NDArray[np.int8]:
    of = np.append(places.door, np.int32(-1))
    one, other = of[places.street[left]], of[places.street[right]]
    result = _exact(places.door, places.street[left], places.street[right])
    open_ = np.flatnonzero(result == _DIFFERENT)
    alike = similarities(
        places.vocabulary, one[open_], other[open_], scorer=OSA.normalized_similarity
    )
    # 12 and 21, 112 and 12 may be a slip; 4 and 5 are neighbours.
    result[open_[alike >= _NEAR_NUMBER]] = _NEARLY
    return result


def _streets(places: Places, left: Codes, right: Codes) -> NDArray[np.int8]:
    """Compare the names of streets; a name that holds the other whole is the same."""
    one, other = places.street[left], places.street[right]
    result = np.full(len(left), _UNKNOWN, np.int8)
    named = np.append(places.words[:, 0] >= 0, False)
    said = np.flatnonzero(named[one] & named[other])
    one, other = one[said], other[said]
    a, b = places.words[one], places.words[other]
    equal = np.zeros(len(said), np.int32)
    for i in range(WIDTH):
        for j in range(WIDTH):
            equal += (a[:, i] == b[:, j]) & (a[:, i] >= 0)
    least = np.minimum((a >= 0).sum(axis=1), (b >= 0).sum(axis=1))
    found = np.full(len(said), _DIFFERENT, np.int8)
    found[equal >= least] = _SAME
    found[(found == _DIFFERENT) & (equal * 2 > least)] = _NEARLY
    open_ = np.flatnonzero(found == _DIFFERENT)
    open_ = open_[share_letters(places.letters[one[open_]], places.letters[other[open_]])]
    used, codes = np.unique(np.concatenate((one[open_], other[open_])), return_inverse=True)
    alike = similarities(
        places.squashed(used),
        codes[: len(open_)],
        codes[len(open_) :],
        scorer=JaroWinkler.similarity,
    )
    found[open_[alike >= _STREET_ALIKE]] = _NEARLY
    result[said] = found
    return result
