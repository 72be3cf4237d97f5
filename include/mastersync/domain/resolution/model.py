"""What each outcome weighs: a table to start from, and what the records themselves teach."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Self, cast

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.compare import (
    RARITIES,
    Comparison,
    ContactOutcome,
    FormOutcome,
    KindOutcome,
    NumberOutcome,
    OtherOutcome,
)
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome

LogOdds = NDArray[np.float64]
LOUDEST: Final = 8.0

# Natural log-odds, judged from what each outcome says, and rounded; where a name's words are
# common, middling and rare.
_NAME: Final[Mapping[NameOutcome, tuple[float, float, float]]] = {
    NameOutcome.MISSING: (0.0, 0.0, 0.0),
    NameOutcome.SAME: (2.5, 4.5, 5.5),
    NameOutcome.SPELLING: (2.0, 3.5, 4.5),
    NameOutcome.INITIAL: (0.5, 2.0, 3.0),
    NameOutcome.MORE_TRADE: (0.0, 2.0, 3.0),
    NameOutcome.MORE: (-0.5, 1.0, 2.0),
    NameOutcome.BRANCH: (-2.0, -1.0, 0.0),
    NameOutcome.OTHER_TRADE: (-5.0, -3.0, -1.5),
    NameOutcome.OTHER_SURNAME: (-3.0, -2.0, -1.0),
    NameOutcome.PART: (-6.0, -3.5, -1.5),
    NameOutcome.DIFFERENT: (-5.0, -5.0, -3.0),
    NameOutcome.GENERATION: (-4.0, -3.0, -2.0),
    NameOutcome.SISTER: (-4.0, -3.0, -2.5),
}
_PLACE: Final[Mapping[PlaceOutcome, float]] = {
    PlaceOutcome.MISSING: 0.0,
    PlaceOutcome.SAME_ADDRESS: 3.5,
    PlaceOutcome.SAME_BUILDING: 0.5,
    PlaceOutcome.SAME_DOOR: 1.5,
    PlaceOutcome.NEAR_DOOR: 1.5,
    PlaceOutcome.SAME_STREET: 2.5,
    PlaceOutcome.OTHER_DOOR: -0.5,
    PlaceOutcome.SAME_POSTCODE: 2.0,
    PlaceOutcome.SAME_CITY: 0.7,
    PlaceOutcome.MOVED_NEARBY: 0.5,
    PlaceOutcome.MOVED: -1.5,
    PlaceOutcome.ELSEWHERE: -2.5,
    PlaceOutcome.OTHER_SITE: -5.0,
}
_CONTACT: Final[Mapping[ContactOutcome, float]] = {
    ContactOutcome.MISSING: 0.0,
    ContactOutcome.SAME_OWN: 4.5,
    ContactOutcome.SAME_FEW: 2.0,
    ContactOutcome.SAME_MANY: -0.5,
    ContactOutcome.NEAR: 3.5,
    ContactOutcome.SAME_LOCAL: 2.0,
    ContactOutcome.DOMAIN_OWN: 1.8,
    ContactOutcome.DOMAIN_FEW: 1.0,
    ContactOutcome.DOMAIN_MANY: 0.0,
    ContactOutcome.DIFFERENT: -1.0,
}
_NUMBER: Final[Mapping[NumberOutcome, float]] = {
    NumberOutcome.MISSING: 0.0,
    NumberOutcome.SAME: 6.0,
    NumberOutcome.NEAR: 2.5,
    NumberOutcome.PART: 2.0,
    NumberOutcome.DIFFERENT: -6.0,
    NumberOutcome.FAR: -6.0,
}
_DATE: Final[Mapping[NumberOutcome, float]] = {
    NumberOutcome.MISSING: 0.0,
    NumberOutcome.SAME: 4.5,
    NumberOutcome.NEAR: 2.5,
    NumberOutcome.PART: 0.0,
    NumberOutcome.DIFFERENT: -4.0,
    NumberOutcome.FAR: -7.0,
}
_OTHER: Final[Mapping[int, float]] = {
    OtherOutcome.MISSING: 0.0,
    OtherOutcome.SAME: 1.0,
    OtherOutcome.ALIKE: 0.7,
    OtherOutcome.DIFFERENT: -0.5,
}
_KIND: Final[Mapping[KindOutcome, float]] = {
    KindOutcome.MISSING: 0.0,
    KindOutcome.PERSONS: 0.0,
    KindOutcome.DIFFERENT: -4.0,
}
_FORM: Final[Mapping[FormOutcome, float]] = {
    FormOutcome.MISSING: 0.0,
    FormOutcome.SAME: 0.3,
    FormOutcome.DIFFERENT: -1.5,
}
_PRIOR: Final = -3.0
_WORTH_A_LOOK: Final = 1.0
_TABLES: Final[Mapping[str, Mapping[int, float]]] = {
    "place": {int(level): weight for level, weight in _PLACE.items()},
    "phone": {int(level): weight for level, weight in _CONTACT.items()},
    "email": {int(level): weight for level, weight in _CONTACT.items()},
    "tax_id": {int(level): weight for level, weight in _NUMBER.items()},
    "registration_number": {int(level): weight for level, weight in _NUMBER.items()},
    "date_of_birth": {int(level): weight for level, weight in _DATE.items()},
    "legal_form": {int(level): weight for level, weight in _FORM.items()},
    "kind": {int(level): weight for level, weight in _KIND.items()},
}


# One site is one agreement when the names conflict: tenants, subsidiaries and families share
# door, phone and mailbox together.
_SITE_ASPECTS: Final = ("place", "phone", "email", "website")
_MOST_FOR_A_SITE: Final = 3.0
# And hardly more when one of the two has no name.
_MOST_UNNAMED: Final = 4.5
# A person's own mailbox beside the day of birth is no accident of the household.
_ONE_MAILBOX: Final = (ContactOutcome.SAME_OWN, ContactOutcome.NEAR, ContactOutcome.SAME_LOCAL)


def names_conflict(levels: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Say of each name level whether it is of two names that contradict each other."""
    outcome = levels // RARITIES
    conflict: NDArray[np.bool_] = (
        (outcome == NameOutcome.OTHER_TRADE)
        | (outcome == NameOutcome.PART)
        | (outcome == NameOutcome.DIFFERENT)
        | (outcome == NameOutcome.GENERATION)
    )
    return conflict


