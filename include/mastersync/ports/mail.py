"""Outgoing mail."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message to one person; ``reference`` (our effect id) is in the carrier's events."""

    to: str
    sender: str
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    reference: str


class Mailer(Protocol):
    """A mail carrier that takes no idempotency key."""

    def send(self, mail: Mail) -> str:
        """Hand the message over; returns the carrier's message id.

        Raises:
            RetryableError: Surely not accepted.
            UnknownOutcomeError: It may have been accepted; wait for the carrier's events.
            PermanentError: This message is refused for good.
            ConfigError: Credentials or sender are wrong.
        """
        ...
