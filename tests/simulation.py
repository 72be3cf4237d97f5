"""Syncs and deliveries in one process, under a virtual clock, in an order drawn from a seed.

Workers are threads of which one runs at a time. At every boundary (a failpoint, a commit, a
request, an answer) outside of a transaction a worker hands over, and the schedule says who goes
on. It also says who dies there, who sleeps past its lease, when the clock jumps, what becomes of
a request, and what people and the mail carrier do meanwhile. The store is a real PostgreSQL; all
else is drawn, so the same seed gives the same trace.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mastersync.domain.confirmations.mail_events import MailEvent
from mastersync.errors import MastersyncError
from mastersync.store.client_store import PostgresStore, PostgresUnit
from mastersync.store.database import PORTAL_ROLE, Database, client_role, role_url
from mastersync.store.portal import record_mail_events
from mastersync.usecases.audit_client import audit_client
from mastersync.usecases.failpoints import STORE_AFTER_COMMIT
from mastersync.wiring.sync import deliver_leftovers, sync_client
from pipelines import CONFIRMATION, CREDIT, Pipeline, company
from simulated_outside import (
    BUSY,
    FINE,
    LATE,
    LOST,
    LOST_BEFORE,
    SimulatedAgency,
    SimulatedLedger,
    SimulatedMailer,
    SimulatedSystem,
)
from stores import NOON, SECRET, TestStore

STEPS = 400  # of all workers together, before there is peace
WORKERS = 5
AT_ONCE = 3
DIES = 0.006  # of crossings
SLEEPS = 0.004
UNUSUAL = 0.02  # of the schedule's own deeds
FATES = {FINE: 80, BUSY: 4, LOST: 5, LOST_BEFORE: 5, LATE: 6}
LONGEST_REQUEST = 50  # seconds, less than we wait before we look
ROUNDS = range(2, 12)
STUCK = 60  # seconds


class Died(BaseException):
    """A worker's process ended."""


@dataclass
class VirtualClock:
    """What everybody reads: the time that really passes, and how far the clock is wrong."""

    passed: timedelta = field(default_factory=timedelta)
    jumped: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        self.passed += timedelta(milliseconds=1)
        return NOON + self.passed + self.jumped

    def push(self, **how_long: float) -> None:
        self.passed += timedelta(**how_long)


