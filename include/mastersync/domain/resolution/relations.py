"""Customers that belong together without being the same: sites, groups, households."""

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from mastersync.domain.resolution.compare import RARITIES, Comparison, ContactOutcome
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome
from mastersync.domain.resolution.table import PERSON, Table
from mastersync.domain.resolution.words import Flags


class Relation(StrEnum):
    """How two customers belong together."""

    SITE = "site"
    GROUP = "group"
    HOUSEHOLD = "household"


_SAME_NAME: Final = (NameOutcome.SAME, NameOutcome.SPELLING, NameOutcome.BRANCH)
_PART_OF_NAME: Final = (
    NameOutcome.MORE,
    NameOutcome.MORE_TRADE,
    NameOutcome.OTHER_TRADE,
    NameOutcome.SISTER,
    NameOutcome.PART,
)
_AT_ONE_DOOR: Final = (PlaceOutcome.SAME_ADDRESS, PlaceOutcome.SAME_BUILDING)


def relate(table: Table, comparison: Comparison, *, apart: Flags) -> pd.DataFrame:
    """Return the related pairs among those that are ``apart``: left, right, relation.

    A site has the company's name elsewhere; companies of a group share a part of the name that
    is not common, and a door, a mail domain or a tax number; a household shares name and door.
    """
    outcome = comparison.levels["name"] // RARITIES
    uncommon = comparison.levels["name"] % RARITIES > 0
    place = comparison.levels["place"]
    email = comparison.levels["email"]
    persons = (table.kind[comparison.left] == PERSON) & (table.kind[comparison.right] == PERSON)
    door = np.isin(place, _AT_ONE_DOOR)
    domain = (email >= ContactOutcome.DOMAIN_OWN) & (email <= ContactOutcome.DOMAIN_FEW)
    own = (email == ContactOutcome.SAME_OWN) | (
        comparison.levels["phone"] == ContactOutcome.SAME_OWN
    )
    site = (
        ~persons
        & np.isin(outcome, _SAME_NAME)
        & (uncommon | domain | own)
        & np.isin(place, (PlaceOutcome.OTHER_SITE, PlaceOutcome.ELSEWHERE))
    )
    group = ~persons & ~site & np.isin(outcome, _PART_OF_NAME) & (door | domain | own)
    related = (NameOutcome.PART, NameOutcome.OTHER_SURNAME, NameOutcome.GENERATION)
    household = persons & door & np.isin(outcome, related)
    found = apart & (site | group | household)
    kind = np.select([household, site], [Relation.HOUSEHOLD, Relation.SITE], default=Relation.GROUP)
    return pd.DataFrame(
        {
            "left": comparison.left[found],
            "right": comparison.right[found],
            "relation": kind[found],
        }
    )
