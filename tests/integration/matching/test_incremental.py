"""Deltas against a client's index: what they find, in any order, and what the index holds."""

import random
from collections.abc import Sequence

import pandas as pd
import pytest

from masters import (
    Sample,
    customers,
    land,
    likeliest,
    match_in_deltas,
    pair_f1,
    read_sample,
    sample_rules,
    settle,
)
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.resolution.resolve import resolve
from mastersync.domain.search.frames import COLUMNS
from mastersync.ports.records import Batch
from mastersync.usecases import learn_weights
from mastersync.usecases.link_records import link_records
from mastersync.usecases.match_delta import match_delta
from mastersync.usecases.search_records import index_range
from stores import NOON, TestStore

POLICY = MatchPolicy()
A_POINT = 0.01
_CONTACTS_OF_ENTRIES = (
    "SELECT c, n, count(*) FROM match_entry, unnest(contacts, names) AS u (c, n) GROUP BY 1, 2"
)
LOADED, DELTA = 1_000, 100


@pytest.fixture(scope="module")
def sample() -> Sample:
    """Fifteen hundred companies in two systems."""
    return read_sample("northwind_industrial")


def a_part(sample: Sample, size: int) -> Sample:
    return Sample(
        records=sample.records[:size],
        truth={
            (system, key): sample.truth[system, key] for system, key, _ in sample.records[:size]
        },
    )


def shuffled(sample: Sample, seed: int) -> list[int]:
    order = list(range(len(sample.records)))
    random.Random(seed).shuffle(order)
    return order


def in_bulk(sample: Sample) -> float:
    """F1 of the likeliest answer of resolving the sample as one frame."""
    columns = {
        column: [fields.get(field, "") for _, _, fields in sample.records]
        for column, field in COLUMNS.items()
    }
    said = {column: values for column, values in columns.items() if any(values)}
    found = resolve(pd.DataFrame(said, dtype=object))
    keys = [(system, key) for system, key, _ in sample.records]
    return pair_f1(dict(zip(keys, found.clusters.tolist(), strict=True)), sample.truth)


@pytest.mark.parametrize("seed", [0, 1])
def test_a_load_and_deltas_in_any_order_lose_less_than_a_point_to_bulk(
    store: TestStore, sample: Sample, seed: int
) -> None:
    order = shuffled(sample, seed)
    deltas = [order[:LOADED]]
    deltas += [order[begin : begin + DELTA] for begin in range(LOADED, len(order), DELTA)]

    match_in_deltas(store, sample, POLICY, deltas=deltas)

    assert pair_f1(likeliest(store), sample.truth) > in_bulk(sample) - A_POINT


def test_the_order_in_which_systems_were_read_changes_no_customer(
    store: TestStore, other_store: TestStore, sample: Sample
) -> None:
    match_in_deltas(store, sample, POLICY, deltas=[shuffled(sample, 1)])
    match_in_deltas(other_store, sample, POLICY, deltas=[shuffled(sample, 2)])

    ours, theirs = customers(store), customers(other_store)
    waiting = {key for key, found in (*ours.items(), *theirs.items()) if found.startswith("waits")}
    assert {key: ours[key] for key in ours.keys() - waiting} == {
        key: theirs[key] for key in theirs.keys() - waiting
    }
    assert all(ours[key][:5] == theirs[key][:5] for key in waiting)


def index_as_counted_anew(store: TestStore) -> list[Sequence[tuple]]:
    """What the index has counted beside what counting its entries gives: pairs that differ."""
    return [
        store.rows(f"({kept} EXCEPT {counted}) UNION ALL ({counted} EXCEPT {kept})")
        for kept, counted in (
            (
                "SELECT term, records::bigint FROM match_term",
                "SELECT term, count(*) FROM match_entry, unnest(terms) AS term GROUP BY 1",
            ),
            (
                "SELECT contact, name, records::bigint FROM match_contact",
                _CONTACTS_OF_ENTRIES,
            ),
            (
                "SELECT key, record_id FROM match_key",
                "SELECT unnest(keys), record_id FROM match_entry",
            ),
            ("SELECT records FROM match_index", "SELECT count(*) FROM match_entry"),
            ("SELECT count(*) FROM match_key", "SELECT sum(cardinality(keys)) FROM match_entry"),
        )
    ]


