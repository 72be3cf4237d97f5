"""A person's word on the value of a customer's field."""

from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.model import Withdrawal


@dataclass(frozen=True, kw_only=True)
class PinWord:
    """What a person says that a field is. Without ``expires_at`` it holds until withdrawn."""

    customer_id: str
    field: str
    value: str
    author: str
    reason: str
    expires_at: datetime | None = None
    ticket_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PinDecision:
    """A pin as it is kept."""

    decision_id: int
    word: PinWord
    decided_at: datetime
    withdrawal: Withdrawal | None = None

    def is_in_force(self, now: datetime) -> bool:
        """Say whether it is neither withdrawn nor expired."""
        ends = self.word.expires_at
        return self.withdrawal is None and (ends is None or ends > now)
