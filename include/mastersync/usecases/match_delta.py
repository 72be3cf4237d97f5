"""Finding out, for each new or changed record, whether its customer is already known."""

from datetime import datetime
from typing import Final

from mastersync.domain.client_rules import ClientRules
from mastersync.ports.store import Store
from mastersync.usecases.failpoints import Failpoint, never
from mastersync.usecases.link_records import link_records
from mastersync.usecases.rebuild_index import ensure_index
from mastersync.usecases.search_records import compare_range, index_range

RANGE_SIZE: Final = 2_000


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
    with store.begin() as unit:
        ranges = unit.matches.ranges(size=RANGE_SIZE)
    if len(ranges) > 1:
        for batch in ranges:
            index_range(store, batch, failpoint=failpoint)
    for batch in ranges:
        compare_range(store, rules.match, batch, run_id=run_id, now=now, failpoint=failpoint)
    return link_records(store, rules, run_id=run_id, now=now, failpoint=failpoint)
