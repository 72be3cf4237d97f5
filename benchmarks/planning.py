"""Measure the plan of a run in which every customer changed, station by station.

    python benchmarks/planning.py [--customers 100000]

A client has the same customers in a CRM and in an ERP, and both are in the store. Then the CRM
changes the phone of each: the plan has one update of the ERP for every customer. Records are made
up and served from memory, so that what is told is our own work. Store: an embedded PostgreSQL with
its default settings. Prints wall seconds and CPU seconds of Python and PostgreSQL of each station,
its share, and the most memory that this process has held so far: in reading the first load, in
planning, and in sealing and writing the document as `mastersync plan --out` does.
"""

import argparse
import json
import random
import resource
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import psutil

from mastersync.cli.plan_file import write_document
from mastersync.config.connections import JsonConnections
from mastersync.config.settings import load_settings
from mastersync.domain.plan.document import as_document
from mastersync.ports.systems import Page, SourceRow, SystemReader
from mastersync.store import embedded
from mastersync.store.migrate import migrate
from mastersync.wiring import sync
from mastersync.wiring.client import Client, open_client
from mastersync.wiring.planning import plan_client
from mastersync.wiring.stores import register_all

CLIENT = "bench"
SECRET = "benchmarks have no secrets to keep"  # noqa: S105 (a database that lives for minutes)
PAGE = 500
MORNING = datetime(2026, 11, 2, 6, tzinfo=UTC)
FIELDS = ("name", "street", "city", "postcode", "country", "phone", "email")
SYSTEM = """
  {name}:
    kind: rest
    connection: bench__{name}
    read:
      list_path: /customers
      modified_path: changed
      since_parameter: since
      sorted_by_modified: true
      paging: {{ style: page, position_parameter: page, size_parameter: size }}
    fields: {fields}
"""
CLIENT_FILE = f"""
client_id: {CLIENT}
name: Bench
schedule: 0 6 * * *
time_zone: UTC
default_country: GB
retention_days: 365
required: [name]
systems:
{{systems}}
    write:
      update: true
      fields: {{fields}}
survivorship: {{{{ trust: [crm, erp] }}}}
guards: {{{{ max_updates: 10000000, max_creates: 0, max_mails: 0 }}}}
people:
  line_manager: {{{{ name: Nobody, email: nobody@bench.example }}}}
  account_manager: {{{{ name: Nobody, email: nobody@bench.example }}}}
"""


@dataclass(frozen=True)
class MadeReader:
    """Implements `ports.systems.SystemReader` on records in memory, changed at one moment."""

    records: Sequence[Mapping[str, object]]
    changed_at: datetime

    def read_changes(self, since: str) -> Iterator[Page]:
        """Yield all records in pages; see the port."""
        for start in range(0, len(self.records), PAGE):
            rows = [
                SourceRow(
                    key=str(record["id"]),
                    payload=record,
                    modified_at=self.changed_at,
                    guard=self.changed_at.isoformat(),
                )
                for record in self.records[start : start + PAGE]
            ]
            yield Page(rows=rows, watermark=since)


@dataclass
class Stations:
    """Wall and CPU seconds by station, as steps report that they have ended."""

    processes: Callable[[], list[psutil.Process]]
    spent: dict[str, tuple[float, float]] = field(
        default_factory=lambda: defaultdict(lambda: (0.0, 0.0))
    )

    def __post_init__(self) -> None:
        self._wall, self._cpu = perf_counter(), self._cpu_now()

    def step(self, name: str, _: object = None) -> None:
        """Charge what passed since the last step to this one."""
        wall, cpu = perf_counter(), self._cpu_now()
        before = self.spent[name]
        self.spent[name] = (before[0] + wall - self._wall, before[1] + cpu - self._cpu)
        self._wall, self._cpu = wall, cpu

    def _cpu_now(self) -> float:
        """All that lives and all that has ended below it; a connection lives through a plan."""
        total = 0.0
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):  # PostgreSQL's own helpers come and go
                times = process.cpu_times()
                total += times.user + times.system
        return total