class SimulatedStore(PostgresStore):
    """Knows whether its worker is within a transaction: nobody hands over or asks outside there."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "acme")
        self.is_open = False

    @contextmanager
    def begin(self) -> Iterator[PostgresUnit]:
        self.is_open = True
        try:
            with super().begin() as unit:
                yield unit
        finally:
            self.is_open = False


@dataclass
class Worker:
    """One process that syncs or delivers: a thread that runs while it is its turn."""

    name: str
    simulation: "Simulation"
    work: Callable[[Pipeline], object]
    sleeps_until: timedelta = timedelta()
    is_over: bool = False
    failure: BaseException | None = None
    turn: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def __post_init__(self) -> None:
        self.database = Database(
            role_url(self.simulation.store.url, client_role("acme"), secret_key=SECRET),
            failpoint=self.cross,
        )
        self.store = SimulatedStore(self.database)
        self.thread = threading.Thread(target=self._live, name=self.name, daemon=True)
        self.thread.start()

    def cross(self, name: str) -> None:
        """Cross a boundary: die there, or hand over unless within a transaction."""
        self.simulation.note(f"{self.name} {name}")
        self.simulation.crossed.append(name)
        if self.simulation.is_fatal():
            self.simulation.note(f"{self.name} dies", counted="dies")
            raise Died
        if name == STORE_AFTER_COMMIT:
            self.store.is_open = False
        if not self.store.is_open:
            self.hand_over()

    def hand_over(self) -> None:
        self.simulation.handed_back.release()
        self.turn.acquire()

    def go_on(self) -> None:
        """Let it run until it hands over, or is over."""
        self.simulation.running = self
        self.turn.release()
        if not self.simulation.handed_back.acquire(timeout=STUCK):
            raise AssertionError(f"{self.name} is stuck")

    def _live(self) -> None:
        self.turn.acquire()
        try:
            self.work(self.simulation.pipeline_of(self))
        except (Died, MastersyncError) as error:
            self.simulation.note(f"{self.name} ended with {type(error).__name__}")
        except BaseException as error:  # noqa: BLE001 (it is reported, not hidden)
            self.failure = error
        self.is_over = True
        self.simulation.handed_back.release()


@dataclass
class Simulation:
    """One seed. Implements `simulated_outside.Line` for whichever worker is running."""

    seed: int
    store: TestStore
    trace: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    late: list[tuple[timedelta, str, Callable[[], object]]] = field(default_factory=list)
    clock: VirtualClock = field(default_factory=VirtualClock)
    crossed: list[str] = field(default_factory=list)
    dies_at: int | None = None  # the crossing at which the first worker dies, instead of by chance
    at_peace: bool = False
    peace_at: int = 0  # how many crossings came before
    running: Worker | None = None

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.handed_back = threading.Semaphore(0)
        self.systems = [
            SimulatedSystem(name, clock=self.clock, line=self) for name in ("crm", "erp")
        ]
        self.agency = SimulatedAgency(line=self, known={"01234561": "GB1", "04234564": "GB4"})
        self.mailer = SimulatedMailer(line=self)
        self.reported: set[str] = set()
        crm, erp = self.systems
        crm.put("a", **company("aldgate", email="a@aldgate.example", credit_limit="5000"))
        crm.put("b", **company("brixton", phone="+442079460299", email="b@brixton.example"))
        crm.put("d", **company("dunmore", credit_limit="9000"))
        erp.put("B", **company("brixton"))
        erp.put("C", **company("cobham", email="c@cobham.example"))

    # What workers see ------------------------------------------------------------------------

    def pipeline_of(self, worker: Worker) -> Pipeline:
        pipeline = Pipeline(
            self.store,
            worker.store,
            clock=self.clock,
            failpoint=worker.cross,
            mails=self.mailer,
            creditsafe=self.agency,
        )
        pipeline.crm, pipeline.erp = self.systems
        pipeline.set_rules(credit=CREDIT, confirmation=CONFIRMATION)
        return pipeline

    def send(self, what: str) -> str:
        worker = self.running
        assert worker is not None
        if worker.store.is_open:
            self.violations.append(f"{what} was sent within a transaction")
        worker.cross(f"sends {what}")
        (fate,) = [FINE] if self.at_peace else self.random.choices(list(FATES), FATES.values())
        self.note(f"{worker.name} {what}: {fate}", counted=None if fate == FINE else fate)
        return fate

    def answer(self, what: str) -> None:
        assert self.running is not None
        self.running.cross(f"reads the answer of {what}")

    def do_later(self, what: str, deed: Callable[[], object]) -> None:
        wait = timedelta(seconds=self.random.randint(1, LONGEST_REQUEST))
        self.late.append((self.clock.passed + wait, what, deed))

    # The schedule ----------------------------------------------------------------------------

    def is_fatal(self) -> bool:
        return len(self.crossed) == self.dies_at or self.draws(DIES)

    def draws(self, chance: float) -> bool:
        return not self.at_peace and self.random.random() < chance

    def note(self, words: str, *, counted: str | None = None) -> None:
        self.trace.append(f"{self.clock.passed + self.clock.jumped} {words}")
        if counted:
            self.counts[counted] += 1

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()

    def run(self) -> "Simulation":
        """Run the schedule, make peace, and judge; the violations say what is wrong."""
        with ExitStack() as opened:
            opened.callback(self._close)
            self._start(sync=True)
            for _ in range(STEPS):
                if not self._step():
                    break
            self._make_peace()
            self._judge()
        return self

    def die_once(self, at: int | None) -> "Simulation":
        """Let one sync die at its n-th crossing, and nothing else go wrong."""
        self.dies_at, self.at_peace = at, True
        with ExitStack() as opened:
            opened.callback(self._close)
            self._start(sync=True)
            self._make_peace()
            self._judge()
        return self

    def _step(self) -> bool:
        """Let one worker go on, or do something unusual; False when nobody has work any more."""
        self.clock.push(seconds=self.random.uniform(0, 2))
        self._do_what_is_late()
        if len(self._alive()) < AT_ONCE and len(self.workers) < WORKERS and self.draws(0.05):
            self._start(sync=self.random.random() < 0.6)
        if self.draws(UNUSUAL):
            self.random.choice([self._edit, self._report, self._jump, self._doze])()
        awake = [one for one in self._alive() if one.sleeps_until <= self.clock.passed]
        if awake:
            self.random.choice(awake).go_on()
        elif self._alive():
            self.clock.push(minutes=5)
        elif len(self.workers) == WORKERS:
            return False
        else:
            self._start(sync=self.random.random() < 0.6)
        return True

    def _start(self, *, sync: bool) -> None:
        name = f"{'sync' if sync else 'delivery'}{len(self.workers) + 1}"
        self.note(f"{name} starts", counted="workers")
        self.workers.append(
            Worker(
                name,
                self,
                (lambda pipeline: sync_client(pipeline, name)) if sync else deliver_leftovers,
            )
        )

    def _alive(self) -> list[Worker]:
        return [worker for worker in self.workers if not worker.is_over]

    def _doze(self) -> None:
        """Somebody is stopped, and sleeps past its lease."""
        if alive := self._alive():
            sleeper = self.random.choice(alive)
            sleeper.sleeps_until = self.clock.passed + timedelta(minutes=self.random.randint(5, 90))
            self.note(f"{sleeper.name} sleeps", counted="sleeps")

    def _jump(self) -> None:
        """The clock jumps by a day, or by some minutes, and time does not."""
        jump = timedelta(minutes=self.random.choice((1440, 1440, 30, -30, -1440)))
        self.clock.jumped += jump
        self.note(f"the clock jumps by {jump}", counted="clock jumps")

    def _edit(self) -> None:
        """Somebody in the client's house changes a record."""
        system = self.random.choice(self.systems)
        key = self.random.choice(list(system.held))
        number = self.random.randint(100, 999)
        field_name, value = self.random.choice(
            [("phone", f"+442079460{number}"), ("street", f"{number} Quay Parade")]
        )
        system.put(key, **{field_name: value})
        self.note(f"{system.name} {key} is edited", counted="edits")

    def _report(self) -> None:
        """The carrier reports on some mails, some of them twice; on others it never does."""
        events = []
        for number, mail in enumerate(self.mailer.sent):
            if mail.reference in self.reported:
                continue
            self.reported.add(mail.reference)
            if self.random.random() < 0.6:
                event = MailEvent(
                    effect_id=UUID(mail.reference),
                    event_id=f"event-{number}",
                    event="delivered",
                    reason=None,
                    occurred_at=self.clock(),
                )
                events += [event] * self.random.randint(1, 2)
        if events:
            record_mail_events(self.portal, events)
            self.note(f"{len(events)} events", counted="events")

    @property
    def portal(self) -> Database:
        if not hasattr(self, "_portal"):
            url = role_url(self.store.url, PORTAL_ROLE, secret_key=SECRET)
            self._portal = Database(url, pool_size=1)
        return self._portal

    def _do_what_is_late(self) -> None:
        for entry in [one for one in self.late if one[0] <= self.clock.passed]:
            self.late.remove(entry)
            self.note(f"late: {entry[1]}")
            entry[2]()

    # Peace -----------------------------------------------------------------------------------

    def _make_peace(self) -> None:
        """Let everybody finish, and sync by the hour until nothing is due."""
        self.at_peace = True
        self.note("peace")
        while alive := self._alive():
            self.clock.push(seconds=1)
            self._do_what_is_late()
            self.random.choice(alive).go_on()
        self.peace_at = len(self.crossed)
        self.clock.push(days=2)  # longer than the clock may have jumped back
        for done in range(1, max(ROUNDS) + 1):
            self.clock.push(hours=1)
            self._do_what_is_late()
            self._start(sync=True)
            last = self.workers[-1]
            while not last.is_over:
                last.go_on()
            if done in ROUNDS and not self._unrest():
                return
        self.violations.append(f"it does not come to rest: {self._unrest()}")

    def _unrest(self) -> list[tuple]:
        return self.store.rows(
            "SELECT kind, target, state, problem FROM effect"
            " WHERE state IN ('ready', 'inflight', 'held')"
            " OR (state = 'unknown' AND kind = 'email')"
            " UNION ALL SELECT 'version', version_id::text, state, cause FROM version_state"
            " WHERE state = 'pending'"
        )

    def _judge(self) -> None:
        self.violations += [
            f"{worker.name} ended with {worker.failure!r}"
            for worker in self.workers
            if worker.failure is not None
        ]
        ledger = SimulatedLedger(self.systems, self.agency, self.mailer)
        with self.store.client() as store:
            self.violations += audit_client(store, ledger=ledger, now=self.clock()).breaches

    def _close(self) -> None:
        for worker in self.workers:
            if not worker.is_over:  # a simulation that broke off: let its threads end
                worker.simulation.handed_back.release()
            worker.database.close()
        if hasattr(self, "_portal"):
            self._portal.close()
