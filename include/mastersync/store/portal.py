"""All that the portal can do in the store: it has a right on three functions and on no table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.confirmations.answers import Answer
from mastersync.domain.confirmations.mail_events import MailEvent
from mastersync.domain.confirmations.shown import Shown
from mastersync.store.database import Database


@dataclass(frozen=True, kw_only=True)
class OpenedConfirmation:
    """The request that a link leads to."""

    client_name: str
    language: str
    shown: Shown
    state: str
    expires_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class _Row:
    client_name: str
    language: str
    shown: Mapping[str, object]
    state: str
    expires_at: datetime
    answered_at: datetime | None


def open_confirmation(database: Database, *, token_hash: bytes) -> OpenedConfirmation | None:
    """Return the request, also an answered or expired one; None for none, or a revoked one."""
    with database.begin() as session:
        row = session.maybe("portal/open_confirmation", _Row, token_hash=token_hash)
    if row is None or row.state == "revoked":
        return None
    return OpenedConfirmation(
        client_name=row.client_name,
        language=row.language,
        shown=Shown.from_json(row.shown),
        state=row.state,
        expires_at=row.expires_at,
        answered_at=row.answered_at,
    )


def record_answer(database: Database, answer: Answer, *, token_hash: bytes, now: datetime) -> bool:
    """Record the answer; False when the request was answered before, or is not open any more."""
    with database.begin() as session:
        return bool(
            session.value(
                "portal/answer_confirmation",
                token_hash=token_hash,
                verdict=answer.verdict.value,
                corrections=answer.corrections,
                answered_at=now,
            )
        )


def record_mail_events(database: Database, events: Sequence[MailEvent]) -> int:
    """Take in the events in one transaction; returns how many were new. Safe to repeat."""
    with database.begin() as session:
        return sum(
            bool(
                session.value(
                    "portal/record_mail_event",
                    effect_id=event.effect_id,
                    event_id=event.event_id,
                    event=event.event,
                    reason=event.reason,
                    occurred_at=event.occurred_at,
                )
            )
            for event in events
        )
