"""A person clears a ticket."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mastersync.domain.tickets.model import Ticket, TicketKind
from mastersync.errors import ConflictError, RuleError
from mastersync.ports.store import AuditTrail
from mastersync.ports.tickets import TicketDesk
from mastersync.usecases.plan_run import HELD_PLAN


class PairVerdict(StrEnum):
    """What a review ticket asks: are these two records one customer?"""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a person clears a ticket, and why."""

    by: str
    note: str
    verdict: PairVerdict | None = None


def resolve_ticket(
    ticket: Ticket, answer: Answer, *, desk: TicketDesk, audit: AuditTrail, now: datetime
) -> None:
    """Resolve the ticket; a review ticket's verdict is recorded as a fact in the same transaction.

    Raises:
        RuleError: A verdict is missing where one is asked, or given where none is; or it is about a
            held plan, which nobody would be asked about any more.
        ConflictError: Somebody resolved it before.
    """
    by, verdict = answer.by, answer.verdict
    _check_verdict(ticket, verdict)
    _check_plan(ticket)
    words = answer.note or (verdict.value if verdict else "")
    if not desk.resolve(ticket, by=by, words=words, now=now):
        raise ConflictError(
            f"Ticket {ticket.ticket_id} is resolved already. Yours was not saved.",
            next_step=f"See by whom and why: mastersync ticket show {ticket.ticket_id}.",
            ticket_id=ticket.ticket_id,
        )
    if verdict is not None:
        is_same = verdict is PairVerdict.SAME
        desk.judge_pair(ticket, is_same=is_same, by=by, words=words, now=now)
    summary: dict[str, object] = {"ticket_id": ticket.ticket_id, "kind": ticket.kind.value}
    if verdict is not None:
        summary["verdict"] = verdict.value
    audit.append("ticket.resolved", actor=by, run_id=None, summary=summary, now=now)


def _check_verdict(ticket: Ticket, verdict: PairVerdict | None) -> None:
    is_review = ticket.kind is TicketKind.REVIEW
    if is_review and verdict is None:
        raise RuleError(
            f"Ticket {ticket.ticket_id} asks whether two records are one customer; no verdict"
            " was given and nothing was saved.",
            next_step="Say --same or --different.",
            ticket_id=ticket.ticket_id,
        )
    if verdict is not None and not is_review:
        raise RuleError(
            f"Ticket {ticket.ticket_id} is a {ticket.kind.value} ticket: there is no pair to"
            " judge, and nothing was saved.",
            next_step="Resolve it with --note alone.",
            ticket_id=ticket.ticket_id,
        )


def _check_plan(ticket: Ticket) -> None:
    prefix, _, run_id = ticket.cause_key.partition(":")
    if prefix == HELD_PLAN:
        raise RuleError(
            f"Ticket {ticket.ticket_id} is about a plan that is held; nothing was saved.",
            next_step=f"Let it go out: mastersync release {ticket.client_id} {run_id}. Or leave it "
            "held: a newer plan takes its place.",
            ticket_id=ticket.ticket_id,
        )
