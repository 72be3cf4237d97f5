"""The tickets of one client, written by whoever finds a cause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.domain.tickets.recurrence import (
    KnownTicket,
    Recurrence,
    TaskSuccess,
    judge,
    settles,
)
from mastersync.ports.tickets import OpenFailure
from mastersync.store.database import Session

ACTOR = "mastersync"


@dataclass(frozen=True, kw_only=True)
class _Opened:
    cause_key: str
    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class _About:
    subject: str
    cause_key: str
    kind: str
    title: str
    cause: str
    next_step: str
    detail: Mapping[str, Any]

    def draft(self) -> TicketDraft:
        return TicketDraft(
            cause_key=self.cause_key,
            kind=TicketKind(self.kind),
            title=self.title,
            cause=self.cause,
            next_step=self.next_step,
            subjects=(self.subject,),
            detail=self.detail,
        )


class PostgresTickets:
    """Implements ``ports.tickets.Tickets`` and ``FailureTickets``.

    Any number of processes may raise the same cause at once: the key is unique, and whoever
    judges a known ticket holds its row until the end of the transaction.
    """

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def ensure(self, draft: TicketDraft, *, now: datetime) -> int:
        """Open the ticket, or re-open or refresh the one of the same cause; returns its id."""
        ticket_ids, _ = self._raise_all([draft], now=now)
        return ticket_ids[draft.cause_key]

    def ensure_all(self, drafts: Sequence[TicketDraft], *, now: datetime) -> int:
        """Raise them in order; returns how many were opened or re-opened."""
        _, news_count = self._raise_all(drafts, now=now)
        return news_count

    def clear(
        self,
        subjects: Sequence[str],
        *,
        kinds: Sequence[TicketKind] = (),
        but: Sequence[tuple[str, str]] = (),
        now: datetime,
    ) -> int:
        """Mark the subjects as settled; see the port."""
        if not subjects:
            return 0
        about = {"client_id": self._client_id, "subjects": list(subjects)}
        locked = self._session.values("tickets/lock_tickets_about", **about)
        self._session.execute(
            "tickets/clear_subjects",
            **about,
            kinds=[str(kind) for kind in kinds or TicketKind],
            kept_causes=[cause_key for cause_key, _ in but],
            kept_subjects=[subject for _, subject in but],
            now=now,
        )
        if not locked:
            return 0
        settled = self._session.values(
            "tickets/find_settled", client_id=self._client_id, ticket_ids=locked
        )
        return self._resolve(settled, by=ACTOR, words="All it was about is settled.", now=now)

    def replace_subjects(self, others: Sequence[tuple[str, str]], *, now: datetime) -> None:
        """Let tickets be about what took the place of subjects; see the port."""
        if others:
            subjects = [subject for subject, _ in others]
            self._session.execute(
                "tickets/replace_subjects",
                client_id=self._client_id,
                subjects=subjects,
                others=[other for _, other in others],
                now=now,
            )
            self.clear(subjects, kinds=[TicketKind.GUARD], now=now)

    def raise_again(self, subjects: Sequence[str], *, now: datetime) -> None:
        """Open tickets again; see the port."""
        if subjects:
            known = self._session.many(
                "tickets/list_drafts_about",
                _About,
                client_id=self._client_id,
                subjects=list(subjects),
            )
            self._raise_all([about.draft() for about in known], now=now)

    def resolve(self, cause_key: str, *, by: str, words: str, now: datetime) -> bool:
        """Resolve the open ticket of this cause; False when there is none open."""
        found = [known.ticket_id for known in self._lock([cause_key])]
        return self._resolve(found, by=by, words=words, now=now) > 0

    def settle(self, successes: Sequence[TaskSuccess], *, now: datetime) -> int:
        """Resolve the tickets of failures that these came after; returns how many."""
        by_cause = {success.cause_key: success for success in successes}
        found = [
            known.ticket_id
            for known in self._lock(by_cause)
            if settles(by_cause[known.cause_key], known)
        ]
        return self._resolve(found, by=ACTOR, words="It has succeeded since.", now=now)

    def open_failures(self) -> list[OpenFailure]:
        """Return the open tickets of failed tasks, runs and files."""
        return self._session.many(
            "tickets/list_open_failures", OpenFailure, client_id=self._client_id
        )

    def _raise_all(
        self, drafts: Sequence[TicketDraft], *, now: datetime
    ) -> tuple[dict[str, int], int]:
        """Returns the ticket of each cause, and how many were opened or re-opened."""
        newest = {draft.cause_key: draft for draft in drafts}
        if not newest:
            return {}, 0
        opened = {
            row.cause_key: row.ticket_id
            for row in self._session.many(
                "tickets/insert_tickets",
                _Opened,
                client_id=self._client_id,
                drafts=[_row(draft) for draft in newest.values()],
                now=now,
            )
        }
        known = self._lock(set(newest) - set(opened))
        judged = [(ticket, judge(ticket, newest[ticket.cause_key])) for ticket in known]
        changed = [(ticket, found) for ticket, found in judged if found is not Recurrence.KNOWN]
        self._refresh([(newest[ticket.cause_key], found) for ticket, found in changed], now=now)
        events = [("opened", ticket_id) for ticket_id in opened.values()] + [
            (found.value, ticket.ticket_id)
            for ticket, found in changed
            if found is not Recurrence.EXPLAINED
        ]
        self._tell(events, by=ACTOR, words="", now=now)
        ticket_ids = opened | {ticket.cause_key: ticket.ticket_id for ticket in known}
        self._add_subjects(drafts, ticket_ids, now=now)
        return ticket_ids, sum(event != "seen_again" for event, _ in events)

    def _lock(self, cause_keys: Iterable[str]) -> list[KnownTicket]:
        wanted = list(cause_keys)
        if not wanted:
            return []
        return self._session.many(
            "tickets/lock_tickets", KnownTicket, client_id=self._client_id, cause_keys=wanted
        )

    def _refresh(self, changed: Sequence[tuple[TicketDraft, Recurrence]], *, now: datetime) -> None:
        if changed:
            rows = [{**_row(draft), "recurrence": found.value} for draft, found in changed]
            self._session.execute(
                "tickets/refresh_tickets", client_id=self._client_id, drafts=rows, now=now
            )

    def _add_subjects(
        self, drafts: Sequence[TicketDraft], ticket_ids: Mapping[str, int], *, now: datetime
    ) -> None:
        pairs = {(ticket_ids[draft.cause_key], s) for draft in drafts for s in draft.subjects}
        if pairs:
            rows = [{"ticket_id": ticket_id, "subject": s} for ticket_id, s in sorted(pairs)]
            self._session.execute(
                "tickets/add_subjects", client_id=self._client_id, subjects=rows, now=now
            )

    def _resolve(self, ticket_ids: Sequence[int], *, by: str, words: str, now: datetime) -> int:
        return resolve_tickets(
            self._session, self._client_id, ticket_ids=ticket_ids, by=by, words=words, now=now
        )

    def _tell(
        self, events: Sequence[tuple[str, int]], *, by: str, words: str, now: datetime
    ) -> None:
        tell(self._session, self._client_id, events=events, by=by, words=words, now=now)


def resolve_tickets(
    session: Session,
    client_id: str,
    *,
    ticket_ids: Sequence[int],
    by: str,
    words: str,
    now: datetime,
) -> int:
    """Resolve those that are open, with a line in the history of each; returns how many."""
    if not ticket_ids:
        return 0
    resolved = session.values(
        "tickets/resolve_tickets",
        client_id=client_id,
        ticket_ids=list(ticket_ids),
        actor=by,
        words=words,
        now=now,
    )
    events = [("resolved", ticket_id) for ticket_id in resolved]
    tell(session, client_id, events=events, by=by, words=words, now=now)
    return len(resolved)


def tell(
    session: Session,
    client_id: str,
    *,
    events: Sequence[tuple[str, int]],
    by: str,
    words: str,
    now: datetime,
) -> None:
    """Add lines (event, ticket) to the histories of tickets."""
    if not events:
        return
    rows = [{"ticket_id": ticket, "event": event, "words": words} for event, ticket in events]
    session.execute("tickets/append_events", client_id=client_id, events=rows, actor=by, now=now)


def _row(draft: TicketDraft) -> dict[str, Any]:
    """The draft as insert_tickets and refresh_tickets read it."""
    task = draft.task
    row: dict[str, Any] = {
        "cause_key": draft.cause_key,
        "kind": draft.kind.value,
        "title": draft.title,
        "cause": draft.cause,
        "next_step": draft.next_step,
        "detail": dict(draft.detail),
    }
    if task is not None:
        row |= {
            "dag_id": task.dag_id,
            "run_id": task.run_id,
            "task_id": task.task_id,
            "map_index": task.map_index,
            "try_number": task.try_number,
            "log_url": task.log_url,
            "failed_at": None if task.failed_at is None else task.failed_at.isoformat(),
        }
        row["detail"] |= {"words_from": int(task.words_from)}
    return row
