"""Taking a merge back in the client's systems, too: the writes that it takes, shown or planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.decisions.model import Person
from mastersync.domain.effects.model import EffectState, HeldFor
from mastersync.domain.effects.outbox import ChosenEffect, EffectChoice
from mastersync.domain.effects.release import ReleasePolicy
from mastersync.ports.store import Rehearsal, Store, Unit
from mastersync.ports.systems import SourceRow
from mastersync.usecases.form_golden import form_golden
from mastersync.usecases.merge_customers import Moved
from mastersync.usecases.plan_pushes import plan_pushes
from mastersync.usecases.plan_tickets import unmerge_to_approve
from mastersync.usecases.unmerge_customer import unmerge_customer

_MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class PlaceToLook:
    """A record of the two customers, in a system that is written to."""

    record_id: int
    system: str
    source_key: str
    customer_id: str


@dataclass(frozen=True, kw_only=True)
class MergeToUndo:
    """Which merge is to be taken back, on whose word: the customer's last, or the one named."""

    customer_id: str
    merge_id: int | None
    person: Person

    def undo(self, store: Store, *, now: datetime) -> Moved:
        return unmerge_customer(
            store,
            customer_id=self.customer_id,
            merge_id=self.merge_id,
            person=self.person,
            now=now,
        )


@dataclass(frozen=True, kw_only=True)
class Unmerged:
    """What an unmerge did, or would do: in the store, and in the client's systems.

    ``held_for`` says why the writes do not leave at once; None when they do.
    """

    moved: Moved
    writes: tuple[ChosenEffect, ...]
    held_for: HeldFor | None
    run_id: str | None


def places_to_look(
    store: Store, rules: ClientRules, merge: MergeToUndo, *, now: datetime
) -> list[PlaceToLook]:
    """Return the records of both customers that may be written; nothing is changed.

    Raises:
        NotFoundError, RuleError: As `unmerge_customer`.
    """
    with store.rehearse() as rehearsal:
        moved = merge.undo(rehearsal, now=now)
        with rehearsal.begin() as unit:
            inputs = unit.customers.inputs(_both(moved))
    return [
        PlaceToLook(
            record_id=version.record_id,
            system=version.system,
            source_key=version.source_key,
            customer_id=version.customer_id,
        )
        for version in inputs
        if version.system in rules.targets and rules.targets[version.system].update
    ]


def unmerge_with_writes(
    store: Store,
    rules: ClientRules,
    merge: MergeToUndo,
    *,
    looked_up: Mapping[int, SourceRow],
    now: datetime,
    plan: bool,
) -> Unmerged:
    """Undo a merge, form both customers, and plan the writes that their records need.

    All of it is one transaction; with ``plan`` nothing is kept. The writes are due at once where
    the client's policy is ``auto``, else held: under ``approve`` for an answer of their own, since
    the approval of a run is asked about what that run has shown.

    Args:
        looked_up: The records of `places_to_look`, as their systems hold them now.

    Raises:
        NotFoundError, RuleError: As `unmerge_customer`.
    """
    with store.rehearse() as rehearsal:
        moved = merge.undo(rehearsal, now=now)
        unmerged = _plan_writes(rehearsal, rules, moved, looked_up, now=now)
        if not plan:
            rehearsal.keep()
    return unmerged


def _plan_writes(
    store: Rehearsal,
    rules: ClientRules,
    moved: Moved,
    looked_up: Mapping[int, SourceRow],
    *,
    now: datetime,
) -> Unmerged:
    customers = _both(moved)
    with store.begin() as unit:
        run_id = unit.runs.newest()
    if run_id is None:
        return Unmerged(moved=moved, writes=(), held_for=None, run_id=None)
    form_golden(store, rules, customer_ids=customers, run_id=run_id, now=now)
    held_for = _HELD_FOR.get(rules.release.policy)
    with store.begin() as unit:
        plan_pushes(unit, rules, customers, run_id=run_id, now=now, looked_up=looked_up)
        unit.runs.note_planned(run_id, now=now)
        writes = _planned_now(unit, customers, now=now)
        ids = [write.effect_id for write in writes]
        if not ids:
            held_for = None
        elif held_for is None:
            unit.outbox.release(ids, now=now)
        else:
            unit.outbox.hold(ids, held_for)
        if held_for is HeldFor.PERSON:
            unit.tickets.ensure(unmerge_to_approve(rules.client_id, ids, customers), now=now)
    return Unmerged(moved=moved, writes=tuple(writes), held_for=held_for, run_id=run_id)


_HELD_FOR = {
    # Not for the run's approval: that is asked about what it has shown.
    ReleasePolicy.APPROVE: HeldFor.PERSON,
    ReleasePolicy.SHADOW: HeldFor.SHADOW,
}


def _planned_now(unit: Unit, customers: Sequence[str], *, now: datetime) -> list[ChosenEffect]:
    chosen = [
        effect
        for customer_id in customers
        for effect in unit.outbox.choose(
            EffectChoice(customer_id=customer_id, states=(EffectState.HELD,)), limit=_MOST
        )
    ]
    return [effect for effect in chosen if effect.planned_at == now and effect.held_for is None]


def _both(moved: Moved) -> list[str]:
    return sorted({moved.change.from_customer_id, moved.change.to_customer_id})
