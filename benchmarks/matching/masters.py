"""Fills a store with a client's master, as if it had been synced: quickly, past the pipeline."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import psycopg
from numpy.typing import NDArray

from mastersync.domain.search.engine import EDITION
from mastersync.domain.search.entries import Entries
from mastersync.domain.search.frames import COLUMNS, entries_of, read_records
from mastersync.store.embedded import EmbeddedServer

CLIENT, RUN = "bench", "load"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_CHUNK = 20_000
_FACTS = """
INSERT INTO run (client_id, run_id, state, policy_version, opened_at, closed_at)
VALUES ('bench', 'load', 'done', 'bench', now(), now());
INSERT INTO source_record (client_id, record_id, system, source_key, first_run_id, first_seen_at)
OVERRIDING SYSTEM VALUE SELECT 'bench', n, system, source_key, 'load', now() FROM given;
INSERT INTO source_version (client_id, version_id, record_id, version_no, run_id, payload,
    payload_hash, observed_at)
OVERRIDING SYSTEM VALUE
SELECT 'bench', n, n, 1, 'load', '{}', sha256(''), now() FROM given;
INSERT INTO version_state (client_id, version_id, record_id, state, cause, run_id, changed_at)
SELECT 'bench', n, n, CASE WHEN in_master THEN 'applied' ELSE 'set_aside' END, 'later', 'load',
    now()
FROM given;
INSERT INTO prepared_record (client_id, version_id, record_id, fields, said_at, policy_version,
    prepared_at)
SELECT 'bench', n, n, fields, '{}', 'bench', '2026-01-01Z' FROM given;
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
SELECT DISTINCT 'bench', 'C-' || cluster, '{"engine": "bench", "policy_version": "bench",
    "searched_at": "2026-01-01T00:00", "keys_searched": 1, "candidates_found": 0}'::jsonb, 'load',
    now()
FROM given WHERE in_master;
INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id, linked_at)
SELECT 'bench', n, 'C-' || cluster, 'new', 1, '{}', 'load', now() FROM given WHERE in_master;
"""


def load_master(
    server: EmbeddedServer, database: str, records: pd.DataFrame, *, deltas: int
) -> None:
    """Fill a migrated database: the last ``deltas`` records are landed and set aside.

    ``records`` has the columns of a made set and ``cluster``, which says whose each one is.
    """
    with psycopg.connect(
        host=str(server.socket_dir), user="postgres", dbname=database, autocommit=True
    ) as session:
        session.execute("SET search_path = mastersync; SET session_replication_role = replica")
        session.execute("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'")
        session.execute(
            "CREATE TEMP TABLE given (n bigint, in_master boolean, cluster text, system text,"
            " source_key text, fields jsonb)"
        )
        with session.cursor().copy("COPY given FROM STDIN") as copy:
            for number, row in enumerate(fields_of(records), start=1):
                in_master = number <= len(records) - deltas
                copy.write_row((number, in_master, *row[:3], json.dumps(row[3])))
        for statement in filter(str.strip, _FACTS.split(";\n")):
            session.execute(statement)
        if deltas < len(records):
            _index(session, records[: len(records) - deltas])
        session.execute("VACUUM ANALYZE")


def fields_of(records: pd.DataFrame) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Yield cluster, system, key and canonical fields of each record."""
    known = [name for name in records.columns if name in COLUMNS.values()]
    columns = [records[name].tolist() for name in known]
    for cluster, system, key, *values in zip(
        records["cluster"], records["source"], records["id"], *columns, strict=True
    ):
        fields = {name: value for name, value in zip(known, values, strict=True) if value}
        kind = fields.get("party_type")
        if kind is not None:
            fields["party_type"] = {"C": "company", "P": "person"}.get(kind, kind)
        yield cluster, system, key, fields


def _index(session: psycopg.Connection, records: pd.DataFrame) -> None:
    session.execute("DROP INDEX match_key_holders")
    session.execute("ALTER TABLE match_entry DROP CONSTRAINT match_entry_pkey")
    session.execute("CREATE TEMP TABLE new_key (key bigint, record_id bigint)")
    terms: list[NDArray[np.int64]] = []
    contacts: list[NDArray[np.int64]] = []
    for begin in range(0, len(records), _CHUNK):
        chunk = records[begin : begin + _CHUNK]
        table = read_records([row[3] for row in fields_of(chunk)])
        entries = entries_of(table, np.arange(begin + 1, begin + len(chunk) + 1))
        terms.append(entries.terms)
        contacts.append(np.stack((entries.contacts, entries.names)))
        with session.cursor().copy("COPY new_key FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(binary_rows(entries.keys, entries.key_records))
        with session.cursor().copy("COPY match_entry FROM STDIN") as copy:
            for row in _entry_rows(entries):
                copy.write_row(row)
    session.execute("INSERT INTO match_key SELECT 'bench', key, record_id FROM new_key")
    session.execute("CREATE INDEX match_key_holders ON match_key (key, client_id, record_id)")
    session.execute(
        "ALTER TABLE match_entry ADD PRIMARY KEY (client_id, record_id) INCLUDE (version_id)"
    )
    found, counts = np.unique(np.concatenate(terms), return_counts=True)
    _copy(session, "match_term (term bigint, records integer)", found, counts)
    pairs, counts = np.unique(np.concatenate(contacts, axis=1), axis=1, return_counts=True)
    _copy(session, "match_contact (contact bigint, name bigint, records integer)", *pairs, counts)
    session.execute(
        "INSERT INTO match_index (client_id, edition, records, complete) VALUES (%s, %s, %s, TRUE)",
        [CLIENT, EDITION, len(records)],
    )


def _entry_rows(entries: Entries) -> Iterator[Sequence[object]]:
    count = len(entries.record_ids)
    columns = [
        np.split(values[order], np.cumsum(counts)[:-1])
        for owners, values in (
            (entries.key_records, entries.keys),
            (entries.term_records, entries.terms),
            (entries.contact_records, entries.contacts),
            (entries.contact_records, entries.names),
        )
        for order in [np.argsort(owners, kind="stable")]
        for counts in [np.bincount(owners - entries.record_ids[0], minlength=count)]
    ]
    for record_id, *hashes in zip(entries.record_ids.tolist(), *columns, strict=True):
        lists = [f"{{{','.join(map(str, found.tolist()))}}}" for found in hashes]
        yield (CLIENT, record_id, record_id, NOW, 0, *lists)


def _copy(session: psycopg.Connection, table: str, *columns: NDArray[np.int64]) -> None:
    name, _, kinds = table.partition(" ")
    given = kinds.replace("integer", "bigint")
    session.execute(f"CREATE TEMP TABLE new_{name} {given}")
    with session.cursor().copy(f"COPY new_{name} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(binary_rows(*columns))
    session.execute(f"INSERT INTO {name} SELECT 'bench', * FROM new_{name}")  # noqa: S608


def binary_rows(*columns: NDArray[np.int64]) -> bytes:
    """Return columns of numbers as rows of PostgreSQL's binary COPY."""
    kinds = [("fields", ">i2")]
    for place in range(len(columns)):
        kinds += [(f"length{place}", ">i4"), (f"value{place}", ">i8")]
    rows = np.empty(len(columns[0]), dtype=kinds)
    rows["fields"] = len(columns)
    for place, column in enumerate(columns):
        rows[f"length{place}"] = 8
        rows[f"value{place}"] = column
    return b"PGCOPY\n\xff\r\n\0" + b"\0" * 8 + rows.tobytes() + b"\xff\xff"
