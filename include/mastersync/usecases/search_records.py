"""Searching for the records of a delta: into the index with them, and comparing what it brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.resolution.candidates import Search
from mastersync.domain.resolution.model import DEFAULT_MODEL, Model
from mastersync.domain.resolution.statistics import (
    Counts,
    Statistics,
    record_contacts,
)
from mastersync.domain.resolution.table import Table
from mastersync.domain.search.engine import Compared, compare_rows
from mastersync.domain.search.entries import NO_ENTRIES, Entries, Ids, index_change
from mastersync.domain.search.frames import entries_of, read_records
from mastersync.domain.search.pairing import choose_pairs
from mastersync.domain.search.relevance import worth_keeping
from mastersync.ports.matches import DeltaRecord
from mastersync.ports.records import Batch
from mastersync.ports.store import Store, Unit
from mastersync.usecases.collecting import seldom_collected
from mastersync.usecases.failpoints import (
    COMPARE_AFTER_COMMIT,
    COMPARE_BEFORE_COMMIT,
    INDEX_AFTER_COMMIT,
    INDEX_BEFORE_COMMIT,
    Failpoint,
    never,
)

# More names than this at one contact make no difference any more.
_MOST_NAMES: Final = 50


@seldom_collected()
def index_range(store: Store, batch: Batch, *, failpoint: Failpoint = never) -> int:
    """Put a range of the delta into the index; returns how many records.

    Safe to run again and beside other ranges: what is in the index already is left alone.
    """
    with store.begin() as unit:
        unit.match_index.share()
        indexed = index_records(unit, unit.matches.delta(batch))
        failpoint(INDEX_BEFORE_COMMIT)
    failpoint(INDEX_AFTER_COMMIT)
    return indexed


@seldom_collected()
def compare_range(
    store: Store,
    policy: MatchPolicy,
    batch: Batch,
    *,
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> int:
    """Compare a range of the delta with what the index brings; returns how many pairs.

    What is not in the index yet is put there first. Safe to run again and beside other ranges.
    """
    with store.begin() as unit:
        unit.match_index.share()
        pairs = _compare(unit, policy, unit.matches.delta(batch), run_id=run_id, now=now)
        failpoint(COMPARE_BEFORE_COMMIT)
    failpoint(COMPARE_AFTER_COMMIT)
    return pairs


def index_records(unit: Unit, delta: Sequence[DeltaRecord]) -> int:
    """Put records into the index in place of what it held of them; returns how many were new."""
    new = _index(unit, delta)
    _keep_entries(unit, delta, new, compared=None)
    return len(new.record_ids)


def _index(unit: Unit, delta: Sequence[DeltaRecord]) -> Entries:
    """Let the index find the records that it has not; the entries are still to be kept."""
    fresh = _fresh(delta)
    if not fresh:
        return NO_ENTRIES
    ids = np.array([record.record_id for record in fresh], dtype=np.int64)
    new = entries_of(read_records([record.fields for record in fresh]), ids)
    old = unit.match_index.entries(ids)
    if len(old.record_ids):
        unit.matches.drop_candidates(old.record_ids)
    unit.match_index.apply(index_change(old, new))
    return new


def _fresh(delta: Sequence[DeltaRecord]) -> list[DeltaRecord]:
    return [record for record in delta if not record.indexed]


def _keep_entries(
    unit: Unit, delta: Sequence[DeltaRecord], new: Entries, *, compared: Ids | None
) -> None:
    version_ids = np.array([record.version_id for record in _fresh(delta)], dtype=np.int64)
    unit.match_index.keep(new, version_ids=version_ids, compared=compared)


@dataclass(frozen=True)
class _Gathered:
    """The delta with all that it is compared with, in one table."""

    record_ids: Ids
    delta: int
    table: Table
    left: Ids
    right: Ids
    customers: Sequence[str | None]


def _compare(
    unit: Unit,
    policy: MatchPolicy,
    delta: Sequence[DeltaRecord],
    *,
    run_id: str,
    now: datetime,
) -> int:
    if not delta:
        return 0
    new = _index(unit, delta)
    gathered, compared = _compared(unit, policy, delta, new)
    keep = np.flatnonzero(_worth_keeping(gathered, compared))
    candidates = [
        compared.candidate(place, gathered.record_ids, explained=False) for place in keep.tolist()
    ]
    candidates.sort(key=lambda candidate: (candidate.left, candidate.right))
    unit.matches.keep_candidates(candidates, run_id=run_id, now=now)
    numbers = np.bincount(
        np.concatenate((gathered.left, gathered.right)), minlength=len(gathered.record_ids)
    )[: gathered.delta]
    # What is new is written once, and not marked afterwards.
    indexed = np.array([record.indexed for record in delta])
    _keep_entries(unit, delta, new, compared=numbers[~indexed])
    unit.matches.mark_compared(gathered.record_ids[: gathered.delta][indexed], numbers[indexed])
    return len(compared)


@dataclass(frozen=True, kw_only=True)
class Searched:
    """Records with what the index brings of them, compared; ``record_ids`` are the table's."""

    record_ids: Ids
    compared: Compared


