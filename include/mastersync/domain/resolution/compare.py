"""Compare pairs of records aspect by aspect; each aspect ends in one level."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler

from mastersync.domain.resolution.align_names import Weights
from mastersync.domain.resolution.compare_names import (
    NameContext,
    NameOutcome,
    compare_names,
)
from mastersync.domain.resolution.compare_places import PlaceOutcome, compare_places
from mastersync.domain.resolution.identifiers import Numbers
from mastersync.domain.resolution.names import GIVEN, SURNAME
from mastersync.domain.resolution.similarity import similarities
from mastersync.domain.resolution.statistics import (
    Statistics,
    domain_hashes,
    email_hashes,
    phone_hashes,
)
from mastersync.domain.resolution.table import COMPANY, PERSON, UNKNOWN, Table
from mastersync.domain.resolution.words import Codes, Distinct, Flags

Levels = NDArray[np.int8]


class ContactOutcome(IntEnum):
    """What two phones or mailboxes say; own, few and many by the names that use it."""

    MISSING = 0
    SAME_OWN = 1
    SAME_FEW = 2
    SAME_MANY = 3
    NEAR = 4
    SAME_LOCAL = 5
    DOMAIN_OWN = 6
    DOMAIN_FEW = 7
    DOMAIN_MANY = 8
    DIFFERENT = 9


class NumberOutcome(IntEnum):
    """What two identifiers or dates say; FAR are dates of birth a generation apart."""

    MISSING = 0
    SAME = 1
    NEAR = 2
    PART = 3
    DIFFERENT = 4
    FAR = 5


class OtherOutcome(IntEnum):
    """What two values of a column of unknown meaning say."""

    MISSING = 0
    SAME = 1
    ALIKE = 2
    DIFFERENT = 3


class FormOutcome(IntEnum):
    """Legal forms of two companies."""

    MISSING = 0
    SAME = 1
    DIFFERENT = 2


class KindOutcome(IntEnum):
    """Companies and persons."""

    MISSING = 0
    PERSONS = 1
    DIFFERENT = 2


RARITIES: Final = 3
_CHUNK: Final = 400_000
_COMMON, _RARE = 0.6, 1.1
_FEW, _MANY = 3, 10
_NEAR_MAIL: Final = 0.88
_ALIKE_MAIL: Final = 0.7
_NEAR_PHONE: Final = 0.88
_NEAR_NUMBER: Final = 0.8
# Of eight digits one slip apart, or two.
_NEAR_DATE: Final = 0.87
_PART_OF_DATE: Final = 0.7
# Years between parents and children of one name.
_GENERATION: Final = 15
_OTHER_ALIKE: Final = 0.88


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Levels by aspect, one a pair; ``levels["name"]`` is ``outcome * RARITIES + rarity``."""

    left: Codes
    right: Codes
    levels: dict[str, Levels]

    def __len__(self) -> int:
        return len(self.left)

    def at(self, places: NDArray[np.int64]) -> Self:
        """Return some of the pairs."""
        levels = {aspect: found[places] for aspect, found in self.levels.items()}
        return type(self)(left=self.left[places], right=self.right[places], levels=levels)


def compare(table: Table, left: Codes, right: Codes, statistics: Statistics) -> Comparison:
    """Compare rows ``left`` and ``right`` of the table, pair by pair; memory is by chunks."""
    uses = _Uses.of(table, statistics)
    chunks = [
        _compare(table, left[at : at + _CHUNK], right[at : at + _CHUNK], uses)
        for at in range(0, max(len(left), 1), _CHUNK)
    ]
    levels = {aspect: np.concatenate([chunk[aspect] for chunk in chunks]) for aspect in chunks[0]}
    return Comparison(left=left, right=right, levels=levels)


@dataclass(frozen=True, kw_only=True)
class _Uses:
    """How common the table's own words and contacts are."""

    rarity: Weights
    phone: NDArray[np.int64]
    email: NDArray[np.int64]
    domain: NDArray[np.int64]
    log_records: float

    @classmethod
    def of(cls, table: Table, statistics: Statistics) -> Self:
        counts = np.maximum(statistics.terms.of(table.names.vocabulary.hashes), 1)
        return cls(
            rarity=(statistics.log_records - np.log(counts)).astype(np.float32),
            phone=statistics.contacts.of(phone_hashes(table)),
            email=statistics.contacts.of(email_hashes(table)),
            domain=statistics.contacts.of(domain_hashes(table)),
            log_records=statistics.log_records,
        )


