"""Which company of an agency a customer is, where that is doubtful: offers, and a person's word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.credit.entity_match import CompanyChoice, MatchVerdict
from mastersync.domain.credit.model import AgencyCompany, CreditSubject
from mastersync.domain.decisions.model import Person
from mastersync.errors import NotFoundError
from mastersync.ports.credit_decisions import CompanyAnswer, CompanyWord, HeldOffer, NewOffer
from mastersync.ports.store import Store, Unit
from mastersync.usecases.find_customer import live_customer


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What is kept of a person's word; ``company`` is None for none of those offered."""

    customer_id: str
    answer_id: int
    offer: HeldOffer
    company: Mapping[str, str] | None


def confirm_company(
    store: Store, customer_id: str, *, reference: str, person: Person, now: datetime
) -> Confirmed:
    """Keep which of the companies offered a customer is; the next sync goes on with it.

    Args:
        reference: One of those offered; "" for none of them.

    Raises:
        NotFoundError: There is no such customer, nothing was offered for it, or not this company.
    """
    with store.begin() as unit:
        live_id = live_customer(unit, customer_id)
        offer = offered_for(unit, store.client_id, live_id)
        company = None if not reference else _among(offer, reference)
        refused = [one["reference"] for one in offer.companies if one["reference"] != reference]
        word = CompanyWord(
            customer_id=offer.customer_id,
            agency=offer.agency,
            offer_id=offer.offer_id,
            reference=reference,
            name="" if company is None else company["name"],
            registration_number="" if company is None else company["registration_number"],
            refused=refused,
            author=person.by,
            reason=person.reason,
        )
        answer_id = unit.credit_decisions.keep_answer(word, now=now)
        said = f"it is {reference}" if reference else "it is none of them"
        for one in unit.identity.within(live_id):
            cause_key = doubt_cause(offer.agency, one)
            unit.tickets.resolve(cause_key, by=person.by, words=f"A person says {said}.", now=now)
        unit.audit.append(
            "credit.company_said",
            actor=person.by,
            run_id=None,
            summary={"answer_id": answer_id, "customer_id": live_id, "is_one": bool(reference)},
            now=now,
        )
    return Confirmed(customer_id=live_id, answer_id=answer_id, offer=offer, company=company)


def offered_for(unit: Unit, client_id: str, customer_id: str) -> HeldOffer:
    """Return what an agency offered last for a customer.

    Raises:
        NotFoundError: Nothing was.
    """
    offer = unit.credit_decisions.offer_for(customer_id)
    if offer is None:
        raise NotFoundError(
            f"No agency has offered companies for {customer_id} of which one is to be chosen.",
            next_step=f"See how its check stands: mastersync credit show {client_id} "
            f"{customer_id}.",
        )
    return offer


def choices(unit: Unit, agency: str, customer_ids: Sequence[str]) -> dict[str, CompanyChoice]:
    """Return customer id → a person's word on which company of the agency it is."""
    answers = unit.credit_decisions.answers(customer_ids, agency=agency)
    return {customer_id: _choice(answer) for customer_id, answer in answers.items()}


def offer_of(subject: CreditSubject, agency: str, verdict: MatchVerdict) -> NewOffer:
    """Return what a person is to choose from."""
    return NewOffer(
        customer_id=subject.customer_id,
        agency=agency,
        subject={
            "name": subject.name,
            "country": subject.country,
            "registration_number": subject.registration_number,
            "tax_id": subject.tax_id,
        },
        companies=[
            {
                "reference": one.company.reference,
                "name": one.company.name,
                "registration_number": one.company.registration_number,
                "address": _address(one.company),
                "grade": one.grade.value,
                "why": one.why,
            }
            for one in verdict.candidates
        ],
        why=verdict.why,
    )


def doubt_cause(agency: str, customer_id: str) -> str:
    """Return the cause of the ticket that asks which company a customer is."""
    return f"credit:{agency}:unsure:{customer_id}"


def _choice(answer: CompanyAnswer) -> CompanyChoice:
    said = answer.subject
    return CompanyChoice(
        reference=answer.reference,
        name=answer.name,
        registration_number=answer.registration_number,
        refused=frozenset(answer.refused),
        numbers=(
            said.get("country", ""),
            said.get("registration_number", ""),
            said.get("tax_id", ""),
        ),
        author=answer.author,
    )


def _among(offer: HeldOffer, reference: str) -> Mapping[str, str]:
    found = {one["reference"]: one for one in offer.companies}
    if reference not in found:
        raise NotFoundError(
            f"{reference!r} is none of the companies offered for {offer.customer_id}. Nothing was "
            "saved.",
            next_step=f"These were: {', '.join(found)}.",
        )
    return found[reference]


def _address(company: AgencyCompany) -> str:
    place = " ".join(filter(None, (company.postcode, company.city)))
    return ", ".join(filter(None, (company.street, place, company.country)))
