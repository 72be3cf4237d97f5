"""A golden record's fingerprint: equal content, equal bytes."""

import hashlib
import json

from mastersync.domain.golden.model import GoldenRecord


def fingerprint(record: GoldenRecord) -> bytes:
    """Return 32 bytes that depend on the fields alone: not on their order nor their provenance.

    A value that is only said by another source now makes no new version of the record.
    """
    canonical = json.dumps(record.fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
