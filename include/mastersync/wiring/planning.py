"""Planning a client's whole chain without doing any of it, and doing exactly what was planned."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from mastersync.domain.plan.differences import first_differences
from mastersync.domain.plan.document import (
    SealedPlan,
    content_as_json,
    content_digest,
    refuse_unfit,
)
from mastersync.domain.plan.model import Plan, PlanContent
from mastersync.errors import ConflictError, NotFoundError, RuleError
from mastersync.ports.runs import RunSummary
from mastersync.ports.store import Rehearsal
from mastersync.usecases import release_plan
from mastersync.usecases.describe_plan import MailKit, content_of_run, describe_run
from mastersync.usecases.plan_clocks import clocks_of_run
from mastersync.wiring import sync
from mastersync.wiring.ask_ahead import AnswersAhead
from mastersync.wiring.client import Client
from mastersync.wiring.read_ahead import ReadAhead, read_ahead
from mastersync.wiring.sync import OnStep, silently


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What became of a plan that was applied."""

    content: PlanContent
    run: RunSummary


def plan_client(
    client: Client, *, by: str, everyone: bool = False, on_step: OnStep = silently
) -> Plan:
    """Derive everything that a sync would do now, and do none of it.

    The client's systems are read and its agency is asked, for nothing, which companies it knows.

    Args:
        everyone: Form and plan all customers by today's rules, not only those who changed.

    Raises:
        RetryableError, ConfigError, PermanentError: A system or the agency cannot be read.
        ConflictError: A sync of the client landed something meanwhile.
    """
    run_id = f"plan__{client.clock().isoformat()}"
    with _derived(client, run_id, everyone=everyone, on_step=on_step) as rehearsal:
        with rehearsal.begin() as unit:
            plan = describe_run(
                unit,
                client.rules,
                run_id,
                configuration=client.configuration,
                by=by,
                kit=_mail_kit(client),
                now=client.clock(),
                is_derived=True,
            )
        # Last: tickets that clocks raise are none of the plan's.
        clocks = clocks_of_run(rehearsal, client.rules, run_id, now=client.clock())
    return replace(plan, clocks=clocks, everyone=everyone)


def plan_of_run(client: Client, run_id: str, *, by: str) -> Plan:
    """Return what stands planned of a run and has not left; nothing is derived.

    Raises:
        NotFoundError: There is no such run.
    """
    with client.store.begin() as unit:
        if not unit.runs.is_known(run_id):
            raise NotFoundError(
                f"{client.client_id} has no run {run_id!r}.",
                next_step="`mastersync status` names each client's last run.",
            )
        return describe_run(
            unit,
            client.rules,
            run_id,
            configuration=client.configuration,
            by=by,
            kit=_mail_kit(client),
            now=client.clock(),
        )


def apply_plan(
    client: Client,
    plan: SealedPlan,
    *,
    actor: str,
    over_guards: bool = False,
    on_step: OnStep = silently,
) -> Applied:
    """Do what the plan says: derive it again, and keep and deliver it only if it is the same.

    Raises:
        RuleError: The plan may not be applied; nothing was done.
        ConflictError: It was applied before, or what would be done now differs; nothing was done.
    """
    if not client.rules.release.delivers:
        raise RuleError(
            f"Nothing of {client.rules.name} may leave: it is only watched, or disabled. "
            "Nothing was done.",
            next_step="Set 'release' to auto or approve in its client.yaml, and plan again.",
        )
    now = client.clock()
    with client.store.begin() as unit:
        store, earlier = unit.plans.store_mark(), unit.plans.find_applied(plan.plan_id)
    refuse_unfit(plan, store=store, configuration=client.configuration, now=now)
    if earlier is not None:
        raise _applied(f"by {earlier.applied_by}, {earlier.applied_at:%Y-%m-%d %H:%M} UTC")
    run_id = f"apply__{now.isoformat()}"
    claim = partial(_claim, plan=plan, run_id=run_id, actor=actor, now=now)
    with _derived(
        client, run_id, everyone=plan.everyone, claim=claim, on_step=on_step
    ) as rehearsal:
        with rehearsal.begin() as unit:
            content = content_of_run(unit, client.rules, run_id)
        _compare(plan, content, over_guards=over_guards)
        _release(client, rehearsal, plan, run_id=run_id, actor=actor)
        rehearsal.keep()
    sync.deliver_run(client, run_id, on_step=on_step)
    with client.store.begin() as unit:
        (run,) = unit.runs.list_newest(limit=1)
    return Applied(content=content, run=run)


