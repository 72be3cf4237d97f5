"""What a ticket says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TicketKind(StrEnum):
    """What a ticket is about, and so who clears it and how."""

    TASK = "task"  # an Airflow task failed
    RECORD = "record"  # records that cannot be used, by cause
    REVIEW = "review"  # two records may be the same customer
    CREDIT = "credit"  # a credit check cannot be made or decided
    EFFECT = "effect"  # a push, order or mail was refused or its outcome is unknown
    GUARD = "guard"  # a limit stopped a plan
    CONFIG = "config"  # a client's configuration is wrong


@dataclass(frozen=True, kw_only=True)
class TaskReference:
    """The task instance a ticket is about."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    try_number: int
    log_url: str


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
