"""Idempotency keys: derived from the change itself, never from the run that plans it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from mastersync.domain.records.hashing import digest

_NAMESPACE = UUID("5b0f6a0e-7f0a-4f6e-9c38-3d0c6f3f2f11")


def effect_id_for(client_id: str, idempotency_key: str) -> UUID:
    """Return the effect's id, the same for the same key."""
    return uuid5(_NAMESPACE, f"{client_id}|{idempotency_key}")


def update_key(
    system: str,
    source_key: str,
    *,
    base_version_id: int,
    guard: str | None,
    after: Mapping[str, object],
) -> str:
    """Key of an update: this record, as it was in this version under this guard, to these values.

    A record that was saved without a change has another guard: a write that met it there is
    another one.
    """
    change = digest({"guard": guard, "after": after}).hex()[:16]
    return f"update:{system}:{source_key}:{base_version_id}:{change}"


def create_key(system: str, customer_id: str, *, after: Mapping[str, object]) -> str:
    """Key of a creation with these values.

    The store allows one creation of a customer in a system that is not refused or withdrawn.
    """
    return f"create:{system}:{customer_id}:{digest(after).hex()[:16]}"


def undo_key(system: str, source_key: str, undone: Sequence[UUID], *, decided_at: datetime) -> str:
    """Key of a write that takes these effects back.

    While one stands the store's locks let nobody plan another; one that was refused is tried again
    on a person's word, which is another decision.
    """
    decided = {"undone": sorted(map(str, undone)), "decided_at": decided_at.isoformat()}
    these = digest(decided).hex()[:16]
    return f"undo:{system}:{source_key}:{these}"


def credit_key(agency: str, customer_id: str, *, previous_report_id: int | None) -> str:
    """Key of an order: one for a customer until its report is in, then one for the next."""
    return f"credit:{agency}:{customer_id}:{previous_report_id or 'first'}"


def confirmation_key(customer_id: str, *, earlier_requests: int) -> str:
    """Key of a confirmation request: the first to a customer, the second, and so on."""
    return f"confirm:{customer_id}:{earlier_requests + 1}"
