"""Holding what we believe we did against what the outside saw."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from mastersync.domain.effects.model import EffectKind, EffectState

_MOST_MAILS = 2  # a mail of unknown outcome may be sent once more, and never again


@dataclass(frozen=True, kw_only=True)
class TriedEffect:
    """An effect that was claimed at least once; ``record_key`` is None while none is known.

    ``resend_count`` is how often a person had it sent again.
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
