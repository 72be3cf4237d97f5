"""Two workers that keep the same at once: it is kept once, and the second is told to try again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from mastersync.errors import RetryableError
from mastersync.ports.store import Store
from mastersync.ports.systems import Page, SourceRow
from stores import NOON, TestStore


def land(store: Store, name: str, *, run_id: str, now: datetime = NOON) -> None:
    with store.begin() as unit:
        page = Page(rows=[SourceRow(key="a", payload={"name": name})], watermark="1")
        unit.landing.land("crm", page, run_id=run_id, now=now)


def test_a_change_that_two_workers_land_at_once_is_landed_once(store: TestStore) -> None:
    with store.client() as one, store.client() as other, ThreadPoolExecutor() as threads:
        with one.begin() as unit:
            unit.runs.open("r1", policy_version="p1", now=NOON)
        land(one, "Aldgate", run_id="r1")

        with one.begin() as unit:
            page = Page(
                rows=[SourceRow(key="a", payload={"name": "Aldgate Foundry"})], watermark="2"
            )
            unit.landing.land("crm", page, run_id="r1", now=NOON)
            late = threads.submit(land, other, "Aldgate Foundry", run_id="r1")
            wait_until_it_waits(store)

        with pytest.raises(RetryableError) as refused:
            late.result(timeout=10)

    assert "at the same moment" in refused.value.problem
    assert "Aldgate" not in str(refused.value)
    assert store.rows("SELECT count(*) FROM source_version") == [(2,)]


def wait_until_it_waits(store: TestStore) -> None:
    for _ in range(1_000):
        waiting = store.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        if waiting:
            return
    raise AssertionError("nobody waits")
