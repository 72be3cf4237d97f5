"""What an effect is, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class EffectKind(StrEnum):
    """What kind of deed."""

    PUSH = "push"
    CREDIT_ORDER = "credit_order"
    EMAIL = "email"


class EffectState(StrEnum):
    """Where an effect stands; the store's CHECK lists the same."""

    READY = "ready"
    HELD = "held"
    INFLIGHT = "inflight"
    UNKNOWN = "unknown"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class HeldFor(StrEnum):
    """Why an effect is held; the store's CHECK lists the same. While it is planned, nothing."""

    GUARD = "guard"  # its plan is over the client's limits
    APPROVAL = "approval"  # its plan waits for a person's word
    SHADOW = "shadow"  # the client is only watched
    PERSON = "person"  # somebody held this one


@dataclass(frozen=True, kw_only=True)
class CreditTerms:
    """What the law and the client want to know before a report is bought.

    ``basis`` is what it rests on, as the store checks it: the countries whose law holds, the
    purpose in its terms, the documents on record, and the hard budgets.
    """

    subject_type: str
    purpose: str
    authority: str
    budget: str
    cost: Decimal
    currency: str
    basis: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlannedEffect:
    """An effect to plan. ``before`` and ``after`` are keyed by the target's own field paths.

    ``idempotency_key`` is unique per client: planning the same change again plans nothing.
    ``held_for`` is known only where it takes the place of one that a person holds.
    """

    effect_id: UUID
    kind: EffectKind
    target: str
    idempotency_key: str
    customer_id: str
    record_id: int | None = None
    body: Mapping[str, object] = field(default_factory=dict)
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    state: EffectState = EffectState.READY
    held_for: HeldFor | None = None
    credit: CreditTerms | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimedEffect:
    """An effect that this worker holds until ``lease_until``; ``fence`` proves it.

    ``attempt_count`` counts this attempt too; ``doubts`` are those before it of which nobody
    knows whether they got through. ``others_went``: the target took others since it was first
    tried, so it is this one's own doing. ``credit`` is what an order states.
    """

    effect_id: UUID
    kind: EffectKind
    target: str
    idempotency_key: str
    customer_id: str
    record_id: int | None
    body: Mapping[str, object]
    after: Mapping[str, object]
    fence: int
    lease_until: datetime
    attempt_count: int
    doubts: int = 0
    others_went: bool = False
    credit: CreditTerms | None = None


class Deed(StrEnum):
    """What came of doing a claimed effect."""

    DONE = "done"
    FAILED = "failed"  # refused for good
    UNTRIED = "untried"  # its turn did not come: as if it had not been claimed
    RETRY = "retry"  # surely not done; again later, at ``again_at`` at the earliest
    RECHECK = "recheck"  # perhaps done, and the other side can be asked: at ``again_at`` or later
    UNKNOWN = "unknown"  # perhaps done, and nobody can be asked at once
    STALE = "stale"  # the target changed since we read it: to be planned anew
    WITHDRAWN = "withdrawn"  # not to be done as things are: as if it had not been planned


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What to record of a claimed effect; ``problem`` and ``next_step`` are for an operator."""

    effect: ClaimedEffect
    deed: Deed
    problem: str = ""
    next_step: str = ""
    again_at: datetime | None = None
    outcome: Mapping[str, object] = field(default_factory=dict)

    @property
    def created_key(self) -> str | None:
        """The key of the record that a push created; None when it created none."""
        effect, key = self.effect, self.outcome.get("key")
        is_creation = effect.kind is EffectKind.PUSH and effect.record_id is None
        return str(key) if is_creation and self.deed is Deed.DONE and key else None
