"""A person steps in before effects leave: holds them, lets them go, withdraws them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.effects.model import EffectState, HeldFor
from mastersync.domain.effects.outbox import ChosenEffect, EffectChoice
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.store import Store, Unit
from mastersync.usecases.plan_tickets import HELD_BY_PERSON, HELD_PLANS


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """How many effects were changed; ``left`` says of the others why they were not."""

    changed: int
    left: dict[str, int]


def hold_effects(
    store: Store, choice: EffectChoice, *, actor: str, reason: str, now: datetime
) -> Intervention:
    """Hold effects that have not left, until a person releases or cancels them.

    Raises:
        NotFoundError: There are no such effects.
        RuleError: None of them can be held.
    """
    with store.begin() as unit:
        chosen, outcome = _choose(unit, choice, _why_not_held)
        unit.outbox.hold([effect.effect_id for effect in chosen], HeldFor.PERSON)
        unit.tickets.ensure(_held_by(actor, reason, chosen), now=now)
        _tell(unit, "held", chosen, actor=actor, now=now)
    return outcome


def release_effects(
    store: Store, choice: EffectChoice, *, actor: str, now: datetime
) -> Intervention:
    """Let held effects go out at once.

    Raises:
        NotFoundError: There are no such effects.
        RuleError: None of them is held, or the client is only watched.
    """
    with store.begin() as unit:
        chosen, outcome = _choose(unit, choice, _why_not_released)
        unit.outbox.release([effect.effect_id for effect in chosen], now=now)
        _settle_tickets(unit, chosen, actor=actor, now=now)
        _tell(unit, "released", chosen, actor=actor, now=now)
    return outcome


def cancel_effects(
    store: Store, choice: EffectChoice, *, actor: str, reason: str, now: datetime
) -> Intervention:
    """Withdraw effects that have not left.

    A write is planned again when its customer's data next changes, a credit order when its
    customer is next looked at; a mail is not sent again before the customer's turn comes anew.

    Raises:
        NotFoundError: There are no such effects.
        RuleError: None of them can be withdrawn any more.
    """
    with store.begin() as unit:
        chosen, outcome = _choose(unit, choice, _why_not_cancelled)
        why = f"withdrawn by {actor}" + (f": {reason}" if reason else "")
        unit.outbox.cancel([effect.effect_id for effect in chosen], why=why, now=now)
        _settle_tickets(unit, chosen, actor=actor, now=now)
        _tell(unit, "cancelled", chosen, actor=actor, now=now)
    return outcome


_GONE = {
    EffectState.INFLIGHT: "in flight: it is being delivered right now",
    EffectState.UNKNOWN: "of unknown outcome: its ticket says what to ask",
    EffectState.DONE: "done: `mastersync effect rollback` shows what can be taken back",
    EffectState.FAILED: "refused by the target: its ticket says why",
    EffectState.CANCELLED: "withdrawn: what is still needed is planned again when it is next due",
}


def _why_not_held(effect: ChosenEffect) -> str:
    if effect.held_for in {HeldFor.SHADOW, HeldFor.PERSON}:
        return f"held already ({effect.held_for})"
    return _GONE.get(effect.state, "")


def _why_not_released(effect: ChosenEffect) -> str:
    if effect.state == EffectState.READY:
        return "released already"
    if effect.held_for == HeldFor.SHADOW:
        return "in shadow: nothing of this client may leave (release in client.yaml)"
    return _GONE.get(effect.state, "")


def _why_not_cancelled(effect: ChosenEffect) -> str:
    if effect.state in {EffectState.READY, EffectState.HELD} and effect.is_in_doubt:
        return "perhaps done: it is looked up before it is sent again"
    return _GONE.get(effect.state, "")


def _choose(
    unit: Unit, choice: EffectChoice, why_not: Callable[[ChosenEffect], str]
) -> tuple[list[ChosenEffect], Intervention]:
    found = unit.outbox.lock(choice)
    if not found:
        raise NotFoundError(
            "There are no such effects. Nothing was changed.",
            next_step="`mastersync effect list` shows what there is.",
        )
    left = Counter(why for effect in found if (why := why_not(effect)))
    chosen = [effect for effect in found if not why_not(effect)]
    if not chosen:
        reasons = "; ".join(f"{count} {why}" for why, count in sorted(left.items()))
        raise RuleError(
            f"Nothing was changed. Of {len(found)} effect(s): {reasons}.",
            next_step="`mastersync effect show` tells more of each.",
        )
    return chosen, Intervention(changed=len(chosen), left=dict(sorted(left.items())))


def _subjects(effects: Sequence[ChosenEffect]) -> list[str]:
    return [f"effect:{effect.effect_id}" for effect in effects]


def _held_by(actor: str, reason: str, effects: Sequence[ChosenEffect]) -> TicketDraft:
    return TicketDraft(
        cause_key=f"{HELD_BY_PERSON}:{effects[0].effect_id}",
        kind=TicketKind.GUARD,
        title=f"{actor} holds {len(effects)} effect(s)",
        cause=reason or "Nobody said why.",
        next_step="`mastersync effect release` lets them go, `mastersync effect cancel` withdraws "
        "them.",
        subjects=tuple(_subjects(effects)),
    )


def _settle_tickets(
    unit: Unit, effects: Sequence[ChosenEffect], *, actor: str, now: datetime
) -> None:
    """Settle what tickets say of these; those of plans of which nothing is left name the person."""
    unit.tickets.clear(_subjects(effects), kinds=[TicketKind.GUARD], now=now)
    words = f"{actor} has decided on all that was held of the plan."
    for run_id in unit.releases.emptied():
        for cause in HELD_PLANS:
            unit.tickets.resolve(f"{cause}:{run_id}", by=actor, words=words, now=now)


def _tell(
    unit: Unit, deed: str, effects: Sequence[ChosenEffect], *, actor: str, now: datetime
) -> None:
    unit.audit.append(
        f"effect.{deed}",
        actor=actor,
        run_id=None,
        summary={
            "effects": len(effects),
            "first": [str(effect.effect_id) for effect in effects[:20]],
        },
        now=now,
    )
