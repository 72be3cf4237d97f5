"""Numbers that keep records apart: two entities with a valid number each are two."""

import numpy as np

from mastersync.domain.resolution.identifiers import Numbers
from mastersync.domain.resolution.table import Table
from mastersync.domain.resolution.vocabulary.identifiers import checks
from mastersync.domain.resolution.words import Codes, Longs


def valid_numbers(table: Table, component: Longs) -> tuple[Codes, ...]:
    """Return, for each kind of number, the entity that each record is by it; -1 if unsure.

    A number counts when its check digit proves it. Only the records of components with
    several numbers are looked at, as only there a number can keep records apart.

    Args:
        component: Of each row, the smallest row that it may be joined with.
    """
    return tuple(
        _valid(table, numbers, component)
        for numbers in (table.tax_id, table.registration_number)
        if numbers.entity.values
    )


def _valid(table: Table, numbers: Numbers, component: Longs) -> Codes:
    entity = np.full(len(table), -1, dtype=np.int32)
    said = np.flatnonzero(numbers.entity.codes >= 0)
    pairs = np.unique(np.column_stack((component[said], numbers.entity.codes[said])), axis=0)
    several = np.zeros(len(table), np.bool_)
    several[pairs[1:, 0][pairs[1:, 0] == pairs[:-1, 0]]] = True
    country = table.places.country
    for row in said[several[component[said]]].tolist():
        number = numbers.column.values[numbers.column.codes[row]]
        place = country.values[country.codes[row]] if country.codes[row] >= 0 else ""
        if _is_proved(number, place):
            entity[row] = numbers.entity.codes[row]
    return entity


def _is_proved(number: str, country: str) -> bool:
    """Say whether a number passes a check that a slip would not pass.

    Some formats have no check digit: an American EIN passes with nearly any digits.
    """
    if not checks(number, country):
        return False
    at = max(place for place, sign in enumerate(number) if sign.isdigit())
    slipped = f"{number[:at]}{(int(number[at]) + 1) % 10}{number[at + 1 :]}"
    return not checks(slipped, country)
