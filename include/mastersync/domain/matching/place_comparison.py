"""Compare two addresses as one thing: street, number, postcode and city count once."""

from collections.abc import Callable
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from mastersync.domain.matching.features import Place

_SIMILAR_STREET = 80.0
_SIMILAR_CITY = 80.0
_LONG_ENOUGH_FOR_A_SLIP = 4
_LONG_ENOUGH_FOR_A_START = 5


class PlaceOutcome(StrEnum):
    """How two addresses compare, from the same to another one."""

    SAME_ADDRESS = "same_address"
    SAME_DOOR = "same_door"  # the city has another name, as suburbs do
    SAME_STREET = "same_street"  # one does not say the house number
    OTHER_NUMBER = "other_number"
    SAME_POSTCODE = "same_postcode"  # one does not say the street
    SAME_CITY = "same_city"  # one does not say the street
    MOVED_NEARBY = "moved_nearby"  # another street of the same area
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


def compare_places(left: Place, right: Place) -> PlaceOutcome:
    """Return how two addresses compare; what one of them does not say never counts against."""
    same_postcode = _agree(left.postcode, right.postcode, _alike_postcodes)
    same_city = _agree(left.city, right.city, _alike_cities)
    same_area = same_postcode or same_city
    other_area = same_area is False or (same_postcode is False and not same_city)
    same_street = _agree(left.street, right.street, _alike_streets)
    if same_street is None:
        if same_postcode or other_area:
            return PlaceOutcome.ELSEWHERE if other_area else PlaceOutcome.SAME_POSTCODE
        return PlaceOutcome.SAME_CITY if same_city else PlaceOutcome.UNKNOWN
    if not same_street:
        return PlaceOutcome.ELSEWHERE if other_area else PlaceOutcome.MOVED_NEARBY
    same_number = _agree(left.number, right.number, _equal)
    if other_area:
        has_door = same_number and same_postcode is None
        return PlaceOutcome.SAME_DOOR if has_door else PlaceOutcome.ELSEWHERE
    if same_number is None:
        return PlaceOutcome.SAME_STREET
    return PlaceOutcome.SAME_ADDRESS if same_number else PlaceOutcome.OTHER_NUMBER


def _agree(left: str, right: str, alike: Callable[[str, str], bool]) -> bool | None:
    """Return None when one side does not say."""
    return alike(left, right) if left and right else None


def _equal(left: str, right: str) -> bool:
    return left == right


def _alike_postcodes(left: str, right: str) -> bool:
    return left == right or OSA.distance(left, right, score_cutoff=1) <= 1


def _alike_cities(left: str, right: str) -> bool:
    # "New York" and "New York City": one name holds the other.
    return left == right or fuzz.token_set_ratio(left, right) >= _SIMILAR_CITY


def _alike_streets(left: str, right: str) -> bool:
    if left == right or fuzz.token_sort_ratio(left, right) >= _SIMILAR_STREET:
        return True
    if min(len(left), len(right)) >= _LONG_ENOUGH_FOR_A_SLIP and OSA.distance(left, right) == 1:
        return True
    # "Tuthill" and "Tuthillplace": a missing space hides the street's type.
    short, long = sorted((left, right), key=len)
    return len(short) >= _LONG_ENOUGH_FOR_A_START and long.startswith(short)
