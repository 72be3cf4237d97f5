"""Forming golden records: a pure function of the facts, kept when it says something new."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.deciding import decided_first
from mastersync.domain.golden.conflicts import Conflict
from mastersync.domain.golden.model import FieldValue, GoldenRecord
from mastersync.domain.golden.survive import Settled, settle
from mastersync.domain.records.fields import FIELDS
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.customers import (
    CustomerAnswer,
    Customers,
    FormedGolden,
    HeldDecision,
    HeldReport,
    LinkedVersion,
    Pin,
)
from mastersync.ports.store import Store, Unit
from mastersync.usecases.failpoints import (
    GOLDEN_AFTER_COMMIT,
    GOLDEN_BEFORE_COMMIT,
    Failpoint,
    never,
)
from mastersync.usecases.said_by_facts import (
    value_of_pin,
    values_of_answer,
    values_of_decision,
    values_of_report,
    values_of_version,
)

_SHOWN = 20  # customers that a ticket of thousands names itself


@dataclass(kw_only=True)
class CustomerFacts:
    """All facts on one customer, as they stand at ``now``."""

    now: datetime
    versions: list[LinkedVersion] = field(default_factory=list)
    answers: list[CustomerAnswer] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    report: HeldReport | None = None
    decision: HeldDecision | None = None


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
        settled = {
            customer_id: settle_facts(facts[customer_id], rules)
            for customer_id in _to_form(unit, facts, customer_ids)
        }
        formed = unit.customers.form(
            [
                FormedGolden(
                    customer_id=customer_id,
                    golden=found.golden,
                    input_version_ids=[v.version_id for v in facts[customer_id].versions],
                )
                for customer_id, found in settled.items()
            ],
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
        _tell_of_conflicts(unit, settled, client_id=rules.client_id, now=now)
        unit.tickets.ensure_all(_wrong_persons(facts), now=now)
        unit.customers.mark_considered(
            {customer_id: found.changes_at for customer_id, found in settled.items()}, now=now
        )
        failpoint(GOLDEN_BEFORE_COMMIT)
    failpoint(GOLDEN_AFTER_COMMIT)
    return {"customers": len(customer_ids), "formed": formed, "applied": len(applied)}


def _to_form(
    unit: Unit, facts: Mapping[str, CustomerFacts], customer_ids: Sequence[str]
) -> Sequence[str]:
    """Leave out new customers all of whose records wait: a report alone makes no customer."""
    bare = {customer_id for customer_id in customer_ids if not facts[customer_id].versions}
    if bare:
        bare -= {golden.customer_id for golden in unit.customers.newest(sorted(bare))}
    return [customer_id for customer_id in customer_ids if customer_id not in bare]


def _tell_of_conflicts(
    unit: Unit, settled: Mapping[str, Settled], *, client_id: str, now: datetime
) -> None:
    """Keep a ticket for each field or group on which trusted systems disagree."""
    in_conflict: dict[str, dict[str, Conflict]] = defaultdict(dict)
    agreed: list[str] = []
    for customer_id, found in settled.items():
        for conflict in found.conflicts:
            in_conflict[conflict.unit][customer_id] = conflict
        agreed += [
            _conflict_subject(name, customer_id)
            for name, settlement in found.units.items()
            if settlement.rule.conflict_between and customer_id not in in_conflict[name]
        ]
    unit.tickets.clear(agreed, now=now)
    drafts = [
        _conflict_ticket(name, conflicts, client_id=client_id)
        for name, conflicts in sorted(in_conflict.items())
        if conflicts
    ]
    unit.tickets.ensure_all(drafts, now=now)


def _conflict_subject(name: str, customer_id: str) -> str:
    return f"conflict:{name}:{customer_id}"


def _conflict_ticket(
    name: str, conflicts: Mapping[str, Conflict], *, client_id: str
) -> TicketDraft:
    called = FIELDS[name].label if name in FIELDS else name.capitalize()
    return TicketDraft(
        cause_key=f"conflict:{name}",
        kind=TicketKind.RECORD,
        title=f"{called}: trusted systems disagree",
        cause="Systems that are all trusted for it hold different values that are not our own "
        "writes. Until somebody decides, the golden records follow the client's order of trust, "
        "and the values are written to no system.",
        next_step=f"See who says what: mastersync explain {client_id} CUSTOMER {name}. Correct "
        "the system that is wrong, or pin the value. What is settled leaves this ticket, which "
        "closes by itself.",
        subjects=tuple(_conflict_subject(name, customer_id) for customer_id in conflicts),
        detail={
            "field": name,
            "customers": [
                {
                    "customer_id": customer_id,
                    "fields": conflict.fields,
                    "records": sorted({f"{v.system}:{v.source_key}" for v in conflict.values}),
                }
                for customer_id, conflict in islice(conflicts.items(), _SHOWN)
            ],
        },
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
    customers: Customers,
    customer_ids: Sequence[str],
    *,
    now: datetime,
    with_waiting: bool = False,
) -> dict[str, CustomerFacts]:
    """Return all facts on each of these customers; what waits is left out unless it is asked."""
    facts: dict[str, CustomerFacts] = defaultdict(lambda: CustomerFacts(now=now))
    for version in customers.inputs(customer_ids, with_waiting=with_waiting):
        facts[version.customer_id].versions.append(version)
    for answer in customers.answers(customer_ids):
        facts[answer.customer_id].answers.append(answer)
    for pin in customers.pins(customer_ids, now=now):
        facts[pin.customer_id].pins.append(pin)
    for report in customers.reports(customer_ids):
        facts[report.customer_id].report = report
    for decision in customers.credit_decisions(customer_ids):
        facts[decision.customer_id].decision = decision
    return facts


def golden_of(facts: CustomerFacts, rules: ClientRules) -> GoldenRecord:
    """Return the golden record that the facts form."""
    return settle_facts(facts, rules).golden


def asked_of(facts: CustomerFacts, rules: ClientRules) -> GoldenRecord:
    """Return the golden record without what was decided: its limit is what is asked for."""
    return golden_of(replace(facts, decision=None), rules)


def settle_facts(facts: CustomerFacts, rules: ClientRules) -> Settled:
    """Return the golden record that the facts form, with all that led to it."""
    policy = rules.survivorship if facts.decision is None else decided_first(rules.survivorship)
    return settle(values_said(facts, rules), policy, now=facts.now)


def values_said(facts: CustomerFacts, rules: ClientRules) -> list[FieldValue]:
    """Return what all facts say."""
    return [
        *(value for version in facts.versions for value in values_of_version(version, rules)),
        *(value for answer in facts.answers for value in values_of_answer(answer)),
        *(value_of_pin(pin) for pin in facts.pins),
        *([] if facts.report is None else values_of_report(facts.report)),
        *([] if facts.decision is None else values_of_decision(facts.decision)),
    ]
