import time

import numpy as np
import pandas as pd
import pytest

from mastersync.domain.resolution.fields import FIELDS
from mastersync.domain.resolution.resolve import Resolution, resolve
from populations import companies, copy_of, persons, with_rows, words

# CPU seconds that a file of a hundred thousand records may take on a slow machine.
QUICKLY = 30.0


def same(result: Resolution, left: int, right: int) -> bool:
    return bool(result.clusters[left] == result.clusters[right])


def says_of_names(result: Resolution, left: int, right: int) -> str:
    evidence = result.explain(left, right).evidence
    return next((piece.outcome for piece in evidence if piece.field == "name"), "missing")


def merged_alone(result: Resolution) -> int:
    """Return how many records an automatic merge would take away."""
    return len(result.sure) - len(np.unique(result.sure))


@pytest.fixture(scope="module")
def company_base() -> pd.DataFrame:
    return companies(400)


@pytest.fixture(scope="module")
def person_base() -> pd.DataFrame:
    return persons(400)


# --- hardly anything ------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [[], ["id"], list(FIELDS)])
def test_no_records_are_no_customers(columns):
    result = resolve(pd.DataFrame(columns=columns, dtype=str))

    assert len(result.clusters) == 0
    assert len(result.pairs) == 0


def test_one_record_is_one_customer():
    assert resolve(pd.DataFrame({"id": ["1"], "name": ["Acme"]})).clusters.tolist() == [0]


@pytest.mark.parametrize("columns", [["id"], list(FIELDS), ["name"], ["other:remark"]])
def test_records_that_say_nothing_are_never_one(columns):
    result = resolve(pd.DataFrame({name: [""] * 200 for name in columns}))

    assert len(np.unique(result.clusters)) == 200
    assert any("compared" in note for note in result.notes)


def test_missing_values_of_any_kind_say_nothing():
    frame = pd.DataFrame({"name": ["Acme", None, float("nan"), ""], "phone": [None] * 4})

    assert len(np.unique(resolve(frame).clusters)) == 4


def test_a_file_without_names_is_matched_by_what_it_has_and_says_that_it_is_thin():
    frame = companies(200)[["id", "phone"]]
    result = resolve(with_rows(frame, copy_of(frame.assign(source=""), 7)))

    assert result.clusters[200] in {7, 200}
    assert any("hin evidence" in note for note in result.notes)


def test_ids_may_repeat_and_the_index_need_not_be_in_order(company_base):
    frame = with_rows(company_base, copy_of(company_base, 5)).assign(id="1")
    frame.index = pd.Index(range(len(frame), 0, -1))

    assert same(resolve(frame), 5, 400)


# --- one value that everybody has ------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("phone", "+49 30 8412773"),
        ("email", "hello@bigcorp.example"),
        ("tax_id", "DE136695976"),
        ("street", "12 Registered Agent Square"),
        ("city", "London"),
        ("website", "www.bigcorp.example"),
        ("postcode", "20457"),
        ("other:branch", "north"),
    ],
)
def test_a_value_that_a_hundred_thousand_share_ends_quickly_and_merges_nobody(column, value):
    count = 100_000
    first, second = words(count, seed=3), words(count, seed=4)
    names = [f"{one} {other}" for one, other in zip(first, second, strict=True)]
    frame = pd.DataFrame({"id": [str(n) for n in range(count)], "name": names, column: value})

    began = time.process_time()
    result = resolve(frame)

    assert time.process_time() - began < QUICKLY
    assert merged_alone(result) < count / 1000


def test_a_name_that_a_hundred_thousand_share_ends_quickly_and_merges_nobody():
    count = 100_000
    streets = words(count, seed=5)
    frame = pd.DataFrame(
        {
            "name": ["Corner Shop Ltd"] * count,
            "street": [f"{n % 300} {street} Street" for n, street in enumerate(streets)],
            "city": [f"{city} Town" for city in words(count, seed=6)],
        }
    )

    began = time.process_time()
    result = resolve(frame)

    assert time.process_time() - began < QUICKLY
    assert merged_alone(result) < count / 1000


@pytest.mark.parametrize("column", ["phone", "email", "tax_id"])
def test_a_number_used_under_many_names_proves_nothing_of_two_that_share_a_word(column):
    names = words(300, seed=7)
    frame = pd.DataFrame(
        {
            "name": [f"{names[n // 2]} {names[299 - n]} Trading Ltd" for n in range(300)],
            "city": [f"{city} Town" for city in words(300, seed=8)],
            column: {"phone": "+49 30 8412773", "email": "a@b.example", "tax_id": "DE136695976"}[
                column
            ],
        }
    )

    assert merged_alone(resolve(frame)) == 0


# --- text as it comes ------------------------------------------------------------------------


