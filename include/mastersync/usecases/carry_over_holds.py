"""A person's hold on a push outlasts the plan that it was on, and the customer, too."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from mastersync.domain.effects.model import HeldFor, PlannedEffect
from mastersync.ports.releases import PersonsHold
from mastersync.ports.store import Unit

Place = tuple[str, int | str]  # a system, and a record there or the customer to be created


class CarriedHolds:
    """What people hold of some customers' pushes, while these are planned anew.

    The hold of a write to a record is on the next one to that record; the hold of a creation, on
    whatever is next written to that system for the customer. Where who is who has changed since,
    the customer is the one to whom record or creation belongs now.

    Args:
        unfit: Where nobody can tell what would be written; what is held there stays as it is.
    """

    def __init__(
        self,
        unit: Unit,
        customer_ids: Sequence[str],
        record_ids: Sequence[int],
        *,
        unfit: AbstractSet[Place],
    ) -> None:
        self._unit = unit
        self._holds = unit.releases.held_by_people(customer_ids, record_ids=record_ids)
        self.on_unfit = [hold.effect_id for hold in self._holds if _place(hold) in unfit]
        self._heirs: list[tuple[UUID, UUID]] = []  # what was held, what is held instead

    def put_on(self, effects: Sequence[PlannedEffect]) -> list[PlannedEffect]:
        """Return the effects of the new plan, those held that take the place of what is."""
        by_place: dict[Place, list[PersonsHold]] = defaultdict(list)
        for hold in self._holds:
            by_place[_place(hold)].append(hold)
        held = []
        for effect in effects:
            holds = by_place[effect.target, effect.customer_id][:]
            if effect.record_id is not None:
                holds += by_place[effect.target, effect.record_id]
            self._heirs += [(hold.effect_id, effect.effect_id) for hold in holds]
            held.append(replace(effect, held_for=HeldFor.PERSON) if holds else effect)
        return held

    def settle(self, new: Collection[UUID], *, now: datetime) -> None:
        """Let the tickets be about what is held instead, once the effects are planned.

        What was planned before, and waits, is held as well. The ticket of what a merge, split or
        unmerge had withdrawn, and nothing took the place of, is settled.
        """
        known = sorted({heir for hold, heir in self._heirs if heir not in new and heir != hold})
        held = {*new, *(self._unit.outbox.hold(known, HeldFor.PERSON) if known else ())}
        heirs = [(hold, heir) for hold, heir in self._heirs if heir in held or heir == hold]
        self._unit.tickets.replace_subjects(
            [(f"effect:{hold}", f"effect:{heir}") for hold, heir in heirs if hold != heir], now=now
        )
        stays = {*self.on_unfit, *(hold for hold, heir in heirs if hold == heir)}
        gone = {hold.effect_id for hold in self._holds if hold.is_withdrawn} - stays
        self._unit.tickets.clear([f"effect:{effect_id}" for effect_id in sorted(gone)], now=now)


def _place(hold: PersonsHold) -> Place:
    return hold.target, hold.record_id or hold.customer_id
