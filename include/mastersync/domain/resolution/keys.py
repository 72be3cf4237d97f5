"""Blocking keys: what two records must share, at least one of them, to be compared.

Passes overlap on purpose, so that one wrong field does not hide a pair. A key is a hash that
is the same in every process, and depends on nothing but the record; how common a key is, is
asked when it is followed, not when it is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.names import WIDTH
from mastersync.domain.resolution.statistics import name_hashes
from mastersync.domain.resolution.table import Table
from mastersync.domain.resolution.words import Codes, Distinct, Hashes, hash_words, mix, salted

# The two lowest bits of a key say what it was made of.
NAME_KEY: Final = 0
CONTACT_KEY: Final = 1
MIXED_KEY: Final = 2
_BORN: Final = 4
_PREFIX: Final = 4
_VOWELS: Final = str.maketrans("", "", "aeiouyhw")


@dataclass(frozen=True, kw_only=True)
class Passes:
    """Which passes to make, where there is a choice; words count from the first of a name.

    Args:
        all_ways: Whether a record that is found by its place, and by contacts or numbers, is looked
            for in all the ways of its name as well. Without, it has neither the passes by words as
            they are spelled, beside as they sound, nor any by less than two words, nor the last
            word with each place.
        alone: The words of a name that are a key by themselves.
        paired: So many first words, each pair of them a key.
        postcode: So many first words, each with the postcode; ``city`` and ``door`` likewise.
        mail: Whether by the ends of mailboxes.
    """

    all_ways: bool
    alone: tuple[int, ...]
    paired: int
    postcode: int
    city: int
    door: int
    mail: bool


EVERY: Final = Passes(
    all_ways=True, alone=(0, 1, 2, 3), paired=4, postcode=3, city=3, door=3, mail=True
)
# For an index that is kept, where each key is inserted and looked up: without the passes that find
# less than one pair in a thousand that the others do not.
KEPT: Final = Passes(all_ways=False, alone=(1,), paired=3, postcode=2, city=3, door=0, mail=False)


def record_keys(table: Table, passes: Passes = EVERY) -> tuple[Codes, Hashes]:
    """Return every record's keys, each once: rows ascending, and the keys."""
    rows, keys = zip(*key_passes(table, passes), strict=True)
    row, key = np.concatenate(rows).astype(np.int32), np.concatenate(keys)
    order = np.lexsort((key, row))
    row, key = row[order], key[order]
    new = np.ones(len(row), np.bool_)
    new[1:] = (row[1:] != row[:-1]) | (key[1:] != key[:-1])
    return row[new], key[new]


def key_passes(table: Table, passes: Passes = EVERY) -> Iterator[tuple[Codes, Hashes]]:
    """Yield the keys of one pass after the other; several passes may make the same key."""
    names = _NameKeys(table, passes)
    for family, found in (
        (
            CONTACT_KEY,
            (_identifiers(table), _slipped_dates(table), _contacts(table, passes), _doors(table)),
        ),
        (NAME_KEY, (names.alone(), names.pairs())),
        (MIXED_KEY, (names.with_place(table), names.with_initials(table), names.with_birth(table))),
    ):
        for rows, keys in chain(*found):
            yield rows, (keys & ~np.int64(3)) | np.int64(family)


def _whole(column: Distinct, kind: str) -> tuple[Codes, Hashes]:
    rows = np.flatnonzero(column.codes >= 0).astype(np.int32)
    return rows, hash_words(column.values, salt=kind)[column.codes[rows]]


def _identifiers(table: Table) -> Iterator[tuple[Codes, Hashes]]:
    yield _whole(table.tax_id.entity, "number")
    yield _whole(table.registration_number.entity, "number")
    yield _whole(table.date_of_birth.column, "born")
    for label, column in table.others.items():
        yield _whole(column, label)


def _contacts(table: Table, passes: Passes) -> Iterator[tuple[Codes, Hashes]]:
    mailboxes = table.mailboxes
    yield _whole(table.phone, "phone")
    yield _whole(mailboxes.address, "email")
    yield _whole(mailboxes.domain, "domain")
    yield _whole(table.website, "domain")
    free = np.append(mailboxes.free, False)[mailboxes.domain.codes]
    personal = free & np.append(~mailboxes.role, False)[mailboxes.local.codes]
    local = Distinct(
        codes=np.where(personal, mailboxes.local.codes, -1).astype(np.int32),
        values=mailboxes.local.values,
    )
    yield _whole(local, "local")
    if passes.mail:
        yield from _slipped_mail(table)


