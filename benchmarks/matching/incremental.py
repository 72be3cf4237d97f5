"""Measure matching a delta against masters of several sizes: the match step of a sync.

    python -m benchmarks.matching.incremental FOLDER ... [--delta 10000] [--deltas 2] [--home DIR]

Each folder holds a made set (``python -m benchmarks.matching.generators business FOLDER
--records 1010000``); its last records are the deltas, all others the client's master, which is put
into a store on an embedded PostgreSQL with default settings. Measured is what
``mastersync sync`` does between prepared records and links: CPU seconds of this process and of the
PostgreSQL process that serves it, together and apart, and the memory of this process. The first
delta warms up and is not counted. With ``--home`` the stores stay, and are used again.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import pandas as pd
import psutil
import psycopg

from benchmarks.matching.masters import CLIENT, load_master
from mastersync.domain.client_rules import ClientRules, SystemRules
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.migrate import migrate, register_clients
from mastersync.usecases.match_delta import match_delta

SECRET = "benchmarks have no secrets to keep"  # noqa: S105 (a database that lives for minutes)
MEGABYTE = 1024 * 1024
SYSTEMS = ("CRM_A", "CRM_B", "ERP", "WEB")
WARM_UP = 1
HELD_BACK = 30_000  # records for deltas


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What matching deltas against one master took."""

    master: int
    delta: int
    records_per_cpu_second: float
    python_ms: float
    postgres_ms: float
    wall_ms_per_record: float
    memory_mb: float
    memory_growth_mb: float


def main() -> None:
    """Load, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--delta", type=int, default=10_000)
    parser.add_argument("--deltas", type=int, default=2)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        found = measure(options.home, options.measure, delta=options.delta, deltas=options.deltas)
        print(json.dumps(asdict(found)))
        return
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as scratch:
        home = (options.home or Path(scratch)).resolve()
        server = embedded.start(home / "pg")
        try:
            report(list(run(options, home, server)))
        finally:
            server.stop()


def run(
    options: argparse.Namespace, home: Path, server: embedded.EmbeddedServer
) -> Iterator[Measured]:
    """Measure each folder's master in a process of its own, the smallest first."""
    for folder in options.folders:
        name = f"master_{folder.name}"
        if not _is_loaded(server, name):
            started = perf_counter()
            load(server, name, folder)
            print(f"{folder.name}: loaded in {perf_counter() - started:.0f} s", file=sys.stderr)
        with _copy_of(server, name) as copy:
            yield _measure_apart(copy, options, home, folder)


def _measure_apart(copy: str, options: argparse.Namespace, home: Path, folder: Path) -> Measured:
    done = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "benchmarks.matching.incremental", str(folder)),
            *("--measure", copy, "--home", str(home)),
            *("--delta", str(options.delta), "--deltas", str(options.deltas)),
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=3600,
    )
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def load(
    server: embedded.EmbeddedServer,
    name: str,
    folder: Path,
    *,
    records: int | None = None,
    deltas: int = HELD_BACK,
) -> None:
    """Put a made set, or its first records, into a database of its own."""
    embedded.ensure_database(server, name)
    migrate(admin_url=server.url(name), secret_key=SECRET)
    register_clients(admin_url=server.url(name), secret_key=SECRET, names={CLIENT: "Bench"})
    found = pd.read_csv(folder / "records.csv", dtype=str, keep_default_na=False, nrows=records)
    truth = pd.read_csv(folder / "truth_clusters.csv", dtype=str, keep_default_na=False)
    found["cluster"] = truth.set_index("id")["cluster"].reindex(found["id"]).to_numpy()
    load_master(server, name, found, deltas=deltas)


