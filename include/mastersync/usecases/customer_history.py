"""A customer on two clocks: what was true when, as it was known when; and how it came about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.decisions.pins import PinDecision
from mastersync.domain.golden.model import OPERATOR
from mastersync.domain.identity.model import ChangeKind, IdentityChange
from mastersync.domain.records.fields import FIELDS
from mastersync.errors import NotFoundError
from mastersync.ports.customers import GoldenVersion
from mastersync.ports.store import Store, Unit
from mastersync.usecases.find_customer import live_customer
from mastersync.usecases.form_golden import CustomerFacts, settle_facts

_PIN = "decision "


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a value came from: the source, when it said so, and the rule that let it win."""

    system: str
    source_key: str
    said_at: datetime
    rule: str


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """A customer as it was.

    ``customer_id`` is whom the id that was asked for stood for by what was known then. ``version``
    is the golden version in force then. Without ``is_derived`` the fields are that version's own,
    word for word; with it they follow from its facts by today's policy, ``policy_version``.
    ``merged_since`` says that merges known only later may show in what customers and people said.
    """

    asked_id: str
    customer_id: str
    true_at: datetime
    known_at: datetime
    version: GoldenVersion
    is_derived: bool
    policy_version: str
    fields: Mapping[str, str]
    origins: Mapping[str, Origin]
    merged_since: bool


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """What a golden version changed in one field, and whose word it was."""

    field: str
    before: str
    after: str
    system: str
    source_key: str
    rule: str
    author: str = ""
    reason: str = ""
    ticket_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class VersionStory:
    """One golden version and what it changed against the one before."""

    version: GoldenVersion
    changes: Sequence[FieldChange]


@dataclass(frozen=True, kw_only=True)
class History:
    """All golden versions of a customer and of those merged into it, and its changes of identity.

    Both with the newest first.
    """

    customer_id: str
    versions: Sequence[VersionStory]
    identity: Sequence[IdentityChange]


def customer_as_of(
    store: Store,
    rules: ClientRules,
    customer_id: str,
    *,
    true_at: datetime,
    known_at: datetime,
) -> AsOf:
    """Return what was true of a customer at a time, as it was known at a time.

    When both are one the answer is the golden version of then. What was true before is derived
    from the facts that this version was formed from: what their systems said of that time.

    Raises:
        NotFoundError: There is no such customer, or nothing was known of it then.
    """
    with store.begin() as unit:
        live_customer(unit, customer_id)  # refuses an id that there never was
        stood_for, merged_since = _stood_for(unit, customer_id, known_at=known_at)
        versions = unit.customers.versions([stood_for], known_at=known_at, limit=1)
        if not versions:
            raise NotFoundError(
                f"Nothing was known of {customer_id} on {known_at:%d %b %Y %H:%M} UTC.",
                next_step="See since when: mastersync customer CLIENT CUSTOMER --history.",
            )
        (version,) = versions
        facts = None
        if true_at < known_at:
            facts = _facts_as_of(unit, version, true_at=true_at)
    if facts is None:
        return _as_it_was(version, customer_id, true_at=true_at, known_at=known_at)
    golden = settle_facts(facts, rules)
    won = {name: found for one in golden.units.values() for name, found in one.survivors.items()}
    return AsOf(
        asked_id=customer_id,
        customer_id=stood_for,
        true_at=true_at,
        known_at=known_at,
        version=version,
        is_derived=True,
        policy_version=rules.policy_version,
        fields=golden.golden.fields,
        origins={
            name: Origin(
                system=won[name][0].system,
                source_key=won[name][0].source_key,
                said_at=won[name][0].said_at,
                rule=won[name][1],
            )
            for name in golden.golden.fields
        },
        merged_since=merged_since,
    )


