"""The raw landing in PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.effects.reconcile import HeldRecord
from mastersync.domain.records.hashing import digest
from mastersync.ports.landing import Absence, Landed
from mastersync.ports.systems import Page, SourceRow
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Version:
    version_id: int
    superseded_id: int | None


@dataclass(frozen=True, kw_only=True)
class _Absent:
    key: str
    payload: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class _Watermark:
    position: str


class PostgresLanding:
    """Implements `ports.landing.Landing`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def watermark(self, system: str) -> str:
        """Return where to read on; see the port."""
        found = self._session.maybe(
            "landing/read_watermark", _Watermark, client_id=self._client_id, system=system
        )
        return "" if found is None else found.position

    def land(self, system: str, page: Page, *, run_id: str, now: datetime) -> Landed:
        """Land the page; see the port."""
        newest_of_key = {row.key: row for row in page.rows}
        rows = [_as_json(row) for row in newest_of_key.values()]
        where = {"client_id": self._client_id, "system": system}
        versions: list[_Version] = []
        if rows:
            self._session.execute(
                "landing/register_records", **where, run_id=run_id, now=now, keys=[*newest_of_key]
            )
            versions = self._session.many(
                "landing/land_versions", _Version, **where, run_id=run_id, now=now, rows=rows
            )
            self._session.execute("landing/mark_seen", **where, run_id=run_id, rows=rows)
        seen_count = len(page.rows) + len(page.refused)
        new_count = len({version.version_id for version in versions})
        self._session.execute(
            "landing/keep_page",
            **where,
            run_id=run_id,
            seen=seen_count,
            new=new_count,
            refused=len(page.refused),
            watermark=page.watermark,
            now=now,
        )
        if page.watermark:
            self._session.execute(
                "landing/move_watermark", **where, position=page.watermark, run_id=run_id, now=now
            )
        return Landed(
            seen_count=seen_count,
            new_count=new_count,
            unchanged_count=seen_count - new_count - len(page.refused),
            superseded_version_ids=tuple(
                version.superseded_id for version in versions if version.superseded_id is not None
            ),
        )

    def absence(self, system: str, *, run_id: str) -> Absence:
        """Return how many records a complete scan lacked; see the port."""
        return self._session.one(
            "landing/count_absent",
            Absence,
            client_id=self._client_id,
            system=system,
            run_id=run_id,
        )

    def tombstones(self, system: str, *, run_id: str, limit: int) -> list[SourceRow]:
        """Return absent records as deletions; see the port."""
        found = self._session.many(
            "landing/list_absent",
            _Absent,
            client_id=self._client_id,
            system=system,
            run_id=run_id,
            max_rows=limit,
        )
        return [SourceRow(key=row.key, payload=row.payload, deleted=True) for row in found]

    def held(self) -> list[HeldRecord]:
        """Return the newest version of every record; see the port."""
        return self._session.many("landing/list_held", HeldRecord, client_id=self._client_id)


def _as_json(row: SourceRow) -> Mapping[str, object]:
    return {
        "key": row.key,
        "payload": row.payload,
        "payload_hash": digest(row.payload).hex(),
        "evidence": row.evidence,
        "modified_at": None if row.modified_at is None else row.modified_at.isoformat(),
        "deleted": row.deleted,
        "guard": row.guard,
    }
