"""Effects as a person looks at them, chooses among them, and takes them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from mastersync.domain.effects.model import EffectKind, EffectState, HeldFor


@dataclass(frozen=True, kw_only=True)
class EffectChoice:
    """Which effects are meant; what is not said is no condition. Ids alone are enough."""

    effect_ids: tuple[UUID, ...] = ()
    run_id: str | None = None
    customer_id: str | None = None
    target: str | None = None
    kind: EffectKind | None = None
    states: tuple[EffectState, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether anything but the state is said."""
        return bool(self.effect_ids or self.run_id or self.customer_id or self.target or self.kind)


@dataclass(frozen=True, kw_only=True)
class ChosenEffect:
    """An effect, as it stands. ``record_key`` is None where a record has still to be created.

    ``undoes`` says whether it takes others back, ``is_undone`` whether it was taken back itself.
    ``is_in_doubt``: an attempt of it may have got through, and nobody knows. ``transformation`` is
    the version of the rules that gave a push its values; None of what no rules made.
    """

    effect_id: UUID
    kind: EffectKind
    target: str
    run_id: str
    customer_id: str
    record_id: int | None
    record_key: str | None
    is_creation: bool
    state: EffectState
    held_for: HeldFor | None
    not_before: datetime
    planned_at: datetime
    settled_at: datetime | None
    attempt_count: int
    cost: Decimal
    currency: str | None
    problem: str | None
    before: Mapping[str, object]
    after: Mapping[str, object]
    transformation: str | None
    undoes: bool
    is_undone: bool
    is_in_doubt: bool


@dataclass(frozen=True, kw_only=True)
class EffectCount:
    """How many effects of a kind at a target are in a state; ``cost`` is of all of them."""

    kind: EffectKind
    target: str
    state: EffectState
    held_for: HeldFor | None
    count: int
    cost: Decimal


@dataclass(frozen=True, kw_only=True)
class RolledBack:
    """That a value stays away from a field of a record, because a person took it back.

    ``value`` is JSON, as the target would have got it.
    """

    decision_id: int
    system: str
    source_key: str
    path: str
    value: str
    author: str
    reason: str
    decided_at: datetime
