"""The outbox as a person looks at it, in PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from mastersync.domain.effects.model import HeldFor
from mastersync.domain.effects.outbox import ChosenEffect, EffectChoice, EffectCount, RolledBack
from mastersync.ports.outbox import WrittenRecord
from mastersync.store.database import Session


class PostgresOutbox:
    """Implements `ports.outbox.Outbox`; each method, see the port."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def count(self, choice: EffectChoice) -> list[EffectCount]:
        """Count the chosen effects."""
        return self._session.many(
            "outbox/count_effects", EffectCount, client_id=self._client_id, **_conditions(choice)
        )

    def choose(self, choice: EffectChoice, *, limit: int) -> list[ChosenEffect]:
        """Return the chosen effects."""
        return self._chosen(choice, limit=limit)

    def lock(self, choice: EffectChoice) -> list[ChosenEffect]:
        """Lock and return the chosen effects."""
        locked: list[UUID] = self._session.values(
            "outbox/lock_effects", client_id=self._client_id, **_conditions(choice)
        )
        return self._chosen(EffectChoice(effect_ids=tuple(locked))) if locked else []

    def hold(self, effect_ids: Sequence[UUID], held_for: HeldFor) -> list[UUID]:
        """Hold effects."""
        return self._session.values(
            "outbox/hold_effects",
            client_id=self._client_id,
            effect_ids=list(effect_ids),
            held_for=held_for,
        )

    def release(self, effect_ids: Sequence[UUID], *, now: datetime) -> None:
        """Let effects go out."""
        self._session.execute(
            "outbox/release_effects",
            client_id=self._client_id,
            effect_ids=list(effect_ids),
            hold={},
            now=now,
        )

    def cancel(self, effect_ids: Sequence[UUID], *, why: str, now: datetime) -> None:
        """Withdraw effects."""
        these = {"client_id": self._client_id, "effect_ids": list(effect_ids)}
        self._session.execute("outbox/cancel_effects", **these, why=why, now=now)
        self._session.values("identity/revoke_requests", **these)

    def written(self, effect_ids: Sequence[UUID]) -> list[WrittenRecord]:
        """Return the records that pushes changed."""
        return self._session.many(
            "outbox/list_written",
            WrittenRecord,
            client_id=self._client_id,
            effect_ids=list(effect_ids),
        )

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
        """Keep values away from a record."""
        self._session.execute(
            "outbox/keep_away",
            client_id=self._client_id,
            system=system,
            source_key=source_key,
            values=values,
            author=author,
            reason=reason,
            now=now,
        )

    def rolled_back(
        self, record_ids: Sequence[int] | None = None, *, decision_ids: Sequence[int] = ()
    ) -> list[RolledBack]:
        """Return what is kept away."""
        return self._session.many(
            "outbox/list_rolled_back",
            RolledBack,
            client_id=self._client_id,
            record_ids=None if record_ids is None else list(record_ids),
            decision_ids=list(decision_ids) or None,
        )

    def _chosen(self, choice: EffectChoice, *, limit: int | None = None) -> list[ChosenEffect]:
        return self._session.many(
            "outbox/choose_effects",
            ChosenEffect,
            client_id=self._client_id,
            max_effects=limit,
            **_conditions(choice),
        )


def _conditions(choice: EffectChoice) -> dict[str, object]:
    return {
        "effect_ids": list(choice.effect_ids) or None,
        "run_id": choice.run_id,
        "customer_id": choice.customer_id,
        "target": choice.target,
        "kind": choice.kind,
        "states": list(choice.states) or None,
    }
