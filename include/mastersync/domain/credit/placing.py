"""Whether an order that waited may still be placed: what let it be planned has to hold then."""

from datetime import date

from mastersync.domain.credit.packs import pack_of
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.purpose import CheckedSubject, Refused, gate, packs_for
from mastersync.domain.credit.subjects import SubjectType
from mastersync.domain.effects.model import CreditTerms

TERMS_CHANGED, BUDGET = "terms_changed", "budget"  # causes that are no law's


def why_not_placed(
    terms: CreditTerms | None, policy: CreditPolicy, *, applicant_authority: str, on: date
) -> Refused | None:
    """Say what stands against placing an order on a day; None when nothing does.

    The order is judged by what it states, with the documents and the law as they are on the day.
    It is placed as it was shown to whoever approved it, or not at all.

    Args:
        terms: What the order states; None for one from before orders stated anything.
        applicant_authority: The customer's own consent, as the client's ledger had it.
    """
    changed = changed_terms(terms, policy)
    if terms is None or changed:
        return Refused(
            cause=TERMS_CHANGED,
            words=f"The client's file has changed since the order was planned: {changed}.",
            next_step="Nothing to do: the next run plans it anew by the file as it is now, if it "
            "is still wanted.",
        )
    country = str(terms.basis["customer_country"])
    verdict = gate(
        packs_for(pack_of(country), pack_of(policy.client_country)),
        CheckedSubject(
            subject_type=SubjectType(terms.subject_type),
            country=country,
            purpose=policy.permissible_purpose,
            agency=policy.agency,
            applicant_authority=applicant_authority,
        ),
        policy.basis,
        on,
    )
    return verdict if isinstance(verdict, Refused) else None


def changed_terms(terms: CreditTerms | None, policy: CreditPolicy) -> str:
    """Return what an order states that the client's file says otherwise now; "" for nothing."""
    if terms is None or not terms.basis:
        return "it states no basis"
    country = str(terms.basis["customer_country"])
    pairs = {
        "purpose": (terms.purpose, policy.purpose),
        "permissible purpose": (terms.basis["purpose"], policy.permissible_purpose),
        "authority": (terms.authority, policy.authority),
        "country of the client": (terms.basis["client_country"], policy.client_country),
        "price": (terms.cost, policy.price_in(country)),
        "currency": (terms.currency, policy.currency),
    }
    return ", ".join(name for name, (then, now) in pairs.items() if then != now)
