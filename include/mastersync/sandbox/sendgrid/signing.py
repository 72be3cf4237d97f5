"""The key pair of the signed event webhook: ECDSA P-256 with SHA-256 over timestamp and body."""

import base64
from typing import cast

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from mastersync.sandbox.database import Database

SIGNATURE_HEADER = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP_HEADER = "X-Twilio-Email-Event-Webhook-Timestamp"


def public_key(database: Database) -> str:
    """Returns: base64 of the SubjectPublicKeyInfo, as SendGrid shows it."""
    public = _private_key(database).public_key()
    encoded = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(encoded).decode()


def signed_headers(database: Database, body: bytes, *, timestamp: int) -> dict[str, str]:
    """Returns: the two headers that prove these exact bytes."""
    signed = str(timestamp).encode() + body
    signature = _private_key(database).sign(signed, ec.ECDSA(hashes.SHA256()))
    return {
        SIGNATURE_HEADER: base64.b64encode(signature).decode(),
        TIMESTAMP_HEADER: str(timestamp),
    }


def _private_key(database: Database) -> ec.EllipticCurvePrivateKey:
    pem = database.setting("webhook_key")
    if pem is None:
        new = ec.generate_private_key(ec.SECP256R1())
        pem = new.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        database.keep_setting("webhook_key", pem)
    return cast(ec.EllipticCurvePrivateKey, load_pem_private_key(pem.encode(), password=None))
