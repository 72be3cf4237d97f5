"""Statements that run often read a few rows of full tables, also behind the wall."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from mastersync.store.embedded import EmbeddedServer
from mastersync.store.sql_files import load
from stores import NOON, TestStore, store_copy

RECORDS = 20_000
A_FEW = 1_000
_FILL = f"""
INSERT INTO run (client_id, run_id, state, policy_version, opened_at, closed_at)
SELECT c, 'r1', 'done', 'p1', now(), now() FROM unnest(ARRAY['acme', 'globex']) AS c;
INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
SELECT c, 'crm', 'k' || n, 'r1', now()
FROM unnest(ARRAY['acme', 'globex']) AS c, generate_series(1, {RECORDS}) AS n;
INSERT INTO source_version (client_id, record_id, version_no, run_id, payload, payload_hash,
    observed_at)
SELECT client_id, record_id, 1, 'r1', '{{}}', sha256(source_key::bytea), now() FROM source_record;
INSERT INTO record_head (client_id, record_id, version_id, version_no, payload_hash, deleted)
SELECT client_id, record_id, version_id, 1, payload_hash, FALSE FROM source_version;
INSERT INTO version_state (client_id, version_id, record_id, state, run_id, changed_at)
SELECT client_id, version_id, record_id,
    CASE WHEN version_id % 500 = 0 THEN 'pending' ELSE 'applied' END, 'r1', now()
FROM source_version;
INSERT INTO version_event (client_id, version_id, record_id, state, waiting_for, cause, run_id,
    happened_at)
SELECT client_id, version_id, record_id, way.*, 'r1',
    CASE WHEN version_id % 500 = 0 THEN now() ELSE now() - interval '9 days' END
FROM source_version, LATERAL (
    SELECT 'applied', NULL, NULL WHERE version_id > 8
    UNION ALL SELECT 'waiting', 'credit', 'effect:' || gen_random_uuid() WHERE version_id <= 8
) AS way (state, waiting_for, cause);
INSERT INTO sla_clock (client_id, case_id, clock, clause, request, segment, priority, record_id,
    customer_id, state, due_at, used, look_at)
SELECT client_id, 'version:' || version_id, 'seen to pushed', '4.1', 'change', '', 'normal',
    record_id, 'C-' || record_id, 'running', now() + version_id * interval '1 min', 0,
    now() + interval '1 day'
FROM source_version;
INSERT INTO prepared_record (client_id, version_id, record_id, fields, said_at, policy_version,
    prepared_at)
SELECT client_id, version_id, record_id, '{{"name": "x"}}', '{{}}', 'p1', now() FROM source_version;
INSERT INTO match_key (client_id, key, record_id)
SELECT client_id, record_id / 2, record_id FROM source_record
UNION ALL SELECT client_id, 10000000 + record_id / 3, record_id FROM source_record
UNION ALL SELECT client_id, 20000000 + record_id % 7, record_id FROM source_record;
INSERT INTO match_entry (client_id, record_id, version_id, prepared_at, compared, keys, terms,
    contacts, names)
SELECT client_id, record_id, version_id, prepared_at, CASE WHEN version_id % 1000 = 0 THEN NULL
    ELSE 3 END, ARRAY[record_id / 2], ARRAY[record_id], ARRAY[record_id], ARRAY[record_id]
FROM prepared_record;
INSERT INTO match_term (client_id, term, records) SELECT client_id, record_id, 1 FROM source_record;
INSERT INTO match_contact (client_id, contact, name, records)
SELECT client_id, record_id / 3, record_id, 1 FROM source_record;
INSERT INTO match_candidate (client_id, left_record_id, right_record_id, score, band, rule,
    evidence, run_id, found_at)
SELECT client_id, record_id, record_id + 1, 0.9, 'same', 'name', '{{}}', 'r1', now()
FROM source_record;
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
SELECT client_id, 'C-' || record_id,
    '{{"engine": "x", "policy_version": "p1", "searched_at": "2026-03-02T12:00:00",
    "keys_searched": 1, "candidates_found": 0}}', 'r1', now()
FROM source_record;
INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id, linked_at)
SELECT client_id, record_id, 'C-' || record_id, 'new', 1, '{{}}', 'r1', now() FROM source_record;
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id,
    record_id, body, before, after, state, not_before, planned_at)
SELECT client_id, gen_random_uuid(), CASE WHEN record_id % 2 = 0 THEN 'push' ELSE 'email' END,
    'erp', 'key' || record_id, 'r1', 'C-' || record_id, record_id, '{{"key": "x"}}', '{{}}', '{{}}',
    CASE WHEN record_id % 300 = 0 THEN 'ready' ELSE 'done' END, now(), now()
FROM source_record;
INSERT INTO confirmation_request (client_id, request_id, customer_id, effect_id, token_hash,
    client_name, language, shown, created_at, expires_at)
SELECT client_id, effect_id, customer_id, effect_id, sha256(effect_id::text::bytea), 'x', 'en',
    '{{}}', now(), now()
FROM effect WHERE kind = 'email';
INSERT INTO golden_version (client_id, customer_id, version_no, fields, provenance,
    input_version_ids, fingerprint, policy_version, run_id, formed_at)