def _slipped_mail(table: Table) -> Iterator[tuple[Codes, Hashes]]:
    """Yield keys that survive a slip in one half of an address."""
    address = table.mailboxes.address
    parts = [value.partition("@") for value in address.values]
    starts = [f"{local[:3]}@{domain[:3]}" for local, _, domain in parts]
    yield _whole(Distinct(codes=address.codes, values=starts), "mail start")
    ends = [f"{local[-4:]}@{domain[:2]}" for local, _, domain in parts]
    yield _whole(Distinct(codes=address.codes, values=ends), "mail end")


def _slipped_dates(table: Table) -> Iterator[tuple[Codes, Hashes]]:
    """Yield keys that survive a slip in the year or in the day of a date of birth."""
    born = table.date_of_birth.column
    for kind, parts in (
        ("month and day", [value[4:] for value in born.values]),
        ("year and month", [value[:6] for value in born.values]),
    ):
        yield _whole(Distinct(codes=born.codes, values=parts), kind)


class _NameKeys:
    """Keys of names; words are looked at by code, once each."""

    def __init__(self, table: Table, passes: Passes) -> None:
        names = table.names
        self.passes = passes
        self.rows = np.flatnonzero(names.codes >= 0).astype(np.int32)
        self.value = names.codes[self.rows]
        self.hard = passes.all_ways | ~_found_otherwise(table)[self.rows]
        self.core = names.core
        vocabulary = names.vocabulary
        self.words = vocabulary.words
        self.first = vocabulary.first
        self.word = vocabulary.hashes
        self.sound = hash_words([_skeleton(word) for word in vocabulary.words], salt="sound")
        self.start = hash_words([word[:_PREFIX] for word in vocabulary.words], salt="start")
        self.whole = name_hashes(table)
        self.squashed = hash_words([name[:8] for name in names.squashed], salt="squashed")
        self.full = hash_words(names.squashed, salt="full")

    def alone(self) -> Iterator[tuple[Codes, Hashes]]:
        yield self.rows, self.whole[self.value]
        rows, value = self.rows[self.hard], self.value[self.hard]
        yield rows, self.full[value]
        yield rows, self.squashed[value]
        for column in self.passes.alone:
            has = np.flatnonzero(self.core[value, column] >= 0)
            word = self.core[value[has], column]
            yield rows[has], self.word[word]
            yield rows[has], self.sound[word]

    def pairs(self) -> Iterator[tuple[Codes, Hashes]]:
        salt = salted("pair")
        for one, other in combinations(range(self.passes.paired), 2):
            for hashes in (self.word, self.sound):
                wanted = self.core[self.value, other] >= 0
                both = np.flatnonzero(wanted & self.hard if hashes is self.word else wanted)
                value = self.value[both]
                with np.errstate(over="ignore"):
                    # A sum, so that the order of the two words does not matter.
                    pair = hashes[self.core[value, one]] + hashes[self.core[value, other]]
                    yield self.rows[both], mix(pair, salt)

    def with_place(self, table: Table) -> Iterator[tuple[Codes, Hashes]]:
        places = table.places
        door = np.append(places.door, -1)[places.street]
        for kind, width, codes, values in (
            ("post", self.passes.postcode, places.postcode.codes, places.postcode.values),
            ("city", self.passes.city, places.city.codes, places.city.values),
            ("door", self.passes.door, door, places.vocabulary),
        ):
            here, hashes = codes[self.rows], hash_words(values, salt=kind)
            for column in range(width):
                wanted = (self.core[self.value, column] >= 0) & (here >= 0)
                if column == width - 1:
                    wanted &= self.hard
                with_both = np.flatnonzero(wanted)
                word = self.core[self.value[with_both], column]
                place = hashes[here[with_both]] if len(hashes) else np.zeros(0, np.int64)
                yield self.rows[with_both], mix(mix(self.start[word], place), salted(kind))

    def with_initials(self, table: Table) -> Iterator[tuple[Codes, Hashes]]:
        """Yield what a name and its acronym share, where they are."""
        postcode = table.places.postcode
        initials = self._chain(np.append(self.first, 0)[self.core])
        spelled = self._chain(_letters(self.words))[self.core[:, 0]]
        hashes = np.where(self.core[:, 1] < 0, spelled, initials)
        places = hash_words(postcode.values, salt="post")
        both = np.flatnonzero(postcode.codes[self.rows] >= 0)
        if len(both):
            place = places[postcode.codes[self.rows[both]]]
            yield self.rows[both], mix(hashes[self.value[both]], place)

    @staticmethod
    def _chain(signs: Codes) -> Hashes:
        """Return one hash of each row of signs, up to its first 0."""
        hashes = np.zeros(len(signs), np.int64)
        for column in signs.T:
            hashes = np.where(column > 0, mix(hashes, column.astype(np.int64)), hashes)
        return hashes

    def with_birth(self, table: Table) -> Iterator[tuple[Codes, Hashes]]:
        year = table.date_of_birth.entity
        if not year.values:
            return
        hashes = hash_words(year.values, salt="year")
        codes = year.codes[self.rows]
        day = table.date_of_birth.column.codes[self.rows]
        days = hash_words([v[4:] for v in table.date_of_birth.column.values], salt="day")
        for column in range(_BORN):
            both = np.flatnonzero((self.core[self.value, column] >= 0) & (codes >= 0))
            word = self.core[self.value[both], column]
            yield self.rows[both], mix(self.sound[word], hashes[codes[both]])
            yield self.rows[both], mix(self.start[word], days[day[both]])


