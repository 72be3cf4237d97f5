"""Whoever follows the change feed by the last number it saw misses nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mastersync.domain.identity.model import BeforeImage, ChangeKind, IdentityChange
from mastersync.store.client_store import PostgresStore
from pipelines import Pipeline, company, running_pipeline
from stewards import homes
from stores import NOON, TestStore


@pytest.fixture
def pipeline(store: TestStore) -> Iterator[Pipeline]:
    with running_pipeline(store) as filled:
        filled.set_rules(targets={})
        for name in ("aldgate", "brixton", "cobham"):
            filled.crm.put(name[0], **company(name))
        filled.sync()
        yield filled


def split(pipeline: Pipeline, one: str, other: str) -> IdentityChange:
    linked = homes(pipeline)
    return IdentityChange(
        change_id=0,
        kind=ChangeKind.SPLIT,
        from_customer_id=linked[one],
        to_customer_id=linked[other],
        author="ann",
        reason="two shops",
        before=BeforeImage(),
        changed_at=NOON,
    )


def tell(store: PostgresStore, change: IdentityChange) -> int:
    with store.begin() as unit:
        return unit.identity.tell(change)


def test_a_change_is_not_seen_before_one_with_a_lower_number(pipeline: Pipeline) -> None:
    one, other = split(pipeline, "crm:a", "crm:b"), split(pipeline, "crm:a", "crm:c")
    with ThreadPoolExecutor(1) as pool:
        with pipeline.store.begin() as unit:
            first = unit.identity.tell(one)
            later = pool.submit(tell, pipeline.store, other)
            # Without waiting, the second would be there for a reader before the first.
            with pytest.raises(TimeoutError):
                later.result(timeout=0.5)
        second = later.result(timeout=30)

    assert first < second
    with pipeline.store.begin() as unit:
        assert [c.change_id for c in unit.identity.changes(after=first)] == [second]


def test_the_feed_is_read_in_pages_and_of_a_customer_as_a_whole(pipeline: Pipeline) -> None:
    for _ in range(3):
        tell(pipeline.store, split(pipeline, "crm:a", "crm:b"))

    seen: list[int] = []
    with pipeline.store.begin() as unit:
        while page := unit.identity.changes(after=seen[-1] if seen else 0, limit=2):
            seen += [change.change_id for change in page]
        of_one = unit.identity.changes(customer_ids=[homes(pipeline)["crm:a"]], limit=1)

    assert len(seen) == len(set(seen)) == 3
    assert len(of_one) == 3
