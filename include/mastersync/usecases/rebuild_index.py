"""Making the index of a client anew, where there is none or it is of another edition of keys."""

from typing import Final

from mastersync.domain.search.engine import EDITION
from mastersync.ports.store import Store
from mastersync.usecases.search_records import index_records

_CHUNK: Final = 5_000


def ensure_index(store: Store) -> int:
    """Take into the index all records that belong there and are not; returns how many.

    A client without an index, as one from before it was kept, gets it here, chunk by chunk, and
    goes on where it was when it was interrupted. A complete one costs one look.
    """
    count = 0
    while True:
        with store.begin() as unit:
            unit.matches.lock()
            state = unit.match_index.state()
            done_to = 0
            if state is None or state.edition != EDITION:
                unit.match_index.clear(edition=EDITION)
            elif state.complete:
                return count
            else:
                done_to = state.indexed_to
            records = unit.matches.unindexed(after_record_id=done_to, size=_CHUNK)
            count += index_records(unit, records)
            last = records[-1].record_id if records else done_to
            unit.match_index.advance(indexed_to=last, complete=not records)
