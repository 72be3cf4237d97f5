"""Planning the writes that golden records call for: what each target lacks, from and to."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.keys import create_key, effect_id_for, update_key
from mastersync.domain.effects.model import EffectKind, EffectState, PlannedEffect
from mastersync.domain.effects.undo import still_holds
from mastersync.domain.records.mapping import value_at
from mastersync.domain.targets.model import Change, Projection, TargetPolicy
from mastersync.domain.targets.transform import difference
from mastersync.ports.customers import LinkedVersion, StoredGolden
from mastersync.ports.store import Unit
from mastersync.ports.systems import SourceRow
from mastersync.usecases.carry_over_holds import CarriedHolds, Place
from mastersync.usecases.projection_tickets import ProjectionTickets

_NOTHING: Mapping[int, SourceRow] = MappingProxyType({})


def plan_pushes(
    unit: Unit,
    rules: ClientRules,
    customer_ids: Sequence[str],
    *,
    run_id: str,
    now: datetime,
    looked_up: Mapping[int, SourceRow] = _NOTHING,
) -> Counter[str]:
    """Plan the pushes of these customers, held, in this transaction; returns how many are new.

    What was planned for them before and has not left is withdrawn if it is true no more.

    Args:
        looked_up: Records (by their id here) as their systems hold them now, where that is newer
            than what was read.
    """
    return _Pushes(unit, rules, customer_ids, looked_up).plan(run_id=run_id, now=now)


class _Pushes:
    """The pushes that a chunk of customers calls for, within one transaction."""

    def __init__(
        self,
        unit: Unit,
        rules: ClientRules,
        customer_ids: Sequence[str],
        looked_up: Mapping[int, SourceRow],
    ) -> None:
        self._unit = unit
        self._rules = rules
        self._looked_up = looked_up
        self._read: dict[int, Mapping[str, object]] = {}  # before it was looked up
        self._kept_away: set[tuple[str, str, str, str]] = set()
        self._customer_ids = customer_ids
        self._effects: list[PlannedEffect] = []
        self._held: dict[tuple[str, str], list[LinkedVersion]] = defaultdict(list)
        self._unfit = ProjectionTickets()
        self._unfit_places: set[Place] = set()
        self._settled: list[str] = []  # what tickets were about and is needed no more

    def plan(self, *, run_id: str, now: datetime) -> Counter[str]:
        """Plan them; returns how many of each kind are new."""
        customers = self._unit.customers
        records = []
        for version in customers.inputs(self._customer_ids):
            records.append(version.record_id)
            held = self._held[version.customer_id, version.system]
            held.append(self._as_it_is_now(version))
        self._kept_away = {
            (one.system, one.source_key, one.path, one.value)
            for one in (self._unit.outbox.rolled_back(records) if records else ())
        }
        deleted = customers.deleted_in(self._customer_ids)
        goldens = [golden for golden in customers.newest(self._customer_ids) if golden.fields]
        for target in self._rules.targets.values():
            self._plan_target(goldens, target, deleted=deleted)
        holds = CarriedHolds(self._unit, self._customer_ids, records, unfit=self._unfit_places)
        self._effects = holds.put_on(self._effects)
        withdrawn = self._unit.releases.withdraw_outdated(
            self._customer_ids,
            keys=[e.idempotency_key for e in self._effects],
            kept=holds.on_unfit,
            now=now,
        )
        self._settled += [f"effect:{effect_id}" for effect_id in withdrawn]
        new = set(self._unit.effects.plan(self._effects, run_id=run_id, now=now))
        holds.settle(new, now=now)
        self._unfit.settle(
            self._unit, customer_ids=self._customer_ids, systems=self._rules.targets, now=now
        )
        self._unit.tickets.clear(self._settled, now=now)
        return Counter(
            "creates" if effect.record_id is None else "updates"
            for effect in self._effects
            if effect.effect_id in new
        ) + Counter(problems=self._unfit.count)

    def _plan_target(
        self,
        goldens: Sequence[StoredGolden],
        target: TargetPolicy,
        *,
        deleted: Collection[tuple[str, str]],
    ) -> None:
        system = target.system
        wanted = [
            (golden, there)
            for golden in goldens
            if (there := self._held[golden.customer_id, system])
            or (golden.customer_id, system) not in deleted
            if (target.update if there else target.create)
        ]
        projections = self._rules.projectors[target.system].project_all(
            [golden.fields for golden, _ in wanted],
            # A new record is made whole; what is there is not overwritten with what is disputed.
            withheld=[golden.disputed if there else () for golden, there in wanted],
        )
        for (golden, there), projection in zip(wanted, projections, strict=True):
            if projection.problems:
                self._unfit.note(golden.customer_id, projection.problems)
                self._unfit_places.add((system, golden.customer_id))
                self._unfit_places.update((system, version.record_id) for version in there)
            else:
                self._plan_customer(golden, there, target, projection)

    def _plan_customer(
        self,
        golden: StoredGolden,
        there: Sequence[LinkedVersion],
        target: TargetPolicy,
        projection: Projection,
    ) -> None:
        records: Sequence[LinkedVersion | None] = there or [None]
        agrees = True
        for version in records:
            changes = self._changes(projection, version)
            if changes:
                agrees = False
                self._effects.append(
                    _push(self._rules.client_id, golden, target, changes, record=version)
                )
        if agrees:
            self._settled.append(f"write:{target.system}:{golden.customer_id}")

    def _as_it_is_now(self, version: LinkedVersion) -> LinkedVersion:
        found = self._looked_up.get(version.record_id)
        if found is None:
            return version
        self._read[version.record_id] = version.payload
        return replace(version, payload=found.payload, guard=found.guard)

    def _changes(
        self, projection: Projection, version: LinkedVersion | None
    ) -> Mapping[str, Change]:
        """Return what the record lacks.

        Without what a person took back there, and without what people in the system have changed
        since it was read: that is theirs to say, and the next run reads it.
        """
        if version is None:
            return difference(projection, {})
        return {
            path: change
            for path, change in difference(projection, version.payload).items()
            if (version.system, version.source_key, path, json.dumps(change.after))
            not in self._kept_away
            and not self._was_changed(version, path)
        }

    def _was_changed(self, version: LinkedVersion, path: str) -> bool:
        found = self._looked_up.get(version.record_id)
        if found is None or found.deleted:
            return found is not None
        known = [value_at(self._read[version.record_id], path)]
        known += [version.pushed[path]] if path in version.pushed else []
        return not any(still_holds(value_at(found.payload, path), value) for value in known)


def _push(
    client_id: str,
    golden: StoredGolden,
    target: TargetPolicy,
    changes: Mapping[str, Change],
    *,
    record: LinkedVersion | None,
) -> PlannedEffect:
    after = {path: change.after for path, change in changes.items()}
    key = (
        create_key(target.system, golden.customer_id, after=after)
        if record is None
        else update_key(
            target.system,
            record.source_key,
            base_version_id=record.version_id,
            guard=record.guard,
            after=after,
        )
    )
    return PlannedEffect(
        effect_id=effect_id_for(client_id, key),
        kind=EffectKind.PUSH,
        target=target.system,
        idempotency_key=key,
        customer_id=golden.customer_id,
        record_id=None if record is None else record.record_id,
        body={
            "key": None if record is None else record.source_key,
            "guard": None if record is None else record.guard,
            "golden_version": golden.version_no,
            "transformation": target.version,
        },
        before={path: change.before for path, change in changes.items()},
        after=after,
        state=EffectState.HELD,
    )
