import time

import numpy as np
import pandas as pd
import pytest

from mastersync.domain.matching.model import Judgement, SourceKey, Verdict
from mastersync.domain.resolution.groups import Evidence, connected, group
from mastersync.domain.resolution.resolve import resolve
from populations import companies, copy_of, with_rows
from record_pairs import rows

Pairs = dict[tuple[int, int], float]
NEVER = -1e9


def evidence(size: int, pairs: Pairs, **more: object) -> Evidence:
    values = {
        "left": rows(*(one for one, _ in pairs)),
        "right": rows(*(other for _, other in pairs)),
        "odds": np.array(list(pairs.values()), np.float64),
        "absent": -1.0,
        "first": np.arange(size),
        "copy_odds": np.zeros(0),
    }
    return Evidence(**{**values, **more})


def grouped(size: int, pairs: Pairs, *, join: float = 0.0, **more: object) -> list[int]:
    return group(evidence(size, pairs, **more), join=join).tolist()


def clique(members: range, odds: float) -> Pairs:
    return {(one, other): odds for one in members for other in members if one < other}


def test_a_pair_is_a_group_and_the_rest_stay_alone():
    assert grouped(4, {(1, 3): 5.0}) == [0, 1, 2, 1]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_without_pairs_everybody_stays_alone(size):
    assert grouped(size, {}) == list(range(size))


def test_pairs_too_weak_join_nobody():
    assert grouped(3, {(0, 1): -0.5, (1, 2): 1.9}, join=2.0) == [0, 1, 2]


def test_a_bridge_between_two_groups_is_cut():
    pairs = {**clique(range(4), 6.0), **clique(range(4, 8), 6.0), (3, 4): 2.0}

    assert grouped(8, pairs) == [0] * 4 + [4] * 4


def test_two_groups_with_much_between_them_are_one():
    pairs = {**clique(range(6), 4.0), (0, 5): -0.5, (1, 4): -0.5}

    assert grouped(6, pairs) == [0] * 6


def test_a_record_of_little_content_goes_to_the_one_that_it_resembles():
    pairs = {**clique(range(3), 6.0), (2, 3): 7.0, (0, 3): 0.5, (1, 3): 0.5}

    assert grouped(4, pairs) == [0] * 4


def test_what_conflicts_is_kept_out_though_a_third_resembles_both():
    assert grouped(3, {(0, 1): 6.0, (1, 2): 5.0, (0, 2): -9.0}) == [0, 0, 2]


def test_two_that_must_never_be_one_are_apart_whatever_joins_them():
    pairs = {**clique(range(6), 8.0), (0, 5): NEVER}
    found = grouped(6, pairs)

    assert found[0] != found[5]
    assert len(set(found)) == 2


def test_two_that_must_be_one_are_whatever_speaks_against_it():
    assert grouped(3, {(0, 1): 1e6, (1, 2): -4.0}) == [0, 0, 2]


def test_proved_numbers_of_two_entities_keep_a_group_apart():
    numbers = (rows(7, -1, 9, -1),)
    found = grouped(4, clique(range(4), 5.0), numbers=numbers)

    assert found[0] != found[2]
    assert grouped(4, clique(range(4), 5.0), numbers=(rows(7, -1, 7, -1),)) == [0] * 4


def test_numbers_keep_apart_those_who_were_never_compared_too():
    pairs = {(0, 1): 9.0, (1, 2): 9.0}
    found = grouped(3, pairs, numbers=(rows(7, -1, 9),), absent=5.0)

    assert found[0] != found[2]


def test_copies_go_where_their_record_goes():
    found = grouped(4, {(0, 1): 5.0}, first=np.array([0, 1, 1, 0]), copy_odds=np.array([9.0, 9.0]))

    assert found == [0, 0, 0, 0]


def test_a_copy_that_says_too_little_stays_alone():
    first = np.array([0, 1, 1])

    assert grouped(3, {}, first=first, copy_odds=np.array([-2.0])) == [0, 1, 2]


