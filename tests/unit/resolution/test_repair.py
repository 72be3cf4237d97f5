import pandas as pd
import pytest

from mastersync.domain.resolution.repair import Columns, repair
from mastersync.domain.resolution.words import Distinct, distinct

# Cities are known by their own column, from two records on.
KNOWN = [
    {"name": "Alder", "street": "3 Quarry Hill", "city": "Leeds", "postcode": "LS1 4AB"},
    {"name": "Birch", "street": "9 Quarry Hill", "city": "Leeds", "postcode": "LS1 4AB"},
    {"name": "Cedar", "street": "1 Mill Road", "city": "New York", "postcode": "10118"},
    {"name": "Dogwood", "street": "2 Mill Road", "city": "New York", "postcode": "10118"},
    {"name": "Elm", "street": "2 Mill Road", "city": "Springfield", "postcode": "62704"},
]
FIELDS = ("name", "street", "city", "postcode")


def said(column: Distinct, row: int) -> str:
    return column.values[column.codes[row]] if column.codes[row] >= 0 else ""  # noqa: PD011


def repaired(record: dict[str, str]) -> dict[str, str]:
    frame = pd.DataFrame([*KNOWN, record], dtype=str, columns=list(FIELDS)).fillna("")
    before = frame.copy()
    columns = repair(Columns(**{field: distinct(frame[field]) for field in FIELDS}))
    assert frame.equals(before)
    for row, known in enumerate(KNOWN):
        assert {field: said(getattr(columns, field), row) for field in FIELDS} == known
    found = {field: said(getattr(columns, field), len(KNOWN)) for field in FIELDS}
    return {field: value for field, value in found.items() if value}


@pytest.mark.parametrize(
    ("name", "street"),
    [
        ("18 Guzman St.", "David Martin"),
        ("Hauptstr. 12", "Kestrel GmbH"),
        ("12 Harbour Street, Flat 3", "Kestrel & Sons"),
        ("Hauptstraße 12", "Kestrel"),
        ("1200 W Adams Blvd", "Maria Keller"),
    ],
)
def test_a_street_under_name_and_a_name_under_street_change_places(name, street):
    assert repaired({"name": name, "street": street}) == {"name": street, "street": name}


@pytest.mark.parametrize(
    ("name", "street"),
    [
        ("Studio 54", "Broadway"),
        ("Studio 54", "254 West 54th Street"),
        ("Mill Road Garage", "Quarry Hill"),
        ("42nd Street Diner", "Broadway"),
        ("12 Harbour Street Ltd", "Quarry Hill"),
        ("18 Guzman St.", "12 Harbour Street"),
        ("18 Guzman St.", ""),
        ("3M", "Quarry Hill"),
    ],
)
def test_a_name_that_is_perhaps_no_street_stays(name, street):
    record = {"name": name, "street": street} if street else {"name": name}

    assert repaired(record) == record


@pytest.mark.parametrize(
    ("street", "parts"),
    [
        ("12 Harbour Street, Leeds LS1 4AB", ("12 Harbour Street", "leeds", "LS1 4AB")),
        ("12 Harbour Street, Leeds, LS14AB", ("12 Harbour Street", "leeds", "LS14AB")),
        ("12 Harbour Street, Leeds", ("12 Harbour Street", "leeds", "")),
        ("350 5th Ave New York 10118-1234", ("350 5th Ave", "new york", "10118-1234")),
        ("350 5th Ave, NEW YORK, 10118", ("350 5th Ave", "new york", "10118")),
        ("Leeds", ("", "leeds", "")),
    ],
)
def test_city_and_postcode_are_parted_from_a_street_that_ends_with_them(street, parts):
    wanted = dict(zip(("street", "city", "postcode"), parts, strict=True))

    assert repaired({"street": street}) == {k: v for k, v in wanted.items() if v}


@pytest.mark.parametrize(
    "record",
    [
        {"street": "12 Leeds Road"},
        {"street": "12 Harbour Street Leeds"},
        {"street": "12 Harbour Street, Springfield 62704"},
        {"street": "12 Harbour Street, Leeds", "city": "New York"},
        {"street": "12 Harbour Street"},
        {"city": "Leeds", "postcode": "LS1 4AB"},
    ],
    ids=["a road's name", "no comma", "a city said once", "another city", "none", "no street"],
)
def test_a_street_that_perhaps_has_no_city_in_it_stays(record):
    assert repaired(record) == record


def test_a_postcode_in_the_street_does_not_replace_the_record_s_own():
    found = repaired({"street": "12 Harbour Street, Leeds LS1 4AB", "postcode": "LS9 9ZZ"})

    assert found == {"street": "12 Harbour Street", "city": "leeds", "postcode": "LS9 9ZZ"}
