"""A person clears a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mastersync.domain.decisions.model import PairWord
from mastersync.domain.matching.model import SourceKey, Verdict
from mastersync.domain.tickets.model import Ticket, TicketKind
from mastersync.errors import ConflictError, RuleError
from mastersync.ports.store import Unit
from mastersync.ports.tickets import TicketDesk
from mastersync.usecases.decide_pair import Decided, decide_pair
from mastersync.usecases.plan_tickets import HELD_BY_PERSON, HELD_PLANS


class PairVerdict(StrEnum):
    """What a review ticket asks: are these two records one customer?"""

    SAME = "same"
    DIFFERENT = "different"


_VERDICTS = {PairVerdict.SAME: Verdict.SAME, PairVerdict.DIFFERENT: Verdict.NOT_SAME}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a person clears a ticket, and why; ``insist`` withdraws decisions that say otherwise."""

    by: str
    note: str
    verdict: PairVerdict | None = None
    insist: bool = False


def resolve_ticket(
    ticket: Ticket, answer: Answer, *, desk: TicketDesk, unit: Unit, now: datetime
) -> Decided | None:
    """Resolve the ticket; a review ticket's verdict is decided in the same transaction.

    The verdict on two records that have customers already merges or parts these at once.

    Raises:
        RuleError: A verdict is missing where one is asked, or given where none is; it contradicts
            decisions in force; or it is about a held plan, which nobody would be asked about any
            more.
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
    decided = None
    if verdict is not None:
        word = PairWord(
            verdict=_VERDICTS[verdict],
            left=_record(ticket, "left"),
            right=_record(ticket, "right"),
            author=by,
            reason=words,
            ticket_id=ticket.ticket_id,
        )
        decided = decide_pair(unit, ticket.client_id, word, insist=answer.insist, now=now)
    summary: dict[str, object] = {"ticket_id": ticket.ticket_id, "kind": ticket.kind.value}
    if verdict is not None:
        summary["verdict"] = verdict.value
    unit.audit.append("ticket.resolved", actor=by, run_id=None, summary=summary, now=now)
    return decided


def _record(ticket: Ticket, side: str) -> SourceKey:
    """Return one of the two records that a review ticket asks about."""
    record = ticket.detail.get(side)
    if not isinstance(record, Mapping) or not {"system", "key"} <= set(record):
        raise RuleError(
            f"Ticket {ticket.ticket_id} does not say which two records it is about.",
            next_step="Resolve it without a verdict; the next sync raises it anew.",
            ticket_id=ticket.ticket_id,
        )
    return SourceKey(system=str(record["system"]), key=str(record["key"]))


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
    prefix, _, about = ticket.cause_key.partition(":")
    client = ticket.client_id
    if prefix in HELD_PLANS:
        raise RuleError(
            f"Ticket {ticket.ticket_id} is about a plan that is held; nothing was saved.",
            next_step=f"Let it go out: mastersync release {client} {about}. Or withdraw it: "
            f"mastersync effect cancel {client} --run {about}.",
            ticket_id=ticket.ticket_id,
        )
    if prefix == HELD_BY_PERSON:
        raise RuleError(
            f"Ticket {ticket.ticket_id} is about effects that are held; nothing was saved.",
            next_step="Let them go with `mastersync effect release`, or withdraw them with "
            "`mastersync effect cancel`.",
            ticket_id=ticket.ticket_id,
        )
