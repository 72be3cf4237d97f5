"""The report shows where two values differ, and what in them cannot be seen."""

from hypothesis import given
from hypothesis import strategies as st

from mastersync.dedupe_files.report.differences import differences, visible


def differing(left: str, right: str) -> tuple[list[str], list[str]]:
    one, other = differences(left, right)
    return (
        [segment.text for segment in one if segment.differs],
        [segment.text for segment in other if segment.differs],
    )


def test_only_the_characters_that_differ_are_marked() -> None:
    assert differing("7 Harbour Lane", "7 Harbor Lane") == (["u"], [])


def test_upper_and_lower_case_count_as_the_same() -> None:
    assert differing("ACME Ltd", "Acme LTD") == ([], [])


def test_values_with_little_in_common_differ_as_a_whole() -> None:
    assert differing("San Antonio", "Seattle") == (["San Antonio"], ["Seattle"])


def test_a_value_that_the_other_record_lacks_differs_from_nothing() -> None:
    assert differing("Rome", "") == ([], [])


def test_invisible_characters_show_as_their_code() -> None:
    assert visible("Ac\u200bme") == "Ac⟨U+200B⟩me"
    assert differing("Ac\u200bme Bank", "Acme Bank") == (["⟨U+200B⟩"], [])


def test_very_long_values_are_cut() -> None:
    assert len(visible("x" * 300)) < 200


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_of_either_value_is_lost(left: str, right: str) -> None:
    one, other = differences(left, right)
    assert "".join(segment.text for segment in one) == visible(left)
    assert "".join(segment.text for segment in other) == visible(right)
