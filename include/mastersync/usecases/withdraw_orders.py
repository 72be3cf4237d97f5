"""Withdrawing the credit orders that nobody would place: those at an agency that was left."""

from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.model import EffectKind
from mastersync.ports.credit_reports import WithdrawnOrder
from mastersync.ports.store import Store
from mastersync.usecases.delivery_tickets import target_subject


def withdraw_orders_elsewhere(
    store: Store, rules: ClientRules, *, run_id: str, now: datetime
) -> int:
    """Withdraw orders at agencies that are not the client's any more; returns how many.

    They would wait for ever, count for the budget, and hold up whoever they are about. Who is
    still to be checked is planned anew, at the agency that the client has now.
    """
    agency = None if rules.credit is None else rules.credit.agency
    why = (
        "the client has no credit checks any more"
        if agency is None
        else f"the client's agency is {agency} now"
    )
    with store.begin() as unit:
        withdrawn = unit.credit_reports.withdraw_elsewhere(agency, why=why, now=now)
        if withdrawn:
            # A person may hold one, or have been told that the agency takes none.
            about = [subject for order in withdrawn for subject in _subjects_of(order)]
            unit.tickets.clear(list(dict.fromkeys(about)), now=now)
            unit.audit.append(
                "credit.orders_withdrawn",
                actor="pipeline",
                run_id=run_id,
                summary={"orders": len(withdrawn), "why": why},
                now=now,
            )
    return len(withdrawn)


def _subjects_of(order: WithdrawnOrder) -> tuple[str, str, str]:
    """Return what tickets on an order are about."""
    return (
        f"effect:{order.effect_id}",
        f"write:{order.target}:{order.customer_id}",
        target_subject(EffectKind.CREDIT_ORDER, order.target),
    )
