"""When a credit check is due, and whether the agency's company is really our customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from mastersync.domain.credit.model import AgencyCompany, CreditSubject, LastReport


@dataclass(frozen=True, kw_only=True)
class CreditPolicy:
    """A client's rule for credit checks.

    ``price`` is for one report, ``max_orders_per_run`` and ``max_orders_per_month``
    (the last thirty days) are hard limits.
    ``waits_when_unknown``: a customer that the agency does not know waits for a person.
    """

    agency: str
    countries: frozenset[str]
    party_types: frozenset[str]
    minimum_requested_limit: Decimal
    valid_for_days: int
    price: Decimal
    currency: str
    max_orders_per_run: int
    max_orders_per_month: int
    purpose: str
    authority: str
    budget: str
    waits_when_unknown: bool = True


def is_due(
    fields: Mapping[str, str], policy: CreditPolicy, *, last: LastReport | None, now: datetime
) -> bool:
    """Say whether the client's policy wants a (new) report on this customer.

    A customer of no known kind is never checked: buying a report on a person needs another
    purpose (FCRA 1681b; UK Consumer Credit Act), so the subject type must be known first.
    """
    if fields.get("country", "") not in policy.countries:
        return False
    if fields.get("party_type", "") not in policy.party_types:
        return False
    if _amount(fields.get("credit_limit", "")) < policy.minimum_requested_limit:
        return False
    return last is None or last.valid_until <= now


def choose_company(subject: CreditSubject, found: Sequence[AgencyCompany]) -> AgencyCompany | None:
    """Return the company that may be bought: an active one of the same registration number.

    Anything weaker is a person's decision, so None.
    """
    wanted = _compact(subject.registration_number)
    same = [
        company
        for company in found
        if company.is_active and wanted and _compact(company.registration_number) == wanted
    ]
    return same[0] if len(same) == 1 else None


def _compact(number: str) -> str:
    return "".join(character for character in number.upper() if character.isalnum()).lstrip("0")


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)
