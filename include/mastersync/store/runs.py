"""Runs in PostgreSQL."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.ports.runs import RunState, RunSummary
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Count:
    step: str
    measure: str
    value: int


class PostgresRuns:
    """Implements `ports.runs.Runs`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def open(self, run_id: str, *, policy_version: str, now: datetime) -> int:
        """Open the run; see the port."""
        this = {"client_id": self._client_id, "run_id": run_id}
        self._session.execute("runs/lock_opening", client_id=self._client_id)
        self._session.execute("runs/give_up_open_runs", **this, now=now)
        self._session.execute("runs/open_run", **this, policy_version=policy_version, now=now)
        carried = self._session.execute(
            "runs/take_over_versions", **this, policy_version=policy_version, now=now
        )
        self._session.execute(
            "runs/add_count", **this, step="open", measure="carried_over", value=carried
        )
        return carried

    def is_known(self, run_id: str) -> bool:
        """Say whether the run was ever opened."""
        known: bool = self._session.value("runs/is_known", client_id=self._client_id, run_id=run_id)
        return known

    def newest(self) -> str | None:
        """Return the run that was opened last; see the port."""
        found = self._session.values("runs/find_newest", client_id=self._client_id)
        return found[0] if found else None

    def mark_planned(self, run_id: str, *, now: datetime) -> None:
        """Note that everything is planned; see the port."""
        self._session.execute(
            "runs/mark_planned", client_id=self._client_id, run_id=run_id, now=now
        )

    def note_planned(self, run_id: str, *, now: datetime) -> None:
        """Note that what came later is planned, too; see the port."""
        self._session.execute(
            "runs/note_planned", client_id=self._client_id, run_id=run_id, now=now
        )

    def count(self, run_id: str) -> dict[str, dict[str, int]]:
        """Count what the run did; see the port."""
        counted: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self._session.many(
            "runs/count_run", _Count, client_id=self._client_id, run_id=run_id
        ):
            counted[row.step][row.measure] = row.value
        return dict(counted)

    def close(
        self,
        run_id: str,
        state: RunState,
        *,
        counts: Mapping[str, Mapping[str, int]],
        now: datetime,
    ) -> None:
        """Close the run; see the port."""
        this = {"client_id": self._client_id, "run_id": run_id}
        self._session.execute("runs/keep_count", **this, counts=counts)
        self._session.execute("runs/close_run", **this, state=state, now=now)

    def count_versions(self) -> int:
        """Return how many versions were ever landed."""
        count: int = self._session.value("runs/count_versions", client_id=self._client_id)
        return count

    def list_newest(self, *, limit: int) -> Sequence[RunSummary]:
        """Return the newest runs; see the port."""
        return self._session.many(
            "runs/list_runs", RunSummary, client_id=self._client_id, max_runs=limit
        )

    def violations(self, *, now: datetime) -> Sequence[str]:
        """Return what breaks the conservation law; see the port."""
        this = {"client_id": self._client_id, "now": now}
        return [
            *self._session.values("runs/find_violations", **this),
            *self._session.values("runs/find_disagreements", **this),
        ]
