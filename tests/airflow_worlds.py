"""The whole product on a small outside world: two clients that sync, and one whose file is broken.

Harbor Foods with a few of its customers, Bright Bakery as it is sold, and Corner Cafe.
"""

import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

from free_ports import free_ports
from mastersync.cli.demo_runs import start_runs
from mastersync.cli.stack.running import Stack, running_stack
from mastersync.config.settings import PROJECT, load_settings
from mastersync.domain.tickets.model import PLATFORM, Ticket
from mastersync.ports.runs import RunSummary
from mastersync.sandbox.database import Database as SandboxDatabase
from mastersync.sandbox.rest.systems import SYSTEMS
from mastersync.sandbox.seed import harbor_foods
from mastersync.sandbox.seed.planting import plant
from mastersync.sandbox.seed.records import Seeded
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.ticket_desk import PostgresTicketDesk
from mastersync.wiring.stores import desk_store

HARBOR, BAKERY, CAFE = "harbor_foods", "bright_bakery", "corner_cafe"
KEPT_CLUSTERS = frozenset(
    {
        *("z219", "z220", "z235", "z236", "z247", "z252"),  # in both systems, some on contract
        *("f646", "f647", "z216", "z217"),  # in one of them
        *("BAD-HTML", "BAD-NULL-NAME"),
    }
)
MISTAKE = "schedule: on weekdays, please"
_OVER = {"success", "failed"}


@dataclass
class World:
    """A stack that runs, and how people inside and outside look at it."""

    stack: Stack
    api: httpx.Client
    outside: httpx.Client
    database: Database
    dag_runs: dict[str, list[str]] = field(default_factory=dict)

    # Airflow -------------------------------------------------------------------------------

    def sync(self, *client_ids: str) -> list[str]:
        """Sync clients beside each other; returns the states in which Airflow's runs ended."""
        first = {c: _dag_id(c) for c in client_ids if c not in self.dag_runs}
        found = {run.client_id: run.run_id for run in start_runs(self.api, first)} if first else {}
        for client_id in client_ids:
            run_id = found.get(client_id) or self.trigger(_dag_id(client_id))
            self.dag_runs.setdefault(client_id, []).append(run_id)
        return [self.end_of(_dag_id(c), self.dag_runs[c][-1]) for c in client_ids]

    def trigger(self, dag_id: str) -> str:
        answer = self.api.post(f"/dags/{dag_id}/dagRuns", json={"logical_date": None})
        return str(answer.raise_for_status().json()["dag_run_id"])

    def end_of(self, dag_id: str, run_id: str) -> str:
        path = f"/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}"

        def state() -> str:
            return str(self.api.get(path).raise_for_status().json()["state"])

        until(lambda: state() in _OVER, f"{run_id} of {dag_id} to end")
        return state()

    def clear(self, client_id: str, task_id: str) -> None:
        """Clear the failed instances of a task and what comes after, and let the run end."""
        dag_id, run_id = _dag_id(client_id), self.dag_runs[client_id][-1]
        wanted = {"dag_run_id": run_id, "task_ids": [task_id], "include_downstream": True}
        path = f"/dags/{dag_id}/clearTaskInstances"
        body = {"dry_run": False, "only_failed": False, **wanted}
        self.api.post(path, json=body).raise_for_status()
        time.sleep(1)
        self.end_of(dag_id, run_id)

    def sweep(self) -> None:
        """Look for failures now, and not within a minute."""
        assert self.end_of("failure_sweep", self.trigger("failure_sweep")) == "success"

    def tasks(self, client_id: str) -> list[dict]:
        """The task instances of the client's newest run."""
        run_id = quote(self.dag_runs[client_id][-1], safe="")
        path = f"/dags/{_dag_id(client_id)}/dagRuns/{run_id}/taskInstances"
        return self.api.get(path).raise_for_status().json()["task_instances"]

    # The store, as the desk sees it --------------------------------------------------------

    def newest_run(self, client_id: str) -> RunSummary:
        with desk_store(self.database, client_id).begin() as unit:
            return unit.runs.list_newest(limit=1)[0]

    def golden(self, client_id: str, system: str, key: str) -> dict[str, str]:
        """The newest golden record of the customer that a source record is linked to."""
        with self.database.begin(clients=[client_id]) as session:
            row = session._connection.exec_driver_sql(_GOLDEN, (system, key)).one()
        return dict(row.fields)

    def tickets(self, *client_ids: str) -> list[Ticket]:
        """Every ticket of these clients, open or not."""
        with self.database.begin(clients=client_ids or [HARBOR, BAKERY, CAFE, PLATFORM]) as session:
            rows = session._connection.exec_driver_sql("SELECT ticket_id FROM ticket ORDER BY 1")
            desk = PostgresTicketDesk(session)
            return [desk.get(ticket_id) for ticket_id in rows.scalars()]

    # Outside -------------------------------------------------------------------------------

    def ledger(self, book: str, client_id: str = "") -> list[dict]:
        answer = self.outside.get(f"/ledger/{book}", params={"client": client_id})
        return answer.raise_for_status().json()["entries"]

    def held(self, client_id: str, system: str, key: str) -> dict:
        """A record as the client's system holds it."""
        found = SYSTEMS[client_id, system]
        headers = {"Authorization": f"Bearer {found.token}"}
        path = f"{found.path}/customers/{key}"
        return self.outside.get(path, headers=headers).raise_for_status().json()

    def change(self, client_id: str, system: str, key: str, **document: object) -> None:
        """What a clerk of the client does in its own system."""
        path = f"/control/{client_id}/{system}/customers/{key}"
        self.outside.post(path, json=document).raise_for_status()

    def newest_link(self, client_id: str, address: str) -> str:
        """The link in the newest mail to somebody, as its text part has it."""
        mails = self.outside.get("/inbox.json", params={"client": client_id, "to": address}).json()
        found = re.search(rf"{re.escape(self.stack.portal_url)}/c/\S+", mails[0]["text"])
        assert found, mails[0]["text"]
        return found[0]


