"""The outbox: effects planned, claimed, settled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from mastersync.domain.effects.model import (
    ClaimedEffect,
    EffectKind,
    EffectState,
    PlannedEffect,
    Settlement,
)
from mastersync.domain.effects.reconcile import TriedEffect


class Effects(Protocol):
    """The effects of one client, within one transaction."""

    def plan(self, effects: Sequence[PlannedEffect], *, run_id: str, now: datetime) -> list[UUID]:
        """Add effects; one whose key was ever used is left out. Returns the ids that are new.

        A push that is planned takes the place of one to the same record that has not left yet.
        """
        ...

    def refresh_statistics(self) -> None:
        """Tell the store that a large plan is being added, so that it plans for it."""
        ...

    def claim(
        self, kind: EffectKind, *, target: str, size: int, lease: timedelta, now: datetime
    ) -> list[ClaimedEffect]:
        """Claim the oldest due effects; an attempt row is written ahead for each.

        None while the target rests, nor a second write of a record while one is under way.
        """
        ...

    def still_held(self, effects: Sequence[ClaimedEffect]) -> set[UUID]:
        """Return which of them nobody else has taken over."""
        ...

    def settle(self, settlements: Sequence[Settlement], *, now: datetime) -> list[UUID]:
        """Record outcomes of effects whose fence is still ours. Returns the ids recorded.

        What is done is disclosed to its target in the same transaction.
        """
        ...

    def reap(
        self,
        kind: EffectKind,
        *,
        target: str,
        state: EffectState,
        lease: timedelta,
        again_at: datetime,
        now: datetime,
    ) -> list[UUID]:
        """Take effects whose lease ran out from their worker, to ``state`` (ready or unknown).

        Also those that are held for longer than a ``lease``: the clock went back. None is due
        before ``again_at``: its worker may be alive, and its request under way.
        """
        ...

    def resend(self, effect_id: UUID, *, now: datetime) -> bool:
        """Make an effect of unknown outcome, or a refused order or mail, due again."""
        ...

    def tried(self) -> list[TriedEffect]:
        """Return every effect that was claimed at least once."""
        ...

    def settle_mails(self, *, wait: timedelta, now: datetime) -> tuple[list[UUID], list[UUID]]:
        """Settle mails of unknown outcome by the carrier's events.

        Returns those that are done, and those that heard nothing for ``wait`` after their second
        attempt. One that heard nothing after its first becomes ready once more.
        """
        ...

    def link_created(self, effect_ids: Sequence[UUID], *, run_id: str, now: datetime) -> None:
        """Link the records that settled pushes created to their customers: we know them again."""
        ...
