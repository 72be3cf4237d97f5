"""A first load on several tasks: killed and run again, and beside each other."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from masters import Sample, customers, land, read_sample, sample_rules
from mastersync.domain.matching.model import MatchPolicy
from mastersync.ports.records import Batch
from mastersync.store.client_store import PostgresStore
from mastersync.usecases.failpoints import (
    COMPARE_AFTER_COMMIT,
    COMPARE_BEFORE_COMMIT,
    INDEX_AFTER_COMMIT,
    INDEX_BEFORE_COMMIT,
    MATCH_AFTER_COMMIT,
    MATCH_BEFORE_COMMIT,
)
from mastersync.usecases.match_delta import match_delta
from mastersync.usecases.rebuild_index import ensure_index
from mastersync.usecases.search_records import compare_range, index_range
from stores import NOON, TestStore

POLICY = MatchPolicy()
SIZE = 600
BOUNDARIES = (
    *(INDEX_BEFORE_COMMIT, INDEX_AFTER_COMMIT, COMPARE_BEFORE_COMMIT, COMPARE_AFTER_COMMIT),
    *(MATCH_BEFORE_COMMIT, MATCH_AFTER_COMMIT),
)


class KilledError(Exception):
    """Stands for a SIGKILL: nothing after it is done."""


@pytest.fixture(scope="module")
def sample() -> Sample:
    whole = read_sample("northwind_industrial")
    return Sample(records=whole.records[:SIZE], truth=whole.truth)


def ranges(client: PostgresStore) -> list[Batch]:
    with client.begin() as unit:
        return unit.matches.ranges(size=SIZE // 4)


def load(
    client: PostgresStore, sample: Sample, *, die: Callable[[str], None] = lambda _: None
) -> None:
    """The tasks of a load in one process: every range indexed, then every range compared."""
    ensure_index(client)
    planned = ranges(client)
    for batch in planned:
        index_range(client, batch, failpoint=die)
    for batch in planned:
        compare_range(client, POLICY, batch, run_id="r0", now=NOON, failpoint=die)
    match_delta(client, sample_rules(sample, POLICY), run_id="r0", now=NOON, failpoint=die)


def died_once(at: str, crossing: int) -> Callable[[str], None]:
    left = crossing

    def die(name: str) -> None:
        nonlocal left
        left -= name == at
        if name == at and left == 0:
            raise KilledError

    return die


def what_is_held(store: TestStore) -> tuple[Sequence[tuple], ...]:
    return (
        store.rows("SELECT key, record_id FROM match_key ORDER BY 1, 2"),
        store.rows("SELECT term, records FROM match_term ORDER BY 1"),
        store.rows("SELECT contact, name, records FROM match_contact ORDER BY 1, 2"),
        store.rows(
            "SELECT left_record_id, right_record_id, band, round(score::numeric, 6)"
            " FROM match_candidate ORDER BY 1, 2"
        ),
        store.rows("SELECT record_id, customer_id, rule FROM link ORDER BY 1"),
        store.rows("SELECT cause_key, state FROM ticket ORDER BY 1"),
    )


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_a_load_that_was_killed_and_run_again_ends_as_if_nothing_had_happened(
    store: TestStore, other_store: TestStore, sample: Sample, boundary: str
) -> None:
    land(other_store, sample.records, run_id="r0")
    with other_store.client() as client:
        load(client, sample)
    land(store, sample.records, run_id="r0")
    crossing = 1 if boundary.startswith("match") else 3

    with store.client() as client:
        with pytest.raises(KilledError):
            load(client, sample, die=died_once(boundary, crossing))
        load(client, sample)

    assert what_is_held(store) == what_is_held(other_store)


def test_ranges_beside_each_other_end_as_one_after_the_other(
    store: TestStore, other_store: TestStore, sample: Sample
) -> None:
    land(other_store, sample.records, run_id="r0")
    with other_store.client() as client:
        load(client, sample)
    land(store, sample.records, run_id="r0")

    with store.client() as client, store.client() as another, ThreadPoolExecutor(2) as workers:
        ensure_index(client)
        planned = ranges(client)
        # Twice the same ranges: a task that is taken for dead may still be at work.
        for batch in planned:
            both = [workers.submit(index_range, one, batch) for one in (client, another)]
            assert sum(done.result(timeout=30) for done in both) == SIZE // 4
        list(workers.map(lambda b: compare(another, b), planned[:2], timeout=60))
        list(workers.map(lambda b: compare(client, b), planned, timeout=60))
        match_delta(client, sample_rules(sample, POLICY), run_id="r0", now=NOON)

    assert what_is_held(store) == what_is_held(other_store)


def compare(client: PostgresStore, batch: Batch) -> int:
    return compare_range(client, POLICY, batch, run_id="r0", now=NOON)


def test_deltas_of_one_client_wait_for_each_other_and_those_of_two_do_not(
    store: TestStore, sample: Sample
) -> None:
    for client_id in ("acme", "globex"):
        land(store, sample.records[:50], run_id="r0", client_id=client_id)
    finished = threading.Event()

    def match(client_id: str) -> dict[str, int]:
        with store.client(client_id) as client:
            rules = sample_rules(sample, POLICY, client_id=client_id)
            return match_delta(client, rules, run_id="r0", now=NOON)

    with ThreadPoolExecutor(2) as workers, store.client("acme") as first:
        with first.begin() as unit:
            unit.matches.lock()
            waiting = workers.submit(match, "acme")
            waiting.add_done_callback(lambda _: finished.set())

            assert match("globex")["matched"] == 50
            assert not finished.wait(0.5)

        assert waiting.result(timeout=30)["matched"] == 50
    assert len(set(customers(store).values())) == len(set(customers(store, "globex").values()))
