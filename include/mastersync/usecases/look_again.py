"""Comparing records as an engine would that knows nothing of what was decided; nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.matching.model import MatchPolicy, MatchRecord
from mastersync.domain.records.mapping import map_payload
from mastersync.domain.records.prepare import prepare_record
from mastersync.domain.resolution.candidates import Search, candidate_pairs, index_keys
from mastersync.domain.resolution.keys import key_passes, record_keys
from mastersync.domain.resolution.table import Table
from mastersync.domain.search.engine import Compared, compare_rows
from mastersync.domain.search.entries import Ids
from mastersync.domain.search.frames import read_records
from mastersync.ports.decisions import StoredRecord
from mastersync.ports.store import Unit
from mastersync.usecases.search_records import model_of, statistics_of

_MOST_WITHIN = 40  # records of one customer of which every pair is compared


@dataclass(frozen=True, kw_only=True)
class Looked:
    """Records in a table, and pairs of its rows as they compare."""

    records: Sequence[MatchRecord]
    record_ids: Ids
    compared: Compared


def as_matched(stored: Sequence[StoredRecord], changed: ClientRules | None) -> list[MatchRecord]:
    """Return the records as they were prepared; with changed rules as these prepare them."""
    return [
        MatchRecord(
            record_id=record.record_id,
            system=record.system,
            source_key=record.source_key,
            fields=record.fields if changed is None else _prepared(record, changed),
            customer_id=record.customer_id,
        )
        for record in stored
    ]


def look_at_pairs(
    unit: Unit,
    policy: MatchPolicy,
    records: Sequence[MatchRecord],
    pairs: Sequence[tuple[int, int]],
) -> Looked:
    """Compare these pairs of record ids, each as if it were met."""
    table = read_records([record.fields for record in records])
    row = {record.record_id: place for place, record in enumerate(records)}
    left = np.array([row[one] for one, _ in pairs], dtype=np.int64)
    right = np.array([row[other] for _, other in pairs], dtype=np.int64)
    return _looked(unit, policy, records, table, pairs=(left, right))


def look_at_all(unit: Unit, policy: MatchPolicy, records: Sequence[MatchRecord]) -> Looked:
    """Compare what shares a key that is rare enough, and what is one customer now."""
    table = read_records([record.fields for record in records])
    index = index_keys(key_passes(table), size=len(table))
    met = candidate_pairs(index, Search.of_size(len(table)))
    held = np.array(_within_customers(records), dtype=np.int64).reshape(-1, 2)
    both = np.unique(
        np.concatenate((np.column_stack((met.left, met.right)).astype(np.int64), held)), axis=0
    )
    return _looked(unit, policy, records, table, pairs=(both[:, 0], both[:, 1]))


def shares_key(records: Sequence[MatchRecord], pairs: Sequence[tuple[int, int]]) -> list[bool]:
    """Say of each pair of record ids whether the two share a key at all."""
    rows, keys = record_keys(read_records([record.fields for record in records]))
    own: dict[int, set[int]] = {}
    for place, key in zip(rows.tolist(), keys.tolist(), strict=True):
        own.setdefault(records[place].record_id, set()).add(key)
    return [bool(own.get(one, set()) & own.get(other, set())) for one, other in pairs]


def _looked(
    unit: Unit,
    policy: MatchPolicy,
    records: Sequence[MatchRecord],
    table: Table,
    *,
    pairs: tuple[Ids, Ids],
) -> Looked:
    compared = compare_rows(
        table,
        *pairs,
        statistics=statistics_of(unit, table),
        model=model_of(unit),
        policy=policy,
    )
    ids = np.array([record.record_id for record in records], dtype=np.int64)
    return Looked(records=records, record_ids=ids, compared=compared)


def _within_customers(records: Sequence[MatchRecord]) -> list[tuple[int, int]]:
    homes: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        if record.customer_id is not None:
            homes.setdefault(record.customer_id, []).append(place)
    return [
        (one, other)
        for members in homes.values()
        if len(members) <= _MOST_WITHIN
        for position, one in enumerate(members)
        for other in members[position + 1 :]
    ]


def _prepared(record: StoredRecord, rules: ClientRules) -> Mapping[str, str]:
    system = rules.systems.get(record.system)
    if system is None:
        return {}
    mapped = map_payload(record.payload, system.mapping, constants=system.constants)
    return prepare_record(mapped, policy=system.prepare).fields
