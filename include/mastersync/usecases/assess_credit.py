"""Gathering what credit checks read, for a batch of customers at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.assessment import Assessment, KnownCustomer, assess
from mastersync.domain.credit.case import rests_on
from mastersync.domain.credit.events import NotedEvent
from mastersync.domain.credit.internal import standing_of
from mastersync.domain.credit.model import CreditSubject, LastReport
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.records.money import normal_amount
from mastersync.ports.customers import HeldDecision, HeldReport
from mastersync.ports.store import Unit
from mastersync.usecases.form_golden import CustomerFacts, asked_of, gather_facts


@dataclass(frozen=True, kw_only=True)
class CheckedCustomer:
    """A customer whom the client has checked, and the versions that would wait for the outcome."""

    subject: CreditSubject
    known: KnownCustomer
    assessment: Assessment
    version_ids: tuple[int, ...]

    @property
    def customer_id(self) -> str:
        return self.subject.customer_id

    @property
    def last_report_id(self) -> int | None:
        """The report at hand, good or not."""
        return None if self.known.last is None else self.known.last.report_id


def assess_customers(
    unit: Unit,
    rules: ClientRules,
    policy: CreditPolicy,
    *,
    customer_ids: Sequence[str],
    now: datetime,
    with_waiting: bool = False,
) -> list[CheckedCustomer]:
    """Say of each of these customers whom the client has checked what the check comes to.

    Args:
        with_waiting: Also by what waits, as for a person who looks at it.
    """
    facts = gather_facts(unit.customers, customer_ids, now=now, with_waiting=with_waiting)
    last = _last_reports(unit, facts)
    without = [customer_id for customer_id in customer_ids if customer_id not in last]
    events = unit.agency_events.since_report(list(last))
    formed = {golden.customer_id for golden in unit.customers.newest(without)}
    checked: list[CheckedCustomer] = []
    for customer_id in customer_ids:
        known = _known(
            facts[customer_id],
            rules,
            policy,
            last=last.get(customer_id),
            events=events.get(customer_id, ()),
            is_new=customer_id not in formed,
        )
        assessment = assess(known, policy, now=now)
        if assessment is not None:
            checked.append(
                CheckedCustomer(
                    subject=_subject(customer_id, known.fields),
                    known=known,
                    assessment=assessment,
                    version_ids=tuple(
                        version.version_id
                        for version in facts[customer_id].versions
                        if version.is_pending
                    ),
                )
            )
    return checked


def _known(
    facts: CustomerFacts,
    rules: ClientRules,
    policy: CreditPolicy,
    *,
    last: LastReport | None,
    events: Sequence[NotedEvent],
    is_new: bool,
) -> KnownCustomer:
    source = policy.internal
    fields = asked_of(facts, rules).fields
    return KnownCustomer(
        fields=fields,
        last=last,
        standing=None
        if source is None
        else standing_of(
            (version.payload for version in facts.versions if version.system == source.system),
            source,
        ),
        events=events,
        is_new=is_new,
        is_typed_by_person=any(pin.field == "party_type" for pin in facts.pins),
        is_decided=facts.decision is not None
        and facts.decision.stands(facts.now)
        and not (policy.occasions.events and _is_told_since(facts.decision, events))
        and _is_on_what_is_known(facts.decision, fields, last=last),
    )


def _is_told_since(decision: HeldDecision, events: Sequence[NotedEvent]) -> bool:
    return any(event.noted_at > decision.decided_at for event in events)


def _is_on_what_is_known(
    decision: HeldDecision, fields: Mapping[str, str], *, last: LastReport | None
) -> bool:
    asked = normal_amount(fields.get("credit_limit", ""))
    return rests_on(
        decision.basis,
        decision.credit_limit,
        decision.currency,
        report_id=None if last is None else last.report_id,
        requested=None if asked is None else Decimal(asked),
        currency=fields.get("credit_currency", ""),
    )


def _last_reports(unit: Unit, facts: Mapping[str, CustomerFacts]) -> dict[str, LastReport]:
    held: dict[str, HeldReport] = {
        customer_id: known.report for customer_id, known in facts.items() if known.report
    }
    asked = unit.credit_reports.asked([report.report_id for report in held.values()])
    return {
        customer_id: LastReport(
            report_id=report.report_id,
            ordered_at=report.ordered_at,
            valid_until=report.valid_until,
            asked_limit=asked[report.report_id].asked_limit if report.report_id in asked else None,
            exposure=asked[report.report_id].exposure if report.report_id in asked else None,
        )
        for customer_id, report in held.items()
    }


def _subject(customer_id: str, fields: Mapping[str, str]) -> CreditSubject:
    return CreditSubject(
        customer_id=customer_id,
        name=fields.get("legal_name") or fields.get("name", ""),
        country=fields.get("country", ""),
        registration_number=fields.get("registration_number", ""),
        tax_id=fields.get("tax_id", ""),
        street=fields.get("street", ""),
        city=fields.get("city", ""),
        postcode=fields.get("postcode", ""),
    )