def _dag_id(client_id: str) -> str:
    return f"client_sync__{client_id}"


_GOLDEN = """
SELECT golden.fields FROM source_record AS record
JOIN link USING (client_id, record_id)
JOIN golden_version AS golden USING (client_id, customer_id)
WHERE record.system = %s AND record.source_key = %s AND link.ended_at IS NULL
ORDER BY golden.version_no DESC LIMIT 1
"""


def until(is_so: Callable[[], bool], words: str, *, seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for {words}"
        time.sleep(0.5)


@contextmanager
def running_world(directory: Path) -> Iterator[World]:
    """Start everything on an empty directory, and leave nothing running."""
    home, clients_dir = directory / "home", directory / "clients"
    small_sandbox(home)
    write_clients(clients_dir)
    airflow_port, portal_port, sandbox_port = free_ports(3)
    settings = load_settings(
        home=home,
        clients_dir=clients_dir,
        airflow_port=airflow_port,
        portal_port=portal_port,
        sandbox_port=sandbox_port,
    )
    with running_stack(settings) as stack:
        url = role_url(stack.admin_url, DESK_ROLE, secret_key=settings.key)
        database = Database(url)
        with (
            stack.airflow_client() as api,
            httpx.Client(base_url=stack.sandbox_url, timeout=30, trust_env=False) as outside,
        ):
            yield World(stack=stack, api=api, outside=outside, database=database)
        database.close()


def write_clients(clients_dir: Path) -> None:
    """Two clients as they are sold, and a third whose schedule nobody can read."""
    for client_id in (HARBOR, BAKERY):
        shutil.copytree(PROJECT / "include" / "clients" / client_id, clients_dir / client_id)
        # Only the tests start their runs.
        _rewrite(clients_dir / client_id / "client.yaml", r'schedule: "@monthly"')
    shutil.copytree(clients_dir / BAKERY, clients_dir / CAFE)
    _rewrite(clients_dir / CAFE / "client.yaml", MISTAKE, client_id=CAFE)


def _rewrite(path: Path, schedule: str, *, client_id: str = "") -> None:
    text = re.sub(r"(?m)^schedule: .*$", schedule, path.read_text("utf-8"))
    if client_id:
        text = re.sub(r"(?m)^client_id: .*$", f"client_id: {client_id}", text)
    path.write_text(text, "utf-8")


def small_sandbox(home: Path) -> None:
    """Seed the outside, with few customers in Harbor Foods' systems."""
    with closing(SandboxDatabase(home / "sandbox" / "sandbox.db")) as database:
        plant(database, home)
    kept = [record.id for record in harbor_records()]
    with closing(sqlite3.connect(home / "sandbox" / "sandbox.db")) as held, held:
        marks = ",".join("?" * len(kept))
        held.execute(
            f"DELETE FROM customer WHERE client = ? AND id NOT IN ({marks})", (HARBOR, *kept)
        )
    for contract in (home / "files" / HARBOR / "contracts").glob("*.pdf"):
        if contract.stem.partition("-")[2] not in kept:
            contract.unlink()


def harbor_records() -> list[Seeded]:
    """What Harbor Foods' systems hold at the start."""
    return [record for record in harbor_foods.records() if record.cluster in KEPT_CLUSTERS]
