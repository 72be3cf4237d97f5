"""What was promised, what happened, and what a clock says of the two.

Times are aware and UTC. A clock is read from facts alone: the events of a case, the clauses, their
calendars and ``now``; whoever has the same facts reads the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from mastersync.domain.sla.calendar import WorkingCalendar


class Request(StrEnum):
    """What a case asks of us."""

    NEW_CUSTOMER = "new_customer"
    CHANGE = "change"
    CREDIT_CHANGE = "credit_change"
    CORRECTION = "correction"  # a customer's own answer
    CLOSING = "closing"  # deleted at its source


class Milestone(StrEnum):
    """What a case passes on its way, in this order."""

    CHANGED = "changed"  # at its source
    SEEN = "seen"  # landed
    FORMED = "formed"  # part of a golden record
    DECIDED = "decided"  # its credit
    PUSHED = "pushed"  # all writes that it called for are done; formed, when it called for none
    VERIFIED = "verified"  # read back from the target, and equal
    ASKED = "asked"  # the customer's mail was accepted
    CONFIRMED = "confirmed"  # the customer answered


class Cause(StrEnum):
    """For whom a case waits, where it is not our own house."""

    AGENCY = "agency"
    CUSTOMER = "customer"
    CLIENT = "client"


class EventKind(StrEnum):
    """What happened to a case."""

    REACHED = "reached"  # a milestone
    PAUSED = "paused"
    RESUMED = "resumed"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"  # a pause or a waiver, taken back


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened to a case.

    ``reference`` tells pauses of one cause apart that overlap: a pause lasts until something of the
    same cause and reference resumes. What is withdrawn, by its reference, never was. ``clock`` is
    for a waiver of one clock; "" waives them all.
    ``evidence`` is what the client can check: a ticket, a mail, an order, a person and a reason.
    """

    kind: EventKind
    at: datetime
    milestone: Milestone | None = None
    cause: Cause | None = None
    evidence: str = ""
    reference: str = ""
    clock: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One change that we were told of: ``version:17`` or ``answer:3``.

    ``events`` may come in any order. A change that a newer one of the same record or customer
    overtakes before it is pushed goes on in that one, and what happens to that one is told of both:
    so it is done when the newer one is, and no newer one sets its clock back.
    """

    case_id: str
    request: Request
    segment: str = ""
    priority: str = "normal"
    events: tuple[Event, ...] = ()


class Unit(StrEnum):
    """What an allowance is counted in. A day of the wall is 24 hours."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_MINUTES = "working minutes"
    WORKING_HOURS = "working hours"
    WORKING_DAYS = "working days"


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """How long something may take."""

    amount: Decimal
    unit: Unit

    def __str__(self) -> str:
        unit = self.unit.value if self.amount != 1 else self.unit.value.removesuffix("s")
        return f"{self.amount.normalize():f} {unit}"


class Running(StrEnum):
    """What becomes of clocks that run when a clause comes into force."""

    KEEP = "keep"  # they keep the clause that they began under
    SWITCH = "switch"  # from then on it is as if they had begun under the new one


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One promise, for the cases that it fits.

    ``key`` is unique among a client's clauses; ``number`` is the contract's, which several may
    share. ``clock`` names what is measured ("seen to pushed"): of the clauses of one clock the most
    specific one holds for a case. ``requests``, ``segment`` and ``priority`` narrow it; empty is
    all. It is in force in ``[since, until)``. ``calendar`` is "" for an allowance of the wall.
    ``target`` is a share, 0 to 1; None promises no share.
    """

    key: str
    number: str
    clock: str
    start: Milestone
    stop: Milestone
    within: Allowance
    requests: frozenset[Request] = frozenset()
    segment: str = ""
    priority: str = ""
    calendar: str = ""
    pauses: frozenset[Cause] = frozenset()
    target: Decimal | None = None
    since: datetime | None = None
    until: datetime | None = None
    running: Running = Running.KEEP


@dataclass(frozen=True, kw_only=True)
class PriorityRule:
    """Which golden records have a priority."""

    priority: str
    when: Callable[[Mapping[str, str]], bool]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is told, and who answers when they are away."""

    name: str
    email: str
    deputy_name: str = ""
    deputy_email: str = ""


@dataclass(frozen=True, kw_only=True)
class Rung:
    """Who is told when so much of an allowance is used: ``at`` is a share, 1 is all of it.

    ``person`` is None for the operators, who have their list.
    """

    at: Decimal
    to: str
    person: Person | None = None


@dataclass(frozen=True, kw_only=True)
class CreditTier:
    """What the client gets back for a clause kept in less than ``below``; both are shares."""

    below: Decimal
    credit: Decimal


@dataclass(frozen=True, kw_only=True)
class SlaPolicy:
    """What one client was promised; ``zone`` is what its people read times in."""

    clauses: tuple[Clause, ...]
    zone: str
    calendars: Mapping[str, WorkingCalendar]
    priorities: tuple[PriorityRule, ...] = ()
    ladder: tuple[Rung, ...] = ()
    credit_tiers: tuple[CreditTier, ...] = ()
    most_credit: Decimal | None = None

    @property
    def milestones(self) -> frozenset[Milestone]:
        """Those that a clock starts or stops at."""
        return frozenset(at for clause in self.clauses for at in (clause.start, clause.stop))

    def priority_of(self, golden: Mapping[str, str]) -> str:
        """Return the priority of a golden record's cases: the first that holds, or "normal"."""
        return next((rule.priority for rule in self.priorities if rule.when(golden)), "normal")


class ClockState(StrEnum):
    """What a clock says."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"  # past its due time, done since or not
    WAIVED = "waived"


@dataclass(frozen=True, kw_only=True)
class Paused:
    """A stretch that a clock stood still. ``until`` is None while it does."""

    cause: Cause
    since: datetime
    until: datetime | None
    evidence: str


@dataclass(frozen=True, kw_only=True)
class ClockReading:
    """One clock of one case, as of ``now``.

    ``counts_from`` is later than ``started_at`` when it started after a cut-off. ``due_at`` of a
    paused clock is what it would be if it went on now. ``elapsed`` is working time where the
    clause counts it, without pauses; ``used`` is the share of the allowance, 1 when all is used.
    ``decided_at`` is when it became sure whether it was met: stopped in time, or due; a report
    counts the clock then. None while it is open.
    """

    case_id: str
    clause: Clause
    state: ClockState
    started_at: datetime | None = None
    counts_from: datetime | None = None
    due_at: datetime | None = None
    stopped_at: datetime | None = None
    decided_at: datetime | None = None
    elapsed: timedelta = timedelta(0)
    used: float = 0.0
    paused: tuple[Paused, ...] = ()
    waiver: Event | None = None
