"""Measure SLA clocks: what keeping history costs a load, and what watching and reporting cost.

    python benchmarks/sla.py [--customers 100000] [--others 49]

One client has so many customers, each told of in a CRM and written to an ERP, which was read since;
three of a hundred were late, one is under way. The others, with 2,000 customers each, have other
clauses and calendars in the same database; two of the same size are watched alone and beside all
of them. Store: an embedded PostgreSQL with default settings.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter, process_time

import psutil
import psycopg

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.sla.calendar import Span, WorkingCalendar
from mastersync.domain.sla.model import (
    Allowance,
    Cause,
    Clause,
    Milestone,
    Request,
    Rung,
    SlaPolicy,
    Unit,
)
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.usecases.report_sla import report_sla
from mastersync.usecases.watch_clocks import watch_clocks

SECRET = "benchmarks have no secrets to keep"  # noqa: S105 (a database that lives for minutes)
BIG, ALONE = "big", "alone"
SMALL = 2_000  # customers of each other client
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Europe/London")

_FILL = """
INSERT INTO run (client_id, run_id, state, policy_version, opened_at, planned_at, closed_at)
SELECT %(client)s, 'r' || n, 'done', 'p1', at, at + interval '20 min', at + interval '40 min'
FROM generate_series(0, 20) AS n,
    LATERAL (SELECT timestamptz '2026-03-02 06:00+00' + n * interval '1 day' AS at) AS day;
INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
SELECT %(client)s, system, 'k' || n, 'r0', '2026-03-02 06:00+00'
FROM generate_series(1, %(customers)s) AS n, unnest(ARRAY['crm', 'erp']) AS system;
CREATE TEMPORARY TABLE fact ON COMMIT DROP AS
SELECT
    record.record_id,
    record.system,
    record.source_key,
    'C-' || %(client)s || '-' || record.source_key AS customer_id,
    run.run_id,
    run.opened_at + CASE WHEN record.system = 'erp' THEN interval '24 h' ELSE '0' END AS at,
    n
FROM source_record AS record,
    LATERAL (SELECT substr(record.source_key, 2)::integer AS n) AS number
INNER JOIN run ON run.client_id = %(client)s AND run.run_id = 'r' || (n %% 20)
WHERE record.client_id = %(client)s;
ANALYZE fact;
INSERT INTO source_version (client_id, record_id, version_no, run_id, payload, payload_hash,
    observed_at, modified_at)
SELECT %(client)s, record_id, 1, run_id, jsonb_build_object(
    'name', 'Company ' || source_key, 'phone', '+4420794' || n, 'segment', 'S' || n %% 3
), sha256(source_key::bytea), at + interval '5 min', at
FROM fact;
ANALYZE source_version;
INSERT INTO record_head (client_id, record_id, version_id, version_no, payload_hash, deleted)
SELECT client_id, record_id, version_id, 1, payload_hash, FALSE FROM source_version
WHERE client_id = %(client)s;
INSERT INTO version_event (client_id, version_id, record_id, state, run_id, happened_at)
SELECT client_id, version_id, record_id, state, run_id,
    observed_at + CASE WHEN state = 'applied' THEN interval '5 min' ELSE '0' END
FROM source_version, unnest(ARRAY['pending', 'applied']) AS state
WHERE client_id = %(client)s;
INSERT INTO prepared_record (client_id, version_id, record_id, fields, said_at, news,
    policy_version, prepared_at)
SELECT version.client_id, version.version_id, version.record_id, version.payload, '{}',
    CASE WHEN fact.system = 'crm' THEN ARRAY['name', 'phone', 'segment'] ELSE '{}' END, 'p1',
    version.observed_at
FROM source_version AS version INNER JOIN fact USING (record_id)
WHERE version.client_id = %(client)s;
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
SELECT %(client)s, customer_id,
    '{"engine": "x", "policy_version": "p1", "searched_at": "2026-03-02T06:00:00",
    "keys_searched": 1, "candidates_found": 0}', run_id, at
FROM fact WHERE system = 'crm';
INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id, linked_at)
SELECT %(client)s, record_id, customer_id, 'new', 1, '{}', run_id, at FROM fact;
INSERT INTO golden_version (client_id, customer_id, version_no, fields, provenance,
    input_version_ids, fingerprint, policy_version, run_id, formed_at)
