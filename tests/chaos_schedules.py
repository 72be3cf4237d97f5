"""Random schedules over real worker processes: a nemesis drawn from a seed, then peace, then proof.

A schedule lets two or three processes sync and deliver a small world while it kills and stops
them, crashes the database, lets the outside fail and the clock jump. Then it lets time pass until
nothing is due any more, and holds the sandbox's ledgers against the store.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

import psutil
import psycopg

from mastersync.errors import MastersyncError
from mastersync.sandbox.connections import sendgrid_key
from mastersync.store import embedded
from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases.failpoints import FAILPOINTS
from mastersync.wiring.clock import utc_now
from portals import Portal, running_portal
from world_processes import TRIED_AGAIN_LATER
from worlds import CLIENT, Outcome, World, running_world, world_template, write_client

# Acknowledged commits outlive a crash of the server; only a crash of the machine may lose them.
CRASHING_OPTIONS = {"fsync": "off", "full_page_writes": "off"}
PATIENCE = 0.8  # seconds that the client waits for an answer of its ERP
PATIENCE_WITH_DATABASE = 60  # seconds
HANG = 1100  # milliseconds, longer than that
JUMP_PAST_LEASE = 0.25  # hours
ROUNDS = range(3, 9)  # of syncs an hour apart: what the last of them leaves is wrong

ERP = f"/rest/{CLIENT}/erp/customers"
ORDERS = "/creditsafe/v1/companies/GB"
MAILS = "/sendgrid/v3/mail/send"
TRAFFIC = [(ERP, "GET"), (ERP, "PATCH"), (ERP, "POST"), (ORDERS, "GET"), (MAILS, "POST")]
READING_FAULTS = ("cut_mid_body", "short_page", "repeat_page")
FAULTS = ("rate_limit", "error_before", "error_after", "cut_before", "cut_after", "html", "hang")
CROSSED = ("deliver.", "store.")  # the boundaries of a delivery
COMMITS = 40  # about as many as a sync of this world has
ENDS = {0, TRIED_AGAIN_LATER, -signal.SIGKILL}


@dataclass(kw_only=True)
class Report:
    """What a schedule did, in order, and what it found wrong; none is as it should be."""

    seed: int
    deeds: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def note(self, kind: str, words: str = "") -> None:
        self.counts[kind] += 1
        self.deeds.append(f"{kind} {words}".strip())

    def __str__(self) -> str:
        found = "\n  ".join(self.violations) or "nothing"
        return f"seed {self.seed} ({' | '.join(self.deeds)}) found:\n  {found}"


@dataclass
class Nemesis:
    """Does what the seed says to one world; the order and timing of processes stay the machine's.

    So a seed replays the same deeds, and not always the same interleaving.
    """

    world: World
    server: EmbeddedServer
    portal: Portal
    random: Random
    report: Report
    asleep: list[ForkServerProcess] = field(default_factory=list)
    posted: int = 0

    def rage(self) -> None:
        deeds: dict[Callable[[], None], int] = {
            self.kill: 4,
            self.put_to_sleep: 2,
            self.wake: 2,
            self.crash_the_database: 1,
            self.break_the_outside: 4,
            self.mend_the_outside: 1,
            self.post_events: 2,
            self.let_time_pass: 1,
        }
        self.start_worker(is_sync=True)
        for _ in range(self.random.randint(1, 2)):
            self.start_worker()
        for _ in range(self.random.randint(4, 8)):
            time.sleep(self.random.uniform(0.05, 0.7))
            self.random.choices(list(deeds), list(deeds.values()))[0]()
            if self.random.random() < 0.5:
                self.start_worker()

    def start_worker(self, *, is_sync: bool | None = None) -> None:
        """Start a sync or a delivery; every second one is to die at a boundary."""
        if len(self._alive()) >= 3:
            return
        if is_sync is None:
            is_sync = self.random.random() < 0.5
        failpoint = ""
        if self.random.random() < 0.5:
            failpoint = self._boundary(is_sync=is_sync)
        start = self.world.start_sync if is_sync else self.world.start_delivery
        start(failpoint=failpoint)
        self.report.note("sync" if is_sync else "delivery", failpoint and f"dies at {failpoint}")

    def _boundary(self, *, is_sync: bool) -> str:
        name = self.random.choice([n for n in FAILPOINTS if is_sync or n.startswith(CROSSED)])
        most = COMMITS if name.startswith("store.") else 3
        return f"{name}:{self.random.randint(1, most)}"

    def kill(self) -> None:
        if alive := self._alive():
            victim = self.random.choice(alive)
            _signal(victim, signal.SIGKILL)
            self._forget(victim)
            self.report.note("kill -9")

    def put_to_sleep(self) -> None:
        """Stop a worker, and let the clock pass its lease: others take over what it holds."""
        if awake := [process for process in self._alive() if process not in self.asleep]:
            sleeper = self.random.choice(awake)
            _signal(sleeper, signal.SIGSTOP)
            self.asleep.append(sleeper)
            self.world.hours_passed.value += JUMP_PAST_LEASE
            self.report.note("stop", "past its lease")
            self.start_worker()

    def wake(self) -> None:
        if self.asleep:
            sleeper = self.asleep.pop()
            _signal(sleeper, signal.SIGCONT)
            self.report.note("wake")

    def crash_the_database(self) -> None:
        """Stop the server at once, as ``pg_ctl -m immediate`` does, and start it again."""
        os.kill(self.server.pid, signal.SIGQUIT)
        with suppress(psutil.NoSuchProcess):
            psutil.Process(self.server.pid).wait(30)
        self.server = embedded.start(self.server.data_dir, options=CRASHING_OPTIONS)
        self.report.note("database crash")

    def await_the_database(self) -> None:
        """A server of which one process crashed by itself comes back by itself, too."""
        until = time.monotonic() + PATIENCE_WITH_DATABASE
        while True:
            try:
                self.world.store.rows("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
            else:
                return

    def break_the_outside(self) -> None:
        rules = [self._fault() for _ in range(self.random.randint(1, 2))]
        self.world.sandbox.order_faults(*rules)
        words = ", ".join(f"{one['kind']} of {one['method']} {one['path']}" for one in rules)
        self.report.note("fault", words)

    def _fault(self) -> dict[str, object]:
        path, method = self.random.choice(TRAFFIC)
        reads_pages = (path, method) == (ERP, "GET")
        kind = self.random.choice(FAULTS + (READING_FAULTS if reads_pages else ()))
        rule: dict[str, object] = {"path": path, "method": method, "kind": kind}
        rule["skip"] = self.random.randint(0, 4)
        if self.random.random() < 0.7:
            rule["times"] = self.random.randint(1, 3)
        else:
            rule["every"] = self.random.randint(1, 3)
        if kind == "hang":  # the deed is done before or after our patience ends
            rule |= {"ms": HANG, "effect": self.random.choice(("before", "after")), "times": 2}
        if kind == "rate_limit":
            rule["retry_after"] = self.random.choice((0, 1, 60))
        return rule

    def mend_the_outside(self) -> None:
        self.world.sandbox.order_faults()
        self.report.note("mend")

    def post_events(self) -> None:
        """Report on some mails, twice and in disorder; the events of the others are lost."""
        sent = self.world.sandbox.ledger("mails", client=CLIENT)[self.posted :]
        self.posted += len(sent)
        lucky = [mail["message_id"] for mail in sent if self.random.random() < 0.7]
        if not lucky:
            return
        self.world.sandbox.http.post(
            "/control/sendgrid/events",
            json={
                "messages": lucky,
                "events": ["processed", "delivered"],
                "url": f"{self.portal.url}/webhooks/sendgrid",
                "duplicates": self.random.randint(0, 1),
                "shuffle": self.random.random() < 0.5,
            },
        ).raise_for_status()
        self.report.note("events", f"of {len(lucky)} of {len(sent)} mails")

    def let_time_pass(self) -> None:
        hours = self.random.choice((0.1, 0.6, 2.0, 24.0))
        self.world.hours_passed.value += hours
        self.report.note("clock", f"+{hours:g} h")

    def make_peace(self) -> None:
        """Let everybody finish, and sync until nothing is due any more."""
        while self.asleep:
            self.wake()
        self.world.sandbox.order_faults()
        for process in self.world.started:
            code = self.world.exit_code(process)
            self.report.counts["worker dead by SIGKILL"] += code == -signal.SIGKILL
            if code not in ENDS:
                self.report.violations.append(f"a worker ended by itself with {code}")
        for done in range(1, max(ROUNDS) + 1):
            self.post_events()
            self.world.hours_passed.value += 1
            self.await_the_database()
            with suppress(MastersyncError):  # what the sandbox still hangs on is over soon
                self.world.sync()
            if done in ROUNDS and not self._unrest():
                return
        self.report.violations.append(f"it does not come to rest: {self._unrest()}")

    def _unrest(self) -> list[tuple[object, ...]]:
        self.await_the_database()
        return self.world.store.rows(
            "SELECT kind, state, problem FROM effect WHERE state IN ('ready', 'inflight', 'held')"
            " OR (state = 'unknown' AND kind = 'email')"
        )

    def judge(self, undisturbed: Outcome) -> None:
        self.await_the_database()
        self.report.violations += self.world.breaches()
        self.report.violations += self.world.differences(undisturbed)

    def _alive(self) -> list[ForkServerProcess]:
        return [process for process in self.world.started if process.is_alive()]

    def _forget(self, victim: ForkServerProcess) -> None:
        if victim in self.asleep:
            self.asleep.remove(victim)


def _signal(process: ForkServerProcess, number: signal.Signals) -> None:
    """Send a signal to a worker, which may have come to its own end a moment before."""
    with suppress(ProcessLookupError):
        os.kill(process.pid, number)


@dataclass(frozen=True, kw_only=True)
class Arena:
    """A server that may be crashed, a world to copy, and what an undisturbed one leads to."""

    data_dir: Path
    template: Path
    database: str
    undisturbed: Outcome

    def run(self, seed: int, home: Path) -> Report:
        """Run the schedule of a seed in a world of its own."""
        report = Report(seed=seed)
        started = time.monotonic()
        server = embedded.start(self.data_dir, options=CRASHING_OPTIONS)
        with (
            running_world(
                server, database=self.database, template=self.template, home=home
            ) as world,
            _portal_of(world) as portal,
        ):
            nemesis = Nemesis(world, server, portal, Random(seed), report)
            nemesis.rage()
            nemesis.make_peace()
            nemesis.judge(self.undisturbed)
        report.seconds = time.monotonic() - started
        return report


@contextmanager
def open_arena(home: Path) -> Iterator[Arena]:
    server = embedded.start(home / "pg", options=CRASHING_OPTIONS)
    template = home / "template"
    try:
        with world_template(server, template) as database:
            write_client(template / "clients", seconds=PATIENCE)
            with running_world(
                server, database=database, template=template, home=home / "undisturbed"
            ) as world:
                world.sync()
                world.settle()
                assert world.breaches() == ()
                undisturbed = world.outcome()
            yield Arena(
                data_dir=home / "pg",
                template=template,
                database=database,
                undisturbed=undisturbed,
            )
    finally:
        embedded.stop(home / "pg")


@contextmanager
def _portal_of(world: World) -> Iterator[Portal]:
    answer = world.sandbox.http.get(
        "/sendgrid/v3/user/webhooks/event/settings/signed/1",
        headers={"Authorization": f"Bearer {sendgrid_key(CLIENT)}"},
    )
    key = answer.raise_for_status().json()["public_key"]
    with running_portal(world.store.url, public_keys=(key,), clock=utc_now) as portal:
        yield portal