def customer_history(store: Store, customer_id: str, *, now: datetime) -> History:
    """Return how a customer came to be what it is: who, why, run, rule version and ticket.

    Raises:
        NotFoundError: There is no such customer.
    """
    with store.begin() as unit:
        live_id = live_customer(unit, customer_id)
        within = unit.identity.within(live_id)
        versions = unit.customers.versions(within, known_at=now)
        pins = {pin.decision_id: pin for pin in unit.customers.pin_history(within)}
        identity = unit.identity.changes(customer_ids=within)
    return History(
        customer_id=live_id,
        versions=list(_stories(versions, pins)),
        identity=identity[::-1],
    )


def _as_it_was(
    version: GoldenVersion, customer_id: str, *, true_at: datetime, known_at: datetime
) -> AsOf:
    return AsOf(
        asked_id=customer_id,
        customer_id=version.customer_id,
        true_at=true_at,
        known_at=known_at,
        version=version,
        is_derived=False,
        policy_version=version.policy_version,
        fields=version.fields,
        origins={
            name: Origin(
                system=str(source["system"]),
                source_key=str(source["source_key"]),
                # Versions of before the source's own time was kept have ours.
                said_at=datetime.fromisoformat(str(source.get("said_at", source["observed_at"]))),
                rule=str(source["rule"]),
            )
            for name, source in version.provenance.items()
        },
        merged_since=False,
    )


def _stood_for(unit: Unit, customer_id: str, *, known_at: datetime) -> tuple[str, bool]:
    """Return whom an id stood for at a time, and whether it was merged or split after that."""
    merged_since = False
    for _ in range(len(unit.identity.within(live_customer(unit, customer_id))) + 1):
        leads_to: str | None = None
        for change in unit.identity.changes(customer_ids=[customer_id]):
            if change.changed_at > known_at:
                merged_since = True
            elif change.kind is ChangeKind.MERGED and change.from_customer_id == customer_id:
                leads_to = change.to_customer_id
            elif change.kind is ChangeKind.UNMERGED and change.to_customer_id == customer_id:
                leads_to = None
        if leads_to is None:
            break
        customer_id = leads_to
    return customer_id, merged_since


def _facts_as_of(unit: Unit, version: GoldenVersion, *, true_at: datetime) -> CustomerFacts:
    ids = [version.customer_id]
    reports = unit.customers.reports(ids, ordered_by=true_at)
    decisions = unit.customers.credit_decisions(ids, decided_by=true_at)
    return CustomerFacts(
        now=true_at,
        versions=unit.customers.inputs_as_of(version, true_at=true_at),
        answers=[one for one in unit.customers.answers(ids) if one.answered_at <= true_at],
        pins=unit.customers.pins(ids, now=true_at),
        report=reports[0] if reports else None,
        decision=decisions[0] if decisions else None,
    )


def _stories(
    versions: Sequence[GoldenVersion], pins: Mapping[int, PinDecision]
) -> Iterator[VersionStory]:
    older: dict[str, list[GoldenVersion]] = defaultdict(list)
    for version in versions:
        older[version.customer_id].append(version)
    for version in versions:
        chain = older[version.customer_id]
        place = chain.index(version) + 1
        before = chain[place].fields if place < len(chain) else {}
        yield VersionStory(version=version, changes=list(_changes(version, before, pins)))


def _changes(
    version: GoldenVersion, before: Mapping[str, str], pins: Mapping[int, PinDecision]
) -> Iterator[FieldChange]:
    names = before.keys() | version.fields.keys()
    for name in [*(name for name in FIELDS if name in names), *sorted(names - FIELDS.keys())]:
        was, became = before.get(name, ""), version.fields.get(name, "")
        if was == became:
            continue
        source = version.provenance.get(name, {})
        system, key = str(source.get("system", "")), str(source.get("source_key", ""))
        pin = pins.get(int(key.removeprefix(_PIN))) if system == OPERATOR else None
        yield FieldChange(
            field=name,
            before=was,
            after=became,
            system=system,
            source_key=key,
            rule=str(source.get("rule", "")),
            author="" if pin is None else pin.word.author,
            reason="" if pin is None else pin.word.reason,
            ticket_id=None if pin is None else pin.word.ticket_id,
        )
