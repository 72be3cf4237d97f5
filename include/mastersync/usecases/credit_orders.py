"""Credit orders as effects: what each asks for, and what it rests on."""

from mastersync.domain.credit.assessment import Assessment
from mastersync.domain.credit.entity_match import MatchVerdict
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.effects.keys import credit_key, effect_id_for
from mastersync.domain.effects.model import CreditTerms, EffectKind, EffectState, PlannedEffect
from mastersync.domain.records.money import normal_amount
from mastersync.errors import RuleError
from mastersync.usecases.assess_credit import CheckedCustomer


def key_of(policy: CreditPolicy, item: CheckedCustomer) -> str:
    """Return the key of the customer's order: one for each need, whoever plans it."""
    return credit_key(policy.agency, item.customer_id, previous_report_id=item.last_report_id)


def order_of(
    client_id: str, policy: CreditPolicy, item: CheckedCustomer, verdict: MatchVerdict | None
) -> PlannedEffect:
    """Return the order of a report on the company that the customer surely is.

    Raises:
        RuleError: Nobody has said that this report may be bought.
    """
    company = None if verdict is None else verdict.company
    if company is None or verdict is None or item.assessment.allowed is None:
        raise RuleError(
            f"No report on {item.customer_id} may be bought.",
            next_step="See what its check came to: mastersync credit show CLIENT CUSTOMER.",
        )
    key = key_of(policy, item)
    return PlannedEffect(
        effect_id=effect_id_for(client_id, key),
        kind=EffectKind.CREDIT_ORDER,
        target=policy.agency,
        idempotency_key=key,
        customer_id=item.customer_id,
        body={
            "company_reference": company.reference,
            "company_number": company.registration_number,
            "registration_number": item.subject.registration_number,
            "match_grade": verdict.grade,
            "soft_search": item.assessment.allowed.soft_search,
            "need": item.assessment.need.reason if item.assessment.need else "",
            "why": item.assessment.why,
            "applicant_authority": ""
            if item.known.standing is None
            else item.known.standing.authority,
            **_asked(item),
        },
        after={"company_reference": company.reference},
        state=EffectState.HELD,
        credit=_terms(policy, item, item.assessment),
    )


def _asked(item: CheckedCustomer) -> dict[str, str]:
    """Return what a later check compares with: the limit asked for, and what was open."""
    standing = item.known.standing
    asked = {
        "asked_limit": normal_amount(item.known.fields.get("credit_limit", "")),
        "exposure": None
        if standing is None or standing.exposure is None
        else str(standing.exposure),
    }
    return {name: amount for name, amount in asked.items() if amount is not None}


def _terms(policy: CreditPolicy, item: CheckedCustomer, assessment: Assessment) -> CreditTerms:
    allowed, subject = assessment.allowed, assessment.subject
    documents = () if allowed is None else allowed.documents
    return CreditTerms(
        subject_type="" if subject is None else subject.subject_type or "",
        purpose=policy.purpose,
        authority=policy.authority,
        budget=policy.budget.words,
        cost=policy.price_in(item.subject.country),
        currency=policy.currency,
        basis={
            "purpose": policy.permissible_purpose,
            "customer_country": item.subject.country,
            "client_country": policy.client_country,
            "laws": [] if allowed is None else list(allowed.laws),
            "documents": [
                {
                    "kind": document.kind,
                    "reference": document.reference,
                    "valid_until": None
                    if document.valid_until is None
                    else document.valid_until.isoformat(),
                }
                for document in documents
            ],
            "run_budget": str(policy.budget.per_run),
            "month_budget": str(policy.budget.per_month),
        },
    )
