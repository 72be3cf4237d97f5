"""Doing pushes: writing to a client system, and finding out what became of lost ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mastersync.domain.effects.model import (
    ClaimedEffect,
    Deed,
    EffectKind,
    EffectState,
    Settlement,
)
from mastersync.domain.records.mapping import value_at
from mastersync.errors import MastersyncError
from mastersync.ports.store import Unit
from mastersync.ports.systems import (
    Recovery,
    SystemWriter,
    Write,
    WriteOutcome,
    WriteState,
)
from mastersync.usecases.deliver_effects import Clock

_RETRY_AFTER = timedelta(minutes=1)
_SETTLE_TIME = timedelta(seconds=60)  # longer than the longest request of a client system


class PushPerformer:
    """Implements `deliver_effects.Performer` for one system."""

    kind = EffectKind.PUSH

    def __init__(self, system: str, writer: SystemWriter, *, run_id: str) -> None:
        self._system = system
        self._writer = writer
        self._run_id = run_id

    @property
    def target(self) -> str:
        """The system."""
        return self._system

    @property
    def state_of_lost(self) -> EffectState:
        """Lost pushes are checked again, unless the system cannot be asked."""
        blind = self._writer.recovery is Recovery.BLIND
        return EffectState.UNKNOWN if blind else EffectState.READY

    def perform(self, effects: Sequence[ClaimedEffect], *, clock: Clock) -> list[Settlement]:
        """Write the effects; what an earlier attempt may have written is looked up first."""
        settled: list[Settlement] = []
        to_write: list[ClaimedEffect] = []
        for effect in effects:
            found = self._look_up(effect, now=clock()) if effect.attempt_count > 1 else None
            if found is None:
                to_write.append(effect)
            else:
                settled.append(found)
        outcomes = self._writer.write([_write(effect) for effect in to_write]) if to_write else []
        now = clock()
        settled += [
            self._settlement(effect, outcome, now=now)
            for effect, outcome in zip(to_write, outcomes, strict=True)
        ]
        return settled

    def record(self, unit: Unit, settlements: Sequence[Settlement], *, now: datetime) -> None:
        """Link records that were created to their customers."""
        created = [
            settlement
            for settlement in settlements
            if settlement.deed is Deed.DONE
            and settlement.effect.record_id is None
            and settlement.outcome.get("key")
        ]
        unit.effects.record_created(created, run_id=self._run_id, now=now)

    def _look_up(self, effect: ClaimedEffect, *, now: datetime) -> Settlement | None:
        """Return the settlement of an effect that is already there; None when it is to be sent."""
        if self._writer.recovery is not Recovery.LOOKUP:
            return None
        try:
            held = self._writer.find(_write(effect))
        except MastersyncError as error:
            return _again(effect, error.problem, now=now + _RETRY_AFTER)
        if held is None:
            return None
        is_creation = effect.body.get("key") is None
        if is_creation or all(
            _same(value_at(held.payload, path), value) for path, value in effect.after.items()
        ):
            return Settlement(effect=effect, deed=Deed.DONE, outcome={"key": held.key})
        return None

    def _settlement(
        self, effect: ClaimedEffect, outcome: WriteOutcome, *, now: datetime
    ) -> Settlement:
        deed = _DEED[outcome.state]
        if deed is Deed.RETRY:
            wait = timedelta(seconds=outcome.retry_after or _RETRY_AFTER.total_seconds())
            return _again(effect, outcome.problem, now=now + wait)
        if deed is Deed.UNKNOWN and self._writer.recovery is not Recovery.BLIND:
            return Settlement(
                effect=effect,
                deed=Deed.RECHECK,
                problem=outcome.problem,
                again_at=now + _SETTLE_TIME,
            )
        return Settlement(
            effect=effect,
            deed=deed,
            problem=outcome.problem,
            outcome={"key": outcome.key} if outcome.key else {},
        )


_DEED = {
    WriteState.DONE: Deed.DONE,
    WriteState.CONFLICT: Deed.STALE,
    WriteState.REFUSED: Deed.FAILED,
    WriteState.RETRY: Deed.RETRY,
    WriteState.UNKNOWN: Deed.UNKNOWN,
}


def _again(effect: ClaimedEffect, problem: str, *, now: datetime) -> Settlement:
    return Settlement(effect=effect, deed=Deed.RETRY, problem=problem, again_at=now)


def _write(effect: ClaimedEffect) -> Write:
    key, guard = effect.body.get("key"), effect.body.get("guard")
    return Write(
        key=None if key is None else str(key),
        reference=effect.customer_id,
        idempotency_key=str(effect.effect_id),
        values=effect.after,
        guard=None if guard is None else str(guard),
    )


def _same(held: object, wanted: object) -> bool:
    return (
        str("" if held is None else held).strip() == str("" if wanted is None else wanted).strip()
    )
