"""Holding what we believe we did against what the outside saw."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from mastersync.domain.effects.model import EffectKind, EffectState
from mastersync.domain.records.mapping import value_at

_MOST_MAILS = 2  # a mail of unknown outcome may be sent once more, and never again
_SHORTEST_CUT = 20  # characters: a column is hardly shorter, a beginning alike no accident
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class TriedEffect:
    """An effect that was claimed at least once; ``record_key`` is None while none is known.

    ``resend_count`` is how often a person had it sent again; ``after`` is what a push writes, by
    the target's own paths.
    """

    effect_id: UUID
    kind: EffectKind
    target: str
    customer_id: str
    record_key: str | None
    is_creation: bool
    state: EffectState
    attempt_count: int
    resend_count: int = 0
    after: Mapping[str, object] = field(default_factory=dict)
    planned_at: datetime = _EARLIEST


@dataclass(frozen=True, kw_only=True)
class SeenRecord:
    """A record as its system has it; ``changed_at`` by the system's clock."""

    system: str
    key: str
    values: Mapping[str, object]
    deleted: bool
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class HeldRecord:
    """The newest version of a record that we hold.

    ``read_to`` is the watermark of its system, ``read_at`` when that moved last.
    """

    system: str
    key: str
    payload: Mapping[str, object]
    deleted: bool
    read_to: str
    read_at: datetime


def reconcile_records(held: Sequence[HeldRecord], seen: Sequence[SeenRecord]) -> Iterator[str]:
    """Yield each record that we should have read, in words.

    What a system changed after we had read it last is none of them.
    """
    ours = {(record.system, record.key): record for record in held}
    read_to = {record.system: _moment(record.read_to) or record.read_at for record in held}
    for record in seen:
        if record.deleted or record.changed_at > read_to.get(record.system, _EARLIEST):
            continue
        known = ours.get((record.system, record.key))
        if known is None:
            yield f"{record.system} has {record.key}, which was never landed"
        elif known.deleted:
            yield f"{record.system} has {record.key}, and we hold it for deleted"
        elif known.payload != record.values:
            yield f"{record.system} has another version of {record.key} than we hold"


def reconcile_values(
    tried: Sequence[TriedEffect], seen: Sequence[tuple[str, str, Mapping[str, object]]]
) -> Iterator[str]:
    """Yield each record whose last write took it back to something older, in words.

    Args:
        seen: (system, record key, the record as it was then) of each write, oldest first.
    """
    last = {(system, key): values for system, key, values in seen}
    pushes: dict[tuple[str, str], list[TriedEffect]] = defaultdict(list)
    for effect in sorted(tried, key=lambda effect: (effect.planned_at, effect.effect_id)):
        if effect.record_key is not None:
            pushes[effect.target, effect.record_key].append(effect)
    for place, effects in sorted(pushes.items()):
        done = [at for at, effect in enumerate(effects) if effect.state == EffectState.DONE]
        if not done or place not in last:
            continue
        # A later one that nobody knows the outcome of may have got through, too.
        if not any(_agrees(effect, last[place]) for effect in effects[done[-1] :]):
            newest = effects[done[-1]].effect_id
            yield f"{place[0]} holds something else in {place[1]} than effect {newest} wrote"


def _agrees(effect: TriedEffect, values: Mapping[str, object]) -> bool:
    return all(_alike(value_at(values, path), wanted) for path, wanted in effect.after.items())


def _alike(held: object, wanted: object) -> bool:
    """Whether a system took the value, in its own way: in capitals, cut, with other zeros."""
    one, other = (
        str("" if value is None else value).strip().casefold() for value in (held, wanted)
    )
    if one == other or (len(one) >= _SHORTEST_CUT and other.startswith(one)):
        return True
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def _moment(watermark: str) -> datetime | None:
    """Return the time that a watermark is; None for one that is none."""
    try:
        moment = datetime.fromisoformat(watermark)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def reconcile_writes(
    tried: Sequence[TriedEffect], seen: Sequence[tuple[str, str, str]]
) -> Iterator[str]:
    """Yield each disagreement about writes, in words.

    Args:
        seen: (system, record key, our reference or "") of each write that was accepted.
    """
    creations = Counter((system, reference) for system, _, reference in seen if reference)
    updates = Counter((system, key) for system, key, reference in seen if not reference)
    planned = {(e.target, e.customer_id) for e in tried if e.is_creation}
    for (system, reference), count in sorted(creations.items()):
        if count > 1:
            yield f"{system} created {reference} {count} times"
        if (system, reference) not in planned:
            yield f"{system} created {reference}, which nobody planned"
    attempted = Counter((e.target, e.record_key) for e in tried if not e.is_creation)
    done = Counter(
        (e.target, e.record_key) for e in tried if not e.is_creation and e.state == EffectState.DONE
    )
    for place, count in sorted(updates.items()):
        if count > attempted[place]:
            yield f"{place[0]} took {count} updates of {place[1]}, {attempted[place]} were planned"
    for (system, key), count in sorted(done.items(), key=str):
        if updates[system, str(key)] < count:
            yield f"{count} updates of {key} are done, {system} saw {updates[system, str(key)]}"
    for effect in tried:
        is_done = effect.is_creation and effect.state == EffectState.DONE
        if is_done and not creations[effect.target, effect.customer_id]:
            yield f"the creation of {effect.customer_id} is done, {effect.target} saw none"


def reconcile_references(
    tried: Sequence[TriedEffect], seen: Sequence[str], *, kind: EffectKind
) -> Iterator[str]:
    """Yield each disagreement about orders or mails; ``seen`` are our references outside."""
    ours = {str(effect.effect_id): effect for effect in tried if effect.kind == kind}
    counted = Counter(seen)
    for reference, count in sorted(counted.items()):
        effect = ours.get(reference)
        if effect is None:
            yield f"the outside has the {kind} {reference}, which nobody planned"
        elif count > _most_taken(effect):
            yield f"the {kind} {reference} was taken {count} times"
    for reference, effect in ours.items():
        if effect.state == EffectState.DONE and not counted[reference]:
            yield f"the {kind} {reference} is done, and the outside never saw it"


def _most_taken(effect: TriedEffect) -> int:
    """Return how often the outside may have taken it: once, and once more for good reasons."""
    is_retried_mail = effect.kind == EffectKind.EMAIL and effect.attempt_count > 1
    return (_MOST_MAILS if is_retried_mail else 1) + effect.resend_count
