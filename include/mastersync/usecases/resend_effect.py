"""A person decides that an effect is to be sent again: nothing else ever sends it twice."""

from datetime import datetime
from uuid import UUID

from mastersync.errors import RuleError
from mastersync.ports.store import Store


def resend_effect(store: Store, effect_id: UUID, *, actor: str, now: datetime) -> None:
    """Make the effect due again and settle its ticket; the audit trail keeps who and when.

    It goes out under the same key and reference as before, with the client's next sync or with
    the DAG deliver_effects. What it costs is spent again.

    Raises:
        RuleError: The effect is not one whose outcome is unknown, nor a refused order or mail.
    """
    with store.begin() as unit:
        if not unit.effects.resend(effect_id, now=now):
            raise RuleError(
                f"Effect {effect_id} of {store.client_id} cannot be sent again.",
                next_step="Only effects of unknown outcome can, and refused orders and mails; "
                "the ticket names the effect.",
                effect_id=effect_id,
            )
        unit.tickets.clear([f"effect:{effect_id}"], now=now)
        unit.audit.append(
            "effect.resent",
            actor=actor,
            run_id=None,
            summary={"effect_id": str(effect_id)},
            now=now,
        )
