"""Planning the writes that golden records call for: what each target lacks, from and to."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.keys import create_key, effect_id_for, update_key
from mastersync.domain.effects.model import EffectKind, EffectState, HeldFor, PlannedEffect
from mastersync.domain.effects.undo import still_holds
from mastersync.domain.records.mapping import value_at
from mastersync.domain.targets.model import Change, Projection, ProjectionProblem, TargetPolicy
from mastersync.domain.targets.transform import difference, project
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.customers import LinkedVersion, StoredGolden
from mastersync.ports.store import Unit
from mastersync.ports.systems import SourceRow

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
        self._problems: dict[str, list[tuple[str, ProjectionProblem]]] = defaultdict(list)
        self._settled: list[str] = []  # what tickets were about and is needed no more

    def plan(self, *, run_id: str, now: datetime) -> Counter[str]:
        """Plan them; returns how many of each kind are new."""
        customers = self._unit.customers
        held: dict[str, list[LinkedVersion]] = defaultdict(list)
        for version in customers.inputs(self._customer_ids):
            held[version.customer_id].append(self._as_it_is_now(version))
        records = [version.record_id for versions in held.values() for version in versions]
        self._kept_away = {
            (one.system, one.source_key, one.path, one.value)
            for one in (self._unit.outbox.rolled_back(records) if records else ())
        }
        deleted = customers.deleted_in(self._customer_ids)
        for golden in customers.newest(self._customer_ids):
            for target in self._rules.targets.values():
                if golden.fields:
                    was_deleted = (golden.customer_id, target.system) in deleted
                    self._plan_target(
                        golden, held[golden.customer_id], target, may_create=not was_deleted
                    )
        replaced = self._carry_over_holds()
        withdrawn = self._unit.releases.withdraw_outdated(
            self._customer_ids, keys=[e.idempotency_key for e in self._effects], now=now
        )
        self._settled += [f"effect:{effect_id}" for effect_id in withdrawn]
        new = set(self._unit.effects.plan(self._effects, run_id=run_id, now=now))
        others = {
            f"effect:{hold}": f"effect:{other}" for hold, other in replaced.items() if other in new
        }
        self._unit.tickets.replace_subjects(others, now=now)
        self._raise_problems(now=now)
        return Counter(
            "creates" if effect.record_id is None else "updates"
            for effect in self._effects
            if effect.effect_id in new
        ) + Counter(problems=sum(len(found) for found in self._problems.values()))

    def _carry_over_holds(self) -> dict[UUID, UUID]:
        """Let a person's hold outlast the plan that it was on; returns effect held → its heir."""
        holds = {
            (hold.target, hold.record_id or hold.customer_id): hold.effect_id
            for hold in self._unit.releases.held_by_people(
                self._customer_ids,
                record_ids=[e.record_id for e in self._effects if e.record_id is not None],
            )
        }
        replaced = {}
        for place, effect in enumerate(self._effects):
            held = holds.get((effect.target, effect.record_id or effect.customer_id))
            if held not in {None, effect.effect_id}:
                self._effects[place] = replace(effect, held_for=HeldFor.PERSON)
                replaced[held] = effect.effect_id
        return replaced

    def _plan_target(
        self,
        golden: StoredGolden,
        held: Sequence[LinkedVersion],
        target: TargetPolicy,
        *,
        may_create: bool,
    ) -> None:
        there = [version for version in held if version.system == target.system]
        if not (target.update if there else target.create and may_create):
            return
        # A new record is made whole; what is there is not overwritten with what is disputed.
        withheld = golden.disputed if there else ()
        projection = project(golden.fields, target, self._rules.tables, withheld=withheld)
        for problem in projection.problems:
            cause_key = f"push:{problem.system}:{problem.code}:{problem.path}"
            self._problems[cause_key].append((golden.customer_id, problem))
        if projection.problems:
            return
        records: Sequence[LinkedVersion | None] = there or [None]
        agrees = True
        for version in records:
            changes = self._changes(projection, version)
            if changes:
                agrees = False
                self._effects.append(
                    _push(self._rules.client_id, golden, target.system, changes, record=version)
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

    def _raise_problems(self, *, now: datetime) -> None:
        """Raise a ticket a cause; what had a problem and has none now is settled."""
        troubled: set[str] = set()
        for cause_key, found in self._problems.items():
            draft = _cannot_be_written(cause_key, found)
            troubled |= set(draft.subjects)
            self._unit.tickets.ensure(draft, now=now)
        fine = [
            subject
            for customer_id in self._customer_ids
            for system in self._rules.targets
            if (subject := f"projection:{system}:{customer_id}") not in troubled
        ]
        self._unit.tickets.clear([*fine, *self._settled], now=now)


def _cannot_be_written(
    cause_key: str, found: Sequence[tuple[str, ProjectionProblem]]
) -> TicketDraft:
    problem = found[0][1]
    return TicketDraft(
        cause_key=cause_key,
        kind=TicketKind.EFFECT,
        title=f"{problem.system}: {problem.path} cannot be written "
        f"({problem.code.replace('_', ' ')})",
        cause=problem.words,
        next_step="Complete the code table or the mapping in client.yaml; the records are "
        "planned again in the next run that touches them.",
        subjects=tuple(f"projection:{problem.system}:{customer}" for customer, _ in found),
        detail={"system": problem.system, "path": problem.path, "code": problem.code},
    )


def _push(
    client_id: str,
    golden: StoredGolden,
    system: str,
    changes: Mapping[str, Change],
    *,
    record: LinkedVersion | None,
) -> PlannedEffect:
    after = {path: change.after for path, change in changes.items()}
    key = (
        create_key(system, golden.customer_id, after=after)
        if record is None
        else update_key(
            system,
            record.source_key,
            base_version_id=record.version_id,
            guard=record.guard,
            after=after,
        )
    )
    return PlannedEffect(
        effect_id=effect_id_for(client_id, key),
        kind=EffectKind.PUSH,
        target=system,
        idempotency_key=key,
        customer_id=golden.customer_id,
        record_id=None if record is None else record.record_id,
        body={
            "key": None if record is None else record.source_key,
            "guard": None if record is None else record.guard,
            "golden_version": golden.version_no,
        },
        before={path: change.before for path, change in changes.items()},
        after=after,
        state=EffectState.HELD,
    )