def main() -> None:
    """Load a client, change every customer, plan, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--customers", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as folder:
        home = Path(folder)
        server = embedded.start(home / "pg")
        try:
            measure(server, home, customers=options.customers)
        finally:
            server.stop()


def measure(server: embedded.EmbeddedServer, home: Path, *, customers: int) -> None:
    """Plan the change of so many customers in a fresh database of the server."""
    embedded.ensure_database(server, "bench")
    write_client(home / "clients" / CLIENT)
    settings = load_settings(
        home=home,
        store_url=server.url("bench"),
        secret_key=SECRET,
        clients_dir=home / "clients",
    )
    migrate(admin_url=server.url("bench"), secret_key=SECRET)
    register_all(settings)
    crm, erp = made_records(customers)
    with open_client(CLIENT, JsonConnections({}), settings=settings) as client:
        loading = Stations(lambda: running(server))
        first = with_readers(client, MadeReader(crm, MORNING), MadeReader(erp, MORNING))
        sync.derive(first, "load", on_step=loading.step)
        sync.close(first, "load")
        show(f"First load of {2 * customers:,} records", loading.spent)
        later = MORNING + timedelta(days=1)
        changed = [{**row, "phone": f"+44 20 7{n:07}"} for n, row in enumerate(crm)]
        second = with_readers(client, MadeReader(changed, later), MadeReader([], later))
        planning = Stations(lambda: running(server))
        memory = {"before": peak_memory()}
        plan = plan_client(second, by="bench", on_step=planning.step)
        planning.step("describe, roll back")
        memory["planned"] = peak_memory()
        write_document(home / "plan.json", as_document(plan, secret=SECRET))
        planning.step("seal and write")
        memory["written"] = peak_memory()
        show(f"Plan of {customers:,} changed customers", planning.spent)
        print(f"  {plan.content.totals}")
        size = (home / "plan.json").stat().st_size
        print(f"  file {size / 1e6:,.0f} MB; peak memory of this process, MB: {memory}")


def with_readers(client: Client, crm: SystemReader, erp: SystemReader) -> Client:
    """Return the client with its two systems in memory."""
    return replace(client, readers={"crm": crm, "erp": erp})


def made_records(customers: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the same companies in the two systems, each with a key of its own."""
    rng = random.Random(20261122)
    syllables = [first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou"
                 for last in ("", "l", "n", "r", "s")]  # fmt: skip

    def word() -> str:
        return "".join(rng.choices(syllables, k=rng.choice((2, 3)))).title()

    towns = [word() for _ in range(2_000)]
    made = []
    for _ in range(customers):
        brand = word()
        made.append(
            {
                "name": f"{brand} {word()} {rng.choice(('Ltd', 'PLC', 'Trading', '& Sons'))}",
                "street": f"{rng.randrange(1, 200)} {word()} {rng.choice(('Road', 'Street'))}",
                "city": rng.choice(towns),
                "postcode": f"{word()[:2].upper()}{rng.randrange(1, 30)} {rng.randrange(1, 9)}AB",
                "country": "GB",
                "phone": f"+44 161 {rng.randrange(1_000_000, 9_999_999)}",
                "email": f"office@{brand.lower()}{rng.randrange(1_000)}.example",
            }
        )
    crm = [{"id": f"C{n}", **row} for n, row in enumerate(made)]
    erp = [{"id": f"E{n}", **row} for n, row in enumerate(made)]
    return crm, erp


def write_client(folder: Path) -> None:
    """Write the client's folder: two systems, one of them a target."""
    fields = json.dumps({name: name for name in FIELDS})
    systems = "".join(SYSTEM.format(name=name, fields=fields) for name in ("crm", "erp"))
    folder.mkdir(parents=True)
    text = CLIENT_FILE.format(systems=systems.rstrip(), fields=fields)
    (folder / "client.yaml").write_text(text, encoding="utf-8")


def running(server: embedded.EmbeddedServer) -> list[psutil.Process]:
    """This process and those of PostgreSQL."""
    return [psutil.Process(), *psutil.Process(server.pid).children()]


def peak_memory() -> int:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // 1_000_000


def show(title: str, spent: Mapping[str, tuple[float, float]]) -> None:
    """Print a table of stations."""
    total_wall = sum(wall for wall, _ in spent.values())
    total_cpu = sum(cpu for _, cpu in spent.values())
    print(f"\n{title}\n{'station':28}   wall s    CPU s    share of CPU")
    for name, (wall, cpu) in spent.items():
        print(f"{name:28} {wall:8.1f} {cpu:8.1f} {cpu / total_cpu:15.0%}")
    print(f"{'all':28} {total_wall:8.1f} {total_cpu:8.1f}")


if __name__ == "__main__":
    main()
