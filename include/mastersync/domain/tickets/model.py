"""What a ticket says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

PLATFORM = "_platform"  # whose tickets are those of no client: our own house


class TicketKind(StrEnum):
    """What a ticket is about, and so who clears it and how."""

    TASK = "task"  # an Airflow task failed
    RECORD = "record"  # records that cannot be used, by cause
    REVIEW = "review"  # two records may be the same customer
    CREDIT = "credit"  # a credit check cannot be made or decided
    EFFECT = "effect"  # a push, order or mail was refused or its outcome is unknown
    GUARD = "guard"  # a limit stopped a plan
    CONFIG = "config"  # a client's configuration is wrong
    SLA = "sla"  # a clock nears its due time, or is past it


class WordsFrom(IntEnum):
    """Who said what went wrong; the higher one knows better."""

    STATE = 1  # nobody: Airflow only knows that it failed
    AIRFLOW = 2  # Airflow's own message
    ERROR = 3  # the error itself


@dataclass(frozen=True, kw_only=True)
class TaskReference:
    """The task instance a ticket is about; without ``task_id`` it is the whole run.

    ``failed_at`` is when it failed, as far as is known; None counts as "now".
    """

    dag_id: str
    run_id: str
    task_id: str | None
    map_index: int = -1
    try_number: int = 0
    log_url: str = ""
    failed_at: datetime | None = None
    words_from: WordsFrom = WordsFrom.ERROR


@dataclass(frozen=True, kw_only=True)
class TicketDraft:
    """A ticket to raise; raising the same ``cause_key`` again finds the one already there.

    ``cause`` says what is wrong and ``next_step`` what to do, in words and without personal
    data. ``subjects`` are what it is about (``version:17``, ``customer:C-…``, ``effect:…``); the
    ticket resolves itself when all of them are cleared.
    """

    cause_key: str
    kind: TicketKind
    title: str
    cause: str
    next_step: str
    subjects: tuple[str, ...] = ()
    task: TaskReference | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A ticket as it is kept; ``waiting_count`` of what it is about is not settled yet."""

    client_id: str
    ticket_id: int
    cause_key: str
    kind: TicketKind
    state: str  # open or resolved
    title: str
    cause: str
    next_step: str
    dag_id: str | None
    run_id: str | None
    task_id: str | None
    map_index: int | None
    try_number: int | None
    log_url: str | None
    detail: Mapping[str, object]
    seen_count: int
    opened_at: datetime
    last_seen_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    resolution: str | None
    waiting_count: int

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True, kw_only=True)
class TicketEvent:
    """One line of a ticket's history."""

    event: str  # opened, seen_again, reopened, resolved, noted
    actor: str
    words: str
    happened_at: datetime


@dataclass(frozen=True, kw_only=True)
class TicketSubject:
    """One thing that a ticket is about; settled once ``cleared_at`` is set."""

    subject: str
    added_at: datetime
    cleared_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TicketClock:
    """The most urgent SLA clock of what a ticket is about; ``clocks`` is how many run."""

    clause: str
    state: str
    due_at: datetime
    clocks: int


@dataclass(frozen=True, kw_only=True)
class TicketCount:
    """How many tickets of one client and kind are open."""

    client_id: str
    kind: TicketKind
    open_count: int
