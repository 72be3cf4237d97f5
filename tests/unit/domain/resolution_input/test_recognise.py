"""Columns are recognised by header and content, and nothing that proves nothing is evidence."""

from collections.abc import Sequence

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.resolution_input.content import ColumnContent, are_values
from mastersync.domain.resolution_input.recognise import ChosenColumn, recognise_columns

ROWS = 40
PEOPLE = ("Ada", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal")
WORDS = ("Widgets", "Motors", "Textiles", "Foods", "Bank")
TOWNS = ("Rome", "Bonn", "Oslo", "Bern")


def fields(
    columns: dict[str, Sequence[str]], *, chosen: Sequence[ChosenColumn] = ()
) -> dict[str, str]:
    contents = [
        ColumnContent(header, pd.Series(list(values), dtype="str"))
        for header, values in columns.items()
    ]
    return {use.column: use.field for use in recognise_columns(contents, chosen=chosen)}


def reasons(columns: dict[str, Sequence[str]]) -> dict[str, str]:
    contents = [
        ColumnContent(header, pd.Series(list(values), dtype="str"))
        for header, values in columns.items()
    ]
    return {use.column: use.reason for use in recognise_columns(contents)}


def many(form: str, *, start: int = 0, every: int = 1) -> list[str]:
    return [form.format(n=start + row // every) for row in range(ROWS)]


def cycled(values: Sequence[str]) -> list[str]:
    return [values[row % len(values)] for row in range(ROWS)]


def test_columns_without_names_are_known_by_their_values() -> None:
    found = fields(
        {
            "col1": many("C-{n:05d}"),
            "col2": [f"{PEOPLE[row % 8]} {WORDS[row % 5]} Ltd" for row in range(ROWS)],
            "col3": many("{n} Market Street", start=3),
            "col4": cycled(TOWNS),
            "col5": many("1{n:03d}5", every=2),
            "col6": cycled(("GB", "Germany", "FR")),
            "col7": many("+44 20 7946 {n:04d}"),
            "col8": many("info{n}@example.com"),
            "col9": many("www.firm{n}.example"),
            "col10": many("DE1234567{n:02d}"),
        }
    )
    assert found == {
        "col1": "id",
        "col2": "name",
        "col3": "street",
        "col4": "city",
        "col5": "postcode",
        "col6": "country",
        "col7": "phone",
        "col8": "email",
        "col9": "website",
        "col10": "tax_id",
    }


def test_persons_without_headers_are_known_by_their_single_words_and_births() -> None:
    found = fields(
        {
            "F1": many("{n:04d}"),
            "F2": cycled(PEOPLE),
            "F3": cycled([f"{name}son" for name in PEOPLE[:7]]),
            "F4": [f"19{20 + row}-03-1{row % 9}" for row in range(ROWS)],
        }
    )
    assert found == {"F1": "id", "F2": "given_name", "F3": "surname", "F4": "date_of_birth"}


def test_dates_that_crowd_in_the_last_years_are_no_births() -> None:
    found = fields(
        {"id": many("{n}"), "F4": [f"2021-03-{row % 28 + 1:02d}" for row in range(ROWS)]}
    )
    assert found["F4"] == ""


def test_a_header_that_the_values_contradict_is_not_believed() -> None:
    found = fields(
        {
            "id": many("{n}"),
            "name": many("Firm {n}"),
            "email": cycled(("yes", "no")),
            "x": many("b{n}@c.de"),
        }
    )
    assert found["email"] == "other:email"
    assert found["x"] == "email"


def test_neither_the_answer_nor_times_nor_running_numbers_are_evidence() -> None:
    found = fields(
        {
            "id": many("{n}"),
            "name": many("Firm {n}"),
            "cluster": many("{n}", every=2),
            "label": cycled(("1", "0")),
            "created_at": many("2024-01-01 10:{n:02d}:00"),
            "guid": many("6f9619ff-8b86-d011-b42d-00c04fc9{n:04d}"),
            "rec_id": many("r{n}"),
            "balance": many("{n}.37"),
            "stamp": many("2023-05-01T10:{n:02d}:00Z"),
        }
    )
    assert {column for column, field in found.items() if field} == {"id", "name"}


def test_empty_columns_are_left_out_and_said() -> None:
    columns = {
        "id": many("{n}"),
        "name": many("Firm {n}"),
        "fax": [""] * ROWS,
        "note": ["  "] * ROWS,
    }
    assert fields(columns)["fax"] == fields(columns)["note"] == ""
    assert reasons(columns)["fax"] == "empty in every row"


def test_a_second_column_of_a_kind_is_weak_evidence() -> None:
    found = fields(
        {
            "id": many("{n}"),
            "name": many("Firm {n}"),
            "mobile": many("0170 {n:06d}"),
            "phone": many("030 {n:06d}"),
            "fax": many("030 9{n:05d}"),
            "address": many("{n} High St"),
            "address_2": cycled(("Floor 1", "Floor 2", "")),
        }
    )
    assert found["phone"] == "phone"
    assert found["mobile"] == "other:mobile"
    assert found["fax"] == "fax"
    assert found["address_2"] == "other:address_2"


def test_columns_of_few_values_are_weak_evidence() -> None:
    found = fields({"id": many("{n}"), "name": many("Firm {n}"), "role": cycled(("a", "b", "c"))})
    assert found["role"] == "other:role"


def test_company_and_person_are_told_by_their_words() -> None:
    for words in (("C", "P"), ("company", "person"), ("B2B", "B2C"), ("Firma", "Privat")):
        assert fields({"id": many("{n}"), "kind": many("F{n}"), "col3": cycled(words)})["col3"] == (
            "party_type"
        )


def test_name_beside_given_names_is_the_surname_as_germans_and_french_write_it() -> None:
    for first, name in (("Vorname", "Name"), ("Prénom", "Nom")):
        found = fields({"Nr": many("{n}"), first: cycled(PEOPLE), name: many("Meier{n}")})
        assert (found[first], found[name]) == ("given_name", "surname")
    company = fields(
        {"Firma": many("Firma {n}"), "Name": many("Meier{n}"), "Vorname": cycled(PEOPLE)}
    )
    assert company["Firma"] == "name"


def test_of_two_names_the_filled_one_is_the_name() -> None:
    sparse = ["Acme"] + [""] * (ROWS - 1)
    found = fields({"id": many("{n}"), "company": sparse, "name": many("Person {n}")})
    assert found["name"] == "name"


def test_a_number_is_an_id_only_by_its_name_or_its_place() -> None:
    first = fields({"Ref": many("X{n:04d}"), "name": many("Firm {n}")})
    later = fields({"name": many("Firm {n} of Things"), "Ref": many("X{n:04d}")})
    assert first["Ref"] == "id"
    assert later["Ref"] == ""


def test_a_persons_word_comes_first() -> None:
    chosen = [
        ChosenColumn(field="name", column="remark"),
        ChosenColumn(field="ignore", column="email"),
        ChosenColumn(field="other", column="city"),
    ]
    columns = {
        "id": many("{n}"),
        "name": many("Firm {n}"),
        "remark": many("Other {n}"),
        "email": many("a{n}@b.de"),
        "city": cycled(TOWNS),
    }
    found = fields(columns, chosen=chosen)
    assert found == {
        "id": "id",
        "name": "other:name",
        "remark": "name",
        "email": "",
        "city": "other:city",
    }


def test_a_file_of_one_row_is_recognised_too() -> None:
    found = fields({"id": ["1"], "name": ["Acme"], "phone": ["+49 30 123456"], "city": ["Rome"]})
    assert list(found.values()) == ["id", "name", "phone", "city"]


def test_a_file_without_rows_is_recognised_by_its_headers() -> None:
    assert fields({"id": [], "name": [], "zip": []}) == {
        "id": "id",
        "name": "name",
        "zip": "postcode",
    }


def test_a_line_of_values_is_no_line_of_names() -> None:
    assert are_values(["17", "Acme Ltd", "info@acme.example"])
    assert not are_values(["id", "company", "2021"])
    assert not are_values(["foo", "bar"])


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "1", "GB", "C", "2001-01-01", "a@b.de", "+49 30 123456", "Acme Ltd", "\u200b"]
    ),
)
HEADERS = st.one_of(
    st.text(min_size=1, max_size=8),
    st.sampled_from(["id", "name", "Name", "phone", "col1", "col2", "surname", "Vorname", "PLZ"]),
)


@given(st.dictionaries(HEADERS, st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_whatever_a_file_holds_each_column_gets_one_use_and_each_field_one_column(
    columns: dict[str, list[str]],
) -> None:
    found = fields(columns)
    assert list(found) == list(columns)
    used = [field for field in found.values() if field]
    assert len(used) == len(set(used))
