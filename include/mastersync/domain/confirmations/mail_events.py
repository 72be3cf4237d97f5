"""What became of a mail, as its carrier reports it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class MailEvent:
    """One report about one mail; ``event_id`` is the carrier's and never given twice.

    ``event`` is ``processed``, ``delivered``, ``deferred``, ``dropped``, ``bounce``, ``blocked``,
    ``spamreport`` or another of the carrier's words; ``reason`` holds no address.
    """

    effect_id: UUID
    event_id: str
    event: str
    reason: str | None
    occurred_at: datetime
