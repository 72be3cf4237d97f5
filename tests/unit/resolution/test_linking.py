import numpy as np
import pandas as pd
import pytest

from mastersync.domain.resolution.candidates import Pairs
from mastersync.domain.resolution.linking import find_clean, link_across
from mastersync.domain.resolution.resolve import ResolveSettings, resolve
from mastersync.domain.resolution.table import read_table
from populations import companies, copy_of, with_rows
from record_pairs import rows

LINK = ResolveSettings(link=True)


def sources(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"source": names})


def linked(
    table: pd.DataFrame, pairs: dict[tuple[int, int], float], *, clean: frozenset[str]
) -> dict[tuple[int, int], float]:
    """Return the pairs that still speak for being the same."""
    found, odds = link_across(
        Pairs(left=rows(*(one for one, _ in pairs)), right=rows(*(other for _, other in pairs))),
        np.array(list(pairs.values())),
        read_table(table),
        clean=clean,
    )
    keys = zip(found.left.tolist(), found.right.tolist(), strict=True)
    return {key: value for key, value in zip(keys, odds.tolist(), strict=True) if value > 0}


def test_between_clean_sources_a_record_has_its_best_link_only():
    table = sources("crm", "erp", "erp")

    assert linked(table, {(0, 1): 4.0, (0, 2): 6.0}, clean=frozenset({"crm", "erp"})) == {
        (0, 2): 6.0
    }


def test_the_best_links_are_given_first_over_all():
    """Record 0 loses its best to 1, for whom that is better still, and gets its second."""
    table = sources("crm", "crm", "erp", "erp")
    pairs = {(0, 2): 5.0, (1, 2): 9.0, (0, 3): 3.0}

    assert linked(table, pairs, clean=frozenset({"crm", "erp"})) == {(1, 2): 9.0, (0, 3): 3.0}


@pytest.mark.parametrize("clean", [frozenset(), frozenset({"crm"}), frozenset({"erp"})])
def test_with_a_source_that_holds_duplicates_a_record_may_have_several_links(clean):
    pairs = {(0, 1): 4.0, (0, 2): 6.0}

    assert linked(sources("crm", "erp", "erp"), pairs, clean=clean) == pairs


def test_a_record_has_one_link_to_each_of_several_clean_sources():
    table = sources("crm", "erp", "shop", "shop")
    pairs = {(0, 1): 4.0, (0, 2): 5.0, (0, 3): 6.0}

    assert linked(table, pairs, clean=frozenset({"crm", "erp", "shop"})) == {
        (0, 1): 4.0,
        (0, 3): 6.0,
    }


def test_pairs_within_a_source_are_no_links():
    assert linked(sources("crm", "crm", "erp"), {(0, 1): 9.0, (0, 2): 4.0}, clean=frozenset()) == {
        (0, 2): 4.0
    }


def test_of_equal_links_the_same_is_taken_whatever_their_order():
    table, clean = sources("crm", "erp", "erp"), frozenset({"crm", "erp"})

    assert linked(table, {(0, 1): 4.0, (0, 2): 4.0}, clean=clean) == linked(
        table, {(0, 2): 4.0, (0, 1): 4.0}, clean=clean
    )


@pytest.mark.parametrize(
    ("duplicates", "clean"), [(0, {"crm", "erp"}), (1, {"crm", "erp"}), (2, {"erp"})]
)
def test_a_source_is_clean_with_one_duplicate_in_a_hundred_at_most(duplicates, clean):
    table = read_table(sources(*["crm"] * 100, *["erp"] * 100))
    left = rows(*range(duplicates), 0)
    right = rows(*range(50, 50 + duplicates), 150)
    odds = np.full(duplicates + 1, 5.0)

    assert find_clean(Pairs(left=left, right=right), odds, table) == clean


def test_a_doubtful_pair_does_not_make_a_source_dirty():
    table = read_table(sources("crm", "crm"))

    assert find_clean(Pairs(left=rows(0), right=rows(1)), np.array([1.0]), table) == {"crm"}


# --- the whole chain ------------------------------------------------------------------------


def two_sources(*, doubled: int = 0) -> pd.DataFrame:
    """Return 200 customers of a CRM, and half of them in an ERP, some of them there twice."""
    crm = companies(200, seed=61)
    erp = [copy_of(crm, row, phone="") for row in range(100)]
    again = [copy_of(crm, row, id=f"E{row}", email="") for row in range(doubled)]
    return with_rows(crm, *erp, *again)


def test_two_clean_sources_are_linked_one_to_one_and_it_says_so():
    result = resolve(two_sources(), settings=LINK)

    assert [int(result.clusters[200 + row]) for row in range(100)] == list(range(100))
    assert any("one-to-one between crm, erp" in note for note in result.notes)


def test_a_source_with_duplicates_keeps_them_as_links_of_one_record_and_it_says_so():
    result = resolve(two_sources(doubled=30), settings=LINK)

    for row in range(30):
        assert result.clusters[row] == result.clusters[200 + row] == result.clusters[300 + row]
    assert not any("one-to-one between crm, erp" in note for note in result.notes)


def test_a_source_that_is_said_to_be_clean_is_taken_for_clean():
    settings = ResolveSettings(link=True, clean_sources=frozenset({"crm", "erp"}))
    result = resolve(two_sources(doubled=30), settings=settings)

    for row in range(30):
        members = [200 + row, 300 + row]
        assert sum(result.clusters[member] == row for member in members) == 1


def test_no_question_is_asked_about_two_records_of_one_source():
    frame = two_sources(doubled=30)
    pairs = resolve(frame, settings=LINK).pairs
    source = frame["source"].to_numpy()

    assert (source[pairs["left"]] != source[pairs["right"]]).all()
    assert len(pairs) >= 100
