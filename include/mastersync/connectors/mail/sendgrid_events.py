"""SendGrid's signed event webhook: is it SendGrid's, and what does it say."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sendgrid import EventWebhook
from sendgrid.helpers.eventwebhook import EventWebhookHeader

from mastersync.connectors.mail.sendgrid_mailer import REFERENCE_ARGUMENT
from mastersync.domain.confirmations.mail_events import MailEvent
from mastersync.domain.records.text import clean_text
from mastersync.errors import ConfigError

SIGNATURE_HEADER = EventWebhookHeader.SIGNATURE
TIMESTAMP_HEADER = EventWebhookHeader.TIMESTAMP
_LONGEST_ID, _LONGEST_WORD, _LONGEST_REASON = 200, 40, 500
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")


class SendGridEvents:
    """Reads posts of the webhook.

    Args:
        public_keys: Verification keys as SendGrid shows them; two while one is being replaced.
    """

    def __init__(self, public_keys: Sequence[str]) -> None:
        try:
            self._verifiers = [EventWebhook(key) for key in public_keys]
        except ValueError:
            raise ConfigError(
                "A public key of SendGrid's event webhook cannot be read.",
                next_step="Copy it from SendGrid's mail settings again, without PEM lines, into"
                " MASTERSYNC_SENDGRID_PUBLIC_KEY.",
            ) from None

    def is_genuine(self, body: bytes, *, signature: str, timestamp: str) -> bool:
        """Say whether SendGrid signed exactly these bytes."""
        try:
            text = body.decode()
            return any(
                verifier.verify_signature(text, signature, timestamp)
                for verifier in self._verifiers
            )
        except (ValueError, TypeError):  # what a forger may send: no base64, no UTF-8, no DER
            return False


def read_events(body: bytes) -> list[MailEvent]:
    """Return the events about mails of ours; others, and malformed ones, are left out.

    Raises:
        ValueError: The body is no JSON list.
    """
    entries = json.loads(body)
    if not isinstance(entries, list):
        raise ValueError("not a list of events")  # noqa: TRY004 (one kind for whoever answers)
    return [event for entry in entries if (event := _event(entry)) is not None]


def _event(entry: object) -> MailEvent | None:
    if not isinstance(entry, dict):
        return None
    try:
        effect_id = UUID(str(entry[REFERENCE_ARGUMENT]))
        occurred_at = datetime.fromtimestamp(int(entry["timestamp"]), UTC)
        event_id, event = clean_text(str(entry["sg_event_id"])), clean_text(str(entry["event"]))
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return None
    if not 0 < len(event_id) <= _LONGEST_ID or not 0 < len(event) <= _LONGEST_WORD:
        return None
    return MailEvent(
        effect_id=effect_id,
        event_id=event_id,
        # On the wire a block is a bounce with a type; for us it is a word of its own, as it says
        # nothing against the address.
        event="blocked" if event == "bounce" and entry.get("type") == "blocked" else event,
        reason=_reason(entry.get("reason") or entry.get("response")),
        occurred_at=occurred_at,
    )


def _reason(said: object) -> str | None:
    """Mail servers like to repeat the address; the reason is kept without it."""
    if not isinstance(said, str):
        return None
    return _ADDRESS.sub("<address>", clean_text(said[: 4 * _LONGEST_REASON]))[:_LONGEST_REASON]