def test_the_order_of_the_pairs_makes_no_difference():
    chance = np.random.default_rng(7)
    pairs = {
        (one, other): float(chance.normal(1.0, 4.0))
        for one in range(14)
        for other in range(one + 1, 14)
        if chance.random() < 0.5
    }
    expected = grouped(14, pairs)
    keys = list(pairs)
    for _ in range(5):
        chance.shuffle(keys)
        assert grouped(14, {tuple(key): pairs[tuple(key)] for key in keys}) == expected


def test_more_than_a_thousand_in_a_chain_end_quickly_and_are_not_one():
    size = 5_000
    chain = {(row, row + 1): 3.0 + (row % 7) for row in range(size - 1)}

    began = time.process_time()
    found = grouped(size, chain)

    assert time.process_time() - began < 10
    assert np.bincount(found).max() <= 1_000


def test_the_strongest_pairs_of_a_group_too_large_still_stand():
    size = 3_000
    pairs = {(row, row + 1): 3.0 for row in range(size - 1)}
    pairs |= {(row, row + 1): 12.0 for row in range(0, size, 2)}
    found = grouped(size, pairs)

    assert all(found[row] == found[row + 1] for row in range(0, size, 2))


@pytest.mark.parametrize("seed", range(5))
def test_components_are_what_walking_along_the_pairs_reaches(seed):
    chance = np.random.default_rng(seed)
    left, right = chance.integers(0, 60, (2, 40)).astype(np.int32)
    labels = list(range(60))
    for one, other in zip(left.tolist() * 60, right.tolist() * 60, strict=True):
        labels[one] = labels[other] = min(labels[one], labels[other])

    assert connected(60, left, right).tolist() == labels


def test_a_long_chain_in_no_order_is_one_component_soon():
    rows_of_chain = np.random.default_rng(6).permutation(20_000).astype(np.int32)

    began = time.process_time()
    found = connected(len(rows_of_chain), rows_of_chain[:-1], rows_of_chain[1:])

    assert (found == 0).all()
    assert time.process_time() - began < 0.3


# --- what people said ---------------------------------------------------------------------------

BASE = companies(120, seed=51)


def judged(frame: pd.DataFrame, one: int, other: int, verdict: Verdict) -> Judgement:
    keys = [SourceKey(system=frame["source"][row], key=frame["id"][row]) for row in (one, other)]
    return Judgement(left=keys[0], right=keys[1], verdict=verdict)


@pytest.mark.parametrize("verdict", [Verdict.NOT_SAME, Verdict.RELATED])
def test_a_judged_pair_is_apart_even_where_copies_would_join_it(verdict):
    copies = [copy_of(BASE, 3, id=f"copy {number}") for number in range(4)]
    frame = with_rows(BASE, *copies)
    result = resolve(frame, judgements=[judged(frame, 3, 121, verdict)])

    assert result.clusters[3] != result.clusters[121]
    assert result.sure[3] != result.sure[121]


def test_a_judged_pair_is_one_though_nothing_joins_it():
    found = resolve(BASE, judgements=[judged(BASE, 3, 90, Verdict.SAME)])

    assert found.clusters[90] == found.sure[90] == 3


def test_the_last_word_on_a_pair_stands():
    said = [judged(BASE, 3, 90, verdict) for verdict in (Verdict.SAME, Verdict.NOT_SAME)]

    assert resolve(BASE, judgements=said).clusters[90] == 90
    assert resolve(BASE, judgements=said[::-1]).clusters[90] == 3


def test_a_judgement_on_records_that_are_gone_changes_nothing():
    gone = SourceKey(system="crm", key="gone")
    here = SourceKey(system="crm", key=BASE["id"][3])
    said = Judgement(left=here, right=gone, verdict=Verdict.SAME)

    assert resolve(BASE, judgements=[said]).clusters.tolist() == resolve(BASE).clusters.tolist()
