"""The outbox in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from mastersync.domain.effects.model import (
    ClaimedEffect,
    CreditTerms,
    Deed,
    EffectKind,
    EffectState,
    PlannedEffect,
    Settlement,
)
from mastersync.domain.effects.reconcile import TriedEffect
from mastersync.store.database import Session

_STATE_OF_DEED = {
    Deed.DONE: EffectState.DONE,
    Deed.FAILED: EffectState.FAILED,
    Deed.UNTRIED: EffectState.READY,
    Deed.RETRY: EffectState.READY,
    Deed.RECHECK: EffectState.READY,
    Deed.UNKNOWN: EffectState.UNKNOWN,
    Deed.STALE: EffectState.CANCELLED,
    Deed.WITHDRAWN: EffectState.CANCELLED,
}
_ATTEMPT_OF_DEED = {
    Deed.DONE: "done",
    Deed.FAILED: "failed",
    Deed.UNTRIED: "retry",
    Deed.RETRY: "retry",
    Deed.RECHECK: "unknown",
    Deed.UNKNOWN: "unknown",
    Deed.STALE: "failed",
    Deed.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, kw_only=True)
class _Claimed(ClaimedEffect):
    subject_type: str | None
    purpose: str | None
    authority: str | None
    budget: str | None
    cost: Decimal
    currency: str | None
    basis: Mapping[str, object] | None

    def with_terms(self) -> ClaimedEffect:
        if self.kind is not EffectKind.CREDIT_ORDER:
            return self
        terms = CreditTerms(
            subject_type=self.subject_type or "",
            purpose=self.purpose or "",
            authority=self.authority or "",
            budget=self.budget or "",
            cost=self.cost,
            currency=self.currency or "",
            basis=self.basis or {},
        )
        return replace(self, credit=terms)


class PostgresEffects:
    """Implements `ports.effects.Effects`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def plan(self, effects: Sequence[PlannedEffect], *, run_id: str, now: datetime) -> list[UUID]:
        """Add effects; see the port."""
        if not effects:
            return []
        pushes = [effect for effect in effects if effect.record_id is not None]
        self._session.values(
            "effects/replace_planned",
            client_id=self._client_id,
            record_ids=[effect.record_id for effect in pushes],
            keys=[effect.idempotency_key for effect in pushes],
            now=now,
        )
        return self._session.values(
            "effects/plan_effects",
            client_id=self._client_id,
            run_id=run_id,
            rows=[_planned_as_json(effect) for effect in effects],
            now=now,
        )

    def refresh_statistics(self) -> None:
        """Have the planner look again; see the port."""
        self._session.execute("effects/refresh_statistics")

    def claim(
        self, kind: EffectKind, *, target: str, size: int, lease: timedelta, now: datetime
    ) -> list[ClaimedEffect]:
        """Claim due effects; see the port."""
        claimed = self._session.many(
            "effects/claim_effects",
            _Claimed,
            client_id=self._client_id,
            kind=kind,
            target=target,
            size=size,
            lease_until=now + lease,
            now=now,
        )
        return [row.with_terms() for row in claimed]

    def settle(self, settlements: Sequence[Settlement], *, now: datetime) -> list[UUID]:
        """Record outcomes; see the port."""
        if not settlements:
            return []
        created = [one for one in settlements if one.created_key is not None]
        if created:
            self._session.execute(
                "effects/register_created",
                client_id=self._client_id,
                effect_ids=[one.effect.effect_id for one in created],
                fences=[one.effect.fence for one in created],
                keys=[one.created_key for one in created],
                now=now,
            )
        return self._session.values(
            "effects/settle_effects",
            client_id=self._client_id,
            rows=[_settlement_as_json(settlement) for settlement in settlements],
            now=now,
        )

    def still_held(self, effects: Sequence[ClaimedEffect]) -> set[UUID]:
        """Return which are still ours; see the port."""
        return set(
            self._session.values(
                "effects/list_still_held",
                client_id=self._client_id,
                effect_ids=[effect.effect_id for effect in effects],
                fences=[effect.fence for effect in effects],
            )
        )

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
        """Take effects from lost workers; see the port."""
        return self._session.values(
            "effects/reap_expired",
            client_id=self._client_id,
            kind=kind,
            target=target,
            state=state,
            longest=now + 2 * lease,
            again_at=again_at,
            now=now,
        )

    def resend(self, effect_id: UUID, *, now: datetime) -> bool:
        """Make an effect due again; see the port."""
        return bool(
            self._session.execute(
                "effects/resend_effect", client_id=self._client_id, effect_id=effect_id, now=now
            )
        )

    def tried(self) -> list[TriedEffect]:
        """Return every effect that was claimed; see the port."""
        return self._session.many("effects/list_tried", TriedEffect, client_id=self._client_id)

    def settle_mails(self, *, wait: timedelta, now: datetime) -> tuple[list[UUID], list[UUID]]:
        """Settle mails of unknown outcome; see the port."""
        this = {"client_id": self._client_id}
        reported: list[UUID] = self._session.values(
            "effects/settle_reported_mails", **this, now=now
        )
        self._disclose(reported, now=now)
        since = now - wait
        silent: list[UUID] = self._session.values(
            "effects/list_silent_mails", **this, silent_since=since
        )
        self._session.execute("effects/retry_silent_mails", **this, silent_since=since, now=now)
        return reported, silent

    def link_created(self, effect_ids: Sequence[UUID], *, run_id: str, now: datetime) -> None:
        """Link the records that pushes created; see the port."""
        if effect_ids:
            self._session.execute(
                "effects/link_created",
                client_id=self._client_id,
                effect_ids=list(effect_ids),
                run_id=run_id,
                now=now,
            )

    def _disclose(self, effect_ids: Sequence[UUID], *, now: datetime) -> None:
        if effect_ids:
            self._session.execute(
                "effects/disclose",
                client_id=self._client_id,
                effect_ids=list(effect_ids),
                now=now,
            )


def _planned_as_json(effect: PlannedEffect) -> Mapping[str, object]:
    terms = {} if effect.credit is None else asdict(effect.credit)
    basis = terms.pop("basis", None)
    return {
        "effect_id": str(effect.effect_id),
        "kind": effect.kind,
        "target": effect.target,
        "idempotency_key": effect.idempotency_key,
        "customer_id": effect.customer_id,
        "record_id": effect.record_id,
        "body": effect.body,
        "before": effect.before,
        "after": effect.after,
        "state": effect.state,
        "held_for": effect.held_for,
        "basis": basis,
    } | {name: str(value) for name, value in terms.items()}


def _settlement_as_json(settlement: Settlement) -> Mapping[str, object]:
    again_at = settlement.again_at
    return {
        "effect_id": str(settlement.effect.effect_id),
        "fence": settlement.effect.fence,
        "state": _STATE_OF_DEED[settlement.deed],
        "attempt": _ATTEMPT_OF_DEED[settlement.deed],
        "attempts": _attempts_made(settlement),
        "problem": settlement.problem,
        "again_at": None if again_at is None else again_at.isoformat(),
        "outcome": settlement.outcome,
    }


def _attempts_made(settlement: Settlement) -> int:
    """Return how many attempts count of a claim, which has counted one.

    Of one that is withdrawn none does, or it could not be planned again. Nor does one of unknown
    outcome: it is claimed again only on a person's word, or the agency's that it was not charged.
    """
    if settlement.deed is Deed.WITHDRAWN:
        return 1 - settlement.effect.attempt_count
    return 0 if settlement.deed is Deed.UNTRIED else 1
