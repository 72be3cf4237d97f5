"""Contradictions that no score outweighs."""

import pytest

from mastersync.domain.search.doubts import needs_a_person
from record_pairs import compared

PERSON = {"name": "Luke Purdon", "phone": "+442012750401"}


@pytest.mark.parametrize(
    ("born", "doubtful"),
    [
        ("1950-01-01", False),
        ("1950-01-02", False),
        ("1953-11-28", True),
        ("1982-06-17", True),
    ],
    ids=["the same day", "a slip", "another day", "a generation later"],
)
def test_another_date_of_birth_is_for_a_person_to_judge(born: str, *, doubtful: bool) -> None:
    comparison = compared(
        {**PERSON, "date_of_birth": "1950-01-01"}, {**PERSON, "date_of_birth": born}
    )

    assert needs_a_person(comparison).tolist() == [doubtful]
