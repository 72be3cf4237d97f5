"""Proving that nothing of a client was lost or done twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.effects.model import EffectKind
from mastersync.domain.effects.reconcile import (
    HeldRecord,
    TriedEffect,
    reconcile_records,
    reconcile_references,
    reconcile_values,
    reconcile_writes,
)
from mastersync.ports.ledger import OutsideLedger
from mastersync.ports.store import Store


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an audit looked at, and every breach it found, in words with ids."""

    versions: int
    effects: int
    entries: int
    breaches: tuple[str, ...]


def audit_client(store: Store, *, ledger: OutsideLedger | None, now: datetime) -> Audit:
    """Check conservation, effects, who is who and the chain; with a ledger, the outside's word."""
    with store.begin() as unit:
        breaches = [
            *unit.runs.violations(now=now),
            *unit.identity.violations(now=now),
            *unit.audit.verify(),
        ]
        versions = unit.runs.count_versions()
        entries = unit.audit.count()
        tried = unit.effects.tried()
        held = unit.landing.held() if ledger is not None else []
    if ledger is not None:
        breaches += _disagreements(ledger, tried, held)
    return Audit(versions=versions, effects=len(tried), entries=entries, breaches=tuple(breaches))


def _disagreements(
    ledger: OutsideLedger, tried: Sequence[TriedEffect], held: Sequence[HeldRecord]
) -> Iterator[str]:
    writes = ledger.writes()
    pushes = [effect for effect in tried if effect.kind == EffectKind.PUSH]
    orders = [seen.our_reference for seen in ledger.orders()]
    mails = [seen.our_reference for seen in ledger.mails()]
    yield from reconcile_records(held, ledger.records())
    yield from reconcile_writes(
        pushes, [(seen.system, seen.record_key, seen.reference) for seen in writes]
    )
    yield from reconcile_values(
        pushes, [(seen.system, seen.record_key, seen.values) for seen in writes]
    )
    yield from reconcile_references(tried, orders, kind=EffectKind.CREDIT_ORDER)
    yield from reconcile_references(tried, mails, kind=EffectKind.EMAIL)
