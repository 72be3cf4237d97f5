"""Proof that a form was posted from a page of ours that somebody had open for a while.

Mail scanners open links and press buttons, so a post counts only with a nonce minted for that
very page. Nothing is stored: an answer is taken once anyway, whatever is posted again.
"""

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta

_SHAPE = re.compile(r"^([0-9]{10,12})\.([0-9a-f]{32})\.([0-9a-f]{64})$")


def mint_nonce(secret_key: str, *, token: str, now: datetime) -> str:
    """Return a nonce for one rendering of the page behind ``token``."""
    issued, chance = str(int(now.timestamp())), secrets.token_hex(16)
    return f"{issued}.{chance}.{_seal(secret_key, token, issued, chance)}"


def nonce_age(nonce: str, *, secret_key: str, token: str, now: datetime) -> timedelta | None:
    """Return how long ago the nonce was minted for this page, or None when it was not."""
    parts = _SHAPE.match(nonce)
    if parts is None:
        return None
    issued, chance, seal = parts.groups()
    if not hmac.compare_digest(seal, _seal(secret_key, token, issued, chance)):
        return None
    return now - datetime.fromtimestamp(int(issued), UTC)


def _seal(secret_key: str, token: str, issued: str, chance: str) -> str:
    message = f"render:{token}:{issued}:{chance}"
    return hmac.new(secret_key.encode(), message.encode(), hashlib.sha256).hexdigest()
