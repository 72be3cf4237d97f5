"""Planning every change to the outside that a run's golden records call for."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.guards import PlanSize, tripped
from mastersync.domain.effects.keys import create_key, effect_id_for, update_key
from mastersync.domain.effects.model import EffectKind, EffectState, PlannedEffect
from mastersync.domain.sla.model import Change, ProjectionProblem, TargetPolicy
from mastersync.domain.sla.transform import difference, project
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.customers import LinkedVersion, StoredGolden
from mastersync.ports.store import Store, Unit
from mastersync.usecases.failpoints import (
    PLAN_AFTER_COMMIT,
    PLAN_BEFORE_COMMIT,
    Failpoint,
    never,
)
from mastersync.usecases.plan_confirmations import plan_confirmations

HELD_PLAN = "guard"  # what the cause key of a held plan's ticket begins with
_CHUNK_SIZE = 500


def plan_run(
    store: Store,
    rules: ClientRules,
    *,
    run_id: str,
    secret_key: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Plan the pushes and mails of the run, held until the guards have seen them all.

    What the targets hold already is not planned, nor what was planned before: planning twice
    plans nothing twice. What runs left unplanned that died on the way is part of it. Over the
    client's limits all of it stays held, with a ticket; else it is released. Returns counts.
    """
    counts: Counter[str] = Counter(updates=0, creates=0, mails=0, problems=0, held=0)
    with store.begin() as unit:
        touched = unit.customers.touched(run_id)
    for start in range(0, len(touched), _CHUNK_SIZE):
        with store.begin() as unit:
            chunk = _Pushes(unit, rules, store.client_id, touched[start : start + _CHUNK_SIZE])
            counts.update(chunk.plan(run_id=run_id, now=now))
            failpoint(PLAN_BEFORE_COMMIT)
        failpoint(PLAN_AFTER_COMMIT)
    with store.begin() as unit:
        counts["mails"] = plan_confirmations(
            unit, rules, store.client_id, run_id=run_id, secret_key=secret_key, now=now
        )
        unit.effects.take_over_held(run_id)
        counts["held"] = _guard(unit, rules, run_id=run_id, now=now)
        unit.runs.mark_planned(run_id, now=now)
    return dict(counts)


def release_plan(store: Store, *, run_id: str, actor: str, now: datetime) -> int:
    """Let the held effects of a run go out, on a person's word; returns how many."""
    with store.begin() as unit:
        released = unit.effects.release(run_id, now=now)
        unit.tickets.clear([f"plan:{run_id}"], now=now)
        unit.audit.append(
            "plan.released", actor=actor, run_id=run_id, summary={"effects": released}, now=now
        )
    return released


class _Pushes:
    """The pushes that a chunk of customers calls for, within one transaction."""

    def __init__(
        self, unit: Unit, rules: ClientRules, client_id: str, customer_ids: Sequence[str]
    ) -> None:
        self._unit = unit
        self._rules = rules
        self._client_id = client_id
        self._customer_ids = customer_ids
        self._effects: list[PlannedEffect] = []
        self._problems: dict[str, list[tuple[str, ProjectionProblem]]] = defaultdict(list)
        self._settled: list[str] = []  # writes that were refused once and are needed no more

    def plan(self, *, run_id: str, now: datetime) -> Counter[str]:
        """Plan them; returns how many of each kind are new."""
        customers = self._unit.customers
        held: dict[str, list[LinkedVersion]] = defaultdict(list)
        for version in customers.inputs(self._customer_ids):
            held[version.customer_id].append(version)
        deleted = customers.deleted_in(self._customer_ids)
        for golden in customers.newest(self._customer_ids):
            for target in self._rules.targets.values():
                if golden.fields:
                    was_deleted = (golden.customer_id, target.system) in deleted
                    self._plan_target(
                        golden, held[golden.customer_id], target, may_create=not was_deleted
                    )
        new = set(self._unit.effects.plan(self._effects, run_id=run_id, now=now))
        self._raise_problems(now=now)
        return Counter(
            "creates" if effect.record_id is None else "updates"
            for effect in self._effects
            if effect.effect_id in new
        ) + Counter(problems=sum(len(found) for found in self._problems.values()))

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
        projection = project(golden.fields, target, self._rules.tables)
        for problem in projection.problems:
            cause_key = f"push:{problem.system}:{problem.code}:{problem.path}"
            self._problems[cause_key].append((golden.customer_id, problem))
        if projection.problems:
            return
        records: Sequence[LinkedVersion | None] = there or [None]
        agrees = True
        for version in records:
            changes = difference(projection, {} if version is None else version.payload)
            if changes:
                agrees = False
                self._effects.append(
                    _push(self._client_id, golden, target.system, changes, record=version)
                )
        if agrees:
            self._settled.append(f"write:{target.system}:{golden.customer_id}")

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


def _guard(unit: Unit, rules: ClientRules, *, run_id: str, now: datetime) -> int:
    """Release the run's plan, or leave it held with a ticket; returns how many stay held."""
    size: PlanSize = unit.effects.held_size(run_id)
    over = tripped(size, rules.guards)
    if not over:
        unit.effects.release(run_id, now=now)
    unit.tickets.clear([f"plan:{emptied}" for emptied in unit.effects.emptied_plans()], now=now)
    if not over:
        return 0
    unit.tickets.ensure(
        TicketDraft(
            cause_key=f"{HELD_PLAN}:{run_id}",
            kind=TicketKind.GUARD,
            title="The plan is over the client's limits and is held",
            cause="; ".join(over) + ".",
            next_step="Look at the plan, then release it with `mastersync release` or raise "
            "the limits in client.yaml.",
            subjects=(f"plan:{run_id}",),
            detail={"run_id": run_id},
        ),
        now=now,
    )
    return size.updates + size.creates + size.mails