SELECT %(client)s, fact.customer_id, 1, version.payload, '{}', ARRAY[version.version_id], '', 'p1',
    fact.run_id, version.observed_at + interval '5 min'
FROM fact
INNER JOIN source_version AS version
    ON version.client_id = %(client)s AND fact.record_id = version.record_id
WHERE fact.system = 'crm';
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id,
    record_id, body, before, after, state, not_before, planned_at, settled_at, attempt_count)
SELECT %(client)s, gen_random_uuid(), 'push', 'erp', 'push ' || source_key, run_id, customer_id,
    record_id, '{"key": null}', '{}', jsonb_build_object('phone', '+4420794' || n),
    CASE WHEN n %% 100 = 0 THEN 'ready' ELSE 'done' END, at, at - interval '23 h 45 min',
    CASE
        WHEN n %% 100 = 0 THEN NULL
        WHEN n %% 33 = 0 THEN at + interval '3 days'
        ELSE at - interval '23 h 30 min'
    END, 1
FROM fact WHERE system = 'erp'
"""
_HISTORY = """
INSERT INTO version_state (client_id, version_id, record_id, state, run_id, changed_at)
SELECT client_id, version_id, record_id, 'pending', run_id, observed_at
FROM source_version WHERE client_id = 'big' ORDER BY version_id LIMIT %(versions)s
"""
_APPLY = """
UPDATE version_state SET state = 'applied', changed_at = changed_at + interval '5 min'
WHERE client_id = 'big'
"""


def promised(number: int) -> ClientRules:
    """Return what a client was promised: of each number other hours, zones and allowances."""
    hours = (Span(opens=(8 + number % 2) * 60, closes=(16 + number % 3) * 60),)
    calendar = WorkingCalendar(
        name="office",
        zone=ZONES[number % len(ZONES)],
        week=dict.fromkeys(range(5), hours),
        first_year=2025,
        last_year=2027,
    )
    pushed = Clause(
        key="4.1",
        number="4.1",
        clock="seen to pushed",
        start=Milestone.SEEN,
        stop=Milestone.PUSHED,
        within=Allowance(amount=Decimal(4 + number % 9), unit=Unit.WORKING_HOURS),
        calendar="office",
        pauses=frozenset(Cause),
        target=Decimal("0.95"),
    )
    key_customers = replace(
        pushed, key="4.2", segment="S1", within=Allowance(amount=Decimal(3), unit=Unit.HOURS)
    )
    key_customers = replace(key_customers, calendar="", requests=frozenset({Request.NEW_CUSTOMER}))
    verified = replace(
        pushed, key="4.3", clock="seen to verified", stop=Milestone.VERIFIED, pauses=frozenset()
    )
    verified = replace(verified, within=Allowance(amount=Decimal(3), unit=Unit.WORKING_DAYS))
    return ClientRules(
        client_id=f"c{number}",
        name=f"Client {number}",
        policy_version="p1",
        systems={},
        match=MatchPolicy(),
        survivorship=SurvivorshipPolicy(trust=("crm", "erp")),
        targets={},
        tables={},
        guards=GuardPolicy(max_updates=1, max_creates=1, max_mails=1),
        sla=SlaPolicy(
            clauses=(pushed, key_customers, verified),
            zone=calendar.zone,
            calendars={"office": calendar},
            ladder=(Rung(at=Decimal("0.8"), to="operator"), Rung(at=Decimal(1), to="operator")),
        ),
    )


@dataclass
class Bench:
    """A database with clients, and the time that things take in it."""

    server: EmbeddedServer
    url: str

    def fill(self, client: str, customers: int) -> None:
        """Give a client customers, all of whose facts are there."""
        with self._admin() as session:
            session.execute("SET session_replication_role = replica")
            for statement in _FILL.split(";\n"):
                session.execute(statement, {"client": client, "customers": customers})

    def analyse(self) -> None:
        """Let the planner know what is there, as autovacuum would."""
        with self._admin() as session:
            session.execute("ANALYZE")

    def cost_of_history(self, versions: int) -> dict[str, float]:
        """Return the seconds of a load and of its settling, with the trigger and without."""
        found = {}
        for how in ("DISABLE", "ENABLE"):
            with self._admin() as session:
                session.execute(f"ALTER TABLE version_state {how} TRIGGER USER")
                for name, statement in (("landed", _HISTORY), ("settled", _APPLY)):
                    began = perf_counter()
                    session.execute(statement, {"versions": versions} if name == "landed" else {})
                    found[f"{name}, {how.lower()}d"] = perf_counter() - began
                session.rollback()
        return found

    def timed(
        self, client: str, deed: Callable[[PostgresStore], object]
    ) -> tuple[float, float, float]:
        """Return wall seconds, and CPU seconds of Python and PostgreSQL, of a deed on a store."""
        role = role_url(self.url, client_role(client), secret_key=SECRET)
        with closing(Database(role)) as database:
            began, cpu = perf_counter(), process_time()
            deed(PostgresStore(database, client))
            wall = perf_counter() - began
            return wall, process_time() - cpu, self._cpu_of_backends(client)

    def _cpu_of_backends(self, client: str) -> float:
        """Return what the connections of a client have cost since they were opened."""
        total = 0.0
        for process in psutil.Process(self.server.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # PostgreSQL's own helpers come and go
                if client_role(client) in " ".join(process.cmdline()):
                    times = process.cpu_times()
                    total += times.user + times.system
        return total

    @contextmanager
    def _admin(self) -> Iterator[psycopg.Connection]:
        address = self.url.replace("+psycopg", "")
        with psycopg.connect(address, options="-c search_path=mastersync") as session:
            yield session


def main() -> None:
    """Fill a store, watch, report, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--others", type=int, default=49)
    asked = parser.parse_args()
    clients = [BIG, ALONE, *(f"c{number}" for number in range(asked.others))]
    with tempfile.TemporaryDirectory() as folder:
        server = embedded.start(Path(folder) / "pg")
        try:
            embedded.ensure_database(server, "bench")
            bench = Bench(server=server, url=server.url("bench"))
            migrate(admin_url=bench.url, secret_key=SECRET)
            names = {client: client for client in clients}
            register_clients(admin_url=bench.url, secret_key=SECRET, names=names)
            _measure(bench, clients, asked.customers)
        finally:
            server.stop()


