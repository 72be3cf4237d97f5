"""What each kind of fact says about a customer's fields."""

from collections.abc import Mapping
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.golden.echo import echoed_fields
from mastersync.domain.golden.model import (
    CREDIT_DECISION,
    CUSTOMER,
    OPERATOR,
    FieldValue,
    ValueKind,
)
from mastersync.domain.records.money import normal_amount
from mastersync.ports.customers import (
    CustomerAnswer,
    HeldDecision,
    HeldReport,
    LinkedVersion,
    Pin,
)


def values_of_version(version: LinkedVersion, rules: ClientRules) -> list[FieldValue]:
    """Return what a source record says, and what it has explicitly blanked."""
    system = rules.systems.get(version.system)
    echoes = (
        frozenset()
        if system is None
        else echoed_fields(version.payload, version.pushed, mapping=system.mapping)
    )
    kind = ValueKind.CONTRACT if version.system in rules.document_systems else ValueKind.SOURCE
    # Of a record that was part of a merge, what we wrote meanwhile gives way to its own word.
    restored = echoes if version.own_fields else frozenset()
    said = [
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
    # What a record has a time for and no value, it has blanked then.
    blanks = () if version.own_fields else version.said_at.keys() - version.fields.keys()
    return said + [
        FieldValue(
            field=name,
            value="",
            system=version.system,
            source_key=version.source_key,
            version_id=version.version_id,
            observed_at=version.observed_at,
            modified_at=_time_of(version, name, is_restored=False),
            is_echo=name in echoes,
            kind=kind,
        )
        for name in sorted(blanks)
    ]


def _time_of(version: LinkedVersion, field: str, *, is_restored: bool) -> datetime:
    said_at = (version.own_said_at if is_restored else version.said_at).get(field)
    return version.observed_at if said_at is None else datetime.fromisoformat(said_at)


def values_of_answer(answer: CustomerAnswer) -> list[FieldValue]:
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


def value_of_pin(pin: Pin) -> FieldValue:
    """Return what an operator pinned."""
    return FieldValue(
        field=pin.field,
        value=pin.value,
        system=OPERATOR,
        source_key=f"decision {pin.decision_id}",
        observed_at=pin.decided_at,
        kind=ValueKind.PIN,
        holds_until=pin.expires_at,
    )


def values_of_report(report: HeldReport) -> list[FieldValue]:
    """Return what a credit report says."""
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


def key_of_decision(decision: HeldDecision) -> str:
    """Return what a decision is called; one of the rules' own by what it rests on.

    Its number would be another when a plan that was derived with it is derived again.
    """
    which = f"on {decision.basis}" if decision.is_automatic else str(decision.decision_id)
    return f"{CREDIT_DECISION} {which}"


def values_of_decision(decision: HeldDecision) -> list[FieldValue]:
    """Return what was decided on the customer's credit; terms that stay are not said."""
    said = {
        "credit_limit": normal_amount(str(decision.credit_limit)) or "",
        "credit_currency": decision.currency,
        "payment_terms": decision.payment_terms,
    }
    return [
        FieldValue(
            field=name,
            value=value,
            system=CREDIT_DECISION,
            source_key=key_of_decision(decision),
            observed_at=decision.decided_at,
            kind=ValueKind.CREDIT,
        )
        for name, value in said.items()
        if value
    ]
