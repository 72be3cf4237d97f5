"""Measure forming golden records: a first load, and a later run in which nothing new is said.

    python benchmarks/forming.py [--customers 10000]

Each customer has a record in two systems that differ in address and phone, and every tenth has
answered a confirmation. Store: an embedded PostgreSQL with default settings; chunks as in a sync.
"""

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import psycopg

from mastersync.domain.client_rules import ClientRules, SystemRules
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.migrate import migrate, register_clients
from mastersync.usecases.form_golden import form_golden
from mastersync.wiring.sync import CUSTOMERS_PER_BATCH

CLIENT = "bench"
SECRET = "benchmarks have no secrets to keep"  # noqa: S105 (a database that lives for minutes)
RUN = "r1"
MORNING = datetime(2026, 11, 2, 6, tzinfo=UTC)
FIELDS = (
    *("name", "street", "city", "postcode", "country", "phone", "email"),
    *("payment_terms", "credit_limit", "credit_currency", "registration_number"),
)
_FILL = """
INSERT INTO run (client_id, run_id, state, policy_version, opened_at)
VALUES ('bench', 'r1', 'open', 'p1', '2026-11-02 06:00+00');
INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
SELECT 'bench', system, 'k' || n, 'r1', '2026-11-02 06:00+00'
FROM generate_series(1, {customers}) AS n, unnest(ARRAY['crm', 'erp']) AS system;
INSERT INTO source_version (client_id, record_id, version_no, run_id, payload, payload_hash,
    observed_at)
SELECT client_id, record_id, 1, 'r1', jsonb_build_object(
    'name', 'Company ' || source_key, 'street', substr(source_key, 2) || ' High Street, ' || system,
    'city', 'Leeds', 'postcode', 'LS1 4AP', 'country', 'GB', 'phone', '+4420794' || record_id,
    'email', source_key || '@' || system || '.example', 'payment_terms', 'NET30',
    'credit_limit', '5000', 'credit_currency', 'GBP', 'registration_number', source_key
), sha256(source_key::bytea), '2026-11-02 06:00+00'
FROM source_record;
INSERT INTO record_head (client_id, record_id, version_id, version_no, payload_hash, deleted)
SELECT client_id, record_id, version_id, 1, payload_hash, FALSE FROM source_version;
INSERT INTO version_state (client_id, version_id, record_id, state, run_id, changed_at)
SELECT client_id, version_id, record_id, 'pending', 'r1', observed_at FROM source_version;
INSERT INTO prepared_record (client_id, version_id, record_id, fields, said_at, policy_version,
    prepared_at)
SELECT client_id, version_id, record_id, payload, (
    SELECT jsonb_object_agg(field, '2026-10-01T00:00:00+00:00')
    FROM jsonb_object_keys(payload) AS field
), 'p1', observed_at FROM source_version;
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
SELECT DISTINCT 'bench', 'C-' || source_key,
    '{{"engine": "x", "policy_version": "p1", "searched_at": "2026-11-02T06:00:00",
    "keys_searched": 1, "candidates_found": 0}}'::jsonb, 'r1', '2026-11-02 06:00+00'::timestamptz
FROM source_record;
INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id, linked_at)
SELECT client_id, record_id, 'C-' || source_key, 'new', 1, '{{}}', 'r1', '2026-11-02 06:00+00'
FROM source_record;
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id, body,
    before, after, state, not_before, planned_at)
SELECT client_id, gen_random_uuid(), 'email', 'sendgrid', 'mail ' || customer_id, 'r1', customer_id,
    '{{}}', '{{}}', '{{}}', 'done', created_at, created_at
FROM customer WHERE customer_id LIKE '%7';
INSERT INTO confirmation_request (client_id, request_id, customer_id, effect_id, token_hash,
    client_name, language, shown, state, created_at, expires_at)
SELECT client_id, effect_id, customer_id, effect_id, sha256(effect_id::text::bytea), 'x', 'en',
    '{{"fields": [{{"name": "phone", "value": "+442079460000", "is_masked": false}}]}}', 'answered',
    planned_at, planned_at
FROM effect;
INSERT INTO confirmation_answer (client_id, request_id, customer_id, verdict, answered_at)
SELECT client_id, request_id, customer_id, 'all_correct', created_at FROM confirmation_request;
ANALYZE;
"""


def rules() -> ClientRules:
    """Return the rules of a client with two systems."""
    system = SystemRules(
        mapping={name: name for name in FIELDS},
        prepare=PreparePolicy(required=frozenset(), default_country="GB"),
    )
    return ClientRules(
        client_id=CLIENT,
        name="Bench",
        policy_version="p1",
        systems={"crm": system, "erp": system},
        match=MatchPolicy(),
        survivorship=SurvivorshipPolicy(trust=("crm", "erp")),
        targets={},
        tables={},
        guards=GuardPolicy(max_updates=1, max_creates=1, max_mails=1),
    )


def form_everybody(store: PostgresStore, *, now: datetime) -> dict[str, int]:
    """Form all customers, a batch after the other as a sync does; returns counts."""
    with store.begin() as unit:
        due = unit.customers.due_for_forming(RUN, now=now)
    formed = 0
    for start in range(0, len(due), CUSTOMERS_PER_BATCH):
        batch = due[start : start + CUSTOMERS_PER_BATCH]
        formed += form_golden(store, rules(), customer_ids=batch, run_id=RUN, now=now)["formed"]
    return {"customers": len(due), "formed": formed}


def main() -> None:
    """Fill a store, form it twice, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--customers", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as folder:
        server = embedded.start(Path(folder) / "pg")
        try:
            measure(server, customers=options.customers)
        finally:
            server.stop()


def measure(server: embedded.EmbeddedServer, *, customers: int) -> None:
    """Fill a database of the server and form it."""
    embedded.ensure_database(server, "bench")
    url = server.url("bench")
    migrate(admin_url=url, secret_key=SECRET)
    register_clients(admin_url=url, secret_key=SECRET, names={CLIENT: "Bench"})
    with psycopg.connect(
        url.replace("+psycopg", ""), options="-c search_path=mastersync", autocommit=True
    ) as session:
        session.execute(_FILL.format(customers=customers))
    database = Database(role_url(url, client_role(CLIENT), secret_key=SECRET))
    store = PostgresStore(database, CLIENT)
    print(f"{'':22}customers   formed   wall s    CPU s of Python   customers/s")
    try:
        for what, now in (
            ("first load", MORNING + timedelta(hours=1)),
            ("nothing new is said", MORNING + timedelta(hours=2)),
        ):
            if "nothing" in what:
                with psycopg.connect(
                    url.replace("+psycopg", ""), options="-c search_path=mastersync"
                ) as session:
                    session.execute("UPDATE version_state SET state = 'pending'")
            wall, cpu = perf_counter(), process_time()
            found = form_everybody(store, now=now)
            wall, cpu = perf_counter() - wall, process_time() - cpu
            print(
                f"{what:22}{found['customers']:9} {found['formed']:8} {wall:8.2f} {cpu:18.2f}"
                f" {found['customers'] / wall:13.0f}"
            )
    finally:
        database.close()


if __name__ == "__main__":
    main()
