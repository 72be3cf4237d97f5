"""Measure a first load on several workers, as Airflow's mapped tasks would do it.

    python -m benchmarks.matching.first_load FOLDER [--records 20000] [--workers 1 2]

The records of a made set are pending and prepared in an empty store. All ranges are put into the
index, then all are compared, each by a pool of processes with a connection of its own; then one
process decides. Each number of workers is a fresh store on an embedded PostgreSQL. Prints wall and
CPU seconds of each stage, Python's and PostgreSQL's together.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

import psutil
import psycopg

from benchmarks.matching.incremental import SECRET, load, rules
from benchmarks.matching.masters import CLIENT, RUN
from mastersync.ports.records import Batch
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.usecases.learn_weights import learn_weights
from mastersync.usecases.link_records import link_records
from mastersync.usecases.rebuild_index import ensure_index
from mastersync.usecases.search_records import compare_range, index_range

RANGE = 2_000
NOW = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass
class Stages:
    """Wall and CPU seconds by stage; of PostgreSQL's processes those count that have ended."""

    server: psutil.Process
    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a block that closes the connections that it opens."""
        before, began = self._cpu(), perf_counter()
        yield
        self.seconds[name] = (perf_counter() - began, self._cpu() - before)

    def _cpu(self) -> float:
        ours, theirs = psutil.Process().cpu_times(), self.server.cpu_times()
        return (
            ours.user
            + ours.system
            + ours.children_user
            + ours.children_system
            + theirs.children_user
            + theirs.children_system
        )


@contextmanager
def opened(url: str) -> Iterator[PostgresStore]:
    """The store, on a connection of its own."""
    database = Database(role_url(url, client_role(CLIENT), secret_key=SECRET), pool_size=1)
    try:
        yield PostgresStore(database, CLIENT)
    finally:
        database.close()


def index(url: str, batch: Batch) -> int:
    """A mapped task: put a range into the index."""
    with opened(url) as store:
        return index_range(store, batch)


def compare(url: str, batch: Batch) -> int:
    """A mapped task: compare a range."""
    with opened(url) as store:
        return compare_range(store, rules().match, batch, run_id=RUN, now=NOW)


def on_workers(
    count: int, work: Callable[[str, Batch], int], url: str, ranges: Sequence[Batch]
) -> int:
    """Do a range at a time on so many processes; returns the sum of what they return."""
    with ProcessPoolExecutor(count) as workers:
        return sum(workers.map(partial(work, url), ranges))


def measure(server: embedded.EmbeddedServer, name: str, *, workers: int) -> Stages:
    """Load everything that is pending."""
    url = server.url(name)
    stages = Stages(psutil.Process(server.pid))
    with opened(url) as store:
        ensure_index(store)
        with store.begin() as unit:
            ranges = unit.matches.ranges(size=RANGE)
    with stages.stage("index"):
        on_workers(workers, index, url, ranges)
    with stages.stage("learn"), opened(url) as store:
        learn_weights(store, rules().match, now=NOW)
    with stages.stage("compare"):
        on_workers(workers, compare, url, ranges)
    with stages.stage("decide"), opened(url) as store:
        link_records(store, rules(), run_id=RUN, now=NOW)
    return stages


def main() -> None:
    """Load a set once for each number of workers, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as home:
        server = embedded.start(Path(home) / "pg")
        try:
            print("| workers | stage | wall s | CPU s | CPU ms a record |\n|---|---|---|---|---|")
            for workers in options.workers:
                name = f"load_{workers}"
                load(server, name, options.folder, records=options.records, deltas=options.records)
                with psycopg.connect(server.url(name).replace("+psycopg", "")) as root:
                    root.execute("UPDATE mastersync.version_state SET state = 'pending'")
                for stage, (wall, cpu) in measure(server, name, workers=workers).seconds.items():
                    per_record = cpu / options.records * 1000
                    print(f"| {workers} | {stage} | {wall:.1f} | {cpu:.1f} | {per_record:.2f} |")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
