"""Records of one customer share a key, whichever of their fields went wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.matching.keys import blocking_keys
from mastersync.domain.records.fields import FIELDS

ACME = {
    "name": "Plundora Triris Partners LLC",
    "street": "59 Walker Street",
    "city": "Lexington",
    "postcode": "40514",
    "phone": "+14679274817",
    "email": "accounts@plundora.com",
    "tax_id": "132569408",
}
WRONG = {
    "name": "Plndora Triris Partnres",
    "street": "7 Oak Road",
    "city": "Paris",
    "postcode": "99999",
    "phone": "+14670000001",
    "email": "x@other.com",
    "tax_id": "999569400",
}


@pytest.mark.parametrize("right", [("tax_id",), ("phone",), ("email",), ("name",)])
def test_one_field_that_agrees_is_enough_to_be_compared(right: tuple[str, ...]) -> None:
    other = {field: ACME[field] if field in right else WRONG[field] for field in ACME}

    assert blocking_keys(ACME) & blocking_keys(other)


def test_an_address_that_agrees_is_enough_to_be_compared() -> None:
    moved_in = {**WRONG, **{field: ACME[field] for field in ("street", "city", "postcode")}}

    assert blocking_keys(ACME) & blocking_keys(moved_in)


def test_a_misspelt_name_in_the_same_city_is_compared() -> None:
    assert blocking_keys({"name": "Rockix Healthcare", "city": "Leicester"}) & blocking_keys(
        {"name": "Rorkix Healthcare Ltd", "city": "Leicester"}
    )


def test_a_person_is_found_by_date_of_birth_and_the_sound_of_a_name() -> None:
    born = {"party_type": "person", "date_of_birth": "1980-04-01"}

    assert blocking_keys({**born, "name": "Sarah Schepers"}) & blocking_keys(
        {**born, "name": "Zara Shcepers-Schepers"}
    )


def test_a_placeholder_mailbox_is_no_key() -> None:
    assert blocking_keys({"email": "test@test.com"}) == frozenset()


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text() | st.just("12 Dunn Avenue")))
def test_keys_are_kind_and_value_and_not_too_many(fields: dict[str, str]) -> None:
    keys = blocking_keys(fields)

    assert len(keys) <= 40
    assert all(key.partition(":")[0] and key.partition(":")[2] for key in keys)
