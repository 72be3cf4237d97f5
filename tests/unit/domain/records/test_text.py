"""Text is cleaned of what misleads, and keeps what people wrote."""

import math
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.records.text import clean_text, text_of

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Cafe\u0301 \t du\u00a0Nord\n", "Café du Nord"),
        ("Harbor\x00 Foods\x07", "Harbor Foods"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("\ufeffBakery", "Bakery"),
        ("broken \ud800 surrogate", "broken surrogate"),
        ("Pizza 🍕 Haus", "Pizza 🍕 Haus"),
        ("👩‍🍳 Kitchen", "👩‍🍳 Kitchen"),
        ("مطعم الشام", "مطعم الشام"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_text_is_cleaned_and_keeps_its_meaning(written: str, kept: str) -> None:
    assert clean_text(written) == kept


@given(st.text(st.characters() | st.sampled_from(BIDI_CONTROLS + "\x00\ud800")))
def test_cleaning_twice_is_cleaning_once_and_leaves_nothing_that_misleads(text: str) -> None:
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert not set(cleaned) & set(BIDI_CONTROLS)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in cleaned)
    cleaned.encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("NULL", ""),
        (" n/a ", ""),
        (math.nan, ""),
        (3102461501.0, "3102461501"),
        (12.5, "12.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("25000.00"), "25000"),
        (True, "true"),
        (7, "7"),
        (0.0, "0"),
    ],
)
def test_values_of_other_types_become_plain_text(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    "value",
    [
        math.inf,
        Decimal("Infinity"),
        Decimal("1E+999999"),
        pytest.param(10**5000, id="more digits than Python prints"),
        ["a"],
        {"a": 1},
        b"a",
    ],
)
def test_what_is_no_text_is_said_to_be_none(value: object) -> None:
    assert text_of(value) is None
