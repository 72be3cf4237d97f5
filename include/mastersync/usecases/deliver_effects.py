"""Draining the outbox: claim, do, record; every boundary may be the last one crossed.

The claim is committed before the deed, with a lease and a fence; right before each request the
store is asked whether the fence is still ours; the record is only accepted from whoever holds it.
What a lost worker left is taken over by what its kind allows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from mastersync.domain.effects.model import (
    ClaimedEffect,
    Deed,
    EffectKind,
    EffectState,
    Settlement,
)
from mastersync.domain.effects.patience import wait_after
from mastersync.errors import ConfigError
from mastersync.ports.store import Store, Unit
from mastersync.usecases.delivery_tickets import (
    PATIENCE,
    tell_of_absence,
    tell_of_lost,
    tell_of_settled,
)
from mastersync.usecases.failpoints import (
    DELIVER_AFTER_CLAIM_COMMIT,
    DELIVER_AFTER_DEED,
    DELIVER_AFTER_RECORD_COMMIT,
    DELIVER_BEFORE_CLAIM_COMMIT,
    DELIVER_BEFORE_DEED,
    DELIVER_BEFORE_RECORD_COMMIT,
    Failpoint,
    never,
)
from mastersync.usecases.lease import Clock, Lease, after_refused_login

_SHORTEST_LEASE = timedelta(minutes=10)
_REQUESTS_IN_A_LEASE = 3
_SHORTEST_SETTLING = timedelta(seconds=60)
_FAILURES_IN_A_ROW = 3  # turns in vain, after which a target rests
_SHORT = timedelta(seconds=30)  # a pause that a target may ask for without being let rest
_COMES_AGAIN = frozenset({Deed.RETRY, Deed.RECHECK})
_NOT_DONE = frozenset({Deed.UNTRIED, Deed.RETRY, Deed.RECHECK, Deed.UNKNOWN})


class Performer(Protocol):
    """Does effects of one kind at one target."""

    @property
    def kind(self) -> EffectKind:
        """What it does."""
        ...

    @property
    def target(self) -> str:
        """Where."""
        ...

    @property
    def claim_size(self) -> int:
        """How many effects are claimed at once: as many may be stranded by a worker that dies."""
        ...

    @property
    def patience(self) -> timedelta:
        """The longest that one request takes, ours or the target's."""
        ...

    @property
    def state_of_lost(self) -> EffectState:
        """READY when an effect of a lost worker can be checked or sent again, else UNKNOWN."""
        ...

    def perform(self, effects: Sequence[ClaimedEffect], lease: Lease) -> list[Settlement]:
        """Do the effects; a settlement each.

        Raises:
            ConfigError: The login was refused at the first; nothing was done.
        """
        ...

    def record(self, unit: Unit, settlements: Sequence[Settlement], *, now: datetime) -> None:
        """Record what goes with the settlements, in the transaction that settles them."""
        ...


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What a drain did: deed → number, and how many workers' leftovers it took over."""

    deeds: dict[str, int]
    taken_over: int

    def as_counts(self) -> dict[str, int]:
        """Return it as a task's result."""
        return {**self.deeds, "taken_over": self.taken_over}


def deliver_effects(
    store: Store,
    performer: Performer,
    *,
    clock: Clock,
    failpoint: Failpoint = never,
    until: datetime | None = None,
) -> Delivery:
    """Deliver everything due of this kind at this target; what is left ``until`` then is left.

    Safe beside other workers on the same outbox. Refusals and unknown outcomes raise tickets.
    """
    taken_over = take_over(store, performer, now=clock())
    deeds: Counter[str] = Counter()
    while until is None or clock() < until:
        done = deliver_turn(store, performer, clock=clock, failpoint=failpoint)
        if done is None:
            break
        deeds += done
    return Delivery(deeds=dict(deeds), taken_over=taken_over)


def take_over(store: Store, performer: Performer, *, now: datetime) -> int:
    """Take effects from lost workers; returns how many.

    They are not looked at before the longest request is over: a worker that is only thought to be
    lost, since the clock jumped, may have one under way.
    """
    with store.begin() as unit:
        reaped = unit.effects.reap(
            performer.kind,
            target=performer.target,
            state=performer.state_of_lost,
            lease=_lease(performer),
            again_at=now + settling_time(performer.patience),
            now=now,
        )
        if reaped and performer.state_of_lost is EffectState.UNKNOWN:
            lost = [str(effect_id) for effect_id in reaped]
            tell_of_lost(unit, performer.kind, performer.target, lost, now=now)
    return len(reaped)


