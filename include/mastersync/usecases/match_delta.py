"""Finding out, for each new or changed record, whether its customer is already known."""

from datetime import datetime
from typing import Final

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.matching.model import MatchPolicy
from mastersync.ports.records import Batch
from mastersync.ports.store import Store
from mastersync.usecases.failpoints import Failpoint, never
from mastersync.usecases.learn_weights import learn_weights
from mastersync.usecases.link_records import link_records
from mastersync.usecases.rebuild_index import ensure_index
from mastersync.usecases.search_records import compare_range, index_range

RANGE_SIZE: Final = 10_000


def match_delta(
    store: Store,
    rules: ClientRules,
    *,
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Match every pending record against the client's index; returns counts.

    All of the delta goes into the index before any of it is compared, so what is found does not
    hang on the order in which records came. What other tasks have indexed or compared already is
    not done again. Safe to run again.
    """
    ensure_index(store)
    ranges = ranges_to_compare(store)
    if len(ranges) > 1:
        for batch in ranges:
            index_range(store, batch, failpoint=failpoint)
    for batch in ranges:
        compare_batch(store, rules.match, batch, run_id=run_id, now=now, failpoint=failpoint)
    return link_records(store, rules, run_id=run_id, now=now, failpoint=failpoint)


def ranges_to_compare(store: Store) -> list[Batch]:
    """Cut what is pending and not yet compared into ranges."""
    with store.begin() as unit:
        return unit.matches.ranges(size=RANGE_SIZE)


def compare_batch(
    store: Store,
    policy: MatchPolicy,
    batch: Batch,
    *,
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> int:
    """Compare a range by the client's weights, which the first large one teaches."""
    learn_weights(store, policy, now=now)
    return compare_range(store, policy, batch, run_id=run_id, now=now, failpoint=failpoint)
