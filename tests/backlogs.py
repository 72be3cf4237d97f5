"""Outboxes full of creations for the sandbox's systems, without the syncs that would plan them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from databases import temporary_database
from mastersync.config.connections import JsonConnections
from mastersync.config.settings import Settings, load_settings
from mastersync.sandbox.connections import airflow_connections
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.wiring.client import Client, open_client
from mastersync.wiring.delivery import deliver_for_all
from sandboxes import Sandbox, running_sandbox
from stores import SECRET, TestStore

PROJECT = Path(__file__).resolve().parents[1]
BATCHED = ("harbor_foods", "erp")  # takes 200 in one request
SINGLE = ("bright_bakery", "erp")  # takes one at a time
KEYED = ("northwind_industrial", "erp")  # takes 100, with idempotency keys
NAMES = {BATCHED: "CUSTNAME", SINGLE: "name", KEYED: "name"}
_PLANT = """
INSERT INTO run (client_id, run_id, state, policy_version, opened_at, closed_at)
VALUES (%(client)s, 'r1', 'done', 'p1', now(), now()) ON CONFLICT DO NOTHING;
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
SELECT %(client)s, 'C-' || %(first)s + n, '{"engine": "x", "policy_version": "p1",
    "searched_at": "2026-03-02T12:00:00", "keys_searched": 1, "candidates_found": 0}', 'r1', now()
FROM generate_series(1, %(count)s) AS n;
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id,
    body, before, after, not_before, planned_at)
SELECT %(client)s, gen_random_uuid(), 'push', %(system)s, 'create:' || %(first)s + n, 'r1',
    'C-' || %(first)s + n, '{}', '{}',
    jsonb_build_object(%(field)s::text, coalesce((%(names)s::text[])[n], 'CUSTOMER ' || n)),
    now() + n * interval '1 microsecond' - interval '1 minute', now()
FROM generate_series(1, %(count)s) AS n;
"""


@dataclass
class Backlog:
    """A store and a sandbox; ``plant`` fills an outbox, ``deliver`` is one worker's run."""

    store: TestStore
    sandbox: Sandbox
    clients_dir: Path
    planted: Counter[str] = field(default_factory=Counter)

    @cached_property
    def settings(self) -> Settings:
        return load_settings(
            home=self.sandbox.home,
            store_url=self.store.url,
            secret_key=SECRET,
            clients_dir=self.clients_dir,
        )

    @cached_property
    def connections(self) -> JsonConnections:
        return JsonConnections(airflow_connections(self.sandbox.url, self.sandbox.home))

    def plant(self, system: tuple[str, str], count: int, *, names: dict[int, str] | None = None):
        """Let so many creations be due at a system; ``names`` says some customers' (from 1)."""
        client, name = system
        given = [(names or {}).get(n) for n in range(1, count + 1)]
        with self.store.session() as session:
            for statement in _PLANT.split(";\n")[:-1]:
                values = {
                    "client": client,
                    "system": name,
                    "field": NAMES[system],
                    "names": given,
                    "count": count,
                    "first": 1000 + self.planted[client],
                }
                session.execute(statement, values)
            session.execute("ANALYZE effect")
            session.commit()
        self.planted[client] += count

    def share(self, client: str, share: float, **more: object) -> None:
        """Give a client another share of a worker's time."""
        path = self.clients_dir / client / "client.yaml"
        config = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        path.write_text(yaml.safe_dump(config | {"share": str(share)} | more), encoding="utf-8")

    def deliver(self, *, worker: int = 0, seconds: float = 60) -> dict[str, Counter[str]]:
        return deliver_for_all(self.settings, self.connections, worker=worker, seconds=seconds)

    @contextmanager
    def client(self, client_id: str) -> Iterator[Client]:
        with open_client(client_id, self.connections, settings=self.settings) as client:
            yield client

    def seen(self) -> list[str]:
        """The clients whose writes the outside took, in the order taken."""
        return [entry["client"] for entry in self.sandbox.ledger("pushes")]

    def references(self, client: str) -> Counter[str]:
        """Whom records were made for, and how often."""
        return Counter(entry["reference"] for entry in self.sandbox.ledger("pushes", client=client))

    def states(self, client: str) -> Counter[str]:
        found = self.store.rows("SELECT state FROM effect WHERE client_id = %s", client)
        return Counter(state for (state,) in found)

    def tickets(self) -> list[str]:
        found = self.store.rows("SELECT cause_key FROM ticket WHERE state = 'open' ORDER BY 1")
        return [cause for (cause,) in found]

    def let_pass(self, interval: str) -> None:
        """Let leases run out, pauses end and rests be over."""
        self.store.change(
            f"UPDATE effect SET lease_until = lease_until - interval '{interval}',"
            f" not_before = not_before - interval '{interval}'"
            " WHERE state IN ('ready', 'inflight')",
            f"UPDATE effect_attempt SET started_at = started_at - interval '{interval}'",
            f"UPDATE target_pace SET rests_until = rests_until - interval '{interval}',"
            f" free_at = free_at - interval '{interval}'",
        )


def write_clients(folder: Path) -> None:
    """Copy the clients' files, with limits that slow no test down."""
    for client, _ in NAMES:
        source = PROJECT / "include" / "clients" / client / "client.yaml"
        config = yaml.load(source.read_text("utf-8"), Loader=yaml.BaseLoader)
        for system in config["systems"].values():
            if system["kind"] == "rest":
                system |= {"rate_limit": "1000", "read_timeout": "3", "deadline": "4"}
        if (client, "erp") == KEYED:
            creates = {"create": "true", "reference_field": "external_ref"}
            config["systems"]["erp"]["write"] |= {**creates, "batch": {"size": "100"}}
        (folder / client).mkdir(parents=True)
        (folder / client / "client.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")


@contextmanager
def backlog_template(server: EmbeddedServer) -> Iterator[str]:
    """A database to copy, with the clients registered."""
    with temporary_database(server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        names = {client: client for client, _ in NAMES}
        register_clients(admin_url=url, secret_key=SECRET, names=names)
        yield url


@contextmanager
def running_backlog(server: EmbeddedServer, *, template: str, home: Path) -> Iterator[Backlog]:
    write_clients(home / "clients")
    with (
        temporary_database(server, template=template) as url,
        running_sandbox(home / "sandbox") as sandbox,
    ):
        yield Backlog(TestStore(url), sandbox, home / "clients")
