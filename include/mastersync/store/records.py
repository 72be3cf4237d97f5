"""Versions on their way to canonical form, in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import numpy as np

from mastersync.ports.records import Batch, PendingVersion, PreparedVersion
from mastersync.store.database import Session
from mastersync.store.match_index import PostgresMatchIndex


@dataclass(frozen=True, kw_only=True)
class _EndedLink:
    record_id: int
    customer_id: str


class PostgresRecords:
    """Implements `ports.records.Records`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def pending_batches(self, *, size: int) -> list[Batch]:
        """Cut pending versions into ranges; see the port."""
        return self._session.many(
            "records/cut_batches", Batch, client_id=self._client_id, size=size
        )

    def refresh_statistics(self) -> None:
        """Have the planner look again; see the port."""
        self._session.execute("records/refresh_statistics")

    def pending(self, batch: Batch) -> list[PendingVersion]:
        """Return the pending versions of the range; see the port."""
        return self._session.many(
            "records/list_pending", PendingVersion, client_id=self._client_id, **asdict(batch)
        )

    def keep_prepared(
        self, prepared: Sequence[PreparedVersion], *, policy_version: str, now: datetime
    ) -> None:
        """Keep the canonical form; see the port."""
        if not prepared:
            return
        self._session.execute(
            "records/keep_prepared",
            client_id=self._client_id,
            rows=[
                {
                    "version_id": version.version_id,
                    "record_id": version.record_id,
                    "fields": version.fields,
                    "said_at": {name: at.isoformat() for name, at in version.said_at.items()},
                    "problems": [asdict(problem) for problem in version.problems],
                    "news": list(version.news),
                }
                for version in prepared
            ],
            policy_version=policy_version,
            now=now,
        )

    def mark_unchanged(self, version_ids: Sequence[int], *, now: datetime) -> None:
        """Settle versions that say nothing new; see the port."""
        self._settle(dict.fromkeys(version_ids), "unchanged", now=now)

    def set_aside(self, causes: Mapping[int, str], *, now: datetime) -> None:
        """Settle versions as unusable; see the port."""
        self._settle(causes, "set_aside", now=now)

    def wait(self, causes: Mapping[int, str], *, waiting_for: str, now: datetime) -> None:
        """Let versions wait; see the port."""
        self._settle(causes, "waiting", waiting_for=waiting_for, now=now)

    def retire(self, version_ids: Sequence[int], *, now: datetime) -> list[str]:
        """Take back links and keys of deleted records; see the port."""
        if not version_ids:
            return []
        these = {"client_id": self._client_id, "version_ids": list(version_ids)}
        ended = self._session.many("records/end_links", _EndedLink, **these, now=now)
        retired = self._session.values("records/list_records", **these)
        PostgresMatchIndex(self._session, self._client_id).remove(np.array(retired, np.int64))
        # Who comes back is compared as it is then, and not as it was.
        self._session.execute(
            "matches/drop_candidates", client_id=self._client_id, record_ids=retired
        )
        self._session.execute("customers/apply_versions", **these, now=now)
        return sorted({link.customer_id for link in ended})

    def _settle(
        self,
        causes: Mapping[int, str] | Mapping[int, None],
        state: str,
        *,
        waiting_for: str | None = None,
        now: datetime,
    ) -> None:
        if not causes:
            return
        self._session.execute(
            "records/settle",
            client_id=self._client_id,
            rows=[{"version_id": key, "cause": cause} for key, cause in causes.items()],
            state=state,
            waiting_for=waiting_for,
            now=now,
        )
