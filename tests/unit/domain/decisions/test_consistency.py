"""Words on pairs, and when they contradict each other."""

from datetime import UTC, datetime
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.decisions.consistency import (
    chain_against,
    newest_of_pairs,
    standing_in_the_way,
)
from mastersync.domain.decisions.model import PairDecision, PairWord
from mastersync.domain.matching.model import SourceKey, Verdict

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def word(text: str) -> PairWord:
    """``a=b`` same, ``a!b`` not the same, ``a~b`` related."""
    verdict = {"=": Verdict.SAME, "!": Verdict.NOT_SAME, "~": Verdict.RELATED}[text[1]]
    left, right = (SourceKey(system="crm", key=name) for name in (text[0], text[2]))
    return PairWord(verdict=verdict, left=left, right=right, author="ann", reason="r")


def decided(*texts: str) -> list[PairDecision]:
    return [
        PairDecision(decision_id=number, word=word(text), decided_at=NOON)
        for number, text in zip(count(1), texts, strict=False)
    ]


def ids(decisions: object) -> list[int]:
    return [decision.decision_id for decision in decisions]


@pytest.mark.parametrize(
    ("held", "said", "chain"),
    [
        ([], "a!b", []),
        (["a=b"], "a!b", [1]),
        (["a=b"], "b~a", [1]),
        (["a!b"], "a=b", [1]),
        (["a~b"], "b=a", [1]),
        (["a=b", "b=c"], "a!c", [1, 2]),
        (["a=b", "a!c"], "b=c", [1, 2]),
        (["a=b", "c=d", "a!d"], "b=c", [1, 3, 2]),
        (["a=b", "b=c", "c=d"], "d!a", [3, 2, 1]),
        (["a!b", "b!c"], "a=c", []),
        (["a!b", "b~c"], "a!c", []),
        (["a=b", "c=d"], "a=d", []),
    ],
)
def test_the_chain_that_says_otherwise_is_found(
    held: list[str], said: str, chain: list[int]
) -> None:
    assert ids(chain_against(word(said), decided(*held))) == chain


def test_only_the_newest_word_on_a_pair_holds() -> None:
    decisions = decided("a!b", "b=a")

    assert ids(newest_of_pairs(decisions)) == [2]
    assert ids(chain_against(word("a!b"), decisions)) == [2]


@pytest.mark.parametrize(
    ("held", "said", "withdrawn"),
    [
        (["a=b", "b=c"], "a!c", [1]),
        (["b=c", "a=b"], "a!c", [1]),
        (["a=b", "a!c"], "b=c", [2]),
        (["a=b", "b=c", "a=d", "d=c"], "a!c", [1, 3]),
        (["a=b", "a!c", "b!c"], "b=c", [3, 2]),
        (["a!b"], "a!b", []),
    ],
)
def test_who_insists_withdraws_as_little_and_as_old_as_will_do(
    held: list[str], said: str, withdrawn: list[int]
) -> None:
    found = ids(standing_in_the_way(word(said), decided(*held)))

    assert sorted(found) == sorted(withdrawn)


pairs = st.tuples(
    st.sampled_from("abcde"), st.sampled_from("=!~"), st.sampled_from("abcde")
).filter(lambda pair: pair[0] != pair[2])


@given(st.lists(pairs, max_size=12), pairs)
def test_after_insisting_nothing_says_otherwise(held: list[tuple], said: tuple) -> None:
    decisions = decided(*("".join(pair) for pair in held))
    gone = set(ids(standing_in_the_way(word("".join(said)), decisions)))
    left = [d for d in newest_of_pairs(decisions) if d.decision_id not in gone]

    assert chain_against(word("".join(said)), left) == ()


@given(st.lists(pairs, max_size=12), pairs)
def test_a_chain_hangs_together(held: list[tuple], said: tuple) -> None:
    chain = chain_against(word("".join(said)), decided(*("".join(pair) for pair in held)))

    assert all(one.pair & other.pair for one, other in pairwise(chain))
    assert sum(not decision.is_same for decision in chain) <= 1
