"""Forming golden records: a pure function of the facts, kept when it says something new."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.golden.confirmed import standing_confirmations
from mastersync.domain.golden.echo import echoed_fields
from mastersync.domain.golden.model import FieldValue, GoldenRecord, ValueKind
from mastersync.domain.golden.survive import survive
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.customers import (
    CustomerAnswer,
    Customers,
    FormedGolden,
    HeldReport,
    LinkedVersion,
    Pin,
)
from mastersync.ports.store import Store
from mastersync.usecases.failpoints import (
    GOLDEN_AFTER_COMMIT,
    GOLDEN_BEFORE_COMMIT,
    Failpoint,
    never,
)

CUSTOMER = "customer"
OPERATOR = "operator"


@dataclass(kw_only=True)
class CustomerFacts:
    """All facts on one customer."""

    versions: list[LinkedVersion] = field(default_factory=list)
    answers: list[CustomerAnswer] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    report: HeldReport | None = None


def form_golden(
    store: Store,
    rules: ClientRules,
    *,
    customer_ids: Sequence[str],
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Form the golden records of these customers and settle their versions; returns counts."""
    with store.begin() as unit:
        facts = gather_facts(unit.customers, customer_ids, now=now)
        formed = unit.customers.form(
            [_formed(customer_id, facts[customer_id], rules) for customer_id in customer_ids],
            policy_version=rules.policy_version,
            run_id=run_id,
            now=now,
        )
        applied = [
            version.version_id
            for known in facts.values()
            for version in known.versions
            if version.is_pending
        ]
        unit.customers.apply(applied, now=now)
        unit.confirmations.mark_applied(
            [answer.answer_id for known in facts.values() for answer in known.answers]
        )
        unit.tickets.clear([f"version:{version_id}" for version_id in applied], now=now)
        unit.tickets.ensure_all(_wrong_persons(facts), now=now)
        failpoint(GOLDEN_BEFORE_COMMIT)
    failpoint(GOLDEN_AFTER_COMMIT)
    return {"customers": len(customer_ids), "formed": formed, "applied": len(applied)}


def _formed(customer_id: str, facts: CustomerFacts, rules: ClientRules) -> FormedGolden:
    return FormedGolden(
        customer_id=customer_id,
        golden=golden_of(facts, rules),
        input_version_ids=[version.version_id for version in facts.versions],
    )


def _wrong_persons(facts: Mapping[str, CustomerFacts]) -> list[TicketDraft]:
    """Return a ticket for each newest answer, if it is news, that we wrote to somebody else."""
    return [
        _wrong_person(customer_id, known.answers[-1])
        for customer_id, known in facts.items()
        if known.answers
        and not known.answers[-1].is_applied
        and known.answers[-1].verdict == "wrong_person"
    ]


def _wrong_person(customer_id: str, answer: CustomerAnswer) -> TicketDraft:
    return TicketDraft(
        cause_key=f"confirmation:wrong_person:{answer.answer_id}",
        kind=TicketKind.RECORD,
        title=f"{customer_id}: the email address belongs to somebody else",
        cause="Who got the confirmation mail answered that they are not this customer.",
        next_step="Ask sales or the account manager for the right contact, and correct the "
        "address in its source system. Resolve the ticket then.",
        detail={"customer_id": customer_id},
    )


def gather_facts(
    customers: Customers, customer_ids: Sequence[str], *, now: datetime
) -> dict[str, CustomerFacts]:
    """Return all facts on each of these customers."""
    facts: dict[str, CustomerFacts] = defaultdict(CustomerFacts)
    for version in customers.inputs(customer_ids):
        facts[version.customer_id].versions.append(version)
    for answer in customers.answers(customer_ids):
        facts[answer.customer_id].answers.append(answer)
    for pin in customers.pins(customer_ids, now=now):
        facts[pin.customer_id].pins.append(pin)
    for report in customers.reports(customer_ids):
        facts[report.customer_id].report = report
    return facts


def golden_of(facts: CustomerFacts, rules: ClientRules) -> GoldenRecord:
    """Return the golden record that the facts form."""
    said: list[FieldValue] = []
    for version in facts.versions:
        said += _values_of_version(version, rules)
    confirmed = [value for answer in facts.answers for value in _values_of_answer(answer)]
    pinned = [
        FieldValue(
            field=pin.field,
            value=pin.value,
            system=OPERATOR,
            source_key=f"decision {pin.decision_id}",
            observed_at=pin.decided_at,
            kind=ValueKind.PIN,
        )
        for pin in facts.pins
    ]
    reported = [] if facts.report is None else _values_of_report(facts.report)
    values = [*said, *standing_confirmations(confirmed, said), *pinned, *reported]
    return survive(values, rules.survivorship)


def _values_of_version(version: LinkedVersion, rules: ClientRules) -> list[FieldValue]:
    system = rules.systems.get(version.system)
    echoes = (
        frozenset()
        if system is None
        else echoed_fields(version.payload, version.pushed, mapping=system.mapping)
    )
    kind = ValueKind.CONTRACT if version.system in rules.document_systems else ValueKind.SOURCE
    # Of a record that was part of a merge, what we wrote meanwhile gives way to its own word.
    restored = echoes if version.own_fields else frozenset()
    return [
        FieldValue(
            field=name,
            value=version.own_fields.get(name, "") if name in restored else value,
            system=version.system,
            source_key=version.source_key,
            version_id=version.version_id,
            observed_at=version.observed_at,
            modified_at=_time_of(version, name, is_restored=name in restored),
            is_echo=name in echoes - restored,
            kind=kind,
        )
        for name, value in version.fields.items()
    ]


def _time_of(version: LinkedVersion, field: str, *, is_restored: bool) -> datetime:
    said_at = (version.own_said_at if is_restored else version.said_at).get(field)
    return version.observed_at if said_at is None else datetime.fromisoformat(said_at)


def _values_of_answer(answer: CustomerAnswer) -> list[FieldValue]:
    """Return what the customer stands by: all that was shown, or what was corrected."""
    said: Mapping[str, str] = {}
    if answer.verdict == "all_correct":
        said = answer.confirmed
    elif answer.verdict == "corrections":
        said = {**answer.confirmed, **answer.corrections}
    return [
        FieldValue(
            field=name,
            value=value,
            system=CUSTOMER,
            source_key=f"answer {answer.answer_id}",
            observed_at=answer.answered_at,
            kind=ValueKind.CONFIRMATION,
        )
        for name, value in said.items()
    ]


def _values_of_report(report: HeldReport) -> list[FieldValue]:
    return [
        FieldValue(
            field="credit_rating",
            value=report.rating,
            system=report.agency,
            source_key=f"report {report.report_id}",
            observed_at=report.ordered_at,
            kind=ValueKind.CREDIT,
        )
    ]