def contradicts(levels: Mapping[str, NDArray[np.int8]]) -> NDArray[np.bool_]:
    """Say of each pair whether its names, or its years of birth, are of two parties."""
    conflict = names_conflict(levels["name"])
    if "date_of_birth" in levels:
        conflict = conflict | (levels["date_of_birth"] == NumberOutcome.FAR)
    return conflict


def may_be_twins(levels: Mapping[str, NDArray[np.int8]]) -> NDArray[np.bool_]:
    """Say of which pairs names and mailboxes contradict each other on one day of birth.

    Twins share it as they share the door; a mailbox they do not share.
    """
    if "date_of_birth" not in levels or "email" not in levels:
        return np.zeros(len(levels["name"]), np.bool_)
    twins: NDArray[np.bool_] = (
        contradicts(levels)
        & (levels["date_of_birth"] == NumberOutcome.SAME)
        & (levels["email"] == ContactOutcome.DIFFERENT)
    )
    return twins


@cache
def starting_weights(aspect: str) -> LogOdds:
    """Return the table's log-odds of each level of an aspect; not to be written to."""
    table = _TABLES.get(aspect, _OTHER)
    weights = np.array([table[level] for level in sorted(table)])
    if aspect == "name":
        weights = np.zeros(len(NameOutcome) * RARITIES)
        for outcome, by_rarity in _NAME.items():
            weights[outcome * RARITIES : (outcome + 1) * RARITIES] = by_rarity
    weights.setflags(write=False)
    return weights


@dataclass(frozen=True, kw_only=True)
class Model:
    """Log-odds by aspect and level, and of a pair before anything is compared."""

    prior: float
    weights: dict[str, LogOdds]

    def score(self, comparison: Comparison) -> LogOdds:
        """Return the log-odds of each pair being the same."""
        total = np.full(len(comparison), self.prior)
        for aspect, levels in comparison.levels.items():
            total += self.of(aspect)[levels]
        return total - self.counted_twice(comparison.levels)

    def counted_twice(self, levels: Mapping[str, NDArray[np.int8]]) -> LogOdds:
        """Return what door, phone, mailbox and website of each pair weigh beyond one agreement."""
        site = np.zeros(len(levels["name"]))
        for aspect in filter(levels.__contains__, _SITE_ASPECTS):
            site += self.of(aspect)[levels[aspect]]
        conflict = contradicts(levels)
        most = np.where(levels["name"] == NameOutcome.MISSING, _MOST_UNNAMED, np.inf)
        most = np.where(conflict, _MOST_FOR_A_SITE, most)
        if "date_of_birth" in levels and "email" in levels:
            born, mail = levels["date_of_birth"], levels["email"]
            own = conflict & (born == NumberOutcome.SAME) & np.isin(mail, _ONE_MAILBOX)
            most += np.where(own, self.of("email")[mail], 0.0)
            site += np.where(may_be_twins(levels), self.of("date_of_birth")[born], 0.0)
        excess: LogOdds = np.maximum(site - most, 0.0)
        return excess

    def of(self, aspect: str) -> LogOdds:
        """Return an aspect's weights; an aspect that was never learned has the table's."""
        found = self.weights.get(aspect)
        if found is None:
            return starting_weights(aspect)
        # Weights that were kept before a level was known have the table's for it.
        table = starting_weights(aspect)
        return found if len(found) == len(table) else np.append(found, table[len(found) :])

    def to_json(self) -> dict[str, object]:
        """Return the model as plain values."""
        weights = {aspect: found.round(4).tolist() for aspect, found in self.weights.items()}
        return {"prior": round(self.prior, 4), "weights": weights}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Self:
        """Read what ``to_json`` wrote."""
        weights = cast("Mapping[str, list[float]]", value["weights"])
        return cls(
            prior=cast("float", value["prior"]),
            weights={aspect: np.array(found, np.float64) for aspect, found in weights.items()},
        )


DEFAULT_MODEL: Final = Model(prior=_PRIOR, weights={})


def hold_unnamed(comparison: Comparison, odds: LogOdds, *, named: bool) -> LogOdds:
    """Return log-odds where, unless records have names, pairs are at most worth a look.

    A door, a phone and a mailbox are shared by tenants and families; without a name only a
    number or a date of birth tells who it is.
    """
    if named:
        return odds
    told = np.zeros(len(comparison), np.bool_)
    for aspect in ("tax_id", "registration_number", "date_of_birth"):
        told |= comparison.levels[aspect] == NumberOutcome.SAME
    return np.where(told, odds, np.minimum(odds, _WORTH_A_LOOK))