def test_names_of_three_hundred_characters_are_compared_to_their_end(company_base):
    long = " ".join(words(40, seed=9))[:280]
    frame = with_rows(
        company_base,
        {"name": f"{long} Berlin", "phone": "0301 5567812", "city": "Berlin"},
        {"name": f"{long} Berlin", "phone": "0301 5567812", "city": "Berlin"},
    )

    assert same(resolve(frame), 400, 401)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Сергей Щербаков", "Sergey Shcherbakov"),
        ("Ιωάννης Παπαδόπουλος", "Ioannis Papadopoulos"),
        ("राहुल शर्मा", "Rahul Sharma"),
        ("Jürgen Größler", "Jurgen Grossler"),
        ("Łukasz Śliwiński", "LUKASZ SLIWINSKI"),
    ],
)
def test_a_name_is_the_same_in_another_script(one, other, company_base):
    place = {"street": "17 Quarry Hill", "city": "Leeds", "postcode": "33719"}
    frame = with_rows(company_base, {"name": one, **place}, {"name": other, **place})
    result = resolve(frame)

    assert says_of_names(result, 400, 401) == "same"
    assert same(result, 400, 401)


@pytest.mark.parametrize(
    "change",
    [
        lambda name: name.replace("a", "\u0430").replace("e", "\u0435"),  # Cyrillic
        lambda name: name.replace("o", "\u03bf"),  # Greek
        "\u200b".join,
        lambda name: f"\ufeff{name}\u200e",
        lambda name: "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in name),
        lambda name: name.replace(" ", "\u00a0\u2003"),
    ],
    ids=["cyrillic", "greek", "zero-width", "marks", "full-width", "spaces"],
)
def test_what_cannot_be_seen_does_not_part_two_records(change, company_base):
    copy = copy_of(company_base, 9, phone="", email="", tax_id="")
    result = resolve(with_rows(company_base, {**copy, "name": change(copy["name"])}))

    assert says_of_names(result, 9, 400) == "same"
    assert same(result, 9, 400)


def test_control_characters_and_broken_surrogates_do_no_harm(company_base):
    frame = with_rows(company_base, {"name": "A\x00B\x07\ud800 \n|\t~", "street": "\udfff"})

    assert len(resolve(frame).clusters) == 401


# --- values in the wrong place ---------------------------------------------------------------


def test_given_name_and_surname_may_be_swapped(person_base):
    row = person_base.iloc[11]
    swapped = copy_of(person_base, 11, given_name=row["surname"], surname=row["given_name"])

    assert same(resolve(with_rows(person_base, swapped)), 11, 400)


def test_name_and_street_may_be_swapped(company_base):
    row = company_base.iloc[12]
    swapped = copy_of(company_base, 12, name=row["street"], street=row["name"], tax_id="")

    assert same(resolve(with_rows(company_base, swapped)), 12, 400)


@pytest.mark.parametrize("form", ["{street}, {city} {postcode}", "{street} {city} {postcode}"])
def test_street_city_and_postcode_may_stand_in_one_column(form, company_base):
    row = company_base.iloc[13]
    address = form.format(**row)
    copy = copy_of(
        company_base, 13, street=address, city="", postcode="", phone="", email="", tax_id=""
    )

    assert same(resolve(with_rows(company_base, copy)), 13, 400)


def test_a_whole_file_may_have_its_addresses_in_one_column(company_base):
    whole = company_base.copy()
    whole["street"] = whole["street"] + ", " + whole["city"] + " " + whole["postcode"]
    whole[["city", "postcode", "tax_id", "email"]] = ""
    frame = with_rows(whole, copy_of(whole, 14, phone=""))

    assert same(resolve(frame), 14, 400)


def test_a_column_that_looks_like_an_id_but_differs_in_each_copy_parts_nobody(company_base):
    copies = [copy_of(company_base, row, phone="") for row in range(60)]
    frame = with_rows(company_base, *copies)
    frame["other:customer number"] = [f"K{n:07d}" for n in range(len(frame))]

    result = resolve(frame)

    assert sum(same(result, row, 400 + row) for row in range(60)) >= 58


# --- values that say nothing ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "n/a"),
        ("name", "Unknown"),
        ("name", "-"),
        ("phone", "000-000"),
        ("phone", "0000000000"),
        ("phone", "+1 999 999 9999"),
        ("phone", "123456789"),
        ("email", "test@test.com"),
        ("email", "noreply@example.com"),
        ("email", "n/a"),
        ("tax_id", "n/a"),
        ("tax_id", "000000000"),
        ("tax_id", "123456789"),
        ("street", "unknown"),
        ("date_of_birth", "1900-01-01"),
    ],
)
def test_a_placeholder_brings_nobody_together(column, value, company_base):
    pairs = [(row, row + 1) for row in range(0, 20, 2)]
    frame = company_base.copy()
    if column not in frame:
        frame[column] = ""
    for one, other in pairs:
        frame.loc[[one, other], column] = value

    result = resolve(frame)

    assert not any(same(result, one, other) for one, other in pairs)


def test_placeholders_do_not_part_two_records_either(company_base):
    copy = copy_of(company_base, 15, phone="000-000", email="none", tax_id="n/a")

    assert same(resolve(with_rows(company_base, copy)), 15, 400)


# --- many copies -----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [40, 300, 2000])
def test_exact_copies_are_one_customer_however_many_they_are(count, company_base):
    frame = pd.concat([company_base, *[company_base.iloc[[3]]] * count], ignore_index=True)

    began = time.process_time()
    result = resolve(frame)

    assert time.process_time() - began < QUICKLY
    assert len(np.unique(result.clusters[[3, *range(400, 400 + count)]])) == 1
