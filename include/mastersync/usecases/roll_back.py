"""Taking delivered writes back: a plan from their before-images, and writes of its own.

The golden record still holds what was taken back. So that the next sync does not write it again,
a decision keeps each value away from its field of the record, until the golden record says
something else or a person lifts it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mastersync.domain.effects.keys import effect_id_for, undo_key
from mastersync.domain.effects.model import (
    EffectKind,
    EffectState,
    PlannedEffect,
)
from mastersync.domain.effects.outbox import ChosenEffect, EffectChoice
from mastersync.domain.effects.undo import RecordNow, UndoneRecord, UndoPlan, plan_undo
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.outbox import WrittenRecord
from mastersync.ports.store import Store, Unit
from mastersync.ports.systems import SourceRow


@dataclass(frozen=True, kw_only=True)
class RolledBackPlan:
    """A plan that was applied: the writes that it planned, and the systems they go to."""

    plan: UndoPlan
    effect_ids: tuple[UUID, ...]
    targets: tuple[str, ...]


def unread_since(store: Store, choice: EffectChoice) -> list[WrittenRecord]:
    """Return the chosen writes' records that nobody has read since: to be looked up first."""
    with store.begin() as unit:
        effects = _find(unit, choice)
        written = {one.record_id: one for one in _written(unit, effects)}
    newest: dict[int, datetime] = {}
    for effect in effects:
        if effect.record_id is not None and effect.settled_at is not None:
            newest[effect.record_id] = max(
                effect.settled_at, newest.get(effect.record_id, effect.settled_at)
            )
    return [
        written[record_id]
        for record_id, settled_at in newest.items()
        if record_id in written and written[record_id].read_at <= settled_at
    ]


def show_rollback(
    store: Store, choice: EffectChoice, *, looked_up: Mapping[int, SourceRow], now: datetime
) -> UndoPlan:
    """Return what taking the chosen effects back would write; nothing is changed.

    Raises:
        NotFoundError: There are no such effects.
    """
    with store.begin() as unit:
        return _plan(unit, choice, looked_up, now=now)[1]


def roll_back(
    store: Store,
    choice: EffectChoice,
    *,
    looked_up: Mapping[int, SourceRow],
    author: str,
    reason: str,
    now: datetime,
) -> RolledBackPlan:
    """Plan the writes that take the chosen effects back, due at once, and keep what they undo away.

    Raises:
        NotFoundError: There are no such effects.
        RuleError: None of them can be taken back.
    """
    with store.begin() as unit:
        run_id, plan = _plan(unit, choice, looked_up, now=now)
        if not plan.records:
            raise RuleError(
                "Nothing can be taken back. Nothing was changed.",
                next_step="The plan says of each why: run it without --apply.",
            )
        writes = [_write(store.client_id, one, now=now) for one in plan.records]
        unit.effects.plan(writes, run_id=run_id, now=now)
        ids = tuple(write.effect_id for write in writes)
        for one in plan.records:
            unit.outbox.keep_away(
                one.record.system,
                one.record.source_key,
                {path: json.dumps(back.written) for path, back in one.values.items()},
                author=author,
                reason=reason,
                now=now,
            )
        unit.audit.append(
            "effect.rolled_back",
            actor=author,
            run_id=run_id,
            summary={"records": len(ids), "effects": [str(effect_id) for effect_id in ids[:20]]},
            now=now,
        )
    targets = sorted({write.target for write in writes})
    return RolledBackPlan(plan=plan, effect_ids=ids, targets=tuple(targets))


def lift(
    store: Store, decision_ids: Sequence[int], *, author: str, reason: str, now: datetime
) -> int:
    """Let values be written again that were rolled back; returns how many. The next sync does.

    Raises:
        NotFoundError: None of these decisions keeps anything away.
    """
    with store.begin() as unit:
        kept = unit.outbox.rolled_back(decision_ids=decision_ids)
        if not kept:
            raise NotFoundError(
                "None of these decisions keeps a value away.",
                next_step="`mastersync effect list CLIENT --rolled-back` shows those that do.",
            )
        ids = [one.decision_id for one in kept]
        unit.decisions.withdraw(ids, author=author, reason=reason, now=now)
        unit.audit.append(
            "effect.lifted", actor=author, run_id=None, summary={"decisions": ids[:20]}, now=now
        )
    return len(ids)


def _plan(
    unit: Unit, choice: EffectChoice, looked_up: Mapping[int, SourceRow], *, now: datetime
) -> tuple[str, UndoPlan]:
    effects = _find(unit, choice)
    records = {
        one.record_id: _now(one, looked_up.get(one.record_id), now=now)
        for one in _written(unit, effects)
    }
    run_id = unit.runs.newest()
    return run_id or effects[0].run_id, plan_undo(effects, records)


def _find(unit: Unit, choice: EffectChoice) -> list[ChosenEffect]:
    found = unit.outbox.lock(choice)
    if not found:
        raise NotFoundError(
            "There are no such effects.",
            next_step="`mastersync effect list` shows what there is.",
        )
    return found


def _written(unit: Unit, effects: Sequence[ChosenEffect]) -> list[WrittenRecord]:
    return unit.outbox.written([effect.effect_id for effect in effects])


def _now(read: WrittenRecord, found: SourceRow | None, *, now: datetime) -> RecordNow:
    return RecordNow(
        record_id=read.record_id,
        system=read.system,
        source_key=read.source_key,
        customer_id=read.customer_id,
        payload=read.payload if found is None else found.payload,
        guard=read.guard if found is None else found.guard,
        deleted=read.deleted if found is None else found.deleted,
        read_at=read.read_at if found is None else now,
        later=read.later,
    )


def _write(client_id: str, undone: UndoneRecord, *, now: datetime) -> PlannedEffect:
    record = undone.record
    after = {path: back.original for path, back in undone.values.items()}
    key = undo_key(record.system, record.source_key, undone.effect_ids, decided_at=now)
    return PlannedEffect(
        effect_id=effect_id_for(client_id, key),
        kind=EffectKind.PUSH,
        target=record.system,
        idempotency_key=key,
        customer_id=record.customer_id,
        record_id=record.record_id,
        body={
            "key": record.source_key,
            "guard": record.guard,
            "undoes": [str(effect_id) for effect_id in undone.effect_ids],
        },
        before={path: back.written for path, back in undone.values.items()},
        after=after,
        state=EffectState.READY,
    )
