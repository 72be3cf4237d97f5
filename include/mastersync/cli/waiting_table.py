"""Plans that wait for a person, in words, with the commands that go on."""

from mastersync.domain.effects.model import HeldFor
from mastersync.ports.releases import WaitingPlan

_WAITS_FOR = {
    HeldFor.APPROVAL: "waits for approval",
    HeldFor.GUARD: "is held: over the client's limits",
}


def waiting_in_words(client_id: str, plan: WaitingPlan) -> list[str]:
    """Return what waits, and below it the commands to look at it, let it go or withdraw it."""
    run = plan.run_id
    return [
        f"{client_id}: run {run} {_WAITS_FOR[plan.held_for]}: {_counts(plan)}",
        f"  look at it    mastersync plan {client_id} --run {run}",
        f"  let it go     mastersync release {client_id} {run}",
        f"  withdraw it   mastersync effect cancel {client_id} --run {run}",
    ]


def _counts(plan: WaitingPlan) -> str:
    parts = [_count(plan.pushes, "write"), _count(plan.mails, "mail")]
    if plan.orders:
        orders = _count(plan.orders, "credit report")
        parts.append(f"{orders} for {plan.cost:,.2f} {plan.currency}")
    return ", ".join(part for part in parts if part)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""
