"""A whole small world of a test's own: store, client folder and sandbox, for syncs that go wrong.

Bright Bakery with a few of its customers, chosen so that a sync creates and updates records in
more than one claim, orders credit reports and sends mails.
"""

import json
import shutil
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from multiprocessing.context import ForkServerProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import openpyxl
import yaml
from sqlalchemy import make_url

from commands import run_command
from databases import temporary_database
from fork_server import PROCESSES
from mastersync.cli.audit import run_audit
from mastersync.config.connections import JsonConnections
from mastersync.config.settings import PROJECT, Settings, load_settings
from mastersync.connectors.mail.sendgrid_mailer import REFERENCE_ARGUMENT
from mastersync.sandbox.connections import airflow_connections
from mastersync.sandbox.database import Database
from mastersync.sandbox.seed import bright_bakery
from mastersync.sandbox.seed.planting import plant
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.wiring.client import Client, open_client
from mastersync.wiring.clock import utc_now
from mastersync.wiring.sync import deliver_leftovers, sync_client
from sandboxes import Sandbox, running_sandbox
from stores import SECRET, TestStore
from world_processes import work

CLIENT = "bright_bakery"
_KEPT_CLUSTERS = frozenset(
    {
        *("378", "2815", "5669", "2143"),  # enough credit asked for: a report is ordered
        *("266", "2231", "5579", "3611"),  # in both systems, not alike
        *("1202", "2059", "5597", "5241", "5377", "569", "991", "4834", "1426"),  # shop only
        *("1777", "476", "5087"),  # without an address to write to, or without a number
        "shop-BAD-NULL-NAME",  # set aside
    }
)
_DEADLINE = 60  # seconds until a process of a test counts as stuck


@dataclass(frozen=True)
class Outcome:
    """What a sync leads to, inside and outside, without what differs from run to run."""

    golden: dict[str, dict[str, str]]  # customer id → newest golden record
    held: dict[str, dict[str, object]]  # record of the ERP, by our reference or its own key
    pushes: Counter[str]  # writes that the ERP took, by the same
    orders: Counter[str]  # company → orders charged
    mails: Counter[str]  # our reference → mails accepted
    versions: Counter[str]  # state → source versions
    tickets: frozenset[str]  # causes of open tickets


