"""Measure SLA clocks: what keeping history costs a load, and what watching and reporting cost.

    python -m benchmarks.sla [--customers 100000]

One client has so many customers, as ``fill.sql`` says. Store: an embedded PostgreSQL with default
settings. What other clients in the same database cost, ``benchmarks.sla.pages`` says.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

import psutil

from benchmarks.sla.clients import APRIL, MARCH, NOW, Clients, promised, running_server
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.model import SlaPolicy
from mastersync.ports.store import Store, Unit
from mastersync.store.database import client_role
from mastersync.usecases.report_sla import report_sla
from mastersync.usecases.trace_cases import find_cases, trace_cases
from mastersync.usecases.trace_columns import columns_of_known
from mastersync.usecases.watch_clocks import watch_clocks

CLIENT = "big"
_RULES = promised(CLIENT)
_POLICY: SlaPolicy = _RULES.sla  # type: ignore[assignment]
_HISTORY = """
INSERT INTO version_state (client_id, version_id, record_id, state, run_id, changed_at)
SELECT client_id, version_id, record_id, 'pending', run_id, observed_at
FROM source_version ORDER BY version_id LIMIT %(versions)s
"""
_APPLY = """
UPDATE version_state SET state = 'applied', changed_at = changed_at + interval '5 min'
WHERE client_id = 'big'
"""


def main() -> None:
    """Fill a store, watch, report, and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--customers", type=int, default=100_000)
    customers = parser.parse_args().customers
    with running_server() as server:
        clients = Clients.registered(server, "bench", [CLIENT])
        clients.fill({CLIENT: customers})
        for name, seconds in _cost_of_history(clients, customers).items():
            print(f"{name:<40} {seconds:8.2f} s wall")
        heads = ("wall s", "Python", "PostgreSQL", "peak MB")
        print(f"{f'{customers:,} customers':<40}", *(f"{head:>10}" for head in heads))
        _timed(clients, server.pid, "watched for the first time", _watch)
        _timed(clients, server.pid, "again, when nothing happened", _watch)
        _timed(clients, server.pid, "a report of the month", _report)
        single = _timed(clients, server.pid, "  its clocks, read one by one", _one_by_one)
        together = _timed(clients, server.pid, "  its clocks, read by the column", _by_column)
        print(f"{single / together:.1f} times less Python by the column")


def _watch(store: Store) -> object:
    return watch_clocks(store, _RULES, now=NOW)


def _report(store: Store) -> object:
    return report_sla(store, _RULES, since=MARCH, until=APRIL, now=NOW)


def _one_by_one(store: Store) -> object:
    read: Counter[str] = Counter()
    for unit, chunk in _chunks(store):
        for traced in trace_cases(unit.sla, _POLICY, chunk):
            read.update(reading.state for reading in read_case(traced.case, _POLICY, now=NOW))
    return read


def _by_column(store: Store) -> object:
    read: Counter[str] = Counter()
    for unit, chunk in _chunks(store):
        known = find_cases(unit.sla, _POLICY, chunk, for_clocks=True)
        read.update(read_clocks(columns_of_known(known, _POLICY, now=NOW), _POLICY, now=NOW).state)
    return read


def _chunks(store: Store) -> Iterator[tuple[Unit, Sequence[str]]]:
    with store.begin() as unit:
        case_ids = unit.sla.in_period(MARCH, APRIL)
    for start in range(0, len(case_ids), 5_000):
        with store.begin() as unit:
            yield unit, case_ids[start : start + 5_000]


def _cost_of_history(clients: Clients, versions: int) -> dict[str, float]:
    """Return the seconds of a load and of its settling, with the trigger and without."""
    found = {}
    for how in ("DISABLE", "ENABLE"):
        with clients.admin() as session, session.transaction(force_rollback=True):
            session.execute(f"ALTER TABLE version_state {how} TRIGGER USER")
            for name, statement in (("landed", _HISTORY), ("settled", _APPLY)):
                began = perf_counter()
                session.execute(statement, {"versions": versions} if name == "landed" else {})
                found[f"{name}, history {how.lower()}d"] = perf_counter() - began
    return found


def _timed(clients: Clients, server: int, name: str, deed: Callable[[Store], object]) -> float:
    """Print what a deed took; returns the CPU seconds of Python."""
    with clients.store(CLIENT) as store:
        with store.begin():
            before = _cpu_of_backends(server)
        began, cpu = perf_counter(), process_time()
        deed(store)
        wall, python = perf_counter() - began, process_time() - cpu
        postgres = _cpu_of_backends(server) - before
    peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<40} {wall:10.2f} {python:10.2f} {postgres:10.2f} {peak:10,}")
    return python


def _cpu_of_backends(server: int) -> float:
    """Return what the client's connections have cost since they were opened."""
    total = 0.0
    for process in psutil.Process(server).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # PostgreSQL's own helpers come and go
            if client_role(CLIENT) in " ".join(process.cmdline()):
                times = process.cpu_times()
                total += times.user + times.system
    return total


if __name__ == "__main__":
    main()
