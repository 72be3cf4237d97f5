"""The tickets that tell why a customer's credit cannot be checked, one for each cause."""

from collections.abc import Iterable, Sequence

from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.assessment import CheckOutcome
from mastersync.domain.credit.entity_match import MatchVerdict
from mastersync.domain.credit.placing import BUDGET, TERMS_CHANGED
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.purpose import Refused
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.usecases.assess_credit import CheckedCustomer
from mastersync.usecases.confirm_company import doubt_cause


def held_up(client_id: str, item: CheckedCustomer) -> TicketDraft:
    """Return the ticket of a customer for whom nothing may be bought, by what stands against it."""
    assessment = item.assessment
    decide = f"`mastersync credit decide {client_id} {item.customer_id}`"
    if assessment.outcome is CheckOutcome.STOPPED:
        return _about(
            item,
            cause_key="credit:ledger",
            title="The client's own ledger speaks against credit; no report is bought",
            cause="What is overdue, disputed or open is over a limit under credit.stop_when.",
            next_step="Decide on each customer, without a report: `mastersync credit decide "
            f"{client_id} CUSTOMER`. It is checked again when the ledger says otherwise.",
        )
    if assessment.outcome is CheckOutcome.DOUBTFUL:
        return _about(
            item,
            cause_key="credit:subject_type",
            title="It is doubtful whether these customers are companies",
            cause="They have neither a registration number nor a company's legal form in their "
            "names, so they may be sole traders, of whom the law lets less be asked.",
            next_step="Ask the account manager. Correct the record at its source: the "
            "registration number, or the legal form in the registered name; or say so here: "
            f"`mastersync pin {client_id} CUSTOMER party_type company` (or person).",
        )
    words = assessment.why.removeprefix(f"{assessment.need.words} " if assessment.need else "")
    return _about(
        item,
        cause_key=f"credit:law:{assessment.cause}",
        title="The law does not let a report be bought as things are",
        cause=words,
        next_step=f"{assessment.next_step} Without a report, decide: {decide}.",
    )


def unknown_company(policy: CreditPolicy, item: CheckedCustomer) -> TicketDraft:
    """Return the ticket of customers of whom the agency knows no company."""
    return _about(
        item,
        cause_key=f"credit:{policy.agency}:no_sure_match",
        title=f"{_title(policy)} knows no company that is surely this customer",
        cause="The agency's search gave no company that could be this customer.",
        next_step="Check the registration number with the customer or the account manager; "
        "the record is searched for again in the next run.",
    )


def unsure_company(
    client_id: str, policy: CreditPolicy, item: CheckedCustomer, verdict: MatchVerdict
) -> TicketDraft:
    """Return the ticket of a customer of whom a person can tell which company it is."""
    return TicketDraft(
        cause_key=doubt_cause(policy.agency, item.customer_id),
        kind=TicketKind.CREDIT,
        title=f"{_title(policy)} knows companies, and none is surely {item.customer_id}",
        cause=verdict.why,
        next_step="Compare them with the customer (ask the account manager): `mastersync credit "
        f"match {client_id} {item.customer_id}` lists them. If one is it, add its REFERENCE and "
        "--reason WHY; if none is, --none. If the record is wrong, correct it at its source.",
        subjects=_subjects(item),
        detail={
            "customer_id": item.customer_id,
            "candidates": [
                {"reference": one.company.reference, "grade": one.grade, "why": one.why}
                for one in verdict.candidates
            ],
        },
    )


def budget_spent(policy: CreditPolicy, item: CheckedCustomer, spent: str) -> TicketDraft:
    """Return the ticket of customers for whom the hard budget does not reach."""
    return _about(
        item,
        cause_key=f"credit:{policy.agency}:budget",
        title=f"The budget for credit reports is spent: {spent}",
        cause=f"More customers are due for a check than the budget ({policy.budget.words}) pays.",
        next_step="They are checked in a later run; raise the budget if that is too slow.",
    )


def over_soft_budget(policy: CreditPolicy, over: Sequence[str], subject: str) -> TicketDraft:
    """Return the ticket of spending that has passed a soft limit, and goes on."""
    return TicketDraft(
        cause_key=f"credit:{policy.agency}:soft_budget",
        kind=TicketKind.CREDIT,
        title="Credit reports cost more than was expected",
        cause=f"Spent or planned: {'; '.join(over)}. Orders go on up to {policy.budget.words}.",
        next_step="Tell the account manager. Raise the soft limit if that is agreed; the ticket "
        "closes by itself when it is kept again.",
        subjects=(subject,),
    )


def unanswered(policy: CreditPolicy, item: CheckedCustomer) -> TicketDraft:
    """Return the ticket of customers who wait for an agency that does not answer."""
    return _about(
        item,
        cause_key=f"credit:{policy.agency}:outage",
        title=f"{_title(policy)} does not answer; customers wait for it",
        cause="The search for these customers was not answered. Nothing was ordered for them.",
        next_step="Nothing to do: each run asks again. If it lasts, look at the agency's status "
        "page, and ask the account manager whether to go on without reports.",
    )


def withdrawn(policy: CreditPolicy, customer_id: str, why: Refused) -> TicketDraft:
    """Return the ticket of an order that was not placed since what let it be planned has ended.

    The next run has the same cause for whoever is still held up by it.
    """
    is_law = why.cause not in {TERMS_CHANGED, BUDGET}
    return TicketDraft(
        cause_key=f"credit:law:{why.cause}" if is_law else f"credit:{policy.agency}:{why.cause}",
        kind=TicketKind.CREDIT,
        title="Credit orders were withdrawn before they were placed",
        cause=why.words,
        next_step=why.next_step,
        subjects=(own_subject(customer_id),),
    )


def no_report(policy: CreditPolicy, item: CheckedCustomer) -> TicketDraft:
    """Return the ticket of customers whose order was placed and brought nothing."""
    return _about(
        item,
        cause_key=f"credit:{policy.agency}:no_report",
        title=f"No usable report came from {_title(policy)}",
        cause="The order was refused, its outcome is not known, or the report is incomplete.",
        next_step="Look at the order with the agency. Nothing is ordered twice without a person.",
    )


def merged(drafts: Iterable[TicketDraft]) -> list[TicketDraft]:
    """Return one ticket for each cause, about all that it holds up."""
    by_cause: dict[str, list[TicketDraft]] = {}
    for draft in drafts:
        by_cause.setdefault(draft.cause_key, []).append(draft)
    return [
        TicketDraft(
            cause_key=cause_key,
            kind=same[0].kind,
            title=same[0].title,
            cause=same[0].cause,
            next_step=same[0].next_step,
            subjects=tuple(subject for draft in same for subject in draft.subjects),
            detail=same[0].detail,
        )
        for cause_key, same in by_cause.items()
    ]


def _about(
    item: CheckedCustomer, *, cause_key: str, title: str, cause: str, next_step: str
) -> TicketDraft:
    return TicketDraft(
        cause_key=cause_key,
        kind=TicketKind.CREDIT,
        title=title,
        cause=cause,
        next_step=next_step,
        subjects=_subjects(item),
    )


def own_subject(customer_id: str) -> str:
    """Return what a ticket is about where none of the customer's versions is new."""
    return f"credit:{customer_id}"


def _subjects(item: CheckedCustomer) -> tuple[str, ...]:
    versions = tuple(f"version:{version_id}" for version_id in item.version_ids)
    return versions or (own_subject(item.customer_id),)


def _title(policy: CreditPolicy) -> str:
    return TITLES.get(policy.agency, policy.agency.capitalize())
