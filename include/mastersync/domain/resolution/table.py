"""Records in normalised columns: what the engine reads a frame into, once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from mastersync.domain.resolution.contacts import (
    Mailboxes,
    read_mailboxes,
    read_phones,
    site_domain,
)
from mastersync.domain.resolution.fields import OTHER
from mastersync.domain.resolution.identifiers import Numbers, read_dates, read_numbers
from mastersync.domain.resolution.names import Names, read_names
from mastersync.domain.resolution.places import Places, read_places
from mastersync.domain.resolution.repair import Columns, repair
from mastersync.domain.resolution.words import (
    Codes,
    Distinct,
    distinct,
    empty,
    read_plain,
    restate,
)

UNKNOWN: Final = 0
COMPANY: Final = 1
PERSON: Final = 2
_CITY_WORDS: Final = 3
_PARTY = {
    **dict.fromkeys(
        ("c", "company", "organisation", "organization", "org", "business", "b"), COMPANY
    ),
    **dict.fromkeys(("p", "person", "individual", "consumer", "private", "i"), PERSON),
}


@dataclass(frozen=True, kw_only=True)
class Table:
    """Normalised records; row ``i`` is row ``i`` of the frame that was read."""

    size: int
    source: Distinct
    kind: Codes
    names: Names
    places: Places
    phone: Distinct
    mailboxes: Mailboxes
    website: Distinct
    tax_id: Numbers
    registration_number: Numbers
    date_of_birth: Numbers
    others: dict[str, Distinct]

    @cached_property
    def city_words(self) -> Codes:
        """Of each distinct city, the codes of its words among the words of names; -1 if none."""
        code_of = {word: code for code, word in enumerate(self.names.vocabulary.words)}
        words = [value.split()[:_CITY_WORDS] for value in self.places.city.values]
        found = np.full((len(words) + 1, _CITY_WORDS), -1, dtype=np.int32)
        for at, city in enumerate(words):
            for position, word in enumerate(city):
                found[at, position] = code_of.get(word, -1)
        return found

    def __len__(self) -> int:
        return self.size


def read_table(frame: pd.DataFrame) -> Table:
    """Read a frame of records, its columns named as ``FIELDS`` say; absent ones are empty."""
    reader = _Reader(frame)
    columns = repair(
        Columns(
            name=reader.column("name"),
            street=reader.column("street"),
            city=reader.column("city"),
            postcode=reader.column("postcode"),
        )
    )
    names = read_names(
        columns.name, given=reader.column("given_name"), surname=reader.column("surname")
    )
    places = read_places(
        street=columns.street,
        house_number=reader.column("house_number"),
        city=columns.city,
        region=reader.column("region"),
        postcode=columns.postcode,
        country=reader.column("country"),
    )
    born = read_dates(reader.column("date_of_birth"))
    return Table(
        size=len(frame),
        source=reader.column("source"),
        kind=_kinds(
            reader.column("party_type"),
            names,
            born=born,
            persons="surname" in frame and "name" not in frame,
        ),
        names=names,
        places=places,
        phone=read_phones(reader.column("phone"), countries=places.country),
        mailboxes=read_mailboxes(reader.column("email")),
        website=_read_websites(reader.column("website")),
        tax_id=read_numbers(reader.column("tax_id"), countries=places.country),
        registration_number=read_numbers(
            reader.column("registration_number"), countries=places.country
        ),
        date_of_birth=born,
        others=_read_others(reader, places.country),
    )


@dataclass(frozen=True)
class _Reader:
    frame: pd.DataFrame

    def column(self, name: str) -> Distinct:
        if name not in self.frame:
            return empty(len(self.frame))
        return distinct(self.frame[name])


def _read_websites(column: Distinct) -> Distinct:
    return restate(column, [site_domain(value) for value in column.values])


def _read_others(reader: _Reader, countries: Distinct) -> dict[str, Distinct]:
    """Return the columns of weak evidence; a fax is one, as whole groups share theirs."""
    columns = sorted(map(str, reader.frame.columns))
    others = {name: _read_other(reader.column(name)) for name in columns if name.startswith(OTHER)}
    if "fax" in columns:
        others[f"{OTHER}fax"] = read_phones(reader.column("fax"), countries=countries)
    return others


def _read_other(column: Distinct) -> Distinct:
    return restate(column, [" ".join(v.split()) for v in read_plain(column.values)])


def _kinds(party: Distinct, names: Names, *, born: Numbers, persons: bool) -> Codes:
    """Return COMPANY, PERSON or UNKNOWN of each record; what it says itself comes first."""
    said = np.array([_PARTY.get(v.strip().lower(), UNKNOWN) for v in party.values] + [UNKNOWN])
    kind = said[party.codes]
    looks = np.append(names.looks, UNKNOWN)[names.codes]
    if persons:
        kind = np.where(kind == UNKNOWN, PERSON, kind)
    kind = np.where(kind == UNKNOWN, looks, kind)
    kind = np.where((kind == UNKNOWN) & (born.column.codes >= 0), PERSON, kind)
    return kind.astype(np.int32)
