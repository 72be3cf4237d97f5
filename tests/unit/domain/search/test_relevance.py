"""Which compared pairs are kept."""

import numpy as np

from mastersync.domain.search.entries import Ids
from mastersync.domain.search.relevance import worth_keeping


def kept(
    pairs: list[tuple[int, int, bool]],
    *,
    groups: list[int] | None = None,
    others: tuple[int, ...] = (),
) -> set[tuple[int, int]]:
    rows = 6

    def column(at: int) -> Ids:
        return np.array([pair[at] for pair in pairs], dtype=np.int64)

    keep = worth_keeping(
        column(0),
        column(1),
        probable=np.array([pair[2] for pair in pairs]),
        groups=np.array(groups or list(range(rows)), dtype=np.int64),
        others=np.array([row in others for row in range(rows)]),
    )
    return {pair[:2] for pair, wanted in zip(pairs, keep.tolist(), strict=True) if wanted}


def test_what_is_probable_is_kept_and_strangers_are_not() -> None:
    assert kept([(0, 1, True), (2, 3, False)]) == {(0, 1)}


def test_what_speaks_against_a_group_is_kept() -> None:
    assert kept([(0, 1, True), (1, 2, True), (0, 2, False)]) == {(0, 1), (1, 2), (0, 2)}


def test_so_it_is_when_an_existing_customer_is_what_ties_them() -> None:
    same_customer = [0, 1, 1, 3, 4, 5]

    assert kept([(0, 1, True), (0, 2, False)], groups=same_customer) == {(0, 1), (0, 2)}


def test_a_pair_with_a_record_whose_own_pairs_are_elsewhere_is_kept_where_it_may_matter() -> None:
    assert kept([(0, 1, True), (0, 2, False), (3, 2, False)], others=(2,)) == {(0, 1), (0, 2)}
