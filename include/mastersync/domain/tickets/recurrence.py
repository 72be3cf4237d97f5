"""Whether a failure is news: what a ticket of its cause makes of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mastersync.domain.tickets.model import TaskReference, TicketDraft, WordsFrom


class Recurrence(StrEnum):
    """What raising a ticket that is already there comes to."""

    REOPENED = "reopened"
    SEEN_AGAIN = "seen_again"
    EXPLAINED = "explained"  # the same failure, now in better words
    KNOWN = "known"  # the same failure: nothing changes


@dataclass(frozen=True, kw_only=True)
class KnownTicket:
    """The ticket of a cause, as far as judging needs it.

    For a task's ticket ``last_seen_at`` is when the task last failed.
    """

    ticket_id: int
    cause_key: str
    state: str
    run_id: str | None
    try_number: int | None
    last_seen_at: datetime
    resolved_at: datetime | None
    words_from: int | None


@dataclass(frozen=True, kw_only=True)
class TaskSuccess:
    """A task instance (a whole run, without ``task_id``) that is not failed any more."""

    cause_key: str
    run_id: str
    try_number: int
    ended_at: datetime


def judge(known: KnownTicket, draft: TicketDraft) -> Recurrence:
    """Say what this draft means to the ticket of the same cause.

    Tickets without a task are raised by a step that finds the cause to be there now, so each
    call counts. A task's failure is told by several (the task, the scheduler, the sweep), late
    and more than once: only a later failure counts, never the same one again.
    """
    is_resolved = known.state == "resolved"
    if draft.task is None:
        return Recurrence.REOPENED if is_resolved else Recurrence.SEEN_AGAIN
    if _is_later(draft.task, known):
        return Recurrence.REOPENED if is_resolved else Recurrence.SEEN_AGAIN
    is_same_try = (draft.task.run_id, draft.task.try_number) == (known.run_id, known.try_number)
    if is_same_try and draft.task.words_from > (known.words_from or WordsFrom.STATE):
        return Recurrence.EXPLAINED
    return Recurrence.KNOWN


def settles(success: TaskSuccess, known: KnownTicket) -> bool:
    """Whether the success came after the failure the ticket is about."""
    if success.run_id == known.run_id and success.try_number != (known.try_number or 0):
        return success.try_number > (known.try_number or 0)
    return success.ended_at > known.last_seen_at


def _is_later(task: TaskReference, known: KnownTicket) -> bool:
    known_try = known.try_number or 0
    if task.run_id == known.run_id and task.try_number != known_try:
        return task.try_number > known_try
    if task.failed_at is None:
        return False
    # A mark by hand fails the same try again, after the ticket was resolved.
    if task.run_id == known.run_id:
        return known.resolved_at is not None and task.failed_at > known.resolved_at
    return task.failed_at > known.last_seen_at
