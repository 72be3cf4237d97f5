"""Taking delivered writes back: what each record would go back to, and what cannot be undone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from uuid import UUID

from mastersync.domain.effects.model import EffectKind, EffectState
from mastersync.domain.effects.outbox import ChosenEffect
from mastersync.domain.golden.echo import is_as_written
from mastersync.domain.records.mapping import value_at


@dataclass(frozen=True, kw_only=True)
class RecordNow:
    """A record as the target holds it, as far as we know.

    ``read_at`` is when: what was read before a write of ours says nothing of it. ``later`` are
    paths that other writes of ours have changed since.
    """

    record_id: int
    system: str
    source_key: str
    customer_id: str
    payload: Mapping[str, object]
    guard: str | None
    deleted: bool
    read_at: datetime
    later: Sequence[str] = ()


class Back(NamedTuple):
    """A value as we wrote it, and what it goes back to."""

    written: object
    original: object


@dataclass(frozen=True, kw_only=True)
class UndoneRecord:
    """One record that can go back: path → values, and the effects that this undoes."""

    record: RecordNow
    values: Mapping[str, Back]
    effect_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class NotUndone:
    """Effects of one record, mail or order that cannot be taken back, and why, in words."""

    kind: EffectKind
    target: str
    record_key: str | None
    effect_ids: tuple[UUID, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class UndoPlan:
    """What taking effects back would write, and what of them stays done."""

    records: tuple[UndoneRecord, ...]
    refused: tuple[NotUndone, ...]


def plan_undo(effects: Sequence[ChosenEffect], records: Mapping[int, RecordNow]) -> UndoPlan:
    """Return what it takes to undo these effects; by what ``records`` hold now.

    Of several writes to a record, each path goes back to what it was before the first. A record
    that changed since is left alone as a whole: half of an address is none.
    """
    refused: list[NotUndone] = []
    by_record: dict[int, list[ChosenEffect]] = defaultdict(list)
    for effect in sorted(effects, key=lambda one: (one.planned_at, str(one.effect_id))):
        if why := _cannot(effect):
            refused.append(_refusal([effect], why))
        elif effect.record_id is not None:
            by_record[effect.record_id].append(effect)
    undone: list[UndoneRecord] = []
    for record_id, writes in by_record.items():
        record = records.get(record_id)
        values = _values(writes)
        why = "the record is not known any more" if record is None else _changed(record, values)
        if why or record is None:
            refused.append(_refusal(writes, why))
            continue
        ids = tuple(effect.effect_id for effect in writes)
        undone.append(UndoneRecord(record=record, values=values, effect_ids=ids))
    return UndoPlan(records=tuple(undone), refused=tuple(refused))


def _cannot(effect: ChosenEffect) -> str:
    """Return why an effect can never be taken back; "" when it can."""
    reasons = (
        (effect.state != EffectState.DONE, f"it is {effect.state}: hold or cancel it instead"),
        (effect.kind == EffectKind.EMAIL, "a mail that was sent cannot be called back"),
        (effect.kind == EffectKind.CREDIT_ORDER, "a report that was ordered is paid for"),
        (
            effect.is_creation,
            f"it created the record: only people in {effect.target} can remove it",
        ),
        (
            effect.undoes,
            "it undoes another one: `mastersync effect lift` lets the sync write again",
        ),
        (effect.is_undone, "it was taken back before"),
    )
    return next((why for applies, why in reasons if applies), "")


def _values(writes: Sequence[ChosenEffect]) -> dict[str, Back]:
    values: dict[str, Back] = {}
    for effect in writes:
        for path, written in effect.after.items():
            first = values.get(path)
            original = effect.before.get(path) if first is None else first.original
            values[path] = Back(written=written, original=original)
    return {path: back for path, back in values.items() if not _is_same(*back)}


def _changed(record: RecordNow, values: Mapping[str, Back]) -> str:
    """Return why the record is left alone; "" when it holds what we wrote."""
    if record.deleted:
        return "the record was deleted in the system"
    if later := sorted(values.keys() & set(record.later)):
        return f"a later write of ours changed {', '.join(later)}: take that back, too"
    changed = [
        path
        for path, back in values.items()
        if not still_holds(value_at(record.payload, path), back.written)
    ]
    if changed:
        return f"the system changed {', '.join(sorted(changed))} since"
    return "" if values else "nothing of it differs from what was there before"


def _refusal(effects: Sequence[ChosenEffect], why: str) -> NotUndone:
    first = effects[0]
    return NotUndone(
        kind=first.kind,
        target=first.target,
        record_key=first.record_key,
        effect_ids=tuple(effect.effect_id for effect in effects),
        why=why,
    )


def still_holds(held: object, written: object) -> bool:
    """Say whether a system holds what we wrote: as text, or as the same amount."""
    if is_as_written(held, written):
        return True
    one, other = _amount(held), _amount(written)
    return one is not None and one == other


def _amount(value: object) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _is_same(one: object, other: object) -> bool:
    return one == other or (one in _BLANK and other in _BLANK)


_BLANK = (None, "")
