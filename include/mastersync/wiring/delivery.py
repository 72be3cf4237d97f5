"""Delivering for all clients together, each as its own role, by any number of workers."""

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass

from mastersync.config.clients import load_client
from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings
from mastersync.domain.effects.model import EffectKind
from mastersync.errors import ConfigError, MastersyncError, PermanentError
from mastersync.ports.connections import Connections
from mastersync.store.outboxes import due_clients
from mastersync.usecases.deliver_effects import Performer, deliver_turn, take_over
from mastersync.usecases.delivery_tickets import tell_of_trouble
from mastersync.usecases.drain_fairly import drain_fairly
from mastersync.usecases.plan_confirmations import MAIL_TARGET
from mastersync.usecases.push_to_system import PushPerformer
from mastersync.usecases.release_plan import tell_of_disabled
from mastersync.usecases.send_confirmations import MailPerformer
from mastersync.usecases.settle_mails import settle_silent_mails
from mastersync.wiring.client import Client, open_client
from mastersync.wiring.clock import StoreClock
from mastersync.wiring.ordering import open_orders
from mastersync.wiring.stores import open_desk
from mastersync.wiring.sync import SILENCE, target_systems

_MOST_OPEN = 16  # clients at a time: each has a connection to the store


def clients_with_work(settings: Settings) -> list[str]:
    """Return the clients that have something due."""
    with open_desk(settings) as desk:
        return due_clients(desk, list_clients(settings.clients_dir), now=StoreClock(desk)())


def deliver_for_all(
    settings: Settings, connections: Connections, *, worker: int = 0, seconds: float
) -> dict[str, Counter[str]]:
    """Deliver what is due, a claim at a time for whoever has had least of this worker's time.

    Safe beside other workers; ``worker`` only lets each begin with another client. Returns what
    was done: client → deed → number.

    Raises:
        ConfigError: The store refuses a client's login; when all others have been served.
    """
    began = time.monotonic()
    with open_desk(settings) as desk, closing(_Lanes(settings, connections)) as lanes:
        clock = StoreClock(desk)

        def find_due() -> dict[str, float]:
            due = due_clients(desk, list_clients(settings.clients_dir), now=clock())
            first = worker % max(1, len(due))
            shares = [(one, _share(settings, one)) for one in due[first:] + due[:first]]
            return {one: share for one, share in shares if share and one not in lanes.refused}

        drain_fairly(
            find_due, lanes.turn, elapsed=lambda: time.monotonic() - began, seconds=seconds
        )
        if lanes.refused:
            raise next(iter(lanes.refused.values()))
        return lanes.delivered


def _share(settings: Settings, client_id: str) -> float:
    """Return the client's share; 0 when its file is wrong, which the DAG files report."""
    try:
        return load_client(settings.clients_dir / client_id).share
    except ConfigError:
        return 0.0


class _Lanes:
    """The lanes of clients whose turn came lately; the one not used for longest is closed."""

    def __init__(self, settings: Settings, connections: Connections) -> None:
        self._settings = settings
        self._connections = connections
        self._open: OrderedDict[str, tuple[Lane, ExitStack]] = OrderedDict()
        self.delivered: dict[str, Counter[str]] = {}
        self.refused: dict[str, ConfigError] = {}

    def turn(self, client_id: str) -> bool:
        """Deliver one claim for a client; False when it has nothing due."""
        try:
            done = self._lane(client_id).turn()
        except ConfigError as error:
            self.refused[client_id] = error
            return False
        if done is None:
            return False
        self.delivered.setdefault(client_id, Counter()).update(done)
        return True

    def close(self) -> None:
        """Close them all."""
        for _, stack in self._open.values():
            stack.close()

    def _lane(self, client_id: str) -> "Lane":
        if client_id not in self._open:
            with ExitStack() as stack:
                client = stack.enter_context(
                    open_client(client_id, self._connections, settings=self._settings)
                )
                lane = Lane(client, stack.enter_context(ExitStack()))
                self._open[client_id] = (lane, stack.pop_all())
        self._open.move_to_end(client_id)
        while len(self._open) > _MOST_OPEN:
            _, (_, stack) = self._open.popitem(last=False)
            stack.close()
        return self._open[client_id][0]


class Lane:
    """One client's targets, one after the other; each is opened when its turn comes."""

    def __init__(self, client: Client, stack: ExitStack) -> None:
        self._client = client
        self._stack = stack
        self._waiting = deque(_targets(client))

    def turn(self) -> Counter[str] | None:
        """Deliver one claim at the next target that has something due; None when none has.

        A target that refuses us has a ticket, and is left alone for the rest of this run.
        """
        for _ in range(len(self._waiting)):
            target = self._waiting.popleft()
            try:
                done = self._deliver(target)
            except (ConfigError, PermanentError) as error:
                self._tell(target, error)
                continue
            self._waiting.append(target)
            if done is not None:
                return done
        return None

    def _deliver(self, target: "_Target") -> Counter[str] | None:
        client = self._client
        if target.performer is None:
            target.performer = self._stack.enter_context(target.opening)
            take_over(client.store, target.performer, now=client.clock())
        return deliver_turn(
            client.store, target.performer, clock=client.clock, failpoint=client.failpoint
        )

    def _tell(self, target: "_Target", error: MastersyncError) -> None:
        now = self._client.clock()
        with self._client.store.begin() as unit:
            tell_of_trouble(unit, target.kind, target.name, error, now=now)


@dataclass
class _Target:
    kind: EffectKind
    name: str
    opening: AbstractContextManager[Performer]
    performer: Performer | None = None


def _targets(client: Client) -> Iterator[_Target]:
    """Yield where a client's effects go; of one that is disabled or only watched, nothing goes."""
    tell_of_disabled(client.store, client.rules, now=client.clock())
    with client.store.begin() as unit:
        run_id = unit.runs.newest()
    if run_id is None or not client.rules.release.delivers:
        return
    for system in target_systems(client):
        yield _Target(EffectKind.PUSH, system, _pushing(client, system, run_id))
    if client.rules.credit is not None:
        yield _Target(EffectKind.CREDIT_ORDER, client.rules.credit.agency, open_orders(client))
    if client.rules.confirmation is not None:
        yield _Target(EffectKind.EMAIL, MAIL_TARGET, _mailing(client))


@contextmanager
def _pushing(client: Client, system: str, run_id: str) -> Iterator[Performer]:
    with client.writer(system) as writer:
        yield PushPerformer(system, writer, run_id=run_id)


@contextmanager
def _mailing(client: Client) -> Iterator[Performer]:
    settle_silent_mails(client.store, wait=SILENCE, now=client.clock())
    setting = client.mail_setting()
    yield MailPerformer(client.store, client.mailer(), setting, render=client.render)
