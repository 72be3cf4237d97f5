"""What the carrier's events say of mails that are out."""

from datetime import datetime, timedelta

from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.confirmation_requests import TroubledMailbox
from mastersync.ports.store import Store


def report_undeliverable(store: Store, *, now: datetime) -> int:
    """Raise one ticket about customers whose mail bounced, was dropped or complained about.

    A person is told once of each; a customer with another address is settled. Returns how many
    cannot be reached.
    """
    with store.begin() as unit:
        troubled = unit.confirmations.undeliverable()
        unit.tickets.clear([_mailbox(one) for one in troubled if not one.is_dead], now=now)
        dead = [one for one in troubled if one.is_dead]
        news = [one for one in dead if not one.is_told]
        if news:
            unit.tickets.ensure(
                TicketDraft(
                    cause_key="email:undeliverable",
                    kind=TicketKind.EFFECT,
                    title="Customers who cannot be reached by mail",
                    cause="The carrier reported a bounce, a drop or a complaint. They are not "
                    "written to again.",
                    next_step="Correct the email addresses at their source, or ask by phone.",
                    subjects=tuple(_mailbox(one) for one in news),
                ),
                now=now,
            )
    return len(dead)


def _mailbox(troubled: TroubledMailbox) -> str:
    return f"mailbox:{troubled.customer_id}"


def settle_silent_mails(store: Store, *, wait: timedelta, now: datetime) -> dict[str, int]:
    """Settle mails of unknown outcome by the carrier's events; ask a person about silent ones."""
    with store.begin() as unit:
        reported, silent = unit.effects.settle_mails(wait=wait, now=now)
        unit.tickets.clear([f"effect:{effect_id}" for effect_id in reported], now=now)
        if silent:
            unit.tickets.ensure(
                TicketDraft(
                    cause_key="email:unknown",
                    kind=TicketKind.EFFECT,
                    title="Mails that the carrier never reported on",
                    cause="They were sent twice, and no event came back for either.",
                    next_step="Look them up at the mail carrier by our reference; check that its "
                    "event webhook reaches the portal.",
                    subjects=tuple(f"effect:{effect_id}" for effect_id in silent),
                ),
                now=now,
            )
    return {"reported": len(reported), "silent": len(silent)}
