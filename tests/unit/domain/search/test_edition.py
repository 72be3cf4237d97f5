"""The index in PostgreSQL outlives programs: whoever changes its keys raises its edition."""

import numpy as np

from mastersync.domain.search.engine import EDITION
from mastersync.domain.search.frames import entries_of, read_records

RECORDS = [
    {
        "party_type": "company",
        "name": "Zürcher Käse & Söhne GmbH",
        "street": "Hauptstraße 5",
        "city": "Berlin",
        "postcode": "10115",
        "country": "DE",
        "phone": "+49301234567",
        "email": "info@zuercher.de",
        "tax_id": "DE136695976",
    },
    {"party_type": "person", "name": "Luke Purdon", "date_of_birth": "1982-06-17"},
]


def digest(numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> int:
    return int(np.bitwise_xor.reduce(numbers))


def test_the_keys_words_and_contacts_of_an_edition_are_for_ever() -> None:
    entries = entries_of(read_records(RECORDS), np.array([1, 2], dtype=np.int64))
    found = [digest(column) for column in (entries.keys, entries.terms, entries.contacts)]

    assert EDITION == 4
    assert found == [6915863294014317032, 7978545604659328746, 8784193680841849454]
