"""What a posted form means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confirmation_examples import HELD, policy
from mastersync.domain.confirmations.answers import (
    Answer,
    FormMistakes,
    Mistake,
    Verdict,
    box_value,
    parse_answer,
)
from mastersync.domain.confirmations.shown import Shown, show_details

SHOWN = Shown.from_json(show_details(HELD, policy=policy()).as_json())
UNTOUCHED = {f"field_{field.name}": box_value(field) for field in SHOWN.fields if field.is_editable}


def answer(verdict: str = "corrections", **typed: str) -> Answer | FormMistakes:
    fields = {f"field_{name}": text for name, text in typed.items()}
    return parse_answer({**UNTOUCHED, "verdict": verdict, **fields}, SHOWN)


def mistakes(result: Answer | FormMistakes) -> dict[str, Mistake]:
    assert isinstance(result, FormMistakes)
    return result.by_field


def test_an_untouched_form_with_a_choice_is_an_answer():
    assert answer("all_correct") == Answer(verdict=Verdict.ALL_CORRECT)
    assert answer("wrong_person") == Answer(verdict=Verdict.WRONG_PERSON)


@pytest.mark.parametrize("form", [{}, {"verdict": ""}, {"verdict": "maybe"}])
def test_without_a_choice_there_is_no_answer(form):
    assert mistakes(parse_answer(form, SHOWN)) == {"verdict": Mistake.NOTHING_CHOSEN}


def test_corrections_come_in_normal_form_and_only_where_something_differs():
    result = answer(
        city=" Potsdam ", country="AT", phone="030 / 123 456 79", street="Hauptstraße  1"
    )

    expected = {"city": "Potsdam", "country": "AT", "phone": "+433012345679"}
    assert result == Answer(verdict=Verdict.CORRECTIONS, corrections=expected)


def test_an_empty_box_of_a_masked_value_means_that_it_is_right():
    assert answer(city="Potsdam") == Answer(
        verdict=Verdict.CORRECTIONS, corrections={"city": "Potsdam"}
    )


def test_something_is_wrong_without_a_change_is_asked_again():
    assert mistakes(answer()) == {"verdict": Mistake.NOTHING_CHANGED}


def test_a_change_that_is_none_in_normal_form_is_no_change():
    assert mistakes(answer(postcode=" 10115 ", country="DE")) == {
        "verdict": Mistake.NOTHING_CHANGED
    }


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        ("phone", "call me", Mistake.UNUSABLE),
        ("email", "anna at home", Mistake.UNUSABLE),
        ("country", "Atlantis", Mistake.UNUSABLE),
        ("date_of_birth", "yesterday", Mistake.UNUSABLE),
        ("tax_id", "-", Mistake.UNUSABLE),
        ("name", "...", Mistake.UNUSABLE),
        ("name", "", Mistake.EMPTY),
        ("city", "  ", Mistake.EMPTY),
        ("name", "x" * 201, Mistake.TOO_LONG),
    ],
)
def test_a_value_that_cannot_be_right_is_said_at_its_field(name, text, mistake):
    assert mistakes(answer(**{name: text, "street": "Other street 2"})) == {name: mistake}


def test_what_may_not_be_corrected_is_not_taken_from_a_forged_form():
    assert mistakes(answer(payment_terms="N90", credit_rating="A+")) == {
        "verdict": Mistake.NOTHING_CHANGED
    }


def test_all_correct_with_changes_is_asked_about_once_and_then_believed():
    assert mistakes(answer("all_correct", city="Potsdam")) == {
        "verdict": Mistake.CHANGED_BUT_CORRECT
    }
    form = {**UNTOUCHED, "verdict": "all_correct", "field_city": "Potsdam", "asked_again": "1"}
    assert parse_answer(form, SHOWN) == Answer(verdict=Verdict.ALL_CORRECT)


@given(st.dictionaries(st.sampled_from([*UNTOUCHED, "verdict", "asked_again"]), st.text()))
def test_no_form_makes_it_fail_and_corrections_hold_no_control_characters(form):
    result = parse_answer({**UNTOUCHED, "verdict": "corrections", **form}, SHOWN)

    if isinstance(result, Answer):
        for value in result.corrections.values():
            assert value
            assert value.isprintable() or all(ord(character) > 31 for character in value)
