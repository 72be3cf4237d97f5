"""Two records compared as the engine compares them, among invented customers."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from mastersync.domain.resolution.compare import RARITIES, Comparison, compare
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome
from mastersync.domain.resolution.statistics import Statistics, count_statistics
from mastersync.domain.resolution.table import Table, read_table
from populations import companies

Record = Mapping[str, str]
# How common words are is told by these, so that a pair's own words are rare.
AMONG: Final[Statistics] = count_statistics(read_table(companies(300)))


def table_of(*records: Record) -> Table:
    """Read records, what they do not say being empty."""
    return read_table(pd.DataFrame(list(records), dtype=str).fillna(""))


def rows(*numbers: int) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    """Return rows as the engine numbers them."""
    return np.array(numbers, dtype=np.int32)


def compared(one: Record, other: Record, *, statistics: Statistics = AMONG) -> Comparison:
    """Compare two records."""
    return compare(table_of(one, other), rows(0), rows(1), statistics)


def level(aspect: str, one: Record, other: Record) -> int:
    """Return the level of one aspect of two records."""
    return int(compared(one, other).levels[aspect][0])


def of_names(one: Record, other: Record) -> NameOutcome:
    """Return what the names of two records say."""
    return NameOutcome(level("name", one, other) // RARITIES)


def of_places(one: Record, other: Record) -> PlaceOutcome:
    """Return what the places of two records say."""
    return PlaceOutcome(level("place", one, other))
