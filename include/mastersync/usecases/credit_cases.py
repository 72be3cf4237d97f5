"""Gathering what recommendations and decisions on credit rest on, for a batch of customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.case import CreditCase, is_what_was_decided
from mastersync.domain.credit.internal import standing_of
from mastersync.domain.credit.subjects import subject_of
from mastersync.domain.golden.model import GoldenRecord
from mastersync.domain.records.money import normal_amount
from mastersync.ports.customers import HeldDecision
from mastersync.ports.store import Unit
from mastersync.usecases.form_golden import CustomerFacts, asked_of, gather_facts


@dataclass(frozen=True, kw_only=True)
class KnownCase:
    """A customer's case, what is asked for as a golden record, and the decision that holds.

    ``version_ids`` are those that would wait for a decision. ``is_written``: the systems hold what
    was decided, as we wrote it to them, whatever was asked for since.
    """

    case: CreditCase
    asked: GoldenRecord
    decision: HeldDecision | None
    version_ids: tuple[int, ...]
    is_written: bool


def gather_cases(
    unit: Unit,
    rules: ClientRules,
    *,
    customer_ids: Sequence[str],
    now: datetime,
    with_waiting: bool = False,
) -> dict[str, KnownCase]:
    """Return the case of each of these customers, of whom anything is known.

    Args:
        with_waiting: Also by what waits, as for a person who decides on it.
    """
    facts = gather_facts(unit.customers, customer_ids, now=now, with_waiting=with_waiting)
    reports = unit.credit_decisions.reports(customer_ids)
    found: dict[str, KnownCase] = {}
    for customer_id in customer_ids:
        known = facts[customer_id]
        asked = asked_of(known, rules)
        fields = asked.fields
        amount = _amount(fields)
        decision = known.decision
        currency = fields.get("credit_currency", "")
        is_written = decision is not None and is_what_was_decided(
            decision.credit_limit, decision.currency, requested=amount, currency=currency
        )
        found[customer_id] = KnownCase(
            case=CreditCase(
                customer_id=customer_id,
                subject_type=_subject_type(known, asked, rules),
                country=fields.get("country", ""),
                segment=fields.get("segment", ""),
                # While a person's decision stands, what it was made on counts as asked for: newer
                # evidence on it is worth a question, and nothing is accepted by itself.
                requested=decision.requested
                if decision is not None and is_written and decision.stands(now)
                else amount,
                currency=currency,
                report=reports.get(customer_id),
                standing=None
                if rules.credit is None or rules.credit.internal is None
                else standing_of(
                    (
                        version.payload
                        for version in known.versions
                        if version.system == rules.credit.internal.system
                    ),
                    rules.credit.internal,
                ),
            ),
            asked=asked,
            decision=decision,
            is_written=is_written,
            version_ids=tuple(one.version_id for one in known.versions if one.is_pending),
        )
    return found


def _amount(fields: Mapping[str, str]) -> Decimal | None:
    amount = normal_amount(fields.get("credit_limit", ""))
    return None if amount is None else Decimal(amount)


def _subject_type(facts: CustomerFacts, asked: GoldenRecord, rules: ClientRules) -> str:
    """Return as whom the law sees the customer; "" while that is doubtful."""
    if rules.credit is None:
        return ""
    typed = any(pin.field == "party_type" for pin in facts.pins)
    subject = subject_of(asked.fields, rules.credit.signs, said_by_person=typed)
    return "" if subject.subject_type is None else subject.subject_type.value
