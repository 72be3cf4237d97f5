"""Pairs of several tables put together, and counted by how they stand."""

import numpy as np

from mastersync.domain.matching.model import Band, MatchPolicy
from mastersync.domain.resolution.model import DEFAULT_MODEL
from mastersync.domain.resolution.statistics import count_statistics
from mastersync.domain.search.engine import Compared, compare_rows
from mastersync.domain.search.frames import read_records
from mastersync.domain.search.pair_sample import PairSample, Side

POLICY = MatchPolicy()
SITE = {"street": "5 Potts St", "city": "London", "postcode": "W16 2XF", "country": "GB"}
APE = {"name": "Ape Media Ltd", **SITE, "phone": "+442012750401"}
LIKE = {"name": "Ape Media", "city": "London"}
OTHER = {"name": "Lumen Lending", "city": "Leeds", "legal_name": "Lumen Lending Plc"}


def compared(*records: dict[str, str]) -> Compared:
    """The first of the records with each of the others."""
    table = read_records(records)
    others = np.arange(1, len(records))
    return compare_rows(
        table,
        np.zeros(len(others), np.int64),
        others,
        statistics=count_statistics(table),
        model=DEFAULT_MODEL,
        policy=POLICY,
    )


def test_a_pair_that_two_tables_have_counts_once() -> None:
    one, other = compared(APE, LIKE, OTHER), compared(LIKE, APE)

    sample = PairSample.of([(np.array([7, 8, 9]), one), (np.array([8, 7]), other)])

    assert list(zip(sample.left.tolist(), sample.right.tolist(), strict=True)) == [(7, 8), (7, 9)]
    assert len(sample.comparison) == len(sample.doubtful) == 2
    assert all(len(levels) == 2 for levels in sample.comparison.levels.values())


def test_a_column_that_one_table_lacks_is_missing_in_its_pairs() -> None:
    sample = PairSample.of(
        [(np.array([1, 2]), compared(OTHER, OTHER)), (np.array([3, 4]), compared(APE, APE))]
    )

    assert [level > 0 for level in sample.comparison.levels["other:legal_name"]] == [True, False]


def test_bands_are_those_that_the_engine_gives_one_by_one() -> None:
    father = {"party_type": "person", "name": "Luke Purdon", **SITE, "date_of_birth": "1950-01-01"}
    son = {**father, "date_of_birth": "1952-06-17", "phone": "+442012750401"}
    tables = [compared(APE, APE, LIKE, OTHER), compared(father, father, son)]
    ids = [np.array([1, 2, 3, 4]), np.array([5, 6, 7])]

    sample = PairSample.of(list(zip(ids, tables, strict=True)))

    assert sample.bands(DEFAULT_MODEL, POLICY).tolist() == [
        table.candidate(place, numbers).band
        for numbers, table in zip(ids, tables, strict=True)
        for place in range(len(table))
    ]


def test_pairs_are_counted_by_customer_and_band() -> None:
    sample = PairSample.of([(np.array([1, 2, 3, 4]), compared(APE, APE, LIKE, OTHER))])
    bands = np.array([Band.SAME, Band.REVIEW, Band.NEW])

    counts = sample.count(bands, {1: "C-1", 2: "C-1", 3: "C-2"})

    assert counts[Side.TOGETHER] == {Band.SAME: 1, Band.REVIEW: 0, Band.NEW: 0}
    assert counts[Side.APART] == {Band.SAME: 0, Band.REVIEW: 1, Band.NEW: 0}
    assert counts[Side.OPEN] == {Band.SAME: 0, Band.REVIEW: 0, Band.NEW: 1}


def test_nothing_compared_is_a_sample_of_nothing() -> None:
    sample = PairSample.of([])

    assert len(sample) == len(sample.comparison) == 0