@dataclass
class World:
    """One client of one test; `sync` runs in this process, `start_sync` in one of its own."""

    store: TestStore
    sandbox: Sandbox
    clients_dir: Path
    started: list[ForkServerProcess] = field(default_factory=list)
    run_count: int = 0
    # Of the clocks only: in the store, `let_an_hour_pass` moves the times.
    hours_passed: Synchronized = field(default_factory=lambda: PROCESSES.Value("d", 0.0))

    @cached_property
    def connections(self) -> dict[str, str]:
        return airflow_connections(self.sandbox.url, self.sandbox.home)

    @cached_property
    def installation(self) -> dict[str, object]:
        return {
            "home": self.sandbox.home,
            "store_url": self.store.url,
            "secret_key": SECRET,
            "clients_dir": self.clients_dir,
            "sandbox_port": int(self.sandbox.url.rpartition(":")[2]),
        }

    @cached_property
    def settings(self) -> Settings:
        return load_settings(**self.installation)

    @contextmanager
    def client(self) -> Iterator[Client]:
        with open_client(
            CLIENT, JsonConnections(self.connections), settings=self.settings
        ) as client:
            yield replace(client, clock=self.now)

    def now(self) -> datetime:
        return utc_now() + timedelta(hours=self.hours_passed.value)

    def sync(self) -> dict[str, object]:
        self.run_count += 1
        with self.client() as client:
            return sync_client(client, f"run{self.run_count}")

    def deliver(self) -> None:
        with self.client() as client:
            deliver_leftovers(client)

    def start_sync(self, *, failpoint: str = "") -> ForkServerProcess:
        """Start a sync in a process of its own."""
        self.run_count += 1
        return self._start(f"run{self.run_count}", failpoint=failpoint)

    def start_delivery(self, *, failpoint: str = "") -> ForkServerProcess:
        """Start delivering what is due in a process of its own."""
        return self._start("", failpoint=failpoint)

    def _start(self, run_id: str, *, failpoint: str) -> ForkServerProcess:
        settings = {**self.installation, "failpoint": failpoint}
        process = PROCESSES.Process(
            target=work,
            args=(CLIENT, settings, self.connections),
            kwargs={"run_id": run_id, "hours_passed": self.hours_passed},
        )
        process.start()
        self.started.append(process)
        return process

    def wait_for_fault(self) -> None:
        """Wait until the fault that was ordered strikes: a request is in the air then."""
        until = time.monotonic() + _DEADLINE
        while not self.sandbox.http.get("/control/faults").json()[0]["fired"]:
            assert time.monotonic() < until, "nobody asked"
            time.sleep(0.01)

    def exit_code(self, process: ForkServerProcess) -> int | None:
        """Wait for the end of a process; below 0 it is the signal that ended it."""
        process.join(_DEADLINE)
        return process.exitcode

    def command(self, *words: str, failpoint: str = "") -> subprocess.CompletedProcess[str]:
        """Run the ``mastersync`` command as an operator would."""
        settings = {**self.installation, "failpoint": failpoint}
        return run_command(
            *words,
            variables={
                **{f"MASTERSYNC_{name.upper()}": str(one) for name, one in settings.items()},
                **{f"AIRFLOW_CONN_{name.upper()}": one for name, one in self.connections.items()},
            },
        )

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.join(_DEADLINE)
            process.close()

    def let_an_hour_pass(self) -> None:
        """Let leases run out and pauses end: all times of the outbox move an hour back."""
        self.store.change(
            "UPDATE effect SET lease_until = lease_until - interval '1 hour',"
            " not_before = not_before - interval '1 hour'",
            "UPDATE effect_attempt SET started_at = started_at - interval '1 hour',"
            " ended_at = ended_at - interval '1 hour'",
            "UPDATE agency_reading SET read_at = read_at - interval '1 hour'",
            "UPDATE agency_session SET refused_until = refused_until - interval '1 hour'",
            "UPDATE target_pace SET rests_until = rests_until - interval '1 hour',"
            " free_at = free_at - interval '1 hour'",
        )

    def settle(self) -> None:
        """Sync until everything that settles by itself has: re-checks and mails take two."""
        for _ in range(3):
            self.let_an_hour_pass()
            self.sync()

    def breaches(self) -> tuple[str, ...]:
        """What ``mastersync audit --outside`` finds."""
        return run_audit(self.settings, [CLIENT], outside=True)[CLIENT].breaches

    def effects(self, *states: str) -> Counter[str]:
        """Kind → number of effects in these states."""
        found = self.store.rows("SELECT kind FROM effect WHERE state = ANY(%s)", list(states))
        return Counter(kind for (kind,) in found)

    def attempted(self) -> set[str]:
        """The kinds of effects that anyone ever claimed."""
        found = self.store.rows("SELECT DISTINCT kind FROM effect WHERE attempt_count > 0")
        return {kind for (kind,) in found}

    def assert_as_if_nothing_had_happened(self, undisturbed: Outcome) -> None:
        """Nothing is broken, and nothing is otherwise than in an undisturbed world."""
        assert self.breaches() == ()
        assert self.differences(undisturbed) == []

    def differences(self, undisturbed: Outcome) -> list[str]:
        """Compare with an undisturbed world, but for what nobody can know.

        An order of unknown outcome is asked about and its customer waits; a mail of unknown
        outcome may have gone out twice.
        """
        ended = self.outcome()
        waiting = self.customers_without_report()
        asked = {
            cause for cause in ended.tickets if cause.startswith("credit_order:creditsafe:unknown:")
        }
        expected = {
            customer_id: fields
            for customer_id, fields in undisturbed.golden.items()
            if customer_id not in waiting
        }
        unsettled = set(self.effects("inflight", "unknown", "ready", "held")) - {"credit_order"}
        once = replace(ended, mails=Counter(ended.mails.keys()))
        checks = {
            f"{len(asked)} of {len(waiting)} unknown orders are asked about": len(asked)
            != len(waiting),
            f"golden records: {_differing(ended.golden, expected)}": ended.golden != expected,
            f"orders: {ended.orders}": not set(ended.orders.values()) <= {1},
            f"mails: {ended.mails}": not set(ended.mails.values()) <= {1, 2},
            f"unsettled: {unsettled}": bool(unsettled),
            f"outcome: {_differing(vars(once), vars(undisturbed))}": not waiting
            and once != undisturbed,
        }
        return [words for words, is_otherwise in checks.items() if is_otherwise]

    def customers_without_report(self) -> set[str]:
        """Customers whose credit order nobody knows the outcome of."""
        found = self.store.rows(
            "SELECT customer_id FROM effect WHERE kind = 'credit_order' AND state = 'unknown'"
        )
        return {customer_id for (customer_id,) in found}

    def outcome(self) -> Outcome:
        return Outcome(
            golden=dict(
                self.store.rows(
                    "SELECT DISTINCT ON (customer_id) customer_id, fields FROM golden_version"
                    " ORDER BY customer_id, version_no DESC"
                )
            ),
            held=self._held(),
            pushes=Counter(
                entry["reference"] or entry["record_id"]
                for entry in self.sandbox.ledger("pushes", client=CLIENT)
            ),
            orders=Counter(
                entry["company_id"] for entry in self.sandbox.ledger("orders", client=CLIENT)
            ),
            mails=Counter(
                entry["custom_args"][REFERENCE_ARGUMENT]
                for entry in self.sandbox.ledger("mails", client=CLIENT)
            ),
            versions=Counter(
                state for (state,) in self.store.rows("SELECT state FROM version_state")
            ),
            tickets=frozenset(
                cause
                for (cause,) in self.store.rows("SELECT cause_key FROM ticket WHERE state = 'open'")
                if not cause.startswith("sla:")  # of a clock that a schedule has let pass
            ),
        )

    def _held(self) -> dict[str, dict[str, object]]:
        customers = (
            self.sandbox.system(CLIENT, "erp")
            .get("/customers", params={"per_page": "200"})
            .json()["data"]
        )
        self.sandbox.close()
        return {
            one["external_ref"] or one["id"]: {
                name: value for name, value in one.items() if name not in {"id", "updated_at"}
            }
            for one in customers
        }


