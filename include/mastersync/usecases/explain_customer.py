"""Saying where a customer's golden values come from, and where they went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.golden.account import FieldAccount, account_for, in_question
from mastersync.domain.golden.survive import unit_of
from mastersync.domain.golden.words import PinNote
from mastersync.domain.records.fields import FIELDS
from mastersync.errors import NotFoundError
from mastersync.ports.customers import Disclosure, GoldenVersion
from mastersync.ports.store import Store
from mastersync.usecases.find_customer import live_customer
from mastersync.usecases.form_golden import CustomerFacts, gather_facts, settle_facts
from mastersync.usecases.said_by_facts import key_of_decision


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A customer as all facts of this moment have it.

    ``held`` is the newest golden version: None before the first. ``pending`` are fields that the
    next run changes, since facts are newer than it.
    """

    customer_id: str
    asked_id: str
    held: GoldenVersion | None
    accounts: Sequence[FieldAccount]
    pins: Mapping[str, PinNote]
    pending: Sequence[str]
    disclosures: Sequence[Disclosure]


def explain_customer(
    store: Store, rules: ClientRules, customer_id: str, *, field: str | None = None, now: datetime
) -> Explained:
    """Explain all fields of a customer, or one field or group.

    Raises:
        NotFoundError: There is no such customer, or no such field.
    """
    groups = {canonical.group for canonical in FIELDS.values()} - {""}
    if field is not None and field not in FIELDS and field not in groups:
        raise NotFoundError(
            f"There is no field or group {field!r}.",
            next_step=f"There are: {', '.join((*FIELDS, *sorted(groups)))}.",
        )
    with store.begin() as unit:
        live_id = live_customer(unit, customer_id)
        facts = gather_facts(unit.customers, [live_id], now=now)[live_id]
        versions = unit.customers.versions([live_id], known_at=now, limit=1)
        disclosures = unit.customers.disclosures([live_id])
    settled = settle_facts(facts, rules)
    held = versions[0] if versions else None
    before = {} if held is None else held.fields
    asked = [
        account
        for account in account_for(settled, rules.survivorship)
        if field is None or in_question(field, account.field)
    ]
    return Explained(
        customer_id=live_id,
        asked_id=customer_id,
        held=held,
        accounts=asked,
        pins=_notes(facts),
        pending=[
            account.field for account in asked if account.value != before.get(account.field, "")
        ],
        disclosures=[one for one in disclosures if field is None or _went(one, rules, field=field)],
    )


def _notes(facts: CustomerFacts) -> dict[str, PinNote]:
    notes = {
        f"decision {pin.decision_id}": PinNote(author=pin.author, reason=pin.reason)
        for pin in facts.pins
    }
    if facts.decision is not None:
        decided = facts.decision
        note = PinNote(author=decided.author, reason=decided.reason)
        notes[key_of_decision(decided)] = note
    return notes


def _went(disclosure: Disclosure, rules: ClientRules, *, field: str) -> bool:
    """Say whether the field was among what went out, by the paths that systems have for it."""
    target = rules.targets.get(disclosure.recipient)
    system = rules.systems.get(disclosure.recipient)
    written = () if target is None else target.mapping
    read = {} if system is None else system.mapping
    pairs = [(wanted.field, wanted.path) for wanted in written if wanted.field] + [*read.items()]
    paths = {path for name, path in pairs if field in {name, unit_of(name)}}
    return bool(paths.intersection(disclosure.fields)) or field in disclosure.fields
