"""Measure memory and speed of a first sync by its number of records.

    python benchmarks/streaming_memory.py [--sizes 5000 20000 50000] [--most-growth 64]

Each size is a fresh process and a fresh database on an embedded PostgreSQL. A client's two
systems are made up while they are read, so that nothing but the sync itself holds records: what a
step needs beyond what the process had before it must not follow the number of customers. Matching
needs more on a larger master, as a range's records share keys with more others, until each has
as many as it is compared with (``resolution.candidates.MOST_PER_RECORD``).
Exits 1 when a step of the largest size needs more than ``--most-growth`` MB more than the same
step of the smallest.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from mastersync.domain.client_rules import ClientRules, SystemRules
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.ports.systems import Page, SourceRow
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.migrate import migrate, register_clients
from mastersync.wiring import sync

MEGABYTE = 1024 * 1024
PAGE_SIZE = 200
SECRET = "benchmarks have no secrets to keep"  # noqa: S105 (a database that lives for minutes)
CLIENT, RUN = "synthetic", "bench"
FIELDS = ("name", "street", "city", "postcode", "country", "phone", "email")
SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")]
AREAS = (  # noqa: SIM905 (a list literal is a screen long)
    "AB AL B BA BB BD BH BL BN BR BS CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY "
    "E EC EH EN EX FK FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS "
    "LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO"
).split()
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
TRADES = ("Foods", "Textiles", "Logistics", "Printing", "Joinery", "Dairy", "Motors", "Optics")
SHARED = 0.3  # of the records of the second system, are known to the first


@dataclass(frozen=True)
class Invented:
    """A system whose records are made up as they are read; implements ``SystemReader``."""

    name: str
    numbers: range

    def read_changes(self, since: str) -> Iterator[Page]:
        """Yield them in pages."""
        for start in range(0, len(self.numbers), PAGE_SIZE):
            numbers = self.numbers[start : start + PAGE_SIZE]
            rows = [
                SourceRow(key=f"{self.name}{number}", payload=customer(number))
                for number in numbers
            ]
            yield Page(rows=rows, watermark=str(numbers[-1]))


def customer(number: int) -> dict[str, object]:
    """Return the same customer for the same number."""
    draw = random.Random(number)
    stem = "".join(draw.choices(SYLLABLES, k=4))
    inward = f"{draw.randint(1, 9)}{''.join(draw.choices(INWARD, k=2))}"
    trade = draw.choice(TRADES)
    return {
        "name": f"{stem.title()} {trade} Ltd",
        "street": f"{draw.randint(1, 300)} {''.join(draw.choices(SYLLABLES, k=2)).title()} Street",
        "city": "".join(draw.choices(SYLLABLES, k=2)).title(),
        "postcode": f"{draw.choice(AREAS)}{draw.randint(1, 29)} {inward}",
        "country": "GB",
        "phone": f"+44207{number:07}",
        "email": f"office@{stem}{number}.example",
    }


@dataclass(kw_only=True)
class Client:
    """What the steps of ``wiring.sync`` need of a client."""

    store: PostgresStore
    rules: ClientRules
    systems: dict[str, Invented]
    failpoint: Callable[[str], None] = lambda _: None

    @property
    def client_id(self) -> str:
        """The one client."""
        return CLIENT

    def clock(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)  # noqa: TID251 (a benchmark wires itself up)

    @contextmanager
    def reader(self, system: str) -> Iterator[Invented]:
        """Open a system."""
        yield self.systems[system]


def rules() -> ClientRules:
    """Two systems that are alike; nothing is written back."""
    system = SystemRules(
        mapping={name: name for name in FIELDS},
        constants={"party_type": "company"},
        prepare=PreparePolicy(required=frozenset(), default_country="GB"),
    )
    return ClientRules(
        client_id=CLIENT,
        name="Synthetic",
        policy_version="bench",
        systems={"crm": system, "erp": system},
        match=MatchPolicy(),
        survivorship=SurvivorshipPolicy(trust=("erp", "crm")),
        targets={},
        tables={},
        guards=GuardPolicy(max_updates=1, max_creates=1, max_mails=1),
    )


@dataclass
class Gauge:
    """The largest resident memory of this process while a step runs, and its time."""

    steps: dict[str, dict[str, float]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a block."""
        process = psutil.Process()
        before = peak = process.memory_info().rss
        is_over = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not is_over.wait(0.02):
                peak = max(peak, process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        began = time.perf_counter()
        yield
        seconds = time.perf_counter() - began
        is_over.set()
        watcher.join()
        self.steps[name] = {
            "seconds": seconds,
            "growth": (peak - before) / MEGABYTE,
            "peak": peak / MEGABYTE,
        }


def sync_first(client: Client, gauge: Gauge) -> None:
    """Run the steps that see every record, as Airflow's tasks call them."""
    steps: Any = client
    sync.open_this_run(steps, RUN)
    with gauge.step("extract"):
        for system in client.systems:
            sync.extract(steps, RUN, system)
    with gauge.step("prepare"):
        for batch in sync.version_batches(steps):
            sync.prepare(steps, batch)
    with gauge.step("match"):
        sync.match(steps, RUN)
    with gauge.step("form golden"):
        for customers in sync.customer_batches(steps, RUN):
            sync.form(steps, RUN, customers)


def run(size: int, *, admin_url: str) -> None:
    """Sync that many records, and print what it took; runs in a process of its own."""
    migrate(admin_url=admin_url, secret_key=SECRET)
    register_clients(admin_url=admin_url, secret_key=SECRET, names={CLIENT: "Synthetic"})
    half = size // 2
    known = int(half * SHARED)
    database = Database(role_url(admin_url, client_role(CLIENT), secret_key=SECRET))
    client = Client(
        store=PostgresStore(database, CLIENT),
        rules=rules(),
        systems={
            "crm": Invented("crm", range(half)),
            "erp": Invented("erp", range(half - known, size - known)),
        },
    )
    gauge = Gauge()
    sync_first(client, gauge)
    database.close()
    print(json.dumps(gauge.steps))


def measure(size: int, *, server: embedded.EmbeddedServer) -> dict[str, dict[str, float]]:
    """Sync in a fresh process, on a fresh database."""
    name = f"bench_{uuid.uuid4().hex}"
    embedded.ensure_database(server, name)
    answer = subprocess.run(  # noqa: S603 (this file, with our own arguments)
        [sys.executable, __file__, "--run", str(size), "--url", server.url(name)],
        stdout=subprocess.PIPE,
        text=True,
        timeout=900,
        check=True,
    )
    found: dict[str, dict[str, float]] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 20_000, 50_000])
    parser.add_argument("--most-growth", type=float, default=64.0, help="MB")
    parser.add_argument("--run", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run(options.run, admin_url=options.url)
        return
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as folder:
        # PostgreSQL's own user must be able to enter.
        Path(folder).chmod(0o755)
        server = embedded.start(Path(folder) / "pg", options=embedded.THROW_AWAY_OPTIONS)
        try:
            found = {size: measure(size, server=server) for size in options.sizes}
        finally:
            server.stop()
    print("   records  step           records/s   growth MB   peak MB")
    for size, steps in found.items():
        for step, took in steps.items():
            print(
                f"{size:10,}  {step:12} {size / took['seconds']:11,.0f} {took['growth']:11.1f}"
                f" {took['peak']:9.1f}"
            )
    smallest, largest = found[min(found)], found[max(found)]
    grown = {step: took["growth"] - smallest[step]["growth"] for step, took in largest.items()}
    print("more than the smallest:", ", ".join(f"{s} {mb:+.1f} MB" for s, mb in grown.items()))
    if max(grown.values()) > options.most_growth:
        sys.exit(1)


if __name__ == "__main__":
    main()
