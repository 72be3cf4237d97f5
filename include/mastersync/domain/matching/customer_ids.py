"""Public customer ids: short, speakable, and the same whenever they are derived again."""

import hashlib

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O or U
_LENGTH = 10


def customer_id_for(client_id: str, *, system: str, source_key: str, nth: int = 0) -> str:
    """Return the id of the customer that this record opens, such as ``C-7F3KQ-2M9XA``.

    ``nth`` counts the ids that it opened before and that belong to others now: none is used again.

    >>> customer_id_for("acme", system="crm", source_key="1")
    'C-X2VWT-AHFGR'
    """
    again = f"\x1f{nth}" if nth else ""
    seed = f"{client_id}\x1f{system}\x1f{source_key}{again}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big")
    letters = [_ALPHABET[(number >> (5 * place)) & 31] for place in range(_LENGTH)]
    return f"C-{''.join(letters[:5])}-{''.join(letters[5:])}"
