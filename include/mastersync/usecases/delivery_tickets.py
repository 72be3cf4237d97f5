"""What people are told of effects that did not go through, and when it is over."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from mastersync.domain.effects.model import ClaimedEffect, Deed, EffectKind, Settlement
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import MastersyncError
from mastersync.ports.store import Unit

PATIENCE = 8  # attempts in vain, after which a person is told; it is tried on
_SHOWN = 20
_COMES_AGAIN = frozenset({Deed.RETRY, Deed.RECHECK})


def tell_of_settled(
    unit: Unit, kind: EffectKind, target: str, settled: Sequence[Settlement], *, now: datetime
) -> None:
    """Raise the tickets of a turn, and clear those of what went through."""
    drafts = [
        *_refused(kind, target, settled),
        *_put_off(kind, target, settled),
        *_unknown(
            kind, target, [str(s.effect.effect_id) for s in settled if s.deed is Deed.UNKNOWN]
        ),
    ]
    if drafts:
        unit.tickets.ensure_all(drafts, now=now)
    done = [s.effect for s in settled if s.deed is Deed.DONE]
    if done:
        about = [
            subject
            for effect in done
            # Only what was tried before may have a ticket of its own.
            for subject in _subjects(effect)[: 1 if effect.attempt_count == 1 else None]
        ]
        unit.tickets.clear(
            [target_subject(kind, target), *about], kinds=[TicketKind.EFFECT], now=now
        )


def tell_of_lost(
    unit: Unit, kind: EffectKind, target: str, effect_ids: Sequence[str], *, now: datetime
) -> None:
    """Ask a person about effects of a lost worker that nobody else can be asked about."""
    unit.tickets.ensure_all(list(_unknown(kind, target, effect_ids)), now=now)


def tell_of_absence(
    unit: Unit, kind: EffectKind, target: str, problem: str, *, now: datetime
) -> None:
    """Raise a ticket on a target that has taken nothing for long; a success clears it."""
    unit.tickets.ensure(
        TicketDraft(
            cause_key=f"{kind}:{target}:away",
            kind=TicketKind.EFFECT,
            title=f"{target} has not taken {_NOUN[kind]} for a long time",
            cause=problem,
            next_step=f"See whether {target} is up. It is tried again every hour, and "
            "this ticket closes when it succeeds.",
            subjects=(target_subject(kind, target),),
        ),
        now=now,
    )


def tell_of_trouble(
    unit: Unit, kind: EffectKind, target: str, error: MastersyncError, *, now: datetime
) -> None:
    """Raise a ticket on what keeps everything from a target, such as a refused login."""
    unit.tickets.ensure(
        TicketDraft(
            cause_key=f"{kind}:{target}:stopped",
            kind=TicketKind.EFFECT,
            title=f"Nothing can be delivered to {target}",
            cause=error.problem,
            next_step=error.next_step,
            subjects=(target_subject(kind, target),),
        ),
        now=now,
    )


def _refused(kind: EffectKind, target: str, settled: Sequence[Settlement]) -> Iterator[TicketDraft]:
    by_problem: dict[str, list[Settlement]] = {}
    for settlement in settled:
        if settlement.deed is Deed.FAILED:
            by_problem.setdefault(settlement.problem, []).append(settlement)
    for problem, refused in by_problem.items():
        yield TicketDraft(
            cause_key=f"{kind}:{target}:refused:{problem}",
            kind=TicketKind.EFFECT,
            title=f"{target} refused {_NOUN[kind]}",
            cause=problem,
            next_step=refused[0].next_step or _NEXT_STEP[kind],
            subjects=tuple(_subjects(settlement.effect)[0] for settlement in refused),
            detail={"effects": [str(s.effect.effect_id) for s in refused[:_SHOWN]]},
        )


def _put_off(kind: EffectKind, target: str, settled: Sequence[Settlement]) -> Iterator[TicketDraft]:
    """Say what a target that takes others has put off for long."""
    waiting = [
        s
        for s in settled
        if s.deed in _COMES_AGAIN and s.effect.attempt_count >= PATIENCE and s.effect.others_went
    ]
    if waiting:
        yield TicketDraft(
            cause_key=f"{kind}:{target}:put_off",
            kind=TicketKind.EFFECT,
            title=f"{target} has put off {_NOUN[kind]} for a long time, and takes others",
            cause=waiting[0].problem,
            next_step=f"Look at the records in {target}. They are tried again every hour, and "
            "this ticket closes when that succeeds.",
            subjects=tuple(_subjects(settlement.effect)[0] for settlement in waiting),
            detail={"effects": [str(s.effect.effect_id) for s in waiting[:_SHOWN]]},
        )


def _unknown(kind: EffectKind, target: str, effect_ids: Sequence[str]) -> Iterator[TicketDraft]:
    if kind is EffectKind.EMAIL:
        return  # the carrier's events settle it, or `settle_silent_mails` asks
    for effect_id in effect_ids:
        yield TicketDraft(
            cause_key=f"{kind}:{target}:unknown:{effect_id}",
            kind=TicketKind.EFFECT,
            title=f"It is not known whether {target} took {_NOUN[kind]}",
            cause="The answer was lost after the request had been sent.",
            next_step=f"Ask {target} by our reference {effect_id}. It is never "
            "sent again by itself: `mastersync resend` does it on your word.",
            subjects=(f"effect:{effect_id}",),
        )


def _subjects(effect: ClaimedEffect) -> tuple[str, str]:
    """Return what a ticket on this effect is about: the write, so that a later one settles it."""
    return f"write:{effect.target}:{effect.customer_id}", f"effect:{effect.effect_id}"


def target_subject(kind: EffectKind, target: str) -> str:
    """Return what a ticket on all that goes to a target is about."""
    return f"target:{kind}:{target}"


_NOUN = {
    EffectKind.PUSH: "a customer's data",
    EffectKind.CREDIT_ORDER: "an order for a credit report",
    EffectKind.EMAIL: "a confirmation mail",
}
_NEXT_STEP = {
    EffectKind.PUSH: "Correct the value at its source or the mapping; it is planned again then.",
    EffectKind.CREDIT_ORDER: "Check the company with the agency before anything is ordered again.",
    EffectKind.EMAIL: "Correct the customer's email address; the customer is asked again then.",
}
