"""The secret in a confirmation link.

The token is derived from the request, so a mail sent twice carries the same link; only its hash
is stored, so the store cannot be used to open anybody's page.
"""

import base64
import hashlib
import hmac
from uuid import UUID


def token_for(secret_key: str, request_id: UUID) -> str:
    """Return the request's token: 256 bits, 43 characters that are safe in an address."""
    digest = hmac.new(
        secret_key.encode(), b"confirmation:" + request_id.bytes, hashlib.sha256
    ).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    """Return what is stored of a token: 32 bytes. Plain, as 256 random bits cannot be guessed."""
    return hashlib.sha256(token.encode()).digest()


def receipt_for(hashed_token: bytes) -> str:
    """Return the reference that a customer may quote: the hash's first 8 hexadecimal digits."""
    digits = hashed_token.hex()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"
