from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from mastersync.domain.resolution.candidates import Pairs, index_keys
from mastersync.domain.resolution.copies import first_copies
from mastersync.domain.resolution.estimate import (
    chances,
    joined_share,
    precision_from,
    recapture,
    shares_key,
)
from mastersync.domain.resolution.keys import CONTACT_KEY, MIXED_KEY, NAME_KEY
from mastersync.domain.resolution.resolve import resolve
from mastersync.domain.resolution.words import mix, salted
from populations import companies, copy_of, persons, with_rows, words
from record_pairs import rows

# What is told may be this much better than it is: the records are made to deceive.
MARGIN = 0.025


def precision(found: np.ndarray, truth: np.ndarray) -> float:
    together = found[:, None] == found
    right = together & (truth[:, None] == truth)
    size = len(found)
    return (int(right.sum()) - size) / max(int(together.sum()) - size, 1)


def slipped(value: str, at: int) -> str:
    """Exchange two neighbouring signs."""
    at %= max(len(value) - 1, 1)
    return f"{value[:at]}{value[at + 1 : at + 2]}{value[at : at + 1]}{value[at + 2 :]}"


def population(maker: str, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return records, some of them twice with slips and gaps, and some beside their like."""
    base = companies(400, seed=seed) if maker == "companies" else persons(400, seed=seed)
    chance = np.random.default_rng(seed)
    fields = [name for name in base.columns if name not in {"id", "source", "party_type"}]
    more, truth = [], list(range(400))
    for row in chance.integers(0, 400, 160).tolist():
        spoilt = chance.permutation(fields)[: chance.integers(0, 4)].tolist()
        changes = {
            field: ""
            if chance.random() < 0.5
            else slipped(base[field][row], int(chance.integers(9)))
            for field in spoilt
        }
        more.append(copy_of(base, row, **changes))
        truth.append(row)
    for at, row in enumerate(chance.integers(0, 400, 60).tolist()):
        more.append(beside(base, row, word=words(60, seed=seed + 1)[at]))
        truth.append(1000 + at)
    return with_rows(base, *more), np.array(truth)


def beside(base: pd.DataFrame, row: int, *, word: str) -> dict[str, str]:
    """Return a tenant of the company's house, or a relative of the person's."""
    if "surname" in base:
        return copy_of(base, row, given_name=word, date_of_birth="2001-02-03")
    return copy_of(base, row, name=f"{word} Bakery", tax_id="", email="")


@pytest.mark.parametrize("seed", [81, 82, 83])
@pytest.mark.parametrize("maker", ["companies", "persons"])
def test_the_precision_told_is_hardly_above_the_true_one(maker, seed):
    frame, truth = population(maker, seed)
    result = resolve(frame)
    told = result.estimate.precision

    assert told is not None
    assert told <= precision(result.sure, truth) + MARGIN


@pytest.mark.parametrize("seed", [84, 85])
@pytest.mark.parametrize("maker", ["companies", "persons"])
def test_the_recall_told_lies_within_its_interval_and_near_the_true_one(maker, seed):
    frame, truth = population(maker, seed)
    result = resolve(frame)
    found = result.estimate
    left, right = np.triu_indices(len(frame), k=1)
    true = truth[left] == truth[right]
    first = first_copies(result.table)
    one, other = first[left[true]], first[right[true]]
    code = np.minimum(one, other) * len(frame) + np.maximum(one, other)
    met = (np.isin(code, result.compared) | (one == other)).mean()

    assert found.recall is not None
    assert found.recall_low <= found.recall <= found.recall_high <= 1.0
    assert found.recall <= met + 0.05


def test_of_nothing_nothing_is_told():
    found = resolve(companies(30, seed=86)).estimate

    assert found.precision is None
    assert found.review_records == 0
    assert found.curve == ()


# --- each figure ----------------------------------------------------------------------------


def test_log_odds_of_nought_are_an_even_chance_and_large_ones_do_no_harm():
    assert chances(np.array([0.0, 1e9, -1e9])).round(9).tolist() == [0.5, 1.0, 0.0]


def test_no_merges_have_no_precision():
    assert precision_from(np.array([1.0, 2.0]), 3.0) is None
    assert precision_from(np.array([]), 0.0) is None


@pytest.mark.parametrize("threshold", [2.0, 4.0])
def test_the_precision_told_is_more_careful_than_the_scores(threshold):
    odds = np.linspace(-5.0, 9.0, 200)
    told = precision_from(odds, threshold)

    assert told is not None
    assert 0.0 < told < chances(odds[odds >= threshold]).mean()


def test_the_precision_told_counts_only_what_merges():
    odds = np.array([9.0, 9.0, 0.5])

    assert precision_from(odds, 5.0) > precision_from(odds, 0.0)


def pairs_of(count: int) -> Pairs:
    return Pairs(left=rows(*range(0, 2 * count, 2)), right=rows(*range(1, 2 * count, 2)))


@pytest.mark.parametrize(
    ("clusters", "share"), [([0, 0, 2, 2], 1.0), ([0, 0, 2, 3], 0.5), ([0, 1, 2, 3], 0.0)]
)
def test_the_share_of_true_pairs_joined_is_that_of_the_clusters(clusters, share):
    found = joined_share(pairs_of(2), np.array([20.0, 20.0]), np.array(clusters), compared=1.0)

    assert found == pytest.approx(share, abs=1e-6)


def test_pairs_that_were_never_compared_are_not_joined():
    found = joined_share(pairs_of(1), np.array([20.0]), np.array([0, 0]), compared=0.8)

    assert found == pytest.approx(0.8, abs=1e-6)


def search(shared: Sequence[tuple[int, ...]]) -> tuple[float, float, float] | None:
    """Return the recapture of pairs of records that share keys of the families."""
    said = [
        (row, 4 * (pair * 8 + family) + family)
        for pair, families in enumerate(shared)
        for family in families
        for row in (2 * pair, 2 * pair + 1)
    ]
    family = np.array([key & 3 for _, key in said], dtype=np.int64)
    number = np.array([key for _, key in said], dtype=np.int64)
    keys = (mix(number, salted("test")) & ~np.int64(3)) | family
    index = index_keys([(rows(*(row for row, _ in said)), keys)], size=2 * len(shared))
    return recapture(index, pairs_of(len(shared)), np.full(len(shared), 3.0))


BOTH = (NAME_KEY, CONTACT_KEY)


def test_what_both_families_of_keys_find_was_all_found():
    assert search([BOTH] * 40) == (1.0, 1.0, 1.0)


def test_what_only_one_of_them_finds_tells_of_others_that_neither_found():
    found, low, high = search([BOTH] * 60 + [(NAME_KEY,)] * 20 + [(CONTACT_KEY,)] * 20)

    # Chapman: 81 * 81 / 61 - 1 pairs, of which 100 are known.
    assert found == pytest.approx(100 / (81 * 81 / 61 - 1))
    assert low < found < high <= 1.0


def test_more_pairs_make_the_interval_narrower():
    shared = [BOTH] * 6 + [(NAME_KEY,)] * 2 + [(CONTACT_KEY,)] * 2
    _, low, high = search(shared)
    _, nearer_low, nearer_high = search(shared * 20)

    assert nearer_high - nearer_low < (high - low) / 2


@pytest.mark.parametrize("shared", [[(NAME_KEY,)] * 5, [(CONTACT_KEY,)] * 5, [(MIXED_KEY,)] * 5])
def test_without_a_pair_that_both_find_nothing_can_be_said(shared):
    assert search(shared) is None


def test_a_key_of_one_family_is_none_of_another():
    keys = (mix(np.array([1, 1], np.int64), salted("test")) & ~np.int64(3)) | NAME_KEY
    index = index_keys([(rows(0, 1), keys)], size=2)

    assert shares_key(index, rows(0), rows(1), NAME_KEY).tolist() == [True]
    assert shares_key(index, rows(0), rows(1), CONTACT_KEY).tolist() == [False]
