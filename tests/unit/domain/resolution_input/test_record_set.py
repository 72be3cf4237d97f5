"""Several files become one set of records: no row lost, every id its own."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.resolution_input.record_ids import distinct_ids, qualified_ids
from mastersync.domain.resolution_input.record_set import (
    CustomerFile,
    RecordSet,
    form_record_set,
    require_evidence,
)
from mastersync.errors import ConfigError


def a_file(file: str = "crm", /, **columns: list[str]) -> CustomerFile:
    frame = pd.DataFrame({key: pd.Series(cells, dtype="str") for key, cells in columns.items()})
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return CustomerFile(name=file, frame=frame)


def records(*files: CustomerFile) -> RecordSet:
    return form_record_set(files)


def numbered(word: str, count: int) -> list[str]:
    return [f"{word} {number}" for number in range(count)]


def test_repeated_ids_are_told_apart_and_no_row_is_lost() -> None:
    found = records(a_file(id=["7", "7", "7#2", "7"], name=numbered("Firm", 4)))
    assert found.frame["id"].tolist() == ["7", "7#3", "7#2", "7#4"]
    assert any("2 rows with an id that a row before has (7)" in note for note in found.notes)


def test_rows_without_an_id_are_called_by_their_place() -> None:
    found = records(a_file(id=["a", " ", "c"], name=numbered("Firm", 3)))
    assert found.frame["id"].tolist() == ["a", "row 2", "c"]


def test_a_file_without_ids_goes_by_row_numbers_and_says_so() -> None:
    found = records(a_file(name=numbered("Firm", 3)))
    assert found.frame["id"].tolist() == ["1", "2", "3"]
    assert "crm: no column is an id: rows go by their number." in found.notes


def test_ids_of_several_files_are_qualified_where_they_clash() -> None:
    found = records(
        a_file("crm", id=["1", "2"], name=["A", "B"]), a_file("erp", id=["2", "3"], name=["C", "D"])
    )
    assert found.frame["id"].tolist() == ["1", "crm:2", "erp:2", "3"]
    assert any("occurs in several files (2)" in note for note in found.notes)


@given(st.lists(st.lists(st.sampled_from(["1", "1#2", "a:1", "", " "])), min_size=1, max_size=3))
def test_ids_are_distinct_whatever_the_files_hold(files: list[list[str]]) -> None:
    own = [
        (name, distinct_ids(pd.Series(ids, index=range(1, len(ids) + 1), dtype="str"))[0])
        for name, ids in zip("abc", files, strict=False)
    ]
    joined, _ = qualified_ids(own)
    assert len(joined) == sum(map(len, files))
    assert joined.is_unique


def test_a_file_is_its_records_source_unless_it_says_otherwise() -> None:
    found = records(
        a_file("crm", id=["1"], name=["A"]),
        a_file("old", id=["2", "3"], name=["B", "C"], source=["ERP", ""]),
    )
    assert found.frame["source"].tolist() == ["crm", "ERP", "old"]


def test_sources_that_two_files_share_are_told_apart_by_the_file() -> None:
    found = records(
        a_file("may", id=["1"], name=["A"], source=["CRM"]),
        a_file("june", id=["2"], name=["B"], source=["CRM"]),
    )
    assert found.frame["source"].tolist() == ["may:CRM", "june:CRM"]
    assert any("same sources" in note for note in found.notes)


def test_what_is_the_same_in_every_row_is_no_evidence() -> None:
    found = records(
        a_file(
            id=[str(number) for number in range(60)],
            name=numbered("Firm", 60),
            phone=["030 1234567"] * 60,
            role=["master"] * 60,
            country=["DE"] * 60,
        )
    )
    assert list(found.frame.columns) == ["id", "name", "country"]
    reasons = {use.column: use.reason for use in found.files[0].columns}
    assert reasons["phone"] == reasons["role"] == "the same in every row"


def test_a_file_in_which_all_say_the_same_is_not_emptied() -> None:
    ids = [str(number) for number in range(60)]
    assert records(a_file(id=ids, email=["a@b.de"] * 60)).fields == ("email",)
    assert records(a_file(id=ids, name=["Acme"] * 60, city=["Rome"] * 60)).fields == ("name",)


def test_in_a_file_of_few_rows_the_same_value_is_evidence() -> None:
    found = records(a_file(id=["1", "2"], name=["Acme", "Acme"], city=["Rome", "Rome"]))
    assert found.fields == ("name", "city")


def test_columns_of_different_files_meet_in_their_fields() -> None:
    found = records(
        a_file("crm", id=["1"], company=["Acme"], ort=["Bonn"]),
        a_file("erp", nr=["x"], firma=["Acme GmbH"], zip=["53111"]),
    )
    assert found.frame["name"].tolist() == ["Acme", "Acme GmbH"]
    assert found.frame["city"].tolist() == ["Bonn", ""]
    assert found.frame["postcode"].tolist() == ["", "53111"]


def test_the_kind_of_party_is_said_in_the_matchers_words() -> None:
    found = records(
        a_file(id=["1", "2", "3"], name=["A", "B", "C"], party_type=["Firma", "P", "?"])
    )
    assert found.frame["party_type"].tolist() == ["company", "person", ""]


def test_without_a_name_it_says_that_little_can_be_said() -> None:
    found = records(a_file(id=["1", "2"], email=["a@b.de", "c@d.de"]))
    assert any("--column name=" in note for note in found.notes)
    require_evidence(found)


def test_of_several_files_the_one_without_a_name_is_told() -> None:
    found = records(a_file("crm", id=["1"], name=["A"]), a_file("web", id=["x"], email=["a@b.de"]))
    assert [note.partition(":")[0] for note in found.notes if "for a name" in note] == ["web"]


def test_with_nothing_to_compare_it_refuses_and_lists_the_columns() -> None:
    found = records(a_file(id=["1", "2", "3"], foo=["bar", "baz", "bar"]))
    with pytest.raises(ConfigError, match="There are: id, foo"):
        require_evidence(found)
