"""Whether a plan may leave: the client's limits first, then its release policy or a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.guards import Measure, PlanSize, tripped
from mastersync.domain.effects.model import EffectKind, HeldFor
from mastersync.domain.effects.release import ReleasePolicy
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.releases import EVERY_KIND
from mastersync.ports.store import Store, Unit
from mastersync.usecases.plan_tickets import (
    DISABLED,
    HELD_PLANS,
    disabled,
    orders_to_approve,
    over_the_limits,
    plan_subject,
    to_approve,
    unanswered,
)

PIPELINE = "pipeline"
_ORDERS = (EffectKind.CREDIT_ORDER,)
_ALL_BUT_ORDERS = tuple(kind for kind in EffectKind if kind not in _ORDERS)


class Answer(StrEnum):
    """What a person says to a plan."""

    APPROVE = "Approve"
    REJECT = "Reject"
    LEAVE_HELD = "Leave held"  # also what nobody's answer comes to


@dataclass(frozen=True, kw_only=True)
class HeldPlan:
    """A plan that waits for a person: how large it is, and how many tickets are open."""

    run_id: str
    size: PlanSize
    tickets: int


def settle_plan(unit: Unit, rules: ClientRules, *, run_id: str, now: datetime) -> int:
    """Release the run's plan, or say why it is held, with a ticket; returns how much is held.

    Plans that a guard held before are judged again: by raised limits they may go out, or where a
    person has to approve, they are part of this one.
    """
    for guarded in unit.releases.guarded():
        if guarded != run_id and rules.release.delivers:
            _judge_again(unit, rules, guarded, now=now)
    unit.releases.take_over(run_id, now=now)
    held = _settle(unit, rules, run_id=run_id, now=now)
    unit.tickets.clear([plan_subject(emptied) for emptied in unit.releases.emptied()], now=now)
    return held


def release_orders(store: Store, rules: ClientRules, *, run_id: str, now: datetime) -> int:
    """Release the credit orders of a client whose plans need nobody's word; returns how many.

    They are bought before the rest of the plan is made, so the guards on them are asked here, of
    all that the run orders: over a limit every one stays held, with a ticket; so do those that a
    person has to approve. Called once, when every customer of the run is checked.
    """
    if rules.release.policy is not ReleasePolicy.AUTO:
        return 0
    with store.begin() as unit:
        unit.credit_reports.lock_budget()
        unit.releases.take_over(run_id, now=now)
        over = tripped(_orders_of(unit.releases.measure(run_id)), rules.guards)
        if over:
            unit.releases.hold(run_id, HeldFor.GUARD, kinds=_ORDERS)
            unit.tickets.ensure(over_the_limits(rules.client_id, run_id, over), now=now)
            return 0
        if _orders_wait(unit, rules, run_id, now=now):
            return 0
        return unit.releases.release(run_id, hold=rules.release.hold, kinds=_ORDERS, now=now)


def release_plan(
    store: Store,
    *,
    run_id: str,
    actor: str,
    hold: Mapping[EffectKind, timedelta],
    now: datetime,
) -> int:
    """Let the held plan of a run go out, on a person's word; returns how many effects.

    Raises:
        NotFoundError: There is no such run.
        RuleError: Nothing of it is held, or the client is only watched.
    """
    with store.begin() as unit:
        _check_held(unit, run_id)
        released = unit.releases.release(run_id, hold=hold, now=now)
        _tell(unit, "released", run_id=run_id, actor=actor, effects=released, now=now)
    return released


def plan_to_approve(store: Store, run_id: str) -> HeldPlan | None:
    """Return the plan of the run that waits for an approval; None when none does."""
    with store.begin() as unit:
        if not unit.releases.held_for(run_id).get(HeldFor.APPROVAL):
            return None
        tickets = unit.runs.count(run_id).get("tickets", {}).get("open", 0)
        return HeldPlan(run_id=run_id, size=unit.releases.measure(run_id), tickets=tickets)


def answer_plan(
    store: Store,
    rules: ClientRules,
    *,
    run_id: str,
    answer: Answer,
    actor: str,
    now: datetime,
) -> dict[str, int]:
    """Do what was answered to the plan of a run that waits for an approval; returns counts.

    Safe to call again: what was answered before is no longer held.
    """
    with store.begin() as unit:
        waiting = unit.releases.held_for(run_id).get(HeldFor.APPROVAL, 0)
        if not waiting:
            return {}
        if answer is Answer.APPROVE:
            released = unit.releases.release(run_id, hold=rules.release.hold, now=now)
            _tell(unit, "approved", run_id=run_id, actor=actor, effects=released, now=now)
            return {"released": released}
        if answer is Answer.REJECT:
            return {"cancelled": _cancel(unit, run_id=run_id, actor=actor, now=now)}
        unit.tickets.ensure(unanswered(rules.client_id, run_id), now=now)
        return {"held": waiting}


def tell_of_disabled(store: Store, rules: ClientRules, *, now: datetime) -> int:
    """Raise a ticket on what a disabled client has left waiting; returns how many effects.

    Once it is enabled again the ticket is settled.
    """
    with store.begin() as unit:
        waiting = 0 if rules.release.enabled else unit.releases.count_waiting()
        if waiting:
            unit.tickets.ensure(disabled(rules.name, waiting), now=now)
        else:
            unit.tickets.clear([DISABLED], now=now)
    return waiting


def _settle(unit: Unit, rules: ClientRules, *, run_id: str, now: datetime) -> int:
    policy = rules.release.policy
    if policy is ReleasePolicy.SHADOW:
        return unit.releases.hold(run_id, HeldFor.SHADOW)
    if over := tripped(unit.releases.measure(run_id), rules.guards):
        held = unit.releases.hold(run_id, HeldFor.GUARD)
        if held:
            unit.tickets.ensure(over_the_limits(rules.client_id, run_id, over), now=now)
        return held
    if policy is ReleasePolicy.APPROVE:
        held = unit.releases.hold(run_id, HeldFor.APPROVAL)
        if held:
            unit.tickets.ensure(to_approve(rules.client_id, run_id), now=now)
        return held
    waiting = _orders_wait(unit, rules, run_id, now=now)
    kinds = _ALL_BUT_ORDERS if waiting else EVERY_KIND
    unit.releases.release(run_id, hold=rules.release.hold, kinds=kinds, now=now)
    return waiting


def _judge_again(unit: Unit, rules: ClientRules, run_id: str, *, now: datetime) -> None:
    if tripped(unit.releases.measure(run_id), rules.guards):
        return
    if rules.release.policy is ReleasePolicy.APPROVE:
        unit.releases.hold(run_id, HeldFor.APPROVAL)
        return
    kinds = _ALL_BUT_ORDERS if _orders_wait(unit, rules, run_id, now=now) else EVERY_KIND
    released = unit.releases.release(run_id, hold=rules.release.hold, kinds=kinds, now=now)
    _tell(unit, "released", run_id=run_id, actor=PIPELINE, effects=released, now=now)


def _orders_wait(unit: Unit, rules: ClientRules, run_id: str, *, now: datetime) -> int:
    """Hold the run's orders, with a ticket, where a person has to approve so much money.

    Returns how many are held.
    """
    most = None if rules.credit is None else rules.credit.budget.approve_above
    size = unit.releases.measure(run_id)
    cost = size.of(Measure.ORDERS).cost
    if most is None or cost <= most:
        return 0
    held = unit.releases.hold(run_id, HeldFor.APPROVAL, kinds=_ORDERS)
    if held:
        draft = orders_to_approve(
            rules.client_id, run_id, cost=f"{cost} {size.currency}", most=f"{most} {size.currency}"
        )
        unit.tickets.ensure(draft, now=now)
    return held


def _orders_of(size: PlanSize) -> PlanSize:
    orders = tuple(part for part in size.parts if part.measure is Measure.ORDERS)
    return PlanSize(base=size.base, parts=orders, currency=size.currency)


def _check_held(unit: Unit, run_id: str) -> None:
    if not unit.runs.is_known(run_id):
        raise NotFoundError(
            f"There is no run {run_id!r}.",
            next_step="The ticket of a held plan names its run; `mastersync status` the last one.",
        )
    held = unit.releases.held_for(run_id)
    if HeldFor.SHADOW in held:
        raise RuleError(
            "This client is only watched (release: shadow): nothing of it may leave.",
            next_step="Set release to auto or approve in its client.yaml; the next run plans "
            "everything anew.",
        )
    if not held.keys() - {HeldFor.PERSON}:
        raise RuleError(
            f"Nothing of run {run_id} is held.",
            next_step="`mastersync effect list` shows what is, `effect show` of which run.",
        )


def _cancel(unit: Unit, *, run_id: str, actor: str, now: datetime) -> int:
    cancelled = len(unit.releases.cancel(run_id, why=f"rejected by {actor}", now=now))
    _tell(unit, "rejected", run_id=run_id, actor=actor, effects=cancelled, now=now)
    return cancelled


def _tell(unit: Unit, deed: str, *, run_id: str, actor: str, effects: int, now: datetime) -> None:
    """Resolve the plan's tickets in the person's name, and put it on the audit trail."""
    words = f"The plan was {deed} by {actor}: {effects} effect(s)."
    for cause in HELD_PLANS:
        unit.tickets.resolve(f"{cause}:{run_id}", by=actor, words=words, now=now)
    unit.audit.append(
        f"plan.{deed}", actor=actor, run_id=run_id, summary={"effects": effects}, now=now
    )
