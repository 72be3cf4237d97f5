"""Say in words what a comparison found, for and against."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import numpy as np

from mastersync.domain.matching.model import Evidence
from mastersync.domain.resolution.compare import (
    RARITIES,
    Comparison,
    ContactOutcome,
    FormOutcome,
    KindOutcome,
    Levels,
    NumberOutcome,
    OtherOutcome,
)
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome
from mastersync.domain.resolution.fields import OTHER
from mastersync.domain.resolution.model import Model, contradicts, may_be_twins
from mastersync.domain.resolution.names import Names
from mastersync.domain.resolution.table import COMPANY, PERSON, Table

_NAME: Final[Mapping[NameOutcome, str]] = {
    NameOutcome.SAME: "same name",
    NameOutcome.SPELLING: "name differs only in spelling",
    NameOutcome.INITIAL: "one name is short for the other",
    NameOutcome.MORE_TRADE: "one name has {extra} more",
    NameOutcome.MORE: "one name has {extra} more",
    NameOutcome.BRANCH: "one name is that of a branch ({extra})",
    NameOutcome.OTHER_TRADE: "names differ in the kind of business ({extra})",
    NameOutcome.OTHER_SURNAME: "same given name with another surname ({extra})",
    NameOutcome.PART: "names agree in part only ({extra})",
    NameOutcome.DIFFERENT: "names differ",
    NameOutcome.SISTER: "one name has {extra} more: perhaps another company of its group",
    NameOutcome.GENERATION: "one is junior or senior to the other by name",
}
_MORE: Final = frozenset(
    (NameOutcome.MORE, NameOutcome.MORE_TRADE, NameOutcome.BRANCH, NameOutcome.SISTER)
)
_RARITY: Final = (" of common words", "", ", a rare one")
_EXTRA: Final = {
    NameOutcome.MORE_TRADE: "a word of trade",
    NameOutcome.MORE: "a word",
    NameOutcome.SISTER: "a word of groups or places",
}
_HOW_RARE: Final = ("common words", "middling words", "rare words")
_PLACE: Final[Mapping[PlaceOutcome, str]] = {
    PlaceOutcome.SAME_ADDRESS: "same address",
    PlaceOutcome.SAME_BUILDING: "same building, another unit",
    PlaceOutcome.SAME_DOOR: "same street and number, the area is not the same or not said",
    PlaceOutcome.NEAR_DOOR: "same street, the number nearly so",
    PlaceOutcome.SAME_STREET: "same street, one without a number",
    PlaceOutcome.OTHER_DOOR: "same street with another number",
    PlaceOutcome.SAME_POSTCODE: "same postcode",
    PlaceOutcome.SAME_CITY: "same city",
    PlaceOutcome.MOVED_NEARBY: "another street with the same postcode",
    PlaceOutcome.MOVED: "another street in the same area",
    PlaceOutcome.ELSEWHERE: "address elsewhere",
    PlaceOutcome.OTHER_SITE: "another site: address and contacts elsewhere",
}
_CONTACT: Final[Mapping[ContactOutcome, str]] = {
    ContactOutcome.SAME_OWN: "same {label}",
    ContactOutcome.SAME_FEW: "same {label}, which a few names share",
    ContactOutcome.SAME_MANY: "same {label}, which many names share",
    ContactOutcome.NEAR: "{label} differs by a slip",
    ContactOutcome.SAME_LOCAL: "same mailbox name at another provider",
    ContactOutcome.DOMAIN_OWN: "emails of the same domain",
    ContactOutcome.DOMAIN_FEW: "emails of the same domain, which a few names share",
    ContactOutcome.DOMAIN_MANY: "emails of the same domain, which many names share",
    ContactOutcome.DIFFERENT: "{label} differs",
}
_NUMBER: Final[Mapping[NumberOutcome, str]] = {
    NumberOutcome.SAME: "same {label}",
    NumberOutcome.NEAR: "{label} differs by a slip",
    NumberOutcome.PART: "{label} agrees in part",
    NumberOutcome.DIFFERENT: "{label} differs",
    NumberOutcome.FAR: "{label} is a generation apart",
}
_OTHER: Final[Mapping[OtherOutcome, str]] = {
    OtherOutcome.SAME: "same {label}",
    OtherOutcome.ALIKE: "{label} alike",
    OtherOutcome.DIFFERENT: "{label} differs",
}
_LABELS: Final = {
    "tax_id": "tax number",
    "registration_number": "registration number",
    "date_of_birth": "date of birth",
}


class Explainer:
    """Says of compared pairs what speaks for and against; what many share is looked up once."""

    def __init__(self, table: Table, comparison: Comparison, model: Model) -> None:
        self._table = table
        self._comparison = comparison
        self._aspects = [
            (aspect, levels.tolist(), [round(weight, 2) for weight in model.of(aspect).tolist()])
            for aspect, levels in comparison.levels.items()
        ]
        self._counted_twice = model.counted_twice(comparison.levels).tolist()

    def evidence(self, position: int) -> tuple[Evidence, ...]:
        """Return every piece of evidence of one pair, with its weight and words."""
        pieces: list[Evidence] = []
        for aspect, levels, weights in self._aspects:
            level = levels[position]
            if level:
                if aspect == "name":
                    pair = self._comparison.left[position], self._comparison.right[position]
                    pieces += _of_names(
                        self._table.names, *pair, level=level, weight=weights[level]
                    )
                else:
                    pieces += _alone(aspect, level, weights[level])
        excess = round(self._counted_twice[position], 2)
        if excess > 0.0:
            pieces.append(_shared_site(_at(self._comparison, position), excess))
        return tuple(pieces)


def _at(comparison: Comparison, position: int) -> dict[str, Levels]:
    here = slice(position, position + 1)
    return {aspect: found[here] for aspect, found in comparison.levels.items()}


def _shared_site(levels: Mapping[str, Levels], excess: float) -> Evidence:
    shared = "door, phone and mailbox"
    if may_be_twins(levels)[0]:
        shared = "door, phone and birthday"
    why = "names or births conflict" if contradicts(levels)[0] else "one has no name"
    return Evidence(
        field="site",
        outcome="shared",
        weight=-excess,
        words=f"{shared} are one agreement while {why}",
    )


def _of_names(
    names: Names, left: np.int32, right: np.int32, *, level: int, weight: float
) -> tuple[Evidence, ...]:
    """Return what the names of rows ``left`` and ``right`` say."""
    outcome, rarity = NameOutcome(level // RARITIES), level % RARITIES
    if outcome is NameOutcome.MISSING:
        return ()
    extra = ""
    if "{extra}" in _NAME[outcome]:
        sides = _extra(names, int(names.codes[left]), int(names.codes[right]))
        extra = max(sides, key=len, default="") if outcome in _MORE else " or ".join(sides)
    tail = _RARITY[rarity] if outcome is NameOutcome.SAME else ""
    words = _NAME[outcome].format(extra=extra or "a numeral") + tail
    return (Evidence(field="name", outcome=outcome.name.lower(), weight=weight, words=words),)


@lru_cache(maxsize=4096)
def _alone(aspect: str, level: int, weight: float) -> tuple[Evidence, ...]:
    """Return what a level says that needs no look at the records: the same of many pairs."""
    field = aspect.removeprefix(OTHER)
    return tuple(
        Evidence(field=field, outcome=outcome, weight=weight, words=words)
        for outcome, words in _said_alone(aspect, level, aspect_label(aspect))
    )


def _said_alone(aspect: str, level: int, label: str) -> Iterator[tuple[str, str]]:
    """Yield what a level says that needs no look at the records."""
    if aspect == "place":
        place = PlaceOutcome(level)
        yield place.name.lower(), _PLACE[place]
    elif aspect in {"phone", "email"}:
        contact = ContactOutcome(level)
        yield contact.name.lower(), _CONTACT[contact].format(label=label)
    elif aspect in _LABELS:
        number = NumberOutcome(level)
        yield number.name.lower(), _NUMBER[number].format(label=label)
    elif aspect == "legal_form":
        same = level == FormOutcome.SAME
        yield ("same", "same legal form") if same else ("different", "legal forms differ")
    elif aspect == "kind":
        if level == KindOutcome.DIFFERENT:
            yield "different", "one is a company, the other a person"
    else:
        other = OtherOutcome(level)
        yield other.name.lower(), _OTHER[other].format(label=label)


def aspect_label(aspect: str) -> str:
    """Return an aspect in words.

    >>> aspect_label("tax_id"), aspect_label("legal_form")
    ('tax number', 'legal form')
    """
    return _LABELS.get(aspect, aspect.removeprefix(OTHER).replace("_", " "))


def level_words(aspect: str, level: int) -> str:
    """Return what a level means, of no records in particular; "" where it says nothing.

    >>> level_words("name", 3 * NameOutcome.MORE + 2)
    'one name has a word more, rare words'
    """
    if level < (RARITIES if aspect == "name" else 1):
        return ""  # one of the two does not say
    if aspect != "name":
        return "".join(words for _, words in _said_alone(aspect, level, aspect_label(aspect)))
    outcome = NameOutcome(level // RARITIES)
    words = _NAME[outcome].replace(" ({extra})", "").format(extra=_EXTRA.get(outcome, ""))
    return f"{words}, {_HOW_RARE[level % RARITIES]}"


def _extra(names: Names, left: int, right: int) -> list[str]:
    """Return the words that only one of two names has, in an order that is not the records'."""
    words = names.vocabulary.words
    one = [words[code] for code in names.core[left].tolist() if code >= 0]
    other = [words[code] for code in names.core[right].tolist() if code >= 0]
    sides = [[w for w in a if w not in b] for a, b in ((one, other), (other, one))]
    return sorted(f"'{' '.join(side).title()}'" for side in sides if side)


def noun(table: Table, left: int, right: int) -> str:
    """Return what two records are of: company, person or customer."""
    kinds = {int(table.kind[left]), int(table.kind[right])}
    if kinds <= {COMPANY, 0} and COMPANY in kinds:
        return "company"
    return "person" if kinds <= {PERSON, 0} and PERSON in kinds else "customer"