SELECT client_id, customer_id, 1, '{{}}', '{{}}', '{{}}', '', 'p1', 'r1', now() FROM customer;
INSERT INTO ticket (client_id, cause_key, kind, title, cause, next_step, opened_at, last_seen_at)
SELECT client_id, 'cause:' || record_id, 'record', 't', 'c', 'n', now(), now() FROM source_record;
INSERT INTO ticket_subject (client_id, ticket_id, subject, added_at)
SELECT client_id, ticket_id, 'version:' || ticket_id, now() FROM ticket;
"""
BIG = (
    *("source_record", "source_version", "record_head", "version_state", "prepared_record"),
    *("match_key", "match_entry", "match_term", "match_contact", "match_candidate"),
    *("customer", "link", "effect", "confirmation_request", "golden_version"),
    *("ticket", "ticket_subject", "version_event", "sla_clock"),
)
FEW = [4, 5, 6, 7, 8]
FEW_CUSTOMERS = [f"C-{record_id}" for record_id in FEW]
FEW_CASES = [f"version:{version_id}" for version_id in FEW]
OWNED = {"case_ids": FEW_CASES, "owners": FEW_CUSTOMERS, "customers": FEW_CUSTOMERS}
FORMED = {"formed_at": [NOON] * len(FEW)}
ROW = [{"key": "k7", "payload": {}, "payload_hash": "00" * 32, "deleted": False}]
RUN = {"run_id": "r1", "now": NOON}
CLAIM = {"kind": "push", "target": "erp", "size": 10}
HOT = {
    "effects/claim_effects": CLAIM | {"lease_until": NOON, "now": NOON},
    "effects/replace_planned": {"record_ids": FEW, "keys": ["x"], "now": NOON},
    "effects/settle_reported_mails": {"now": NOON},
    "customers/list_due": {**RUN, "first_id": "C-1", "last_id": "C-10"},
    "customers/list_pins": {"customer_ids": FEW_CUSTOMERS, "now": NOON},
    "customers/list_reports": {"customer_ids": FEW_CUSTOMERS, "ordered_by": None},
    "decisions/find_homes": {"systems": ["crm"], "keys": ["k7"]},
    "decisions/list_about": {"systems": ["crm"], "keys": ["k7"], "now": NOON},
    "decisions/list_records": {"systems": ["crm"], "keys": ["k7"]},
    "identity/find_customers": {"customer_ids": FEW_CUSTOMERS},
    "identity/list_links": {"customer_id": "C-7"},
    "identity/list_occupied": {"customer_ids": FEW_CUSTOMERS},
    "identity/list_unsent": {"customer_id": "C-7"},
    "identity/list_within": {"customer_id": "C-7"},
    "identity/lock_customers": {"customer_ids": FEW_CUSTOMERS},
    "landing/land_versions": {**RUN, "system": "crm", "rows": ROW},
    "landing/register_records": {**RUN, "system": "crm", "keys": ["k7", "k8"]},
    "match_index/list_entries": {"record_ids": FEW},
    "match_index/list_holders": {"keys": [2, 3, 10_000_002, 20_000_001], "most": 61},
    "match_index/count_terms": {"terms": FEW},
    "match_index/count_contacts": {"contacts": FEW, "most": 50},
    "match_index/drop_keys": {"record_ids": FEW, "keys": [2, 2, 3, 3, 4]},
    "matches/list_known": {"record_ids": FEW},
    "matches/list_heads": {"record_ids": FEW, "undecided": FEW},
    "matches/list_candidates": {"record_ids": FEW},
    "matches/list_ties": {"record_ids": FEW, "from_systems": ["a"], "to_systems": ["crm"]},
    "matches/drop_candidates": {"record_ids": FEW},
    "matches/list_delta": {"first_version_id": 1, "last_version_id": 4_000},
    "matches/list_ready": {"systems": ["crm"]},
    "records/list_pending": {"first_version_id": 1, "last_version_id": 900},
    "customers/list_inputs": {"customer_ids": FEW_CUSTOMERS, "with_waiting": False},
    "customers/list_newest": {"customer_ids": FEW_CUSTOMERS},
    "customers/list_answers": {"customer_ids": FEW_CUSTOMERS},
    "customers/apply_versions": {"version_ids": FEW, "now": NOON},
    "confirmations/list_past": {"customer_ids": FEW_CUSTOMERS, "now": NOON},
    "sla/list_touched": {"since": datetime.now(UTC) - timedelta(days=1), "now": NOON},
    "sla/list_cases": {"version_ids": FEW, "answer_ids": [1], "fields": ["segment"]},
    "sla/list_writes": OWNED | FORMED | {"planned_at": [NOON + timedelta(days=999)] * len(FEW)},
    "sla/list_waits": {"case_ids": FEW_CASES, "record_ids": FEW, "version_ids": FEW}
    | {"formed_at": [None] * len(FEW)},
    "sla/list_words": OWNED | FORMED | {"seen_at": [NOON] * len(FEW)},
    "sla/list_told": {"case_ids": FEW_CASES},
    "sla/list_on_rungs": {"case_ids": FEW_CASES},
    "sla/list_open": {"most": 20},
    "tickets/lock_tickets": {"cause_keys": ["cause:7", "cause:8"]},
    "tickets/lock_tickets_about": {"subjects": ["version:7"]},
}


@pytest.fixture(scope="module")
def full(postgres_server: EmbeddedServer, store_template: str) -> Iterator[TestStore]:
    with store_copy(postgres_server, store_template) as store:
        store.change(*_FILL.split(";\n"), *[f"ANALYZE {table}" for table in BIG], checks=False)
        yield store


@pytest.fixture
def acme(full: TestStore) -> Iterator[psycopg.Connection]:
    with full.session("ms_acme") as session:
        yield session


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def rows_read(session: psycopg.Connection, query: str, parameters: dict) -> dict[str, float]:
    """How many rows of each big table the statement looked at, kept or not."""
    adapted = {
        name: json.dumps(value) if isinstance(value, list) and isinstance(value[0], dict) else value
        for name, value in parameters.items()
    }
    explained = session.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + query, adapted).fetchone()
    read: Counter[str] = Counter()
    for node in nodes(explained[0][0]["Plan"]):
        if node.get("Relation Name") in BIG:
            looked_at = sum(
                node.get(measure, 0)
                for measure in (
                    "Actual Rows",
                    "Rows Removed by Filter",
                    "Rows Removed by Index Recheck",
                )
            )
            read[node["Relation Name"]] += looked_at * node["Actual Loops"]
    return dict(read)


def is_quick(read: dict[str, float]) -> bool:
    return max(read.values(), default=0) < A_FEW


@pytest.mark.parametrize("name", HOT)
def test_a_hot_statement_reads_only_what_it_is_about(acme: psycopg.Connection, name: str) -> None:
    statement = load(name)
    parameters = {"client_id": "acme", **HOT[name]}
    assert set(parameters) == set(statement.parameters)

    read = rows_read(acme, statement.text, parameters)

    assert is_quick(read), read


def test_a_wait_for_no_order_is_read_where_orders_are_looked_up_by_their_key(
    full: TestStore,
) -> None:
    with full.session() as session:
        session.execute("SET session_replication_role = replica")
        session.execute(
            "UPDATE version_event SET state = 'waiting', cause = 'credit:creditsafe:no_report'"
            " WHERE client_id = 'acme' AND version_id = ANY(%s)",
            [FEW],
        )
        waits = session.execute(
            load("sla/list_waits").text,
            {"client_id": "acme", **HOT["sla/list_waits"]},
        ).fetchall()

    assert waits
    assert {(wait[2], wait[5]) for wait in waits} == {("credit:creditsafe:no_report", None)}


@pytest.mark.parametrize("how", ["enable_seqscan", "enable_indexscan"])
def test_the_check_finds_a_statement_that_reads_everything(
    acme: psycopg.Connection, how: str
) -> None:
    acme.execute(f"SET LOCAL {how} = off")
    query = "SELECT * FROM effect WHERE body ->> 'key' = %(key)s"

    read = rows_read(acme, query, {"key": "y"})

    assert not is_quick(read)


def test_the_portal_finds_a_request_by_its_token_and_a_mail_by_its_effect(
    full: TestStore,
) -> None:
    """Its functions' bodies, as the role that they run as."""
    with full.session() as session:
        session.execute("SET ROLE mastersync_resolver")
        by_token = "SELECT shown FROM confirmation_request WHERE token_hash = %(token_hash)s"
        by_effect = (
            "SELECT effect_id FROM effect WHERE effect_id = %(effect_id)s::uuid AND kind = 'email'"
        )

        assert is_quick(rows_read(session, by_token, {"token_hash": b"\0" * 32}))
        assert is_quick(rows_read(session, by_effect, {"effect_id": "0" * 32}))


def test_a_first_load_is_matched_by_key_although_the_planner_knows_nothing_of_the_client(
    postgres_server: EmbeddedServer, store_template: str
) -> None:
    with store_copy(postgres_server, store_template) as store:
        fill = _FILL.replace("ARRAY['acme', 'globex']", "ARRAY['globex']")
        store.change(*fill.split(";\n"), *[f"ANALYZE {table}" for table in BIG], checks=False)
        load_of_acme = _FILL.replace("ARRAY['acme', 'globex']", "ARRAY['acme']").split(";\n")
        store.change(*load_of_acme[:2], checks=False)
        store.change(
            "INSERT INTO match_key (client_id, key, record_id)"
            " SELECT client_id, record_id / 2, record_id FROM source_record"
            " WHERE client_id = 'acme'",
            checks=False,
        )
        keys = [
            key
            for (key,) in store.rows(
                "SELECT DISTINCT key FROM match_key WHERE client_id = 'acme' LIMIT 100"
            )
        ]
        with store.session("ms_acme") as session:
            parameters = {"client_id": "acme", "keys": keys, "most": 61}
            read = rows_read(session, load("match_index/list_holders").text, parameters)

    assert read["match_key"] < A_FEW