def change_half(store: TestStore) -> None:
    """A new version of every second record: another name, no phone."""
    store.change(
        "INSERT INTO source_version (client_id, record_id, version_no, run_id, payload,"
        " payload_hash, observed_at) SELECT client_id, record_id, 2, run_id, '{}', sha256(''),"
        " observed_at FROM source_version WHERE record_id % 2 = 0",
        "INSERT INTO version_state (client_id, version_id, record_id, state, run_id, changed_at)"
        " SELECT client_id, version_id, record_id, 'pending', run_id, now() FROM source_version"
        " WHERE version_no = 2",
        "INSERT INTO prepared_record (client_id, version_id, record_id, fields, said_at,"
        " policy_version, prepared_at) SELECT client_id, later.version_id, record_id,"
        " jsonb_set(fields - 'phone', '{name}', to_jsonb('Quux ' || (fields ->> 'name'))), '{}',"
        " 'p1', now() FROM source_version AS later JOIN prepared_record USING (client_id,"
        " record_id) WHERE later.version_no = 2",
    )


def test_what_the_index_counts_follows_records_that_change(
    store: TestStore, sample: Sample
) -> None:
    part = a_part(sample, 300)
    match_in_deltas(store, part, POLICY, deltas=[range(200), range(200, 300)])
    before = store.rows("SELECT count(*) FROM match_term")
    change_half(store)

    with store.client() as client:
        match_delta(client, sample_rules(part, POLICY), run_id="r1", now=NOON)

    assert index_as_counted_anew(store) == [[], [], [], [], []]
    assert store.rows("SELECT count(*) FROM match_term") != before


def test_an_index_from_before_is_made_anew_and_found_by(store: TestStore, sample: Sample) -> None:
    part = a_part(sample, 400)
    match_in_deltas(store, part, POLICY, deltas=[range(300)])
    tables = ("match_index", "match_entry", "match_key", "match_term", "match_contact")
    store.change(*(f"DELETE FROM {table}" for table in tables))
    land(store, part.records[300:], run_id="later")

    with store.client() as client:
        counts = match_delta(client, sample_rules(part, POLICY), run_id="later", now=NOON)

    assert counts["linked"] > 20, "it finds customers from before"
    assert index_as_counted_anew(store) == [[], [], [], [], []]
    assert store.rows("SELECT records, complete FROM match_index") == [(400, True)]


def test_an_index_that_is_half_made_goes_on_where_it_was(store: TestStore, sample: Sample) -> None:
    part = a_part(sample, 200)
    match_in_deltas(store, part, POLICY, deltas=[range(200)])
    ((middle,),) = store.rows("SELECT (min(record_id) + max(record_id)) / 2 FROM match_entry")
    store.change(
        f"DELETE FROM match_key WHERE record_id > {middle}",
        f"UPDATE match_index SET complete = FALSE, indexed_to = {middle}, records ="
        f" (SELECT count(*) FROM match_entry WHERE record_id <= {middle})",
        f"DELETE FROM match_entry WHERE record_id > {middle}",
        "DELETE FROM match_term",
        "DELETE FROM match_contact",
        "INSERT INTO match_term SELECT client_id, t, count(*) FROM match_entry, unnest(terms) AS t"
        " GROUP BY 1, 2",
        "INSERT INTO match_contact SELECT client_id, c, n, count(*) FROM match_entry,"
        " unnest(contacts, names) AS u (c, n) GROUP BY 1, 2, 3",
    )

    with store.client() as client:
        match_delta(client, sample_rules(part, POLICY), run_id="r0", now=NOON)

    assert index_as_counted_anew(store) == [[], [], [], [], []]
    assert store.rows("SELECT records, complete FROM match_index") == [(200, True)]


def test_no_record_is_linked_that_was_not_searched_for(store: TestStore, sample: Sample) -> None:
    part = a_part(sample, 20)
    rules = sample_rules(part, POLICY)
    land(store, part.records, run_id="r0")
    with store.client() as client:
        index_range(client, Batch(first_version_id=0, last_version_id=1_000_000))

        counts = link_records(client, rules, run_id="r0", now=NOON)

        assert counts["matched"] == 0
        assert store.rows("SELECT count(*) FROM link") == [(0,)]
        match_delta(client, rules, run_id="r0", now=NOON)
    assert store.rows("SELECT count(*) FROM link") == [(20,)]


def test_weights_are_learned_once_when_there_are_enough_records(
    store: TestStore, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learn_weights, "FEWEST", 500)

    match_in_deltas(store, sample, POLICY, deltas=[range(300), range(300, 900), range(900, 1_000)])

    assert store.rows("SELECT model_no, learned_from FROM match_model") == [(1, 900)]
    ((weights,),) = store.rows("SELECT model -> 'weights' FROM match_model")
    assert {"name", "place", "phone"} <= weights.keys()
    settle(store)
