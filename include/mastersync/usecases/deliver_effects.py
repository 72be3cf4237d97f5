"""Draining the outbox: claim, do, record; every boundary may be the last one crossed.

The claim is committed before the deed, with a lease and a fence; the record is only accepted
from whoever holds the fence. What a lost worker left is taken over by what its kind allows.
"""

from collections import Counter
from collections.abc import Callable, Sequence
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
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import ConfigError
from mastersync.ports.confirmation_requests import TroubledMailbox
from mastersync.ports.store import Store, Unit
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

_PATIENCE = 8  # attempts, after which a person is told, and it is tried more rarely
_RARELY = timedelta(hours=1)
_LEASE = timedelta(minutes=10)  # longer than _CLAIM_SIZE deeds at their deadline
_CLAIM_SIZE = 10
_AFTER_REFUSED_LOGIN = timedelta(minutes=5)

Clock = Callable[[], datetime]


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
    def state_of_lost(self) -> EffectState:
        """READY when an effect of a lost worker can be checked or sent again, else UNKNOWN."""
        ...

    def perform(self, effects: Sequence[ClaimedEffect], *, clock: Clock) -> list[Settlement]:
        """Do the effects; a settlement each, but for those whose lease ran out on the way.

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
    store: Store, performer: Performer, *, clock: Clock, failpoint: Failpoint = never
) -> Delivery:
    """Deliver everything due of this kind at this target.

    Safe beside other workers on the same outbox. Refusals and unknown outcomes raise tickets.
    """
    taken_over = _take_over(store, performer, now=clock())
    deeds: Counter[str] = Counter()
    while claimed := _claim(store, performer, now=clock(), failpoint=failpoint):
        failpoint(DELIVER_AFTER_CLAIM_COMMIT)
        held = [effect for effect in claimed if clock() < effect.lease_until]
        failpoint(DELIVER_BEFORE_DEED)
        try:
            settlements = performer.perform(held, clock=clock)
        except ConfigError:
            _give_back(store, held, now=clock())
            raise
        failpoint(DELIVER_AFTER_DEED)
        _record(store, performer, settlements, now=clock(), failpoint=failpoint)
        failpoint(DELIVER_AFTER_RECORD_COMMIT)
        deeds.update(settlement.deed.value for settlement in settlements)
    return Delivery(deeds=dict(deeds), taken_over=taken_over)


def perform_each(
    effects: Sequence[ClaimedEffect],
    perform: Callable[[ClaimedEffect, datetime], Settlement],
    *,
    clock: Clock,
) -> list[Settlement]:
    """Do effects one after the other, each only while its lease holds; see `Performer.perform`.

    A login that is refused on the way leaves the rest for later, and what was done stays done.
    """
    settled: list[Settlement] = []
    for place, effect in enumerate(effects):
        now = clock()
        if now >= effect.lease_until:
            break  # this process was asleep: somebody else has it, and may have done it
        try:
            settled.append(perform(effect, now))
        except ConfigError as error:
            if not settled:
                raise
            return settled + _after_refused_login(effects[place:], error.problem, now=now)
    return settled


def _take_over(store: Store, performer: Performer, *, now: datetime) -> int:
    with store.begin() as unit:
        reaped = unit.effects.reap(
            performer.kind, target=performer.target, state=performer.state_of_lost, now=now
        )
        if reaped and performer.state_of_lost is EffectState.UNKNOWN:
            _ask_about_unknown(unit, performer, [str(effect_id) for effect_id in reaped], now=now)
    return len(reaped)


def _claim(
    store: Store, performer: Performer, *, now: datetime, failpoint: Failpoint
) -> list[ClaimedEffect]:
    with store.begin() as unit:
        claimed = unit.effects.claim(
            performer.kind, target=performer.target, size=_CLAIM_SIZE, lease=_LEASE, now=now
        )
        if claimed:
            failpoint(DELIVER_BEFORE_CLAIM_COMMIT)
    return claimed


def _give_back(store: Store, effects: Sequence[ClaimedEffect], *, now: datetime) -> None:
    """Return effects that were surely not done because the login was refused."""
    with store.begin() as unit:
        unit.effects.settle(
            _after_refused_login(effects, "The login was refused.", now=now), now=now
        )


def _after_refused_login(
    effects: Sequence[ClaimedEffect], problem: str, *, now: datetime
) -> list[Settlement]:
    return [
        Settlement(
            effect=effect,
            deed=Deed.RETRY,
            problem=problem,
            again_at=now + _AFTER_REFUSED_LOGIN,
        )
        for effect in effects
    ]


def _record(
    store: Store,
    performer: Performer,
    settlements: Sequence[Settlement],
    *,
    now: datetime,
    failpoint: Failpoint,
) -> None:
    settlements = [_paced(settlement, now=now) for settlement in settlements]
    with store.begin() as unit:
        ours = set(unit.effects.settle(settlements, now=now))
        recorded = [s for s in settlements if s.effect.effect_id in ours]
        performer.record(unit, recorded, now=now)
        _raise_refusals(unit, performer, recorded, now=now)
        _tell_of_long_waits(unit, performer, recorded, now=now)
        unknown = [str(s.effect.effect_id) for s in recorded if s.deed is Deed.UNKNOWN]
        if unknown:
            _ask_about_unknown(unit, performer, unknown, now=now)
        done = [s.effect for s in recorded if s.deed is Deed.DONE]
        unit.tickets.clear([subject for effect in done for subject in _subjects(effect)], now=now)
        failpoint(DELIVER_BEFORE_RECORD_COMMIT)


def _paced(settlement: Settlement, *, now: datetime) -> Settlement:
    """Return it with a longer wait when it was tried often."""
    if not _waits_long(settlement) or settlement.again_at is None:
        return settlement
    return replace(settlement, again_at=max(settlement.again_at, now + _RARELY))


def _waits_long(settlement: Settlement) -> bool:
    comes_again = settlement.deed in {Deed.RETRY, Deed.RECHECK}
    return comes_again and settlement.effect.attempt_count >= _PATIENCE


def _tell_of_long_waits(
    unit: Unit, performer: Performer, recorded: Sequence[Settlement], *, now: datetime
) -> None:
    """Raise a ticket on what a target has been too busy for, too long; a success clears it."""
    waiting = [settlement for settlement in recorded if _waits_long(settlement)]
    if not waiting:
        return
    unit.tickets.ensure(
        TicketDraft(
            cause_key=f"{performer.kind}:{performer.target}:away",
            kind=TicketKind.EFFECT,
            title=f"{performer.target} has not taken {_NOUN[performer.kind]} for a long time",
            cause=waiting[0].problem,
            next_step=f"See whether {performer.target} is up. It is tried again every hour, and "
            "this ticket closes when it succeeds.",
            subjects=tuple(_subjects(settlement.effect)[0] for settlement in waiting),
            detail={"effects": [str(s.effect.effect_id) for s in waiting[:20]]},
        ),
        now=now,
    )


def _raise_refusals(
    unit: Unit, performer: Performer, recorded: Sequence[Settlement], *, now: datetime
) -> None:
    by_problem: dict[str, list[Settlement]] = {}
    for settlement in recorded:
        if settlement.deed is Deed.FAILED:
            by_problem.setdefault(settlement.problem, []).append(settlement)
    for problem, refused in by_problem.items():
        unit.tickets.ensure(
            TicketDraft(
                cause_key=f"{performer.kind}:{performer.target}:refused:{problem}",
                kind=TicketKind.EFFECT,
                title=f"{performer.target} refused {_NOUN[performer.kind]}",
                cause=problem,
                next_step=refused[0].next_step or _NEXT_STEP[performer.kind],
                subjects=tuple(_subjects(settlement.effect)[0] for settlement in refused),
                detail={"effects": [str(s.effect.effect_id) for s in refused[:20]]},
            ),
            now=now,
        )


def _ask_about_unknown(
    unit: Unit, performer: Performer, effect_ids: Sequence[str], *, now: datetime
) -> None:
    if performer.kind is EffectKind.EMAIL:
        return  # the carrier's events settle it, or `settle_silent_mails` asks
    for effect_id in effect_ids:
        unit.tickets.ensure(
            TicketDraft(
                cause_key=f"{performer.kind}:{performer.target}:unknown:{effect_id}",
                kind=TicketKind.EFFECT,
                title=f"It is not known whether {performer.target} took {_NOUN[performer.kind]}",
                cause="The answer was lost after the request had been sent.",
                next_step=f"Ask {performer.target} by our reference {effect_id}. It is never "
                "sent again by itself: `mastersync resend` does it on your word.",
                subjects=(f"effect:{effect_id}",),
            ),
            now=now,
        )


def report_undeliverable(store: Store, *, now: datetime) -> int:
    """Raise one ticket about customers whose mail bounced, was dropped or complained about.

    A person is told once of each; a customer with another address is settled. Returns how many
    cannot be reached.
    """
    with store.begin() as unit:
        troubled = unit.confirmations.undeliverable()
        unit.tickets.clear([_mailbox(one) for one in troubled if not one.is_dead], now=now)
        dead = [one for one in troubled if one.is_dead]
        news = [one for one in dead if not one.is_told]
        if news:
            unit.tickets.ensure(
                TicketDraft(
                    cause_key="email:undeliverable",
                    kind=TicketKind.EFFECT,
                    title="Customers who cannot be reached by mail",
                    cause="The carrier reported a bounce, a drop or a complaint. They are not "
                    "written to again.",
                    next_step="Correct the email addresses at their source, or ask by phone.",
                    subjects=tuple(_mailbox(one) for one in news),
                ),
                now=now,
            )
    return len(dead)


def _mailbox(troubled: TroubledMailbox) -> str:
    return f"mailbox:{troubled.customer_id}"


def settle_silent_mails(store: Store, *, wait: timedelta, now: datetime) -> dict[str, int]:
    """Settle mails of unknown outcome by the carrier's events; ask a person about silent ones."""
    with store.begin() as unit:
        reported, silent = unit.effects.settle_mails(wait=wait, now=now)
        unit.tickets.clear([f"effect:{effect_id}" for effect_id in reported], now=now)
        if silent:
            unit.tickets.ensure(
                TicketDraft(
                    cause_key="email:unknown",
                    kind=TicketKind.EFFECT,
                    title="Mails that the carrier never reported on",
                    cause="They were sent twice, and no event came back for either.",
                    next_step="Look them up at the mail carrier by our reference; check that its "
                    "event webhook reaches the portal.",
                    subjects=tuple(f"effect:{effect_id}" for effect_id in silent),
                ),
                now=now,
            )
    return {"reported": len(reported), "silent": len(silent)}


def _subjects(effect: ClaimedEffect) -> tuple[str, str]:
    """Return what a ticket on this effect is about: the write, so that a later one settles it."""
    return f"write:{effect.target}:{effect.customer_id}", f"effect:{effect.effect_id}"


_NOUN = {
    EffectKind.PUSH: "a customer's data",
    EffectKind.CREDIT_ORDER: "an order for a credit report",
    EffectKind.EMAIL: "a confirmation mail",
}
_NEXT_STEP = {
    EffectKind.PUSH: "Correct the value at its source or the mapping; it is planned again then.",
    EffectKind.CREDIT_ORDER: "Check the company with the agency before anything is ordered again.",
    EffectKind.EMAIL: "Correct the customer's email address; the customer is asked again then.",
}
