"""The outbox as a person looks at it and intervenes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from mastersync.domain.effects.model import HeldFor
from mastersync.domain.effects.outbox import ChosenEffect, EffectChoice, EffectCount, RolledBack


@dataclass(frozen=True, kw_only=True)
class WrittenRecord:
    """A record that pushes changed, as it was last read, and where it is now.

    ``later`` are paths written by pushes that were not asked about, after those that were.
    """

    record_id: int
    system: str
    source_key: str
    customer_id: str
    version_id: int
    payload: Mapping[str, object]
    guard: str | None
    deleted: bool
    read_at: datetime
    later: Sequence[str]


class Outbox(Protocol):
    """The effects of one client, within one transaction."""

    def count(self, choice: EffectChoice) -> list[EffectCount]:
        """Count the chosen effects, by kind, target, state and why they are held."""
        ...

    def choose(self, choice: EffectChoice, *, limit: int) -> list[ChosenEffect]:
        """Return the chosen effects, the newest plan first, up to a number."""
        ...

    def lock(self, choice: EffectChoice) -> list[ChosenEffect]:
        """Return all of the chosen effects, locked: no worker claims them meanwhile."""
        ...

    def hold(self, effect_ids: Sequence[UUID], held_for: HeldFor) -> list[UUID]:
        """Hold effects that are ready or held, and say why; returns which."""
        ...

    def release(self, effect_ids: Sequence[UUID], *, now: datetime) -> None:
        """Let held effects go out at once."""
        ...

    def cancel(self, effect_ids: Sequence[UUID], *, why: str, now: datetime) -> None:
        """Withdraw effects that are ready or held; the questions of mails are revoked."""
        ...

    def written(self, effect_ids: Sequence[UUID]) -> list[WrittenRecord]:
        """Return the records that these pushes changed, as they were last read."""
        ...

    def keep_away(
        self,
        system: str,
        source_key: str,
        values: Mapping[str, str],
        *,
        author: str,
        reason: str,
        now: datetime,
    ) -> None:
        """Decide that these values (path → JSON) are not written to the record again."""
        ...

    def rolled_back(
        self, record_ids: Sequence[int] | None = None, *, decision_ids: Sequence[int] = ()
    ) -> list[RolledBack]:
        """Return what is kept away from records; from all of them where none are given."""
        ...
