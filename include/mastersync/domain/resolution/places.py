"""Places: door, street, city, postcode and country of each record."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.similarity import letters
from mastersync.domain.resolution.vocabulary.cities import CITIES, REGIONS
from mastersync.domain.resolution.vocabulary.countries import COUNTRIES
from mastersync.domain.resolution.vocabulary.streets import (
    DIRECTIONS,
    GLUED_STREET_TYPES,
    ORDINALS,
    STREET_TYPES,
    UNIT_WORDS,
)
from mastersync.domain.resolution.words import (
    Codes,
    Distinct,
    Flags,
    Hashes,
    Words,
    hash_words,
    joined,
    read_plain,
    restate,
    split_words,
)

WIDTH: Final = 4
_ZIP_PLUS: Final = re.compile(r"^(\d{5})-?\d{4}$")
_GLUED: Final = tuple(GLUED_STREET_TYPES)
_ORDINAL: Final = re.compile(r"^\d+(?:st|nd|rd|th)$")


@dataclass(frozen=True, kw_only=True)
class Places:
    """Places by record.

    Args:
        street: Each record's distinct street as given, -1 where it has none.
        words: The words of each distinct street, without its type, door and unit.
        door: The house number of each distinct street, as a code of ``vocabulary``; -1 if none.
        unit: The flat, suite or room, likewise.
    """

    street: Codes
    streets: Sequence[str]
    words: Codes
    door: Codes
    unit: Codes
    vocabulary: Sequence[str]
    hashes: Hashes
    city: Distinct
    region: Distinct
    postcode: Distinct
    country: Distinct

    def squashed(self, streets: Codes) -> list[str]:
        """Return the names of distinct streets, each in one word."""
        words = self._words
        return ["".join([words[code] for code in row]) for row in self.words[streets].tolist()]

    @cached_property
    def letters(self) -> NDArray[np.uint64]:
        """Which letters the name of each distinct street has, one bit each."""
        known = np.append(letters(np.asarray(self.vocabulary, dtype=object)), np.uint64(0))
        found: NDArray[np.uint64] = np.bitwise_or.reduce(known[self.words], axis=1)
        return found

    @cached_property
    def _words(self) -> list[str]:
        return [*self.vocabulary, ""]


def read_places(
    *,
    street: Distinct,
    house_number: Distinct,
    city: Distinct,
    region: Distinct,
    postcode: Distinct,
    country: Distinct,
) -> Places:
    """Read addresses, each part from its column; a street may hold more than its name."""
    column = joined(house_number, street)
    words = _plain_streets(split_words(read_plain(column.values)))
    vocabulary = [str(word) for word in words.vocabulary]
    unit, door, named = _parts(words, vocabulary)
    return Places(
        street=column.codes,
        streets=column.values,
        words=words.keep(named).matrix(WIDTH),
        door=_first(words, door),
        unit=_first(words, unit),
        vocabulary=vocabulary,
        hashes=hash_words(words.vocabulary, salt="street"),
        city=restate(city, _say(read_plain(city.values), CITIES)),
        region=restate(region, _say(read_plain(region.values), REGIONS)),
        postcode=restate(postcode, [_postcode(value) for value in postcode.values]),
        country=restate(country, _say(read_plain(country.values), COUNTRIES)),
    )


def _say(plain: Sequence[str], known: Mapping[str, str]) -> list[str]:
    values = (" ".join(value.split()) for value in plain)
    return [known.get(value, value) for value in values]


def _postcode(text: str) -> str:
    text = text.strip()
    if found := _ZIP_PLUS.match(text):
        text = found[1]
    plain = text.lower().replace(" ", "")
    if plain.isascii() and plain.isalnum():
        return plain
    return "".join(sign for sign in plain if sign.isalnum() and sign.isascii())


def _plain_streets(words: Words) -> Words:
    """Say glued street types apart and ordinals as numbers; types become ``""``-like words."""
    said = np.array([_street_word(str(word)) for word in words.vocabulary], dtype=object)
    vocabulary, codes = np.unique(said.astype(str), return_inverse=True)
    return Words(
        words=codes.astype(np.int32)[words.words],
        starts=words.starts,
        vocabulary=vocabulary.astype(object),
    )


def _street_word(word: str) -> str:
    if word in ORDINALS:
        return f"{ORDINALS[word]}th"
    if _ORDINAL.match(word):
        return f"{word[:-2]}th"
    if word.endswith(_GLUED):
        for glued in GLUED_STREET_TYPES:
            if word.endswith(glued) and len(word) > len(glued) + 2:
                return word[: -len(glued)]
    return word


def _parts(words: Words, vocabulary: Sequence[str]) -> tuple[Flags, Flags, Flags]:
    """Return which words are units, door numbers, and names of the street."""
    flat = words.words
    number = np.array([w[0].isdigit() and not _ORDINAL.match(w) for w in vocabulary], np.bool_)[
        flat
    ]
    unit_word = np.array([word in UNIT_WORDS for word in vocabulary], np.bool_)[flat]
    kind = np.array([w in STREET_TYPES or w in DIRECTIONS for w in vocabulary], np.bool_)[flat]
    first = words.position == 0
    after_unit = np.zeros(len(flat), np.bool_)
    after_unit[1:] = unit_word[:-1] & ~first[1:]
    before_floor = np.zeros(len(flat), np.bool_)
    floor = np.array([word in {"f", "fl", "floor", "og"} for word in vocabulary], np.bool_)[flat]
    before_floor[:-1] = floor[1:] & ~first[1:]
    ordinal = np.array([bool(_ORDINAL.match(word)) for word in vocabulary], np.bool_)[flat]
    unit = (number & (after_unit | before_floor)) | (ordinal & before_floor)
    door = number & ~unit
    # Only the first number is the door: a later one may be a postcode that ran in.
    named = ~(number | unit | unit_word | floor | (kind & ~first)) & ~(after_unit & ~number & floor)
    anything = np.bincount(words.owner[named], minlength=len(words.starts) - 1)
    named |= kind & (anything[words.owner] == 0)
    return unit, door, named


def _first(words: Words, wanted: Flags) -> Codes:
    found = np.full(len(words.starts) - 1, -1, dtype=np.int32)
    owner = words.owner[wanted][::-1]
    found[owner] = words.words[wanted][::-1]
    return found
