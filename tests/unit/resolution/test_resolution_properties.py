"""What holds of every partition, whatever the records."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from mastersync.domain.resolution.fields import FIELDS
from mastersync.domain.resolution.resolve import resolve
from populations import companies, copy_of, persons, with_rows

BASE = companies(60, seed=21)
PERSONS = persons(60, seed=22)
CHANGED = {
    "phone": ["", "000-000", "0300 5566778"],
    "email": ["", "test@test.com", "info@elsewhere.example"],
    "tax_id": ["", "XX123987465", "XX987123465"],
    "street": ["", "99 Other Road"],
    "city": ["", "Bonn", "BONN"],
    "name": ["", "Smith Ltd"],
}
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def mixed_records(draw: Any) -> pd.DataFrame:
    """Draw companies with copies of them in which some values changed."""
    copies = draw(
        st.lists(
            st.tuples(
                st.integers(0, 19),
                st.dictionaries(st.sampled_from(sorted(CHANGED)), st.integers(0, 2), max_size=3),
            ),
            max_size=25,
        )
    )
    rows = [
        copy_of(BASE, row, **{c: CHANGED[c][at % len(CHANGED[c])] for c, at in changes.items()})
        for row, changes in copies
    ]
    frame = with_rows(BASE.iloc[:40], *rows)
    return frame.assign(id=[str(number) for number in range(len(frame))])


def partition(frame: pd.DataFrame, clusters: Any) -> set[frozenset[str]]:
    """Return the clusters as sets of ids."""
    ids = frame["id"].to_numpy()
    return {frozenset(ids[clusters == cluster].tolist()) for cluster in np.unique(clusters)}


@FEW
@given(mixed_records(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(frame, chance):
    order = list(range(len(frame)))
    chance.shuffle(order)
    shuffled = frame.iloc[order].reset_index(drop=True)
    one, other = resolve(frame), resolve(shuffled)

    assert partition(frame, one.clusters) == partition(shuffled, other.clusters)
    assert partition(frame, one.sure) == partition(shuffled, other.sure)


@FEW
@given(mixed_records())
def test_the_same_file_gives_the_same_result_again(frame):
    one, other = resolve(frame), resolve(frame.copy())

    assert one.clusters.tolist() == other.clusters.tolist()
    assert one.pairs.equals(other.pairs)


@FEW
@given(mixed_records())
def test_a_cluster_is_named_by_its_smallest_row_and_automatic_merges_lie_within(frame):
    result = resolve(frame)

    for clusters in (result.clusters, result.sure):
        assert (clusters <= np.arange(len(frame))).all()
        assert (clusters[clusters] == clusters).all()
    assert (result.pairs["left"] < result.pairs["right"]).all()
    assert result.pairs["score"].between(0.0, 1.0).all()
    assert set(result.pairs["band"]) <= {"same", "review"}


@FEW
@given(mixed_records(), st.integers(0, 39))
def test_a_copy_of_a_record_joins_its_cluster(frame, row):
    frame = with_rows(frame, copy_of(frame, row, source=frame["source"][row]))
    result = resolve(frame)

    assert result.clusters[row] == result.clusters[len(frame) - 1]


@FEW
@given(st.integers(0, 59))
def test_a_copy_of_a_person_joins_its_cluster(row):
    frame = with_rows(PERSONS, copy_of(PERSONS, row, source="crm"))
    result = resolve(frame)

    assert result.clusters[row] == result.clusters[60]


def german_vat(number: int) -> str:
    """Return a VAT number that passes its check digits."""
    digits = f"{10_000_000 + number * 7_654_321 % 89_999_999}"
    return f"DE{digits}{mod_11_10.calc_check_digit(digits)}"


@FEW
@given(st.lists(st.tuples(st.integers(0, 19), st.booleans()), min_size=1, max_size=20))
def test_no_cluster_holds_two_valid_numbers_of_different_entities(copies):
    base = BASE.assign(country="DE", tax_id=[german_vat(number) for number in range(60)])
    rows = [
        copy_of(base, row, tax_id=german_vat(100 + at) if is_other else "")
        for at, (row, is_other) in enumerate(copies)
    ]
    frame = with_rows(base.iloc[:40], *rows)
    result = resolve(frame)

    for cluster in np.unique(result.sure):
        assert len(set(frame["tax_id"][result.sure == cluster]) - {""}) <= 1


@FEW
@given(
    st.lists(
        st.fixed_dictionaries(
            {}, optional={field: st.text(max_size=40) for field in (*FIELDS, "other:remark")}
        ),
        max_size=12,
    )
)
def test_whatever_the_text_it_ends_with_a_partition(rows):
    frame = pd.DataFrame(rows, dtype=str).fillna("")
    result = resolve(frame)

    assert len(result.clusters) == len(frame)
    for left, right in zip(result.pairs["left"], result.pairs["right"], strict=True):
        assert result.explain(int(left), int(right)).evidence


@pytest.mark.parametrize("pair", [(0, 1), (0, 60)])
def test_a_pair_can_be_explained_both_ways_round_and_alike(pair):
    frame = with_rows(BASE, copy_of(BASE, 0))
    result = resolve(frame)
    one, other = result.explain(*pair), result.explain(*reversed(pair))

    assert one.score == other.score
    assert [e.words for e in one.evidence] == [e.words for e in other.evidence]
