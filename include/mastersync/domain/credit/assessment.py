"""What a credit check of one customer comes to before an agency is asked: a function of facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mastersync.domain.credit.events import AgencyEvent
from mastersync.domain.credit.internal import InternalStanding, reasons_to_stop
from mastersync.domain.credit.model import LastReport
from mastersync.domain.credit.need import Need, is_covered, need_of, why_used_again
from mastersync.domain.credit.packs import pack_of
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.purpose import (
    Allowed,
    CheckedSubject,
    Refused,
    gate,
    packs_for,
)
from mastersync.domain.credit.subjects import Subject, subject_of


class CheckOutcome(StrEnum):
    """What a check came to; the store's CHECK lists the same."""

    REUSED = "reused"  # the report at hand is good enough
    DECIDED = "decided"  # a person has decided without one
    ORDERED = "ordered"  # a report is bought
    STOPPED = "stopped"  # the client's own ledger is the answer
    REFUSED = "refused"  # the law does not let it be bought
    DOUBTFUL = "doubtful"  # nobody knows what kind of customer it is
    UNSURE = "unsure"  # the agency offers companies, and none is surely the customer
    NOT_FOUND = "not_found"  # the agency knows no such company
    OVER_BUDGET = "over_budget"  # another run buys it
    UNANSWERED = "unanswered"  # the agency does not answer; another run asks


@dataclass(frozen=True, kw_only=True)
class KnownCustomer:
    """What a check reads. ``fields`` are canonical; its limit is what the customer asks for.

    ``events`` are what the agency told since the last report was ordered.
    ``is_typed_by_person``: a person has pinned what kind of customer it is. ``is_decided``: a
    person has decided on its credit, and nothing that was decided on has changed.
    """

    fields: Mapping[str, str]
    last: LastReport | None = None
    standing: InternalStanding | None = None
    events: Sequence[AgencyEvent] = ()
    is_new: bool = False
    is_typed_by_person: bool = False
    is_decided: bool = False


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What the check came to. One with ``allowed`` is to be bought, if an agency knows whom.

    ``cause`` is the same for all customers that are held up by one thing.
    """

    outcome: CheckOutcome
    why: str
    need: Need | None = None
    subject: Subject | None = None
    allowed: Allowed | None = None
    cause: str = ""
    next_step: str = ""


def assess(known: KnownCustomer, policy: CreditPolicy, *, now: datetime) -> Assessment | None:
    """Say what a check comes to; None for a customer whom the client does not have checked.

    What is free comes first: the report at hand, the client's own ledger, the law.
    """
    if not is_covered(known.fields, policy):
        return None
    need = need_of(
        known.fields,
        policy,
        last=known.last,
        standing=known.standing,
        events=known.events,
        is_new=known.is_new,
        now=now,
    )
    if need is None:
        why = "" if known.last is None else why_used_again(known.last)
        return Assessment(outcome=CheckOutcome.REUSED, why=why)
    if known.is_decided:
        why = f"{need.words} A person has decided on all that is known."
        return Assessment(outcome=CheckOutcome.DECIDED, why=why, need=need)
    if stops := reasons_to_stop(known.standing, policy.stop_when):
        return Assessment(
            outcome=CheckOutcome.STOPPED,
            why=f"{need.words} The client's ledger says: {'; '.join(stops)}.",
            need=need,
            cause="ledger",
        )
    return _by_law(known, policy, need, now=now)


def _by_law(known: KnownCustomer, policy: CreditPolicy, need: Need, *, now: datetime) -> Assessment:
    subject = subject_of(known.fields, policy.signs, said_by_person=known.is_typed_by_person)
    if subject.subject_type is None:
        return Assessment(
            outcome=CheckOutcome.DOUBTFUL,
            why=f"{need.words} Whether it is a company is doubtful: {subject.why}.",
            need=need,
            subject=subject,
            cause="subject_type",
        )
    country = known.fields.get("country", "")
    verdict = gate(
        packs_for(pack_of(country), pack_of(policy.client_country)),
        CheckedSubject(
            subject_type=subject.subject_type,
            country=country,
            purpose=policy.permissible_purpose,
            agency=policy.agency,
            applicant_authority="" if known.standing is None else known.standing.authority,
        ),
        policy.basis,
        now.date(),
    )
    if isinstance(verdict, Refused):
        return Assessment(
            outcome=CheckOutcome.REFUSED,
            why=f"{need.words} {verdict.words}",
            need=need,
            subject=subject,
            cause=verdict.cause,
            next_step=verdict.next_step,
        )
    return Assessment(
        outcome=CheckOutcome.ORDERED,
        why=need.words,
        need=need,
        subject=subject,
        allowed=verdict,
    )
