"""What SLA clocks are read from, what people say of them, and the clocks as they were read last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from mastersync.domain.sla.model import Cause, ClockState, Milestone, Request


@dataclass(frozen=True, kw_only=True)
class FoundCase:
    """A change that we were told of, in a version or an answer, and how far it went.

    ``subject`` is the record, ``system:key``, or the customer who answered. ``owner_id`` is whose
    it was when it was formed, ``customer_id`` whose it is today. ``planned_at`` is when all writes
    that it calls for were planned. ``fields`` are of the golden record that it was formed into, or
    its own before.
    """

    case_id: str
    request: Request
    version_id: int | None
    record_id: int | None
    customer_id: str | None
    owner_id: str | None
    subject: str
    changed_at: datetime | None
    seen_at: datetime
    formed_at: datetime | None
    planned_at: datetime | None
    run_id: str | None
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CalledWrite:
    """A write that a case called for.

    ``is_written`` is False where nothing had to be written after all. ``read_back_at`` is when the
    target was read and held it.
    """

    case_id: str
    effect_id: UUID
    target: str
    is_written: bool
    settled_at: datetime | None
    read_back_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A stretch that a case waited, or was set aside (``waiting_for`` is None).

    ``cause`` is a ticket's or ``effect:<id>`` of an order, which ``ordered_at`` was first sent.
    """

    case_id: str
    waiting_for: str | None
    cause: str
    since: datetime
    until: datetime | None
    ordered_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Word:
    """What an agency or the customer said, or that the customer was asked."""

    case_id: str
    milestone: Milestone
    at: datetime
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a person said of a case: a pause, or a waiver; one of the two numbers is None.

    ``withdrawn_at`` is when it was taken back.
    """

    case_id: str
    pause_id: int | None
    waiver_id: int | None
    cause: str | None
    clock: str
    evidence: str
    since: datetime
    until: datetime | None
    ended_by: str | None
    withdrawn_at: datetime | None
    withdrawn_with: str | None

    @property
    def reference(self) -> str:
        """What it is called by: ``pause:3`` or ``waiver:3``."""
        return f"waiver:{self.waiver_id}" if self.pause_id is None else f"pause:{self.pause_id}"


@dataclass(frozen=True, kw_only=True)
class KeptClock:
    """A clock as it was read last.

    ``rung`` is the share of its allowance at which people were told of it last; ``look_at`` when
    time alone may change it next.
    """

    case_id: str
    clock: str
    clause: str
    request: Request
    segment: str
    priority: str
    record_id: int | None
    customer_id: str | None
    state: ClockState
    started_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None
    decided_at: datetime | None
    used: float
    rung: Decimal | None
    look_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ClockOnRung:
    """A clock that people were told of: ``rung`` is the share of its allowance at which."""

    case_id: str
    clock: str
    clause: str
    rung: Decimal


@dataclass(frozen=True, kw_only=True)
class KeptClocks:
    """Clocks as they are kept, a column a field of `KeptClock`; times are seconds since 1970."""

    case_id: Sequence[str]
    clock: Sequence[str]
    clause: Sequence[str]
    request: Sequence[str]
    segment: Sequence[str]
    priority: Sequence[str]
    record_id: Sequence[int | None]
    customer_id: Sequence[str | None]
    state: Sequence[ClockState]
    started_at: Sequence[int | None]
    due_at: Sequence[int | None]
    stopped_at: Sequence[int | None]
    decided_at: Sequence[int | None]
    used: Sequence[float]
    rung: Sequence[Decimal | None]
    look_at: Sequence[int | None]

    def __len__(self) -> int:
        return len(self.case_id)

    def on_rungs(self) -> list[ClockOnRung]:
        """Return those that people are to be told of."""
        rows = zip(self.case_id, self.clock, self.clause, self.rung, strict=True)
        return [
            ClockOnRung(case_id=case_id, clock=clock, clause=clause, rung=rung)
            for case_id, clock, clause, rung in rows
            if rung is not None
        ]


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Up to when clocks were read, and what stands for the promises that they were read by."""

    promises: str
    watched_at: datetime