def _differing(found: Mapping[str, object], expected: Mapping[str, object]) -> dict[str, object]:
    """What is found and what was expected, where they differ."""
    return {
        key: (found.get(key), expected.get(key))
        for key in sorted({*found, *expected})
        if found.get(key) != expected.get(key)
    }


def small_sandbox(home: Path) -> None:
    """Seed a sandbox's home with the few customers of this world."""
    with closing(Database(home / "sandbox" / "sandbox.db")) as database:
        plant(database, home)
    kept = [record for record in bright_bakery.records() if record.cluster in _KEPT_CLUSTERS]
    numbers = {str(record.body.get("registration_number")) for record in kept}
    with closing(sqlite3.connect(home / "sandbox" / "sandbox.db", isolation_level=None)) as held:
        held.execute(
            "DELETE FROM customer WHERE (client, id) NOT IN (SELECT ?, value FROM json_each(?))",
            (CLIENT, json.dumps([record.id for record in kept])),
        )
        held.execute(
            "DELETE FROM company WHERE reg_no NOT IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(numbers)),),
        )
        held.execute("VACUUM")
    for folder in (home / "files").iterdir():
        if folder.name != CLIENT:
            for system in folder.iterdir():
                for file in system.iterdir():
                    file.unlink()
                (system / "nothing.txt").touch()  # else it is seeded again
    _keep_rows(home / "files" / CLIENT / "shop" / "customers.xlsx", {one.id for one in kept})


def _keep_rows(path: Path, keys: set[str]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for number in range(sheet.max_row, 1, -1):
        if sheet.cell(number, 1).value not in keys:
            sheet.delete_rows(number)
    book.save(path)
    book.close()


def write_client(
    clients_dir: Path, *, seconds: float = 20.0, credit: Mapping[str, object] | None = None
) -> None:
    """Write the client's folder: quick, with small pages, and deadlines of some ``seconds``.

    ``credit`` is set in the section of that name.
    """
    config = yaml.load(
        (PROJECT / "include" / "clients" / CLIENT / "client.yaml").read_text("utf-8"),
        Loader=yaml.BaseLoader,
    )
    config["systems"]["erp"] |= {
        "rate_limit": "1000",
        "read_timeout": str(seconds),
        "deadline": str(2 * seconds),
    }
    config["systems"]["erp"]["read"]["paging"]["size"] = "5"
    year = utc_now().year
    for calendar in config["sla"]["calendars"].values():
        calendar["years"] = f"{year - 1}-{year + 1}"  # each is counted again at every sync
    for decided_on in ("terms", "automatic", "letters", "stop_when"):
        config["credit"].pop(decided_on)  # else customers wait for a person, who never comes here
    config["credit"] |= {"statement": {"complete_after_minutes": "30"}, **(credit or {})}
    if config["credit"].get("agency", "creditsafe") != "creditsafe":
        config["credit"].pop("monitoring", None)
        for rule in config["survivorship"]["by_field"].values():
            rule["trust"] = [one for one in rule["trust"] if one != "creditsafe"]
    folder = clients_dir / CLIENT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "client.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")


@contextmanager
def world_template(server: EmbeddedServer, home: Path) -> Iterator[str]:
    """Prepare ``home`` and a database to be copied by each test; yields the database's name."""
    small_sandbox(home / "sandbox")
    write_client(home / "clients")
    with temporary_database(server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names={CLIENT: "Bright Bakery"})
        yield str(make_url(url).database)


@contextmanager
def running_world(
    server: EmbeddedServer, *, database: str, template: Path, home: Path
) -> Iterator[World]:
    shutil.copytree(template, home, dirs_exist_ok=True)
    with (
        temporary_database(server, template=database) as url,
        running_sandbox(home / "sandbox") as sandbox,
    ):
        world = World(TestStore(url), sandbox, home / "clients")
        try:
            yield world
        finally:
            world.close()
