"""The tickets that tell of plans that are held."""

from collections.abc import Sequence
from uuid import UUID

from mastersync.domain.tickets.model import TicketDraft, TicketKind

GUARD = "guard"  # what the cause of a ticket begins with when a plan is over the limits
APPROVAL = "approval"  # when it waits for a person's word
HELD_PLANS = (GUARD, APPROVAL)
HELD_BY_PERSON = "held"  # when somebody holds single effects
DISABLED = "client:disabled"


def plan_subject(run_id: str) -> str:
    """Return what such a ticket is about."""
    return f"plan:{run_id}"


def over_the_limits(client_id: str, run_id: str, over: Sequence[str]) -> TicketDraft:
    """Return the ticket of a plan that a guard holds; ``over`` is each limit, in words."""
    return TicketDraft(
        cause_key=f"{GUARD}:{run_id}",
        kind=TicketKind.GUARD,
        title="The plan is over the client's limits and is held",
        cause="; ".join(over) + ".",
        next_step=f"Look at it: `mastersync plan {client_id} --run {run_id}`. Then either "
        f"let it go, with `mastersync release {client_id} {run_id}` or by raising the limit in "
        "client.yaml before the next run, or withdraw it: "
        f"`mastersync effect cancel {client_id} --run {run_id}`.",
        subjects=(plan_subject(run_id),),
        detail={"run_id": run_id, "over": list(over)},
    )


def to_approve(client_id: str, run_id: str) -> TicketDraft:
    """Return the ticket of a plan that waits for a person's word."""
    return TicketDraft(
        cause_key=f"{APPROVAL}:{run_id}",
        kind=TicketKind.GUARD,
        title="A plan waits for approval",
        cause="This client's plans go out on a person's word.",
        next_step=_answer(client_id, run_id),
        subjects=(plan_subject(run_id),),
        detail={"run_id": run_id},
    )


def orders_to_approve(client_id: str, run_id: str, *, cost: str, most: str) -> TicketDraft:
    """Return the ticket of credit orders that are too dear to be placed without a person."""
    return TicketDraft(
        cause_key=f"{APPROVAL}:{run_id}",
        kind=TicketKind.GUARD,
        title=f"Credit reports for {cost} wait for approval",
        cause=f"A run may order for {most} without a person (credit.approve_above). The rest of "
        "its plan goes out.",
        next_step=_answer(client_id, run_id),
        subjects=(plan_subject(run_id),),
        detail={"run_id": run_id, "cost": cost},
    )


def unanswered(client_id: str, run_id: str) -> TicketDraft:
    """Return the ticket of a plan on which nobody said a word in time."""
    return TicketDraft(
        cause_key=f"{APPROVAL}:{run_id}",
        kind=TicketKind.GUARD,
        title="A plan was left without an answer and stays held",
        cause="Nobody approved or rejected it in time.",
        next_step=_answer(client_id, run_id),
        subjects=(plan_subject(run_id),),
        detail={"run_id": run_id},
    )


def unmerge_to_approve(
    client_id: str, effect_ids: Sequence[UUID], customer_ids: Sequence[str]
) -> TicketDraft:
    """Return the ticket of the writes of an unmerge that wait for a person's word."""
    return TicketDraft(
        cause_key=f"{HELD_BY_PERSON}:{effect_ids[0]}",
        kind=TicketKind.GUARD,
        title=f"{len(effect_ids)} write(s) of an unmerge wait for approval",
        cause="This client's writes go out on a person's word, and no run's plan has shown these.",
        next_step="For each of " + " and ".join(customer_ids) + ", let them go with `mastersync "
        f"effect release {client_id} --customer CUSTOMER`, or withdraw them: `mastersync effect "
        f"cancel {client_id} --customer CUSTOMER`.",
        subjects=tuple(f"effect:{effect_id}" for effect_id in effect_ids),
    )


def held_again(run_id: str) -> TicketDraft:
    """Return the ticket of a plan of which a part is there again."""
    return TicketDraft(
        cause_key=f"{GUARD}:{run_id}",
        kind=TicketKind.GUARD,
        title="Part of a held plan is there again",
        cause="A merge had withdrawn it, and the merge was undone.",
        next_step=_answer("CLIENT", run_id),
        subjects=(plan_subject(run_id),),
        detail={"run_id": run_id},
    )


def disabled(client_name: str, waiting: int) -> TicketDraft:
    """Return the ticket of a client that was disabled with effects on their way."""
    return TicketDraft(
        cause_key=DISABLED,
        kind=TicketKind.CONFIG,
        title=f"{client_name} is disabled, and effects of it wait",
        cause=f"{waiting} effect(s) were planned before it was disabled. None is delivered.",
        next_step="Enable it in client.yaml to let them go out, or withdraw them with "
        "`mastersync effect cancel`.",
        subjects=(DISABLED,),
    )


def _answer(client_id: str, run_id: str) -> str:
    return (
        f"Look at it: `mastersync plan {client_id} --run {run_id}`. Let it go in Airflow "
        f"(Browse, Required Actions) or with `mastersync release {client_id} {run_id}`, or "
        f"withdraw it: `mastersync effect cancel {client_id} --run {run_id}`. What is still held "
        "then is part of the next run's plan."
    )
