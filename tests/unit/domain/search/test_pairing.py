"""Which of the records that share keys are compared."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.resolution.candidates import Search
from mastersync.domain.search.entries import Ids
from mastersync.domain.search.pairing import Pairs, choose_pairs

SEARCH = Search(budget=60, most=12, least=0.1)
INDEX = st.dictionaries(
    st.integers(1, 12), st.sets(st.integers(1, 20), min_size=1, max_size=6), min_size=1, max_size=12
)


def ids(values: list[int]) -> Ids:
    return np.array(values, dtype=np.int64)


def chosen(index: dict[int, set[int]], delta: set[int], search: Search = SEARCH) -> Pairs:
    """Pairs of the delta's records, by an index of record to keys."""
    own = [
        (record, key) for record in sorted(delta & index.keys()) for key in sorted(index[record])
    ]
    held = sorted((key, record) for record, keys in index.items() for key in keys)
    return choose_pairs(
        ids([record for record, _ in own]),
        ids([key for _, key in own]),
        held_keys=ids([key for key, _ in held]),
        holders=ids([record for _, record in held]),
        search=search,
    )


def as_set(pairs: Pairs) -> set[frozenset[int]]:
    return {frozenset(pair) for pair in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)}


@given(index=INDEX, delta=st.sets(st.integers(1, 12), min_size=1))
def test_every_pair_shares_a_key_has_one_of_the_delta_and_comes_once(
    index: dict[int, set[int]], delta: set[int]
) -> None:
    pairs = chosen(index, delta)

    found = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert len(as_set(pairs)) == len(found)
    for (left, right), shared in zip(found, pairs.shared.tolist(), strict=True):
        assert left in delta
        assert left != right
        assert 0 < shared <= len(index[left] & index[right])


def test_a_key_that_more_records_share_than_the_budget_brings_nobody() -> None:
    everybody = {record: {7} for record in range(1, 70)}

    assert as_set(chosen(everybody, {1})) == set()
    assert len(as_set(chosen(dict(list(everybody.items())[:61]), {1}))) == 60


def test_the_rarest_keys_are_followed_until_the_budget_is_spent() -> None:
    index = {1: {100, 200, 300}, 2: {100}}
    index |= {record: {200} for record in range(10, 50)}
    index |= {record: {300} for record in range(50, 100)}

    brought = {next(iter(pair - {1})) for pair in as_set(chosen(index, {1}))}

    assert brought == {2, *range(10, 50)}


def test_beyond_the_first_few_a_partner_must_share_rare_keys() -> None:
    index = {1: set(range(10)), 2: {0, 1}, 3: {2, 3}, 4: {4, 5}, 5: {6}}
    index |= {record: {7} for record in range(20, 30)}  # ten have it: no rare key

    assert as_set(chosen(index, {1})) == {frozenset((1, other)) for other in (2, 3, 4, 5)}


def test_partners_of_equal_promise_are_taken_or_left_together() -> None:
    """What is compared must not hang on the numbers that records happen to have."""
    index = {1: {1, 2}} | {record: {1} for record in range(10, 18)} | {50: {2}}

    few = Search(budget=60, most=2, least=0.1)

    assert as_set(chosen(index, {1}, few)) == {
        frozenset((1, other)) for other in (*range(10, 18), 50)
    }