def compare_delta(unit: Unit, policy: MatchPolicy, delta: Sequence[DeltaRecord]) -> Searched:
    """Compare records with what the index brings, and keep nothing of it."""
    new = _index(unit, delta)
    _keep_entries(unit, delta, new, compared=None)
    gathered, compared = _compared(unit, policy, delta, new, wide=True)
    return Searched(record_ids=gathered.record_ids, compared=compared)


def _compared(
    unit: Unit,
    policy: MatchPolicy,
    delta: Sequence[DeltaRecord],
    new: Entries,
    *,
    wide: bool = False,
) -> tuple[_Gathered, Compared]:
    done = [record.record_id for record in delta if record.indexed]
    held = unit.match_index.entries(np.array(done, dtype=np.int64)) if done else NO_ENTRIES
    gathered = _gather(
        unit,
        delta,
        records=np.concatenate((new.key_records, held.key_records)),
        keys=np.concatenate((new.keys, held.keys)),
        wide=wide,
    )
    compared = compare_rows(
        gathered.table,
        gathered.left,
        gathered.right,
        statistics=statistics_of(unit, gathered.table),
        model=model_of(unit),
        policy=policy,
    )
    return gathered, compared


def _gather(
    unit: Unit, delta: Sequence[DeltaRecord], *, records: Ids, keys: Ids, wide: bool
) -> _Gathered:
    """Find the records that the delta's keys bring, and fetch these and nothing more."""
    ids = np.array([record.record_id for record in delta], dtype=np.int64)
    search = Search.of_size(_size(unit))
    held = unit.match_index.holders(np.unique(keys), most=search.budget + 1)
    pairs = choose_pairs(
        records, keys, held_keys=held.keys, holders=held.record_ids, search=search, wide=wide
    )
    known = unit.matches.known(np.setdiff1d(np.union1d(pairs.left, pairs.right), ids))
    everyone = np.concatenate((ids, known.record_ids))
    order = np.argsort(everyone)
    ascending = everyone[order]
    there = np.isin(pairs.right, ascending)
    return _Gathered(
        record_ids=everyone,
        delta=len(ids),
        table=read_records([*(record.fields for record in delta), *known.fields]),
        left=order[np.searchsorted(ascending, pairs.left[there])],
        right=order[np.searchsorted(ascending, pairs.right[there])],
        customers=[*(None for _ in delta), *known.customers],
    )


def _worth_keeping(gathered: _Gathered, compared: Compared) -> NDArray[np.bool_]:
    groups: dict[str, int] = {}
    count = len(gathered.record_ids)
    group = np.array(
        [
            place if customer is None else groups.setdefault(customer, place)
            for place, customer in enumerate(gathered.customers)
        ],
        dtype=np.int64,
    )
    others = np.zeros(count, dtype=np.bool_)
    others[gathered.delta :] = [c is None for c in gathered.customers[gathered.delta :]]
    return worth_keeping(
        gathered.left, gathered.right, probable=compared.probable, groups=group, others=others
    )


def statistics_of(unit: Unit, table: Table) -> Statistics:
    """Return what is common among the client's records, as far as comparing the table needs it."""
    terms = unit.match_index.terms(np.unique(table.names.vocabulary.hashes))
    _, contacts, _ = record_contacts(table)
    distinct, times = np.unique(contacts, return_counts=True)
    # How common a contact is matters only where two records share it.
    used = unit.match_index.contacts(distinct[times > 1], most=_MOST_NAMES)
    return Statistics(
        records=_size(unit),
        terms=Counts(terms.hashes, terms.counts),
        contacts=Counts(used.hashes, used.counts),
    )


def _size(unit: Unit) -> int:
    state = unit.match_index.state()
    return 0 if state is None else state.records


def model_of(unit: Unit) -> Model:
    """Return the client's weights."""
    stored = unit.match_index.model()
    return DEFAULT_MODEL if stored is None else Model.from_json(stored.model)
