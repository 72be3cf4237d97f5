"""Doing pushes: writing to a client system, and finding out what became of lost ones."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, islice

from mastersync.domain.effects.model import (
    ClaimedEffect,
    Deed,
    EffectKind,
    EffectState,
    Settlement,
)
from mastersync.domain.records.mapping import value_at
from mastersync.errors import ConfigError
from mastersync.ports.store import Unit
from mastersync.ports.systems import (
    BatchRefusedError,
    Finding,
    Recovery,
    SystemWriter,
    Write,
    WriteOutcome,
    WriteState,
)
from mastersync.usecases.deliver_effects import settling_time
from mastersync.usecases.failpoints import (
    DELIVER_AFTER_ANSWER,
    DELIVER_BEFORE_BISECT,
    DELIVER_BEFORE_SEND,
)
from mastersync.usecases.lease import Lease, after_refused_login, untried

_SINGLE_WRITES = 20  # claimed at once where each needs a request of its own
_CUT_BY = 8  # a batch of writes of unknown outcome is as many times smaller the next time
_ILL = 3  # answers lost in a row, after which the rest is left for later
_ENOUGH = 6  # lost answers to one write, while the system took others: it is its own doing


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
    def patience(self) -> timedelta:
        """As long as the writer has."""
        return self._writer.patience

    @property
    def claim_size(self) -> int:
        """One batch; one write where the system cannot be asked about a lost one."""
        if self._writer.recovery is Recovery.BLIND:
            return 1
        return max(self._writer.batch_size, _SINGLE_WRITES)

    @property
    def state_of_lost(self) -> EffectState:
        """Lost pushes are checked again, unless the system cannot be asked."""
        blind = self._writer.recovery is Recovery.BLIND
        return EffectState.UNKNOWN if blind else EffectState.READY

    def perform(self, effects: Sequence[ClaimedEffect], lease: Lease) -> list[Settlement]:
        """Write the effects; what an earlier attempt may have written is looked up first."""
        settled = self._looked_up([effect for effect in effects if effect.doubts], lease=lease)
        known = {settlement.effect.effect_id for settlement in settled}
        to_write = [effect for effect in effects if effect.effect_id not in known]
        chunks = deque(_chunks(to_write, largest=self._writer.batch_size))
        return settled + _Writing(self._writer, lease, chunks).settlements()

    def record(self, unit: Unit, settlements: Sequence[Settlement], *, now: datetime) -> None:
        """Link records that were created to their customers."""
        created = [s.effect.effect_id for s in settlements if s.created_key is not None]
        unit.effects.link_created(created, run_id=self._run_id, now=now)

    def _looked_up(self, doubtful: Sequence[ClaimedEffect], *, lease: Lease) -> list[Settlement]:
        """Return the settlements of those that are not to be sent (again)."""
        settled: list[Settlement] = []
        if self._writer.recovery is Recovery.BLIND:
            return []  # a person had it sent again
        can_ask = self._writer.recovery is Recovery.LOOKUP
        for chunk in _in_groups(doubtful, self._writer.batch_size):
            findings: Sequence[Finding] = [Finding()] * len(chunk)
            if can_ask:
                findings = self._writer.find_each([_write(effect) for effect in chunk])
            settled += [
                settlement
                for effect, finding in zip(chunk, findings, strict=True)
                if (settlement := _known(effect, finding, can_ask=can_ask, now=lease.clock()))
            ]
        return settled


@dataclass
class _Writing:
    """The writes of one claim, chunk by chunk; a chunk that is refused as one is cut in two."""

    writer: SystemWriter
    lease: Lease
    chunks: deque[list[ClaimedEffect]]
    settled: list[Settlement] = field(default_factory=list)
    lost_in_a_row: int = 0

    def settlements(self) -> list[Settlement]:
        """Write until all is written, the lease is over, or the system is not well.

        Raises:
            ConfigError: The login was refused at the first.
        """
        while self.chunks:
            chunk = self.chunks.popleft()
            held = self.lease.still_ours(chunk, lasting=self.writer.patience)
            if not held:
                return self._left(chunk)
            try:
                if not self._write(held):
                    return self._left([])
            except ConfigError as error:
                if not self.settled:
                    raise
                rest = [*held, *(effect for one in self.chunks for effect in one)]
                return self.settled + after_refused_login(
                    rest, error.problem, now=self.lease.clock()
                )
        return self.settled

    def _write(self, chunk: list[ClaimedEffect]) -> bool:
        """Write a chunk; returns whether the system is well enough to go on."""
        self.lease.failpoint(DELIVER_BEFORE_SEND)
        try:
            outcomes = self.writer.write([_write(effect) for effect in chunk])
        except BatchRefusedError:
            self.lease.failpoint(DELIVER_BEFORE_BISECT)
            middle = len(chunk) // 2
            self.chunks.extendleft([chunk[middle:], chunk[:middle]])
            return True
        self.lease.failpoint(DELIVER_AFTER_ANSWER)
        now = self.lease.clock()
        self.settled += [
            self._settlement(effect, outcome, now=now)
            for effect, outcome in zip(chunk, outcomes, strict=True)
        ]
        states = {outcome.state for outcome in outcomes}
        is_lost = states == {WriteState.UNKNOWN}
        self.lost_in_a_row = self.lost_in_a_row + 1 if is_lost else 0
        return states != {WriteState.RETRY} and self.lost_in_a_row < _ILL

    def _left(self, chunk: list[ClaimedEffect]) -> list[Settlement]:
        rest = [effect for one in self.chunks for effect in one]
        return self.settled + untried([*chunk, *rest])

    def _settlement(
        self, effect: ClaimedEffect, outcome: WriteOutcome, *, now: datetime
    ) -> Settlement:
        deed = _DEED[outcome.state]
        again_at = None
        if deed is Deed.RETRY and outcome.retry_after:
            again_at = now + timedelta(seconds=outcome.retry_after)
        if deed is Deed.UNKNOWN and self.writer.recovery is not Recovery.BLIND:
            deed, again_at = Deed.RECHECK, now + settling_time(self.writer.patience)
        return Settlement(
            effect=effect,
            deed=deed,
            problem=outcome.problem,
            again_at=again_at,
            outcome={"key": outcome.key} if outcome.key else {},
        )


_DEED = {
    WriteState.DONE: Deed.DONE,
    WriteState.CONFLICT: Deed.STALE,
    WriteState.REFUSED: Deed.FAILED,
    WriteState.RETRY: Deed.RETRY,
    WriteState.UNKNOWN: Deed.UNKNOWN,
}


def _chunks(effects: Sequence[ClaimedEffect], *, largest: int) -> Iterator[list[ClaimedEffect]]:
    """Yield what goes in one request each: what had a lost answer goes with fewer others.

    So one record that breaks every batch it is in is soon alone.
    """
    by_doubts = sorted(effects, key=lambda effect: effect.doubts)
    for doubts, group in groupby(by_doubts, key=lambda effect: effect.doubts):
        yield from _in_groups(list(group), max(1, largest // _CUT_BY**doubts))


def _in_groups(effects: Sequence[ClaimedEffect], size: int) -> Iterator[list[ClaimedEffect]]:
    rest = iter(effects)
    while group := list(islice(rest, size)):
        yield group


def _known(
    effect: ClaimedEffect, finding: Finding, *, can_ask: bool, now: datetime
) -> Settlement | None:
    """Return the settlement of a doubtful effect; None when it is to be sent."""
    if finding.problem:
        return Settlement(effect=effect, deed=Deed.RETRY, problem=finding.problem, again_at=now)
    if finding.row is not None and _is_there(effect, finding.row.payload):
        return Settlement(effect=effect, deed=Deed.DONE, outcome={"key": finding.row.key})
    if effect.doubts < _ENOUGH or not effect.others_went:
        return None
    return Settlement(
        effect=effect,
        deed=Deed.FAILED if can_ask else Deed.UNKNOWN,
        problem="It took others, and broke off each time that this was sent.",
        next_step="Look for what is odd in the customer's data, or ask whoever runs the system; "
        "it is planned again when the data changes.",
    )


def _is_there(effect: ClaimedEffect, payload: object) -> bool:
    is_creation = effect.body.get("key") is None
    return is_creation or all(
        _same(value_at(payload, path), value) for path, value in effect.after.items()
    )


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
