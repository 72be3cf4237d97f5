"""How much the companies that an agency offers look like our customer, by name and by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import pandas as pd

from mastersync.domain.credit.model import AgencyCompany, CreditSubject
from mastersync.domain.resolution.compare_names import NameContext, NameOutcome, compare_names
from mastersync.domain.resolution.compare_places import PlaceOutcome, compare_places
from mastersync.domain.resolution.table import Table, read_table


class Likeness(IntEnum):
    """How two names or two places go together; UNSAID when one of them is not stated."""

    UNSAID = 0
    SAME = 1
    SIMILAR = 2
    DIFFERENT = 3


@dataclass(frozen=True, kw_only=True)
class Alike:
    """What name and place of one company say of our customer."""

    name: Likeness
    place: Likeness


_SAME_NAMES: Final = {NameOutcome.SAME, NameOutcome.SPELLING}
_SIMILAR_NAMES: Final = {
    NameOutcome.INITIAL,
    NameOutcome.MORE_TRADE,
    NameOutcome.MORE,
    NameOutcome.BRANCH,
    NameOutcome.PART,
}
_SAME_PLACES: Final = {
    PlaceOutcome.SAME_ADDRESS,
    PlaceOutcome.SAME_BUILDING,
    PlaceOutcome.SAME_DOOR,
    PlaceOutcome.SAME_POSTCODE,
}
_SIMILAR_PLACES: Final = {
    PlaceOutcome.NEAR_DOOR,
    PlaceOutcome.SAME_STREET,
    PlaceOutcome.OTHER_DOOR,
    PlaceOutcome.SAME_CITY,
    PlaceOutcome.MOVED_NEARBY,
    PlaceOutcome.MOVED,
}


def alike(subject: CreditSubject, found: Sequence[AgencyCompany]) -> list[Alike]:
    """Compare the subject with each company as the matcher compares two records."""
    if not found:
        return []
    table = read_table(_frame(subject, found))
    left = np.zeros(len(found), np.int32)
    right = np.arange(1, len(found) + 1, dtype=np.int32)
    places = compare_places(table.places, left, right)
    return [
        Alike(name=_name(NameOutcome(int(name))), place=_place(PlaceOutcome(int(place))))
        for name, place in zip(_names(table, left, right), places, strict=True)
    ]


def _frame(subject: CreditSubject, found: Sequence[AgencyCompany]) -> pd.DataFrame:
    asked = (subject.name, subject.street, subject.city, subject.postcode, subject.country)
    rows = [asked] + [
        (one.name, one.street, one.city, one.postcode, one.country or subject.country)
        for one in found
    ]
    return pd.DataFrame(rows, columns=["name", "street", "city", "postcode", "country"])


def _names(table: Table, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the outcome of each pair of names; all words count alike, there is no corpus."""
    city = table.places.city.codes
    compared = compare_names(
        table.names,
        table.names.codes[left],
        table.names.codes[right],
        rarity=np.ones(len(table.names.vocabulary.words), np.float32),
        context=NameContext(
            persons=np.zeros(len(right), np.bool_),
            cities=np.concatenate(
                (table.city_words[city[left]], table.city_words[city[right]]), axis=1
            ),
        ),
    )
    return compared.outcome


def _name(outcome: NameOutcome) -> Likeness:
    if outcome is NameOutcome.MISSING:
        return Likeness.UNSAID
    if outcome in _SAME_NAMES:
        return Likeness.SAME
    return Likeness.SIMILAR if outcome in _SIMILAR_NAMES else Likeness.DIFFERENT


def _place(outcome: PlaceOutcome) -> Likeness:
    if outcome is PlaceOutcome.MISSING:
        return Likeness.UNSAID
    if outcome in _SAME_PLACES:
        return Likeness.SAME
    return Likeness.SIMILAR if outcome in _SIMILAR_PLACES else Likeness.DIFFERENT
