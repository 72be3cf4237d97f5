"""What people say of columns is taken at its word, or refused with the way out."""

import pytest

from mastersync.domain.resolution_input.choices import read_choices
from mastersync.domain.resolution_input.recognise import ChosenColumn
from mastersync.errors import ConfigError

COLUMNS = {"crm": ["KUNDE_1", "ORT", "PLZ"], "erp": ["firma", "ort"]}


def refusal(*texts: str) -> ConfigError:
    with pytest.raises(ConfigError) as refused:
        read_choices(texts, columns_by_file=COLUMNS)
    return refused.value


def test_a_column_counts_in_every_file_that_has_it() -> None:
    found = read_choices(["name=KUNDE_1", "address=Ort"], columns_by_file=COLUMNS)
    assert found == (
        ChosenColumn(field="name", column="KUNDE_1"),
        ChosenColumn(field="street", column="ORT"),
        ChosenColumn(field="street", column="ort"),
    )


def test_one_field_may_be_another_column_in_each_file() -> None:
    found = read_choices(["name=KUNDE_1", "name=firma"], columns_by_file=COLUMNS)
    assert [choice.column for choice in found] == ["KUNDE_1", "firma"]


def test_a_mistyped_column_is_answered_with_the_nearest_and_the_list() -> None:
    error = refusal("name=KUNDE1X")
    assert "Did you mean 'KUNDE_1'?" in error.problem
    assert error.next_step == "crm has: KUNDE_1, ORT, PLZ. erp has: firma, ort."


def test_an_unknown_field_is_answered_with_the_nearest_and_the_list() -> None:
    error = refusal("postcod=PLZ")
    assert "There is no field 'postcod'" in error.problem
    assert "Did you mean 'postcode'?" in error.problem
    assert "registration_number" in error.next_step


def test_two_columns_of_one_file_cannot_be_one_field() -> None:
    error = refusal("name=KUNDE_1", "name=PLZ")
    assert "Two columns of crm are given as name: 'KUNDE_1' and 'PLZ'" in error.problem


def test_one_column_cannot_be_two_fields() -> None:
    assert "as name and as city" in refusal("name=PLZ", "city=PLZ").problem


@pytest.mark.parametrize("text", ["name", "=PLZ", "name=", ""])
def test_half_a_choice_is_refused_with_an_example(text: str) -> None:
    assert "--column name=COMPANY_NAME" in refusal(text).next_step


def test_any_number_of_columns_may_be_ignored_or_weak_evidence() -> None:
    texts = ["ignore=PLZ", "ignore=firma", "other=KUNDE_1"]
    assert len(read_choices(texts, columns_by_file=COLUMNS)) == 3