def _compare(table: Table, left: Codes, right: Codes, uses: _Uses) -> dict[str, Levels]:
    phone, email = _phones(table, left, right, uses), _emails(table, left, right, uses)
    place = compare_places(table.places, left, right)
    _tell_sites(place, table, left, right, phone=phone, email=email)
    name = _names(table, left, right, uses)
    # A branch has its own phone; with the same one, a place in the name is but a word more.
    same_site = (name // RARITIES == NameOutcome.BRANCH) & (phone == ContactOutcome.SAME_OWN)
    name[same_site] += (NameOutcome.MORE_TRADE - NameOutcome.BRANCH) * RARITIES
    levels = {
        "name": name,
        "place": place,
        "phone": phone,
        "email": email,
        "tax_id": _numbers(table.tax_id, left, right),
        "registration_number": _numbers(table.registration_number, left, right),
        "date_of_birth": _dates(table.date_of_birth, left, right),
        "website": _others(table.website, left, right),
        "legal_form": _legal_forms(table, left, right),
        "kind": _kinds(table, left, right),
    }
    for label, column in table.others.items():
        levels[label] = _others(column, left, right)
    return levels


def _tell_sites(
    place: Levels, table: Table, left: Codes, right: Codes, *, phone: Levels, email: Levels
) -> None:
    """Tell another site of a company from a company that has moved, which keeps its phone."""
    company = (table.kind[left] == COMPANY) & (table.kind[right] == COMPANY)
    apart = (place == PlaceOutcome.ELSEWHERE) | (place == PlaceOutcome.MOVED)
    kept = (phone == ContactOutcome.SAME_OWN) | (phone == ContactOutcome.NEAR)
    asked = (phone == 0) & (email == ContactOutcome.SAME_OWN)
    place[company & apart & ~kept & ~asked] = PlaceOutcome.OTHER_SITE


def _names(table: Table, left: Codes, right: Codes, uses: _Uses) -> Levels:
    names = table.names
    found = compare_names(
        names,
        names.codes[left],
        names.codes[right],
        rarity=uses.rarity,
        context=NameContext(
            persons=_are_persons(table, left, right),
            cities=np.concatenate(
                (
                    table.city_words[table.places.city.codes[left]],
                    table.city_words[table.places.city.codes[right]],
                ),
                axis=1,
            ),
        ),
    )
    # A given name and a surname alone do not contradict each other.
    apart = names.halves[left] + names.halves[right] == GIVEN + SURNAME
    found.outcome[apart & (found.outcome == NameOutcome.DIFFERENT)] = NameOutcome.MISSING
    share = found.shared / uses.log_records
    rare = (share >= _COMMON).astype(np.int8) + (share >= _RARE)
    return np.where(
        found.outcome == NameOutcome.MISSING, 0, found.outcome * RARITIES + rare
    ).astype(np.int8)


def _are_persons(table: Table, left: Codes, right: Codes) -> Flags:
    """Say of which pairs one is a person, and the other no company for all that it says."""
    one, other = table.kind[left], table.kind[right]
    found: Flags = ((one == PERSON) & (other != COMPANY)) | ((other == PERSON) & (one != COMPANY))
    return found


def _spread(users: NDArray[np.int64], base: int) -> Levels:
    """Return a contact's level by how many names use it."""
    return (base + (users > _FEW).astype(np.int8) + (users > _MANY)).astype(np.int8)


def _said(
    column: Distinct, left: Codes, right: Codes, *, different: int
) -> tuple[Levels, Codes, Codes]:
    one, other = column.codes[left], column.codes[right]
    level = np.where((one >= 0) & (other >= 0), different, 0).astype(np.int8)
    return level, one, other


def _phones(table: Table, left: Codes, right: Codes, uses: _Uses) -> Levels:
    level, one, other = _said(table.phone, left, right, different=ContactOutcome.DIFFERENT)
    same = np.flatnonzero((level > 0) & (one == other))
    level[same] = _spread(uses.phone[one[same]], ContactOutcome.SAME_OWN)
    open_ = np.flatnonzero(level == ContactOutcome.DIFFERENT)
    alike = similarities(
        table.phone.values,
        one[open_],
        other[open_],
        scorer=OSA.normalized_similarity,
        least=_NEAR_PHONE,
    )
    level[open_[alike >= _NEAR_PHONE]] = ContactOutcome.NEAR
    return level


def _emails(table: Table, left: Codes, right: Codes, uses: _Uses) -> Levels:
    boxes = table.mailboxes
    level, one, other = _said(boxes.address, left, right, different=ContactOutcome.DIFFERENT)
    domain, other_domain = boxes.domain.codes[left], boxes.domain.codes[right]
    free = np.append(boxes.free, True)
    role = np.append(boxes.role, True)
    open_ = np.flatnonzero((level > 0) & (one != other))
    alike = similarities(
        boxes.address.values,
        one[open_],
        other[open_],
        scorer=OSA.normalized_similarity,
        least=_ALIKE_MAIL,
    )
    # Between two own domains that differ, what is alike in both parts has many slips in it.
    local, other_local = boxes.local.codes[left], boxes.local.codes[right]
    own = ~free[domain] & ~free[other_domain] & ~role[local] & ~role[other_local]
    slipped = (alike >= _ALIKE_MAIL) & (domain != other_domain)[open_] & own[open_]
    near = open_[(alike >= _NEAR_MAIL) | slipped]
    shared = np.flatnonzero((level > 0) & (domain == other_domain) & ~free[domain])
    level[near] = ContactOutcome.NEAR
    level[shared] = _spread(uses.domain[domain[shared]], ContactOutcome.DOMAIN_OWN)
    moved = (local == other_local) & ~role[local] & free[domain] & free[other_domain]
    level[(level == ContactOutcome.DIFFERENT) & moved] = ContactOutcome.SAME_LOCAL
    same = np.flatnonzero((level > 0) & (one == other))
    level[same] = _spread(uses.email[one[same]], ContactOutcome.SAME_OWN)
    return level


def _numbers(numbers: Numbers, left: Codes, right: Codes) -> Levels:
    level, one, other = _said(numbers.column, left, right, different=NumberOutcome.DIFFERENT)
    open_ = np.flatnonzero((level > 0) & (one != other))
    distance = similarities(
        numbers.column.values,
        one[open_],
        other[open_],
        scorer=OSA.normalized_similarity,
        least=_NEAR_NUMBER,
    )
    level[open_[distance >= _NEAR_NUMBER]] = NumberOutcome.NEAR
    entity, other_entity = numbers.entity.codes[left], numbers.entity.codes[right]
    level[(level > 0) & (entity == other_entity) & (entity >= 0)] = NumberOutcome.PART
    level[(level > 0) & (one == other)] = NumberOutcome.SAME
    return level


def _dates(dates: Numbers, left: Codes, right: Codes) -> Levels:
    level, one, other = _said(dates.column, left, right, different=NumberOutcome.DIFFERENT)
    open_ = np.flatnonzero((level > 0) & (one != other))
    alike = similarities(
        dates.column.values, one[open_], other[open_], scorer=OSA.normalized_similarity
    )
    years = np.array([int(value[:4]) for value in dates.column.values] + [0], dtype=np.int32)
    level[open_[np.abs(years[one[open_]] - years[other[open_]]) >= _GENERATION]] = NumberOutcome.FAR
    level[open_[alike >= _PART_OF_DATE]] = NumberOutcome.PART
    level[open_[alike >= _NEAR_DATE]] = NumberOutcome.NEAR
    level[(level > 0) & (one == other)] = NumberOutcome.SAME
    return level


def _others(column: Distinct, left: Codes, right: Codes) -> Levels:
    level, one, other = _said(column, left, right, different=OtherOutcome.DIFFERENT)
    open_ = np.flatnonzero((level > 0) & (one != other))
    alike = similarities(
        column.values,
        one[open_],
        other[open_],
        scorer=JaroWinkler.similarity,
        least=_OTHER_ALIKE,
    )
    level[open_[alike >= _OTHER_ALIKE]] = OtherOutcome.ALIKE
    level[(level > 0) & (one == other)] = OtherOutcome.SAME
    return level


def _legal_forms(table: Table, left: Codes, right: Codes) -> Levels:
    family = np.append(table.names.family, np.int32(0))
    one, other = family[table.names.codes[left]], family[table.names.codes[right]]
    said = np.where(one == other, FormOutcome.SAME, FormOutcome.DIFFERENT)
    return np.where((one > 0) & (other > 0), said, FormOutcome.MISSING).astype(np.int8)


def _kinds(table: Table, left: Codes, right: Codes) -> Levels:
    one, other = table.kind[left], table.kind[right]
    level = np.zeros(len(left), np.int8)
    level[(one == PERSON) & (other != UNKNOWN) | (other == PERSON)] = KindOutcome.PERSONS
    level[(one != other) & (one != UNKNOWN) & (other != UNKNOWN)] = KindOutcome.DIFFERENT
    return level
