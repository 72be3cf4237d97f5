"""Planning every change to the outside that a run's golden records call for."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.confirmations.asking import Asked, is_due
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.confirmations.shown import show_details
from mastersync.domain.confirmations.tokens import token_for, token_hash
from mastersync.domain.effects.guards import PlanSize, tripped
from mastersync.domain.effects.keys import (
    confirmation_key,
    create_key,
    effect_id_for,
    update_key,
)
from mastersync.domain.effects.model import EffectKind, EffectState, PlannedEffect
from mastersync.domain.sla.model import ProjectionProblem, TargetPolicy
from mastersync.domain.sla.transform import difference, project
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.confirmation_requests import NewRequest, PastRequests
from mastersync.ports.customers import LinkedVersion, StoredGolden
from mastersync.ports.store import Store, Unit
from mastersync.usecases.failpoints import (
    PLAN_AFTER_COMMIT,
    PLAN_BEFORE_COMMIT,
    Failpoint,
    never,
)

MAIL_TARGET = "sendgrid"
_CHUNK_SIZE = 500


@dataclass(kw_only=True)
class _Plan:
    """What a chunk of customers calls for."""

    effects: list[PlannedEffect] = field(default_factory=list)
    requests: list[NewRequest] = field(default_factory=list)
    problems: dict[str, list[tuple[str, ProjectionProblem]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    planned_customers: set[str] = field(default_factory=set)


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
    plans nothing twice. Over the client's limits all of it stays held, with a ticket; else it
    is released. Returns counts.
    """
    counts: Counter[str] = Counter(updates=0, creates=0, mails=0, problems=0, held=0)
    with store.begin() as unit:
        touched = unit.customers.touched(run_id)
        mails_left = _mails_left(unit, rules, run_id=run_id)
    for start in range(0, len(touched), _CHUNK_SIZE):
        chunk = touched[start : start + _CHUNK_SIZE]
        with store.begin() as unit:
            plan = _plan_chunk(unit, rules, store.client_id, chunk, mails_left, secret_key, now)
            new = set(unit.effects.plan(plan.effects, run_id=run_id, now=now))
            asked = [request for request in plan.requests if request.effect_id in new]
            unit.confirmations.ask(asked, now=now)
            _raise_problems(unit, plan, chunk, now=now)
            mails_left -= len(asked)
            counts.update(_sizes(effect for effect in plan.effects if effect.effect_id in new))
            counts["problems"] += sum(len(found) for found in plan.problems.values())
            failpoint(PLAN_BEFORE_COMMIT)
        failpoint(PLAN_AFTER_COMMIT)
    with store.begin() as unit:
        counts["held"] = _guard(unit, rules, run_id=run_id, now=now)
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


def _plan_chunk(
    unit: Unit,
    rules: ClientRules,
    client_id: str,
    customer_ids: Sequence[str],
    mails_left: int,
    secret_key: str,
    now: datetime,
) -> _Plan:
    plan = _Plan()
    records: dict[str, list[LinkedVersion]] = defaultdict(list)
    for version in unit.customers.inputs(customer_ids):
        records[version.customer_id].append(version)
    deleted = unit.customers.deleted_in(customer_ids)
    past = {one.customer_id: one for one in unit.confirmations.past(customer_ids, now=now)}
    for golden in unit.customers.newest(customer_ids):
        held = records[golden.customer_id]
        for target in rules.targets.values():
            if (golden.customer_id, target.system) in deleted:
                continue
            _plan_pushes(plan, client_id, golden, held, target, rules.tables)
        if len(plan.requests) < mails_left and rules.confirmation is not None:
            _plan_mail(
                plan,
                _Asking(client_id, rules.name, rules.confirmation, secret_key, now),
                golden,
                past.get(golden.customer_id),
            )
    return plan


def _plan_pushes(
    plan: _Plan,
    client_id: str,
    golden: StoredGolden,
    held: Sequence[LinkedVersion],
    target: TargetPolicy,
    tables: Mapping[str, Mapping[str, str]],
) -> None:
    there = [version for version in held if version.system == target.system]
    if not golden.fields or (there and not target.update) or (not there and not target.create):
        return
    projection = project(golden.fields, target, tables)
    for problem in projection.problems:
        plan.problems[_cause(problem)].append((golden.customer_id, problem))
    if projection.problems:
        return
    if not there:
        values = {path: change.after for path, change in difference(projection, {}).items()}
        key = create_key(target.system, golden.customer_id, after=values)
        plan.effects.append(_push(client_id, key, golden, target.system, after=values))
    for version in there:
        changes = difference(projection, version.payload)
        if not changes:
            continue
        after = {path: change.after for path, change in changes.items()}
        key = update_key(
            target.system, version.source_key, base_version_id=version.version_id, after=after
        )
        before = {path: change.before for path, change in changes.items()}
        plan.effects.append(
            _push(client_id, key, golden, target.system, after=after, before=before, record=version)
        )


