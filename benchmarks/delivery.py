"""Measure what claim, do and record cost beside a bare batched write of the same rows.

    python benchmarks/delivery.py [--effects 2000] [--rounds 5] [--backlog 10000]

The sandbox and PostgreSQL (durable, as in production) are processes of their own. Each round
creates the same rows at the same system, in requests of 200: once bare, posting documents that are
ready, once through the outbox; which comes first alternates. Then a backlog of one client and
ten effects of another are delivered by one worker: told is how much of the backlog the ten waited
for. Exits 1 when delivery takes more than ``--most`` times as long as the bare writes, or the ten
wait for more than a batch.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from mastersync.config.connections import JsonConnections
from mastersync.config.settings import Settings, load_settings
from mastersync.sandbox.connections import airflow_connections
from mastersync.sandbox.rest.systems import SYSTEMS
from mastersync.store import embedded
from mastersync.store.migrate import migrate
from mastersync.usecases.deliver_effects import deliver_effects
from mastersync.usecases.push_to_system import PushPerformer
from mastersync.wiring.client import open_client
from mastersync.wiring.delivery import deliver_for_all
from mastersync.wiring.stores import register_all

PROJECT = Path(__file__).resolve().parents[1]
SECRET = "benchmarks have no secrets to keep"  # noqa: S105 (a database that lives for minutes)
BIG, SMALL, SYSTEM = "harbor_foods", "bright_bakery", "erp"
BATCH = 200
RUN = """
INSERT INTO mastersync.run (client_id, run_id, state, policy_version, opened_at, closed_at)
VALUES (%(client)s, 'bench', 'done', 'bench', now(), now()) ON CONFLICT DO NOTHING
"""
CUSTOMERS = """
INSERT INTO mastersync.customer (client_id, customer_id, search_evidence, created_run_id,
    created_at)
SELECT %(client)s, %(prefix)s || n, '{"engine": "x", "policy_version": "x", "searched_at":
    "2026-01-01T00:00:00", "keys_searched": 1, "candidates_found": 0}', 'bench', now()
FROM generate_series(1, %(count)s) AS n
"""
EFFECTS = """
INSERT INTO mastersync.effect (client_id, effect_id, kind, target, idempotency_key, run_id,
    customer_id, body, before, after, not_before, planned_at)
SELECT %(client)s, gen_random_uuid(), 'push', 'erp', 'create:' || %(prefix)s || n, 'bench',
    %(prefix)s || n, '{}', '{}', %(after)s::jsonb, now() - interval '1 minute', now()
FROM generate_series(1, %(count)s) AS n
"""
VALUES: dict[str, dict[str, object]] = {
    BIG: {
        "CUSTNAME": "ALDGATE FOUNDRY LTD",
        "ADDR1": "3 MERCER ROW",
        "CITY": "LEEDS",
        "ZIP": "LS1 4AP",
        "CTRY": "GB",
        "TEL": "+442079460101",
        "EMAIL": "office@aldgate.example",
        "REGNO": "01234561",
    },
    SMALL: {"name": "Brixton Joinery Ltd", "city": "Cardiff", "country": "GB"},
}


@dataclass(frozen=True)
class World:
    """A store, a sandbox, and two of the sample clients."""

    settings: Settings
    connections: JsonConnections
    store_url: str
    sandbox_url: str

    def plant(self, client: str, prefix: str, count: int) -> None:
        """Let so many creations be due."""
        values = {
            "client": client,
            "prefix": prefix,
            "count": count,
            "after": psycopg.types.json.Jsonb(VALUES[client]),
        }
        with psycopg.connect(self.store_url, autocommit=True) as session:
            for statement in (RUN, CUSTOMERS, EFFECTS):
                session.execute(statement, values)
            session.execute("ANALYZE mastersync.effect")

    def pushes(self) -> list[str]:
        """The clients whose writes the outside took, in the order taken."""
        answer = httpx.get(f"{self.sandbox_url}/ledger/pushes", timeout=60).json()
        return [entry["client"] for entry in answer["entries"]]


@contextmanager
def running_world(home: Path) -> Iterator[World]:
    """Start PostgreSQL and the sandbox, register the sample clients."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = embedded.start(home / "pg")
    embedded.ensure_database(server, "mastersync")
    command = [sys.executable, "-m", "mastersync.sandbox.command", "--port", str(port)]
    sandbox = subprocess.Popen([*command, "--home", str(home)])  # noqa: S603 (our own)
    try:
        url = f"http://127.0.0.1:{port}"
        store_url = server.url("mastersync")
        settings = load_settings(home=home, store_url=store_url, secret_key=SECRET)
        migrate(admin_url=store_url, secret_key=SECRET)
        register_all(settings)
        wait_for(url)
        yield World(
            settings,
            JsonConnections(airflow_connections(url, home)),
            store_url.replace("+psycopg", ""),
            url,
        )
    finally:
        sandbox.terminate()
        sandbox.wait(10)
        server.stop()


