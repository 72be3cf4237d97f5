import pytest

from mastersync.domain.golden.shown import shown_value
from mastersync.domain.records.fields import FIELDS
from mastersync.domain.records.prepare import PreparePolicy, prepare_record

POLICY = PreparePolicy(required=frozenset(), default_country="GB")


def prepared(**fields):
    return prepare_record({"name": "Aldgate Foundry", **fields}, policy=POLICY)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("iban", "gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"),
        ("iban", "IBAN DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("bic", "deut de ff", "DEUTDEFF"),
        ("bic", "DEUTDEFF500", "DEUTDEFF500"),
        ("account_holder", " Aldgate  Foundry Ltd ", "Aldgate Foundry Ltd"),
    ],
)
def test_bank_details_take_their_normal_form(field, text, value):
    assert prepared(**{field: text}).fields[field] == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("iban", "GB82 WEST 1234 5698 7654 33"),  # check digits
        ("iban", "DE89 3704 0044 0532 0130"),  # too short for its country
        ("iban", "12345678"),
        ("bic", "DEUTDE"),
        ("bic", "DEUTXXFFA"),
    ],
)
def test_what_is_no_account_is_left_out_with_a_warning_that_does_not_repeat_it(field, text):
    record = prepared(**{field: text})

    assert field not in record.fields
    (problem,) = record.problems
    assert problem.code == f"{field}_invalid"
    assert text not in problem.words
    assert not record.is_set_aside


@pytest.mark.parametrize("field", [name for name, field in FIELDS.items() if field.group == "bank"])
def test_bank_details_are_shown_in_part(field):
    value = "GB82WEST12345698765432"
    shown = shown_value(field, value)

    assert shown != value
    assert len(shown) == len(value)
    assert "1234" not in shown
    assert shown_value(field, value, show_sensitive=True) == value


@pytest.mark.parametrize("value", ["", "1", "12", "123", "12345"])
def test_what_is_short_is_hidden_at_least_by_half(value):
    shown = shown_value("tax_id", value)

    assert len(shown) == len(value)
    assert sum(a == b for a, b in zip(shown, value, strict=True)) <= len(value) / 2
