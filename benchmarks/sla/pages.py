"""Count what a client's watch, report and forecast read, alone in a database and beside others.

    python -m benchmarks.sla.pages [--customers 2000] [--others 0 10 50]

Neither pages nor rows depend on what else the machine does. A page is counted each time that it is
asked for, be it in memory or not (EXPLAIN (ANALYZE, BUFFERS)); a row when a node of the plan looked
at it, whether it was kept or not. Each statement is explained with its own values right before it
runs, and undone. The client is the same in each database, to the day on
which its customers came, and their rows lie among those of the others.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy

from benchmarks.sla.clients import APRIL, MARCH, NOW, Clients, promised, running_server
from mastersync.domain.sla.model import SlaPolicy
from mastersync.ports.store import Store
from mastersync.store.sql_files import SQL_ROOT, load
from mastersync.usecases.forecast_clocks import open_clocks
from mastersync.usecases.report_sla import report_sla
from mastersync.usecases.watch_clocks import watch_clocks

CLIENT = "c0"
_RULES = promised(CLIENT)
_POLICY: SlaPolicy = _RULES.sla  # type: ignore[assignment]
_ROWS = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
_DEEDS: Mapping[str, Callable[[Store], object]] = {
    "first watch": lambda store: watch_clocks(store, _RULES, now=NOW),
    "watch, nothing happened": lambda store: watch_clocks(store, _RULES, now=NOW),
    "report": lambda store: report_sla(store, _RULES, since=MARCH, until=APRIL, now=NOW),
    "forecast": lambda store: open_clocks(store, _POLICY, limit=20, now=NOW),
}


@dataclass
class Reads:
    """Pages and rows that statements read, and the indexes that they read them by."""

    pages: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    plans: dict[str, set[str]] = field(default_factory=dict)

    def add(self, name: str, plan: dict[str, Any]) -> None:
        """Count a statement's plan."""
        self.pages[name] += plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0)
        ways = self.plans.setdefault(name, set())
        for node in _nodes(plan):
            if "Relation Name" in node:
                read = sum(node.get(measure, 0) for measure in _ROWS) * node["Actual Loops"]
                self.rows[name] += round(read)
            way = node.get("Index Name") or node.get("Relation Name")
            if way:
                ways.add(f"{node['Node Type']} {way}")


def main() -> None:
    """Fill two databases with the same client, and compare what it reads."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--customers", type=int, default=2_000, help="of each client")
    parser.add_argument("--others", type=int, nargs="+", default=[0, 10, 50])
    parser.add_argument("--plans", action="store_true", help="show how tables were read")
    asked = parser.parse_args()
    found = {}
    with running_server() as server:
        for others in asked.others:
            clients = [f"c{number}" for number in range(others + 1)]
            made = Clients.registered(server, f"beside_{others}", clients)
            made.fill(dict.fromkeys(clients, asked.customers))
            found[others] = _measured(made)
    _show(found, with_plans=asked.plans)


def _measured(clients: Clients) -> Mapping[str, Reads]:
    found = {}
    with clients.store(CLIENT) as store:
        for deed, do in _DEEDS.items():
            with _explained() as found[deed]:
                do(store)
    return found


@contextmanager
def _explained() -> Iterator[Reads]:
    """Count what the statements of the store read that run meanwhile."""
    names = {load(name).text: name for name in _names()}
    reads = Reads()

    def explain(*called: Any) -> None:  # noqa: ANN401 (as SQLAlchemy calls it)
        _, cursor, statement, parameters, *_ = called
        if statement in names:
            reads.add(names[statement], _plan(cursor.connection, statement, parameters))

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", explain)
    try:
        yield reads
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", explain)


def _plan(connection: Any, statement: str, parameters: object) -> dict[str, Any]:  # noqa: ANN401
    with connection.transaction(force_rollback=True):
        query = f"EXPLAIN (ANALYZE, BUFFERS, TIMING FALSE, FORMAT JSON) {statement}"
        ((explained,),) = connection.execute(query, parameters).fetchall()
    return explained[0]["Plan"]


def _names() -> Iterator[str]:
    for path in SQL_ROOT.glob("*/*.sql"):
        if re.match(r"-- name: ", path.read_text("utf-8")):
            yield path.relative_to(SQL_ROOT).with_suffix("").as_posix()


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _show(found: Mapping[int, Mapping[str, Reads]], *, with_plans: bool) -> None:
    heads = [f"+{others}" for others in found]
    print(f"{'pages, then rows, beside other clients':<44}", *(f"{head:>9}" for head in heads * 2))
    for deed in _DEEDS:
        reads = [of_deeds[deed] for of_deeds in found.values()]
        _show_line(
            deed,
            *(one.pages.total() for one in reads),
            *(one.rows.total() for one in reads),
        )
        for name in sorted(reads[-1].pages, key=lambda name: -reads[-1].pages[name]):
            _show_line(
                f"  {name}",
                *(one.pages[name] for one in reads),
                *(one.rows[name] for one in reads),
            )
            for head, one in zip(heads, reads, strict=True) if with_plans else ():
                print(f"    {head}: {', '.join(sorted(one.plans[name]))}")


def _show_line(name: str, *figures: int) -> None:
    print(f"{name:<44}", *(f"{figure:>9,}" for figure in figures))


if __name__ == "__main__":
    main()
