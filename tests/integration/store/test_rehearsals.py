"""A rehearsal: many transactions as savepoints of one, kept as a whole or not at all."""

import time
from collections.abc import Iterator

import pytest

from mastersync.errors import PermanentError
from mastersync.ports.store import Store
from mastersync.store.client_store import PostgresStore
from stores import NOON, TestStore

RUNS = "SELECT run_id FROM run ORDER BY run_id"


@pytest.fixture
def acme(store: TestStore) -> Iterator[PostgresStore]:
    with store.client("acme") as client:
        yield client


def open_run(store: Store, run_id: str, *, policy_version: str = "p1") -> None:
    with store.begin() as unit:
        unit.audit.append("run.opened", actor="test", run_id=run_id, summary={}, now=NOON)
        unit.runs.open(run_id, policy_version=policy_version, now=NOON)


def test_nothing_of_a_rehearsal_is_kept(acme: PostgresStore, store: TestStore) -> None:
    with acme.rehearse() as rehearsal:
        open_run(rehearsal, "r1")
        with rehearsal.begin() as unit:
            assert unit.runs.is_known("r1"), "its later transactions see what earlier ones did"

    assert store.rows(RUNS) == []
    assert store.rows("SELECT count(*) FROM audit_entry") == [(0,)]


def test_a_rehearsal_is_kept_as_a_whole_when_told(acme: PostgresStore, store: TestStore) -> None:
    with acme.rehearse() as rehearsal:
        open_run(rehearsal, "r1")
        open_run(rehearsal, "r2")
        rehearsal.keep()
        assert store.rows(RUNS) == [], "nobody else sees it before the end"

    assert store.rows(RUNS) == [("r1",), ("r2",)]
    with acme.begin() as unit:
        assert (unit.audit.count(), unit.audit.verify()) == (2, [])


def test_a_part_that_fails_undoes_that_part_alone(acme: PostgresStore, store: TestStore) -> None:
    with acme.rehearse() as rehearsal:
        open_run(rehearsal, "r1")
        with pytest.raises(PermanentError):
            open_run(rehearsal, "r2", policy_version="no text holds a \x00")
        open_run(rehearsal, "r3")
        rehearsal.keep()

    assert store.rows(RUNS) == [("r1",), ("r3",)]
    assert store.rows("SELECT run_id FROM audit_entry ORDER BY seq") == [("r1",), ("r3",)]


def test_an_error_that_nobody_takes_undoes_it_all(acme: PostgresStore, store: TestStore) -> None:
    def rehearse_and_fail() -> None:
        with acme.rehearse() as rehearsal:
            open_run(rehearsal, "r1")
            rehearsal.keep()
            raise KeyError

    with pytest.raises(KeyError):
        rehearse_and_fail()
    assert store.rows(RUNS) == []


def test_a_rehearsal_within_one_is_kept_with_it(acme: PostgresStore, store: TestStore) -> None:
    with acme.rehearse() as rehearsal:
        with rehearsal.rehearse() as kept:
            open_run(kept, "r1")
            kept.keep()
        with rehearsal.rehearse() as undone:
            open_run(undone, "r2")
        rehearsal.keep()

    assert store.rows(RUNS) == [("r1",)]
    assert store.rows("SELECT run_id FROM audit_entry") == [("r1",)]


def test_others_write_the_audit_trail_meanwhile(acme: PostgresStore) -> None:
    with acme.rehearse() as rehearsal:
        open_run(rehearsal, "r1")
        with acme.begin() as unit:
            unit.audit.append("ticket.resolved", actor="ann", run_id=None, summary={}, now=NOON)
        rehearsal.keep()

    with acme.begin() as unit:
        assert (unit.audit.count(), unit.audit.verify()) == (2, [])


def test_other_clients_do_not_wait_for_a_rehearsal(acme: PostgresStore, store: TestStore) -> None:
    with acme.rehearse() as rehearsal, store.client("globex") as globex:
        open_run(rehearsal, "r1")
        with rehearsal.begin() as unit:
            unit.records.refresh_statistics()
            unit.effects.refresh_statistics()
            unit.matches.lock()
        started = time.monotonic()
        open_run(globex, "r1")
        with globex.begin() as unit:
            unit.records.refresh_statistics()
            unit.effects.refresh_statistics()
            unit.matches.lock()

    assert time.monotonic() - started < 10, "a lock is waited for thirty seconds"