def _measure(bench: Bench, clients: list[str], customers: int) -> None:
    bench.fill(ALONE, SMALL)
    bench.analyse()
    bench.timed(ALONE, lambda store: store.client_id)  # what is imported and connected once
    _show("a small client, alone", bench.timed(ALONE, _watch(ALONE)))
    bench.fill(BIG, customers)
    for other in clients[2:]:
        bench.fill(other, SMALL)
    bench.analyse()
    for name, seconds in bench.cost_of_history(customers).items():
        print(f"{name:<40} {seconds:8.2f} s wall")
    _show("a small client, beside all others", bench.timed(clients[-1], _watch(clients[-1])))
    _show("  again, nothing happened", bench.timed(clients[-1], _watch(clients[-1])))
    _show(f"{customers:,} customers, first", bench.timed(BIG, _watch(BIG)))
    _show("  again, nothing happened", bench.timed(BIG, _watch(BIG)))
    _show("  a report of the month", bench.timed(BIG, _report))


def _show(name: str, took: tuple[float, float, float]) -> None:
    wall, python, postgres = took
    print(f"{name:<40} {wall:8.2f} s wall {python:8.2f} s Python {postgres:8.2f} s PostgreSQL")


def _rules(client: str) -> ClientRules:
    number = int(client[1:]) if client[1:].isdecimal() else 0
    return replace(promised(number), client_id=client)


def _watch(client: str) -> Callable[[PostgresStore], object]:
    return lambda store: watch_clocks(store, _rules(client), now=NOW)


def _report(store: PostgresStore) -> object:
    found = report_sla(store, _rules(BIG), since=MARCH, until=MARCH + timedelta(days=31), now=NOW)
    for one in found.attained:
        print(f"    {one.clause.key}: due {one.due:,}, met {one.met:,}, late {one.late:,}")
    return found


if __name__ == "__main__":
    main()
