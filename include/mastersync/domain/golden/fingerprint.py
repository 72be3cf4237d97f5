"""A golden record's fingerprint: equal content, equal bytes."""

import hashlib
import json

from mastersync.domain.golden.model import GoldenRecord


def fingerprint(record: GoldenRecord) -> bytes:
    """Return 32 bytes that depend on the fields, and on which of them are disputed, alone.

    A value that is only said by another source now makes no new version of the record.
    """
    content: list[object] = [record.fields]
    if record.disputed:
        content.append(sorted(record.disputed))
    canonical = "".join(
        json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        for part in content
    )
    return hashlib.sha256(canonical.encode()).digest()
