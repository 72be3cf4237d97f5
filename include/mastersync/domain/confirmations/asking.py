"""Who is asked, and when."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mastersync.domain.confirmations.policy import ConfirmationPolicy


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What became of earlier requests to one customer.

    ``details`` are the ``details_hash`` values already asked about; ``has_open_request`` is
    whether one waits for an answer and has not expired; ``is_unreachable`` is whether a mail
    bounced or was complained about.
    """

    last_asked_at: datetime | None = None
    details: frozenset[str] = frozenset()
    has_open_request: bool = False
    is_unreachable: bool = False


def details_hash(held: Mapping[str, str], *, policy: ConfirmationPolicy) -> str:
    """Return a fingerprint of the details that a customer would be shown, 64 hex digits."""
    details = {name: held[name] for name in policy.fields if held.get(name)}
    text = json.dumps(details, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_due(
    held: Mapping[str, str], *, asked: Asked, policy: ConfirmationPolicy, now: datetime
) -> bool:
    """Say whether to ask: reachable by mail, left in peace long enough, and something is new."""
    if not policy.enabled or not held.get("email") or asked.is_unreachable:
        return False
    if asked.has_open_request or details_hash(held, policy=policy) in asked.details:
        return False
    rest = timedelta(days=policy.ask_again_after_days)
    return asked.last_asked_at is None or now - asked.last_asked_at >= rest