def wait_for(url: str) -> None:
    """Wait until it answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(f"{url}/health")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def bare(world: World, prefix: str, count: int) -> float:
    """Post the rows as they are; returns seconds."""
    system = SYSTEMS[BIG, SYSTEM]
    headers = {"Authorization": f"Bearer {system.token}", "Prefer": "odata.continue-on-error"}
    with httpx.Client(
        base_url=f"{world.sandbox_url}{system.path}", headers=headers, timeout=60
    ) as http:
        began = time.perf_counter()
        for start in range(1, count + 1, BATCH):
            numbers = range(start, min(start + BATCH, count + 1))
            parts = [
                {
                    "id": str(number),
                    "method": "POST",
                    "url": "/customers",
                    "headers": {"Content-Type": "application/json"},
                    "body": {**VALUES[BIG], "EXTREF": f"{prefix}{number}"},
                }
                for number in numbers
            ]
            answer = http.post("/$batch", json={"requests": parts}).json()
            if any(part["status"] != httpx.codes.CREATED for part in answer["responses"]):
                raise AssertionError(answer["responses"][0])
        return time.perf_counter() - began


def delivered(world: World, prefix: str, count: int) -> float:
    """Deliver the same rows from the outbox; returns seconds."""
    world.plant(BIG, prefix, count)
    with (
        open_client(BIG, world.connections, settings=world.settings) as client,
        client.writer(SYSTEM) as writer,
    ):
        performer = PushPerformer(SYSTEM, writer, run_id="bench")
        began = time.perf_counter()
        done = deliver_effects(client.store, performer, clock=client.clock)
        took = time.perf_counter() - began
    if done.deeds != {"done": count}:
        raise AssertionError(done)
    return took


def measure_overhead(world: World, *, count: int, rounds: int) -> float:
    """Print both, a round a line; returns how many times as long delivery takes (median)."""
    bare(world, "warm-up-", BATCH)
    delivered(world, "C-warm-up-", BATCH)
    print(f"{count:,} creations   bare s   delivered s   ratio   overhead per effect")
    ratios = []
    for number in range(rounds):
        ways = [("bare", bare, f"B{number}-"), ("delivered", delivered, f"C-{number}-")]
        took = {
            name: way(world, prefix, count)
            for name, way, prefix in (ways if number % 2 == 0 else ways[::-1])
        }
        ratios.append(took["delivered"] / took["bare"])
        overhead = (took["delivered"] - took["bare"]) / count * 1e6
        print(
            f"   round {number + 1:8} {took['bare']:8.2f} {took['delivered']:13.2f}"
            f" {ratios[-1]:7.2f} {overhead:15.0f} µs"
        )
    print(f"median ratio {statistics.median(ratios):.2f}")
    return statistics.median(ratios)


def measure_fairness(world: World, *, backlog: int) -> int:
    """Print it; returns how many of the backlog went before the last of the ten."""
    before = len(world.pushes())
    world.plant(BIG, "C-backlog-", backlog)
    world.plant(SMALL, "C-few-", 10)
    began = time.perf_counter()
    # Worker 1 begins with the second, which is the large one.
    deliver_for_all(world.settings, world.connections, worker=1, seconds=3_000)
    took = time.perf_counter() - began
    seen = world.pushes()[before:]
    last = max(place for place, client in enumerate(seen) if client == SMALL)
    ahead = seen[: last + 1].count(BIG)
    print(
        f"{backlog:,} effects of one client and 10 of another, one worker: {took:.1f} s,"
        f" {len(seen) / took:,.0f}/s; {ahead} of the {backlog:,} went before the ten were done"
    )
    return ahead


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--effects", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--backlog", type=int, default=10_000)
    parser.add_argument("--most", type=float, default=2.0, help="times the bare writes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's own user must be able to enter
        with running_world(Path(folder)) as world:
            ratio = measure_overhead(world, count=options.effects, rounds=options.rounds)
            ahead = measure_fairness(world, backlog=options.backlog)
    if ratio > options.most or ahead > BATCH:
        sys.exit(1)


if __name__ == "__main__":
    main()