def deliver_turn(
    store: Store, performer: Performer, *, clock: Clock, failpoint: Failpoint = never
) -> Counter[str] | None:
    """Claim, do and record once; returns deed → number, None when nothing is due."""
    claimed = _claim(store, performer, now=clock(), failpoint=failpoint)
    if not claimed:
        return None
    failpoint(DELIVER_AFTER_CLAIM_COMMIT)
    lease = Lease(store=store, clock=clock, failpoint=failpoint)
    failpoint(DELIVER_BEFORE_DEED)
    try:
        settlements = performer.perform(claimed, lease)
    except ConfigError as error:
        _give_back(store, claimed, error.problem, now=clock())
        raise
    failpoint(DELIVER_AFTER_DEED)
    _record(store, performer, settlements, now=clock(), failpoint=failpoint)
    failpoint(DELIVER_AFTER_RECORD_COMMIT)
    return Counter(settlement.deed.value for settlement in settlements)


def settling_time(patience: timedelta) -> timedelta:
    """Return how long after a lost answer the target has surely done it or not."""
    return max(_SHORTEST_SETTLING, patience)


def _lease(performer: Performer) -> timedelta:
    return max(_SHORTEST_LEASE, _REQUESTS_IN_A_LEASE * performer.patience)


def _claim(
    store: Store, performer: Performer, *, now: datetime, failpoint: Failpoint
) -> list[ClaimedEffect]:
    with store.begin() as unit:
        claimed = unit.effects.claim(
            performer.kind,
            target=performer.target,
            size=performer.claim_size,
            lease=_lease(performer),
            now=now,
        )
        if claimed:
            failpoint(DELIVER_BEFORE_CLAIM_COMMIT)
    return claimed


def _give_back(
    store: Store, effects: Sequence[ClaimedEffect], problem: str, *, now: datetime
) -> None:
    with store.begin() as unit:
        unit.effects.settle(after_refused_login(effects, problem, now=now), now=now)


def _record(
    store: Store,
    performer: Performer,
    settlements: Sequence[Settlement],
    *,
    now: datetime,
    failpoint: Failpoint,
) -> None:
    with store.begin() as unit:
        paced = [_paced(settlement, now=now) for settlement in settlements]
        ours = set(unit.effects.settle(paced, now=now))
        recorded = [s for s in settlements if s.effect.effect_id in ours]
        performer.record(unit, recorded, now=now)
        tell_of_settled(unit, performer.kind, performer.target, recorded, now=now)
        _note_health(unit, performer, recorded, now=now)
        failpoint(DELIVER_BEFORE_RECORD_COMMIT)


def _paced(settlement: Settlement, *, now: datetime) -> Settlement:
    """Return it with a time to come again: later each time, and not before it was asked to."""
    if settlement.deed is Deed.UNTRIED:
        return replace(settlement, again_at=now)
    if settlement.deed not in _COMES_AGAIN:
        return settlement
    effect = settlement.effect
    asked_for = max(timedelta(0), (settlement.again_at or now) - now)
    wait = wait_after(effect.attempt_count, of=str(effect.effect_id), asked_for=asked_for)
    return replace(settlement, again_at=now + wait)


def _note_health(
    unit: Unit, performer: Performer, recorded: Sequence[Settlement], *, now: datetime
) -> None:
    """Let a target rest that took nothing of a turn: longer each time, and a person is told."""
    if any(settlement.deed is Deed.DONE for settlement in recorded):
        unit.paces.note_success(performer.target, now=now)
        return
    tried = [settlement for settlement in recorded if settlement.deed is not Deed.UNTRIED]
    if not tried or any(settlement.deed not in _NOT_DONE for settlement in tried):
        return
    failures = unit.paces.note_failure(performer.target)
    pauses = [s.again_at - now for s in tried if s.deed is Deed.RETRY and s.again_at is not None]
    asked_for = max(pauses, default=timedelta(0))
    if failures >= _FAILURES_IN_A_ROW or asked_for > _SHORT:
        wait = wait_after(failures, of=performer.target, asked_for=asked_for)
        unit.paces.rest(performer.target, until=now + wait)
    if failures >= PATIENCE:
        tell_of_absence(unit, performer.kind, performer.target, tried[0].problem, now=now)