@dataclass(frozen=True, kw_only=True)
class ClockCount:
    """How many clocks of a clause are in a state; ``open`` those that are not over."""

    clause: str
    state: ClockState
    clocks: int
    open: int
    next_due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OpenPause:
    """A pause by a person's word that is not over."""

    pause_id: int
    paused_at: datetime


class SlaFacts(Protocol):
    """What happened to the cases of one client, within one transaction."""

    def touched(self, *, since: datetime | None, now: datetime) -> list[str]:
        """Return the cases whose clocks may say something else than at ``since``; None: all."""
        ...

    def cases(self, case_ids: Sequence[str], *, fields: Sequence[str]) -> list[FoundCase]:
        """Return those that are cases, with these fields; what tells us nothing new is none."""
        ...

    def writes(self, cases: Sequence[FoundCase]) -> list[CalledWrite]:
        """Return the writes that the cases called for, of those that were planned."""
        ...

    def waits(self, cases: Sequence[FoundCase]) -> list[Wait]:
        """Return when they waited before they were formed."""
        ...

    def words(self, cases: Sequence[FoundCase]) -> list[Word]:
        """Return what agencies and customers said first since."""
        ...

    def told(self, cases: Sequence[FoundCase]) -> list[Told]:
        """Return what people said of them."""
        ...


class SlaClocks(Protocol):
    """The clocks of one client, within one transaction."""

    def watch(self) -> Watch | None:
        """Return up to when they were read; holds others off until the transaction ends."""
        ...

    def keep_watch(self, watch: Watch) -> None:
        """Note up to when they were read."""
        ...

    def on_rungs(self, case_ids: Sequence[str]) -> list[ClockOnRung]:
        """Return those of the clocks of these cases that people were told of."""
        ...

    def keep(self, case_ids: Sequence[str], clocks: KeptClocks) -> None:
        """Keep these as the clocks of these cases; other ones that they had are dropped."""
        ...

    def open(self, *, limit: int) -> list[KeptClock]:
        """Return those that are not over, the most urgent first."""
        ...

    def stopped_last(self, *, of_each: int, among: int) -> list[str]:
        """Return the cases whose clocks were decided last, so many of each clock at most."""
        ...

    def counts(self) -> list[ClockCount]:
        """Count them by clause and state."""
        ...

    def of_run(self, run_id: str) -> list[ClockCount]:
        """Count by clause those that a run's changes touch, whether it is over or not."""
        ...

    def in_period(self, since: datetime, until: datetime) -> list[str]:
        """Return the cases with a clock that was decided in ``[since, until)``, or is open."""
        ...


class SlaWords(Protocol):
    """What people say of a client's cases, within one transaction."""

    def pause(
        self, case_id: str, cause: Cause, *, since: datetime, evidence: str, by: str, now: datetime
    ) -> int:
        """Keep that a case waits for somebody; returns the pause's number."""
        ...

    def paused(self, case_id: str) -> list[OpenPause]:
        """Return the pauses of a case that are not over."""
        ...

    def resume(
        self, pause_ids: Sequence[int], *, at: datetime, evidence: str, by: str, now: datetime
    ) -> None:
        """Keep that pauses are over."""
        ...

    def waive(self, case_id: str, *, clock: str, evidence: str, by: str, now: datetime) -> None:
        """Keep that a clock of a case does not count; "" is all of them."""
        ...

    def withdraw(self, told: Told, *, reason: str, by: str, now: datetime) -> None:
        """Keep that what was said is taken back."""
        ...

    def told_of(self, case_id: str) -> list[Told]:
        """Return what people said of a case, taken back or not."""
        ...


class Sla(SlaFacts, SlaClocks, SlaWords, Protocol):
    """All of it: one station of the store."""
