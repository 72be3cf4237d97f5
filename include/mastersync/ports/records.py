"""Versions on their way to canonical form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.records.prepare import Problem


@dataclass(frozen=True, kw_only=True)
class PendingVersion:
    """A landed version to prepare.

    What is ``previous_...`` is of the version now in force, None when there is none;
    ``pushed`` is what we last wrote to the record, by path.
    """

    version_id: int
    record_id: int
    system: str
    source_key: str
    payload: Mapping[str, object]
    deleted: bool
    observed_at: datetime
    modified_at: datetime | None
    previous_fields: Mapping[str, str] | None
    previous_said_at: Mapping[str, str] | None
    previous_payload: Mapping[str, object] | None
    pushed: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A range of version ids, both ends included: what a mapped task is given."""

    first_version_id: int
    last_version_id: int


@dataclass(frozen=True, kw_only=True)
class PreparedVersion:
    """A version in canonical fields; ``said_at`` is when others than we last changed each.

    ``news`` are the fields that they changed in this version.
    """

    version_id: int
    record_id: int
    fields: Mapping[str, str]
    problems: Sequence[Problem]
    said_at: Mapping[str, datetime]
    news: Sequence[str]


class Records(Protocol):
    """The versions of one client, within one transaction."""

    def pending_batches(self, *, size: int) -> list[Batch]:
        """Cut all pending versions into ranges of about ``size``, in order."""
        ...

    def refresh_statistics(self) -> None:
        """Tell the store that a large delta has come in, so that it plans for it."""
        ...

    def pending(self, batch: Batch) -> list[PendingVersion]:
        """Return the pending versions of the range, by id."""
        ...

    def keep_prepared(
        self, prepared: Sequence[PreparedVersion], *, policy_version: str, now: datetime
    ) -> None:
        """Keep the canonical form of versions; they stay pending."""
        ...

    def mark_unchanged(self, version_ids: Sequence[int], *, now: datetime) -> None:
        """Settle versions that say nothing new."""
        ...

    def set_aside(self, causes: Mapping[int, str], *, now: datetime) -> None:
        """Settle versions as unusable: version id → cause key of the ticket."""
        ...

    def wait(self, causes: Mapping[int, str], *, waiting_for: str, now: datetime) -> None:
        """Let versions wait: version id → cause key of the ticket, or ``effect:`` and its id."""
        ...

    def retire(self, version_ids: Sequence[int], *, now: datetime) -> list[str]:
        """Take back the links and keys of records deleted at the source.

        Their tombstones are applied at once; the customers they belonged to, which are returned,
        are due for forming.
        """
        ...