@contextmanager
def _read_all(client: Client, *, on_step: OnStep) -> Iterator[dict[str, ReadAhead]]:
    """Read every system from where its last sync ended, before anything is locked."""
    with ExitStack() as stack:
        pages = {}
        for system in client.rules.systems:
            with client.store.begin() as unit:
                since = unit.landing.watermark(system)
            with client.reader(system) as reader:
                pages[system] = stack.enter_context(read_ahead(reader, system=system, since=since))
            on_step(f"read {system}", {"pages": pages[system].page_count})
        yield pages


@contextmanager
def _derived(
    client: Client,
    run_id: str,
    *,
    everyone: bool,
    claim: Callable[[Rehearsal], None] = lambda _: None,
    on_step: OnStep,
) -> Iterator[Rehearsal]:
    """Rehearse a sync up to its plan; nothing is bought for it.

    Whom the agency has to be asked about turns out on the way. Then nothing is kept, the agency
    is asked, and it begins anew with its answers: no lock is held while others are waited for.
    """
    answers = AnswersAhead()
    with _read_all(client, on_step=on_step) as pages:
        while True:
            with client.store.rehearse() as rehearsal:
                claim(rehearsal)
                rehearsed = client.rehearsed(rehearsal, pages, answers, everyone=everyone)
                sync.read_and_check(rehearsed, run_id, on_step=on_step)
                if answers.are_complete:
                    sync.form_and_plan(rehearsed, run_id, on_step=on_step)
                    yield rehearsal
                    return
            with client.agency() as agency:
                on_step("ask the agency", {"companies": answers.ask(agency)})


def _claim(
    rehearsal: Rehearsal, *, plan: SealedPlan, run_id: str, actor: str, now: datetime
) -> None:
    """Take the plan for ourselves: of two who apply it at once, one gets it."""
    with rehearsal.begin() as unit:
        is_first = unit.plans.record_applied(
            plan.plan_id, digest=plan.digest, run_id=run_id, actor=actor, now=now
        )
    if not is_first:
        raise _applied("at this very moment")


def _applied(by_whom: str) -> ConflictError:
    return ConflictError(
        f"This plan was applied already, {by_whom}. Nothing was done.",
        next_step="Plan again to see what is left to do.",
    )


def _compare(plan: SealedPlan, content: PlanContent, *, over_guards: bool) -> None:
    derived = content_as_json(content)
    if content_digest(derived) != plan.digest:
        words = "; ".join(first_differences(plan.content, derived))
        raise ConflictError(
            f"What would be done now is not what was planned: {words}. Nothing was done.",
            next_step="Plan again with `mastersync plan`, and look at the new plan.",
        )
    if content.over and not over_guards:
        raise RuleError(
            f"The plan is over the client's limits: {'; '.join(content.over)}. Nothing was done.",
            next_step="If it is right all the same, apply it with --over-guards.",
        )


def _release(
    client: Client, rehearsal: Rehearsal, plan: SealedPlan, *, run_id: str, actor: str
) -> None:
    """Let out what was held, on the word of whoever applies the plan."""
    now = client.clock()
    with rehearsal.begin() as unit:
        held = unit.releases.held_for(run_id)
    if held:
        release_plan.release_plan(
            rehearsal, run_id=run_id, actor=actor, hold=client.rules.release.hold, now=now
        )
    with rehearsal.begin() as unit:
        unit.audit.append(
            "plan.applied",
            actor=actor,
            run_id=run_id,
            summary={"plan_id": plan.plan_id, "digest": plan.digest, "made_by": plan.made_by},
            now=now,
        )


def _mail_kit(client: Client) -> MailKit | None:
    if client.rules.confirmation is None:
        return None
    return MailKit(setting=client.mail_setting(), render=client.render)
