from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mastersync.domain.resolution.candidates import (
    KeyIndex,
    Pairs,
    Search,
    candidate_pairs,
    index_keys,
)
from mastersync.domain.resolution.words import mix, salted

# Each record's keys, as small numbers.
Keys = list[set[int]]
MANY = settings(max_examples=150, deadline=None)
EVERYTHING = Search(budget=10_000, most=10_000, least=0.0)

key_sets = st.lists(st.sets(st.integers(0, 12), max_size=5), min_size=1, max_size=24)


def hashed(keys: Any) -> Any:
    """Return small numbers as keys, which are hashes with all bits in use."""
    return mix(np.asarray(keys, dtype=np.int64), salted("test"))


def index_of(records: Keys) -> KeyIndex:
    said = [(row, key) for row, keys in enumerate(records) for key in sorted(keys)]
    row = np.array([row for row, _ in said], dtype=np.int32)
    key = hashed([key for _, key in said])
    half = len(said) // 2
    return index_keys([(row[:half], key[:half]), (row[half:], key[half:])], size=len(records))


def as_set(pairs: Pairs) -> set[tuple[int, int]]:
    found = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert len(found) == len(set(found))
    return set(found)


def owners(records: Keys) -> dict[int, list[int]]:
    return {
        key: [row for row, keys in enumerate(records) if key in keys]
        for key in set().union(*records)
    }


def reached(records: Keys, row: int, budget: int) -> set[int]:
    """Return the others of a record by its rarest keys, while they are within the budget."""
    of_key = owners(records)
    sharing = [key for key in records[row] if 1 < len(of_key[key]) <= budget + 1]
    total, others = 0, set()
    for key in sorted(sharing, key=lambda key: len(of_key[key])):
        total += len(of_key[key]) - 1
        if total > budget:
            break
        others.update(of_key[key])
    return others - {row}


@MANY
@given(key_sets)
def test_records_that_share_a_key_are_found_and_no_others(records):
    expected = {
        (one, other)
        for one, other in combinations(range(len(records)), 2)
        if records[one] & records[other]
    }

    assert as_set(candidate_pairs(index_of(records), EVERYTHING)) == expected


@MANY
@given(key_sets, st.integers(1, 8))
def test_each_record_s_rarest_keys_are_followed_until_the_budget_is_spent(records, budget):
    search = Search(budget=budget, most=10_000, least=0.0)
    found = as_set(candidate_pairs(index_of(records), search))
    nearby = [reached(records, row, budget) for row in range(len(records))]
    # Of keys that are equally common any may be taken first.
    sure = {
        (min(row, other), max(row, other))
        for row, others in enumerate(nearby)
        for other in others
        if not _tied(records, row, budget)
    }
    may_be = {
        (one, other)
        for one, other in combinations(range(len(records)), 2)
        if any(len(owners(records)[key]) <= budget + 1 for key in records[one] & records[other])
    }

    assert sure <= found <= may_be


def _tied(records: Keys, row: int, budget: int) -> bool:
    """Say whether the budget ends among keys that are equally common."""
    sizes = sorted(len(owners(records)[key]) - 1 for key in records[row])
    sizes = [size for size in sizes if 0 < size <= budget]
    within = [size for at, size in enumerate(sizes) if sum(sizes[: at + 1]) <= budget]
    return len(within) < len(sizes) and bool(within) and sizes[len(within)] == within[-1]


@MANY
@given(key_sets, st.integers(1, 6))
def test_a_key_that_more_records_share_than_the_budget_is_never_followed(records, budget):
    found = as_set(
        candidate_pairs(index_of(records), Search(budget=budget, most=10_000, least=0.0))
    )
    of_key = owners(records)

    for one, other in found:
        shared = records[one] & records[other]
        assert min(len(of_key[key]) for key in shared) <= budget + 1


@MANY
@given(key_sets, st.integers(1, 8), st.randoms(use_true_random=False))
def test_the_order_of_the_records_makes_no_difference(records, budget, chance):
    search = Search(budget=budget, most=10_000, least=0.3)
    order = list(range(len(records)))
    chance.shuffle(order)
    place = {row: at for at, row in enumerate(order)}
    straight = as_set(candidate_pairs(index_of(records), search))
    shuffled = as_set(candidate_pairs(index_of([records[row] for row in order]), search))

    assert {tuple(sorted((place[one], place[other]))) for one, other in straight} == shuffled


@MANY
@given(key_sets)
def test_the_index_groups_exactly_the_records_of_each_key(records):
    index = index_of(records)
    groups = [
        index.members[start : start + size].tolist()
        for start, size in zip(index.starts.tolist(), index.sizes.tolist(), strict=True)
    ]

    assert sorted(groups) == sorted(owners(records).values())
    for row, keys in enumerate(records):
        mine = index.groups[index.row_starts[row] : index.row_starts[row + 1]].tolist()
        assert sorted(groups[group] for group in mine) == sorted(
            found for key, found in owners(records).items() if key in keys
        )


def test_a_key_said_twice_counts_once():
    rows = np.array([0, 0, 1, 1], dtype=np.int32)
    index = index_keys([(rows, hashed([5, 5, 5, 5]))], size=2)

    assert index.sizes.tolist() == [2]
    assert index.members.tolist() == [0, 1]


def test_a_key_of_names_and_one_of_contacts_are_two_whatever_their_other_bits():
    keys = hashed([1, 1]) & ~np.int64(3)
    index = index_keys([(np.array([0, 1], np.int32), keys | np.array([0, 1]))], size=2)

    assert index.sizes.tolist() == [1, 1]
    assert sorted(index.family.tolist()) == [0, 1]


def test_the_most_promising_others_come_first():
    records: Keys = [{1, 2, 3}, {1, 4, 5}, {2, 3}, {4, 5}]

    assert as_set(candidate_pairs(index_of(records), Search(budget=9, most=1, least=0))) == {
        (0, 2),
        (1, 3),
    }


def test_a_rare_key_promises_more_than_a_common_one():
    records: Keys = [{1, 2}, {2}, {1}, {1}, {1}, {1}]
    found = as_set(candidate_pairs(index_of(records), Search(budget=9, most=1, least=0)))

    assert (0, 1) in found


def test_what_promises_too_little_is_not_compared():
    records: Keys = [{1} for _ in range(30)]

    assert not len(candidate_pairs(index_of(records), Search(budget=60, most=60, least=0.5)))
    assert len(candidate_pairs(index_of(records), Search(budget=60, most=60, least=0.2))) == 435


@pytest.mark.parametrize("size", [0, 1, 2])
def test_records_without_keys_have_no_candidates(size):
    nothing = (np.zeros(0, np.int32), np.zeros(0, np.int64))

    assert len(candidate_pairs(index_keys([nothing], size=size), EVERYTHING)) == 0


@pytest.mark.parametrize("size", [10, 10_000, 1_000_000, 3_000_000_000])
def test_the_search_is_the_narrower_the_more_records_there_are(size):
    wide, narrow = Search.of_size(size // 10), Search.of_size(size)

    assert narrow.budget <= wide.budget
    assert narrow.most <= wide.most
    assert narrow.least >= wide.least