def measure(home: Path, name: str, *, delta: int, deltas: int) -> Measured:
    """Match deltas one after the other; the first ones warm up and are not counted."""
    server = embedded.start(home / "pg")
    url = server.url(name)
    migrate(admin_url=url, secret_key=SECRET)  # a store that was kept may be older
    database = Database(role_url(url, client_role(CLIENT), secret_key=SECRET), pool_size=1)
    store = PostgresStore(database, CLIENT)
    now = datetime.now(UTC)  # noqa: TID251 (a benchmark wires itself up)
    python = postgres = wall = 0.0
    process = psutil.Process()
    after_first = 0
    with psycopg.connect(
        host=str(server.socket_dir), user="postgres", dbname=name, autocommit=True
    ) as root:
        root.execute("SET search_path = mastersync")
        master = root.execute("SELECT records FROM match_index").fetchone()
        for number in range(deltas + WARM_UP):
            run_id = f"delta-{now:%H%M%S}-{number}"
            _make_pending(root, run_id, size=delta)
            backends = _backends(root, name)
            before = (process_time(), _cpu(backends), perf_counter())
            match_delta(store, rules(), run_id=run_id, now=now + timedelta(minutes=number))
            spent = (process_time() - before[0], _cpu(backends) - before[1])
            if number >= WARM_UP:
                python, postgres = python + spent[0], postgres + spent[1]
                wall += perf_counter() - before[2]
            elif number == WARM_UP - 1:
                after_first = process.memory_info().rss
    total = delta * deltas
    rss = process.memory_info().rss
    database.close()
    return Measured(
        master=0 if master is None else master[0],
        delta=delta,
        records_per_cpu_second=total / (python + postgres),
        python_ms=python / total * 1000,
        postgres_ms=postgres / total * 1000,
        wall_ms_per_record=wall / total * 1000,
        memory_mb=rss / MEGABYTE,
        memory_growth_mb=(rss - after_first) / MEGABYTE,
    )


def report(found: Sequence[Measured]) -> None:
    """Print a table, and how the cost of a record grows from the first master to the last."""
    print(
        "| master | records a CPU second | Python ms a record | PostgreSQL ms a record"
        " | wall ms a record | memory MB | growth MB |"
    )
    print("|---|---|---|---|---|---|---|")
    for one in found:
        print(
            f"| {one.master:,} | {one.records_per_cpu_second:,.0f} | {one.python_ms:.2f} |"
            f" {one.postgres_ms:.2f} | {one.wall_ms_per_record:.2f} | {one.memory_mb:.0f} |"
            f" {one.memory_growth_mb:.0f} |"
        )
    if len(found) > 1:
        growth = found[0].records_per_cpu_second / found[-1].records_per_cpu_second
        print(f"\nA record of the last master costs {growth:.2f} times one of the first.")


def rules() -> ClientRules:
    """The made set's systems, all alike; nothing is written back."""
    system = SystemRules(
        mapping={}, prepare=PreparePolicy(required=frozenset(), default_country="GB")
    )
    return ClientRules(
        client_id=CLIENT,
        name="Bench",
        policy_version="bench",
        systems=dict.fromkeys(SYSTEMS, system),
        match=MatchPolicy(),
        survivorship=SurvivorshipPolicy(trust=SYSTEMS),
        targets={},
        tables={},
        guards=GuardPolicy(max_updates=1, max_creates=1, max_mails=1),
    )


def _make_pending(root: psycopg.Connection, run_id: str, *, size: int) -> None:
    root.execute(
        "INSERT INTO run (client_id, run_id, state, policy_version, opened_at, closed_at)"
        " VALUES (%s, %s, 'done', 'bench', now(), now())",
        [CLIENT, run_id],
    )
    root.execute("UPDATE version_state SET state = 'applied' WHERE state = 'pending'")
    root.execute(
        "UPDATE version_state SET state = 'pending', cause = NULL, run_id = %s"
        " WHERE version_id IN (SELECT version_id FROM version_state WHERE state = 'set_aside'"
        " ORDER BY version_id LIMIT %s)",
        [run_id, size],
    )


def _is_loaded(server: embedded.EmbeddedServer, name: str) -> bool:
    with psycopg.connect(host=str(server.socket_dir), user="postgres") as root:
        known = root.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return known is not None


@contextmanager
def _copy_of(server: embedded.EmbeddedServer, name: str) -> Iterator[str]:
    """A copy of a loaded store, since deltas change it."""
    copy = f"{name}_copy"
    with psycopg.connect(host=str(server.socket_dir), user="postgres", autocommit=True) as root:
        root.execute(f"DROP DATABASE IF EXISTS {copy}")
        root.execute(f"CREATE DATABASE {copy} TEMPLATE {name} STRATEGY file_copy")
        try:
            yield copy
        finally:
            root.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def _backends(root: psycopg.Connection, name: str) -> list[int]:
    found = root.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [name])
    return [pid for (pid,) in found if pid != root.info.backend_pid]


def _cpu(processes: Sequence[int]) -> float:
    """User and system seconds of processes; those that ended count no more."""
    total = 0.0
    for process_id in processes:
        try:
            spent = psutil.Process(process_id).cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += spent.user + spent.system
    return total


if __name__ == "__main__":
    main()
