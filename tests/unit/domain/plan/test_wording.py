import pytest

from mastersync.domain.plan.wording import source_in_words


@pytest.mark.parametrize(
    ("system", "source_key", "words"),
    [
        ("crm", "4711", "crm:4711"),
        ("credit decision", "credit decision 8", "credit decision 8"),
        ("customer", "answer 3", "the customer's answer 3"),
        ("operator", "decision 7", "decision 7"),
        ("creditsafe", "report 2", "Creditsafe's report 2"),
        ("", "", "—"),
    ],
)
def test_a_source_is_named_once(system: str, source_key: str, words: str) -> None:
    assert source_in_words(system, source_key) == words