def _found_otherwise(table: Table) -> NDArray[np.bool_]:
    """Return which records have a place, and a contact or number of their own besides."""
    placed = (table.places.street >= 0) | (table.places.postcode.codes >= 0)
    known = np.zeros(len(table), np.bool_)
    for column in (
        table.phone,
        table.mailboxes.address,
        table.tax_id.entity,
        table.registration_number.entity,
        table.date_of_birth.column,
    ):
        known |= column.codes >= 0
    found: NDArray[np.bool_] = placed & known
    return found


def _doors(table: Table) -> Iterator[tuple[Codes, Hashes]]:
    places = table.places
    rows = np.flatnonzero(places.street >= 0).astype(np.int32)
    street = places.street[rows]
    doors = hash_words(places.vocabulary, salt="door")
    starts = hash_words([word[:_PREFIX] for word in places.vocabulary], salt="street")
    posts = hash_words(places.postcode.values, salt="post")
    placed = (places.postcode.codes[rows] >= 0) & (places.words[street, 0] >= 0)
    if len(posts):
        post = posts[places.postcode.codes[rows[placed]]]
        yield rows[placed], mix(starts[places.words[street[placed], 0]], post)
    with_door = (places.door[street] >= 0) & (places.words[street, 0] >= 0)
    rows, street = rows[with_door], street[with_door]
    for column in range(2):
        has = np.flatnonzero(places.words[street, column] >= 0)
        word = places.words[street[has], column]
        yield rows[has], mix(starts[word], doors[places.door[street[has]]])
    for codes, values, kind in (
        (places.postcode.codes, places.postcode.values, "post"),
        (places.city.codes, places.city.values, "city"),
    ):
        has = np.flatnonzero(codes[rows] >= 0)
        place = hash_words(values, salt=kind)
        if len(place):
            door = doors[places.door[street[has]]]
            yield rows[has], mix(mix(place[codes[rows[has]]], door), salted("door+place"))


def _letters(words: NDArray[np.object_]) -> Codes:
    """Return the first letters of each word as numbers, 0 where it has no more."""
    read = words.astype(f"S{WIDTH}").view(np.uint8).reshape(len(words), WIDTH)
    return read.astype(np.int32)


def _skeleton(word: str) -> str:
    """Return a word's first sign and its consonants without doubles: what typos often keep."""
    rest = word[1:].translate(_VOWELS)
    kept = [sign for at, sign in enumerate(rest) if at == 0 or sign != rest[at - 1]]
    return word[:1] + "".join(kept)[:5]
