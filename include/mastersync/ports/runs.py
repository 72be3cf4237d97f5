"""A client's runs and what they counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class RunState(StrEnum):
    """How a run ended; the store's CHECK lists the same."""

    OPEN = "open"
    DONE = "done"
    DONE_WITH_EXCEPTIONS = "done_with_exceptions"
    STOPPED_BY_GUARD = "stopped_by_guard"
    SHADOW = "shadow"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """A run and what it counted: step → measure → number."""

    run_id: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    counts: Mapping[str, Mapping[str, int]]


class Runs(Protocol):
    """The runs of one client, within one transaction."""

    def open(self, run_id: str, *, policy_version: str, now: datetime) -> int:
        """Open the run; an older one that never closed is given up as failed.

        What waits, and what an older policy set aside, becomes pending again. Returns how many
        versions this run carries over from earlier ones. Safe to call twice.
        """
        ...

    def is_known(self, run_id: str) -> bool:
        """Say whether the run was ever opened."""
        ...

    def newest(self) -> str | None:
        """Return the run that was opened last; None when there never was one."""
        ...

    def mark_planned(self, run_id: str, *, now: datetime) -> None:
        """Note that all which this run and earlier ones formed is planned."""
        ...

    def note_planned(self, run_id: str, *, now: datetime) -> None:
        """Note that what was formed for the run since it had planned is planned, too."""
        ...

    def count(self, run_id: str) -> dict[str, dict[str, int]]:
        """Count from the facts what the run did: step → measure → number."""
        ...

    def close(
        self,
        run_id: str,
        state: RunState,
        *,
        counts: Mapping[str, Mapping[str, int]],
        now: datetime,
    ) -> None:
        """Close the run and keep its counts."""
        ...

    def count_versions(self) -> int:
        """Return how many versions were ever landed."""
        ...

    def list_newest(self, *, limit: int) -> Sequence[RunSummary]:
        """Return the newest runs, the newest first."""
        ...

    def violations(self, *, now: datetime) -> Sequence[str]:
        """Return what breaks the conservation law, in words with ids; empty when it holds."""
        ...
