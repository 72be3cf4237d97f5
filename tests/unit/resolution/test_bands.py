from functools import cache

import numpy as np
import pandas as pd
import pytest

from mastersync.domain.matching.model import Band
from mastersync.domain.resolution.bands import choose_bands
from mastersync.domain.resolution.candidates import Pairs
from mastersync.domain.resolution.estimate import chances
from mastersync.domain.resolution.groups import Evidence
from mastersync.domain.resolution.resolve import ResolveSettings, resolve
from populations import companies, copy_of, with_rows
from record_pairs import rows

WISHES = (0.5, 0.9, 0.95, 0.99, 0.999, 0.99999, 1.0)


def evidence(odds: list[float]) -> Evidence:
    size = 2 * len(odds)
    return Evidence(
        left=rows(*range(0, size, 2)),
        right=rows(*range(1, size, 2)),
        odds=np.array(odds, np.float64),
        absent=-1.0,
        first=np.arange(size),
        copy_odds=np.zeros(0),
    )


MIXED = evidence(np.linspace(-6.0, 12.0, 400).tolist())


@cache
def copies() -> pd.DataFrame:
    base = companies(300, seed=71)
    return with_rows(
        base,
        *(copy_of(base, row, phone="") for row in range(40)),
        *(copy_of(base, row, phone="", email="", tax_id="", street="") for row in range(40, 80)),
    )


@pytest.mark.parametrize("wanted", WISHES)
def test_whatever_precision_is_wished_it_ends_and_says_what_it_chose(wanted):
    bands = choose_bands(MIXED, wanted=wanted)

    assert 0.0 <= bands.review <= bands.same
    assert f"{wanted:.1%}" in bands.sentence


def test_the_more_precision_is_wished_the_less_merges_alone():
    borders = [choose_bands(MIXED, wanted=wanted).same for wanted in WISHES]

    assert borders == sorted(borders)
    assert borders[0] < borders[-2]


def test_the_border_is_the_lowest_that_promises_the_precision():
    bands = choose_bands(evidence([8.0] * 200 + [2.0] * 20), wanted=0.99)

    assert bands.reached
    assert 2.0 < bands.same <= 3.0


def test_a_precision_out_of_reach_is_said_to_be_out_of_reach():
    bands = choose_bands(evidence([1.0, 2.0, 2.2] * 20), wanted=0.9999)

    assert not bands.reached
    assert "promise" in bands.sentence
    assert (np.array([1.0, 2.0, 2.2]) < bands.same).all()


@pytest.mark.parametrize("odds", [[], [-5.0, -3.0]])
def test_where_nothing_is_to_be_merged_nothing_is_out_of_reach(odds):
    assert choose_bands(evidence(odds), wanted=0.99).reached


def test_a_pair_is_in_the_band_of_its_log_odds():
    bands = choose_bands(MIXED, wanted=0.95)

    assert bands.of(bands.same) is Band.SAME
    assert bands.of(bands.same - 0.01) is Band.REVIEW
    assert bands.of(bands.review) is Band.REVIEW
    assert bands.of(bands.review - 0.01) is Band.NEW


def test_names_alone_are_too_little_for_next_to_any_merge_and_it_says_so():
    frame = copies()[["id", "name"]]
    result = resolve(frame, settings=ResolveSettings(precision=0.9999))

    assert result.notes[0] == result.bands.sentence
    assert any(note.startswith("Thin evidence: only name") for note in result.notes)
    assert len(frame) - len(np.unique(result.sure)) <= 8


@pytest.mark.parametrize("wanted", [0.9, 0.99, 0.99999])
def test_what_is_likely_and_does_not_merge_alone_is_asked_about(wanted):
    result = resolve(copies(), settings=ResolveSettings(precision=wanted))
    asked = result.pairs[result.pairs["band"] == "review"]
    questions = set(zip(asked["left"], asked["right"], strict=True))

    for row in range(80):
        copy = 300 + row
        if result.clusters[copy] == row:
            assert result.sure[copy] == row or (row, copy) in questions
    assert result.estimate.review_records == len(set(asked["left"]) | set(asked["right"]))


def test_of_two_sure_groups_the_best_pair_alone_is_asked_about():
    # Rows 0 and 1 are one customer, 2 and 3 one; their cross pairs are likely.
    pairs = Pairs(left=rows(0, 0, 1, 1, 0, 2), right=rows(2, 3, 2, 3, 1, 3))
    odds = np.array([0.5, 1.0, 2.0, 1.5, 9.0, 9.0])
    bands = choose_bands(MIXED, wanted=0.99)
    shown = bands.table(pairs, odds, np.array([0, 0, 2, 2]), np.zeros(4, np.int64))
    asked = shown[shown["band"] == "review"]

    assert list(zip(asked["left"], asked["right"], strict=True)) == [(1, 2)]
    assert len(shown) == 3


def test_the_surest_pairs_come_first():
    shown = resolve(copies()).pairs

    assert shown["log_odds"].is_monotonic_decreasing
    assert np.allclose(shown["score"], chances(shown["log_odds"].to_numpy()))


def test_near_misses_are_the_best_of_what_nobody_is_asked_about():
    result = resolve(copies())
    misses = result.near_misses

    assert len(misses) <= 50
    assert (misses["log_odds"] < result.bands.review).all()
    assert misses["log_odds"].is_monotonic_decreasing
    assert set(misses["band"]) <= {"new"}


def test_automatic_merges_are_part_of_the_likeliest_clusters():
    result = resolve(copies())

    assert (result.clusters[result.sure] == result.clusters).all()


def test_every_compared_pair_is_counted_once_by_its_score():
    result = resolve(copies())
    edges, counts = result.score_counts

    assert len(edges) == len(counts) + 1
    assert counts.sum() == result.estimate.pairs_compared