def _push(
    client_id: str,
    key: str,
    golden: StoredGolden,
    system: str,
    *,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
    record: LinkedVersion | None = None,
) -> PlannedEffect:
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
        before=before or {},
        after=after,
        state=EffectState.HELD,
    )


@dataclass(frozen=True)
class _Asking:
    client_id: str
    client_name: str
    policy: ConfirmationPolicy
    secret_key: str
    now: datetime


def _plan_mail(
    plan: _Plan, asking: _Asking, golden: StoredGolden, past: PastRequests | None
) -> None:
    asked = (
        Asked()
        if past is None
        else Asked(
            last_asked_at=past.last_asked_at,
            has_open_request=past.has_open,
            is_unreachable=past.is_unreachable,
        )
    )
    if not is_due(golden.fields, asked=asked, policy=asking.policy, now=asking.now):
        return
    key = confirmation_key(
        golden.customer_id, earlier_requests=0 if past is None else past.request_count
    )
    # The request shares its mail's id: derived, so that planning again makes the same link.
    request_id = effect_id_for(asking.client_id, key)
    plan.effects.append(
        PlannedEffect(
            effect_id=request_id,
            kind=EffectKind.EMAIL,
            target=MAIL_TARGET,
            idempotency_key=key,
            customer_id=golden.customer_id,
            body={"request_id": str(request_id), "golden_version": golden.version_no},
            after=dict.fromkeys(asking.policy.fields, True),
            state=EffectState.HELD,
        )
    )
    plan.requests.append(
        NewRequest(
            request_id=request_id,
            effect_id=request_id,
            customer_id=golden.customer_id,
            token_hash=token_hash(token_for(asking.secret_key, request_id)),
            client_name=asking.client_name,
            language=asking.policy.language,
            shown=show_details(golden.fields, policy=asking.policy).as_json(),
            expires_at=asking.now + timedelta(days=asking.policy.link_valid_days),
        )
    )


def _mails_left(unit: Unit, rules: ClientRules, *, run_id: str) -> int:
    if rules.confirmation is None or not rules.confirmation.enabled:
        return 0
    return rules.confirmation.max_per_run - unit.confirmations.count_asked(run_id)


def _sizes(effects: Iterator[PlannedEffect]) -> Counter[str]:
    return Counter(
        "mails"
        if effect.kind is EffectKind.EMAIL
        else ("creates" if effect.record_id is None else "updates")
        for effect in effects
    )


def _guard(unit: Unit, rules: ClientRules, *, run_id: str, now: datetime) -> int:
    """Release the run's plan, or leave it held with a ticket; returns how many stay held."""
    size: PlanSize = unit.effects.held_size(run_id)
    over = tripped(size, rules.guards)
    if not over:
        unit.effects.release(run_id, now=now)
        unit.tickets.clear([f"plan:{run_id}"], now=now)
        return 0
    unit.tickets.ensure(
        TicketDraft(
            cause_key=f"guard:{run_id}",
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


def _cause(problem: ProjectionProblem) -> str:
    return f"push:{problem.system}:{problem.code}:{problem.path}"


def _raise_problems(unit: Unit, plan: _Plan, customer_ids: Sequence[str], *, now: datetime) -> None:
    for cause_key, found in plan.problems.items():
        problem = found[0][1]
        unit.tickets.ensure(
            TicketDraft(
                cause_key=cause_key,
                kind=TicketKind.EFFECT,
                title=f"{problem.system}: {problem.path} cannot be written "
                f"({problem.code.replace('_', ' ')})",
                cause=problem.words,
                next_step="Complete the code table or the mapping in client.yaml; the records "
                "are planned again in the next run that touches them.",
                subjects=tuple(f"write:{problem.system}:{customer}" for customer, _ in found),
                detail={"system": problem.system, "path": problem.path, "code": problem.code},
            ),
            now=now,
        )
    troubled = {
        f"write:{problem.system}:{customer}"
        for found in plan.problems.values()
        for customer, problem in found
    }
    systems = {effect.target for effect in plan.effects} | {
        problem.system for found in plan.problems.values() for _, problem in found
    }
    fine = [
        subject
        for customer in customer_ids
        for system in sorted(systems)
        if (subject := f"write:{system}:{customer}") not in troubled
    ]
    unit.tickets.clear(fine, now=now)


def mail_request_id(body: Mapping[str, object]) -> UUID:
    """Return the request that a mail effect carries."""
    return UUID(str(body["request_id"]))
