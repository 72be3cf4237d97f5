"""What a customer is shown, and what of it is stored."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confirmation_examples import HELD, policy
from mastersync.domain.confirmations.masking import mask_code, mask_value
from mastersync.domain.confirmations.shown import Shown, show_details
from mastersync.domain.records.fields import FieldKind


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (FieldKind.PHONE, "+13102461501", "+1 ••• ••• •501"),
        (FieldKind.PHONE, "+493012345678", "+49 •• •••••678"),
        (FieldKind.PHONE, "12", "•2"),
        (FieldKind.TAX_ID, "DE136695976", "DE••••••976"),
        (FieldKind.TAX_ID, "123456789", "••••••789"),
        (FieldKind.TAX_ID, "1", "•"),
        (FieldKind.EMAIL, "anna@mueller.example", "a•••@mueller.example"),
        (FieldKind.DATE, "1980-12-31", "1980-••-••"),
        (FieldKind.NAME, "Café Müller", "Café Müller"),
        (FieldKind.POSTCODE, "10115", "10115"),
        (FieldKind.PHONE, "", ""),
    ],
)
def test_secrets_are_shown_in_part_and_the_rest_as_it_is(kind, value, masked):
    assert mask_value(kind, value) == masked


@given(
    st.sampled_from(["+1", "+44", "+49", "+852"]),
    st.from_regex(r"[1-9][0-9]{6,11}", fullmatch=True),
)
def test_at_most_half_of_a_phone_number_is_readable(code, digits):
    masked = mask_value(FieldKind.PHONE, code + digits)

    hidden = masked.count("•")
    assert hidden >= len(digits) // 2


@given(st.text(alphabet="ABC123", min_size=1, max_size=12))
def test_a_masked_code_never_shows_all_of_it(code):
    assert len(code) == 1 or mask_code(code) != code


def test_the_store_never_gets_the_whole_of_a_masked_value():
    stored = json.dumps(show_details(HELD, policy=policy()).as_json())

    for name in ("phone", "email", "tax_id", "date_of_birth"):
        assert HELD[name] not in stored
    assert "Hauptstra\\u00dfe 1" in stored


def test_what_comes_out_of_the_store_reads_the_same():
    shown = show_details(HELD, policy=policy())

    again = Shown.from_json(json.loads(json.dumps(shown.as_json())))

    assert again.rows(language="en") == shown.rows(language="en")
    assert again.as_json() == shown.as_json()


def test_what_the_house_thinks_of_a_customer_is_never_shown():
    shown = show_details(HELD, policy=policy())

    assert "credit_rating" not in [field.name for field in shown.fields]


def test_terms_are_shown_and_not_the_customers_to_correct():
    editable = {
        field.name: field.is_editable for field in show_details(HELD, policy=policy()).fields
    }

    assert not editable["payment_terms"]
    assert not editable["contract_start"]
    assert editable["name"]


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ({"city": "Berlin", "postcode": "10115", "country": "DE"}, ("10115 Berlin", "Germany")),
        (
            {"city": "Los Angeles", "region": "CA", "postcode": "90048", "country": "US"},
            ("Los Angeles, CA 90048", "United States"),
        ),
        (
            {"city": "London", "postcode": "EC1A 1BB", "country": "GB"},
            ("London", "EC1A 1BB", "United Kingdom"),
        ),
        ({"postcode": "90048", "country": "US"}, ("90048", "United States")),
        ({"city": "Nowhere"}, ("Nowhere",)),
    ],
)
def test_an_address_is_one_entry_in_the_order_of_its_country(address, lines):
    fields = ("name", "city", "region", "postcode", "country")
    rows = show_details({"name": "N", **address}, policy=policy(fields=fields)).rows(language="en")

    assert [row.label for row in rows] == ["Name", "Address"]
    assert rows[1].lines == lines


def test_labels_countries_and_dates_are_in_the_customers_language():
    rows = show_details(HELD, policy=policy("de")).rows(language="de")
    by_label = {row.label: row.lines for row in rows}

    assert by_label["Anschrift"] == ("Hauptstraße 1", "10115 Berlin", "Deutschland")
    assert by_label["Vertragsbeginn"] == ("1. März 2024",)


def test_a_field_without_a_value_is_shown_as_empty():
    rows = show_details({}, policy=policy(fields=("phone", "name"))).rows(language="en")

    assert [row.lines for row in rows] == [(), ()]
