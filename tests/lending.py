"""A client whose contract gives terms, and people who decide on its customers' credit."""

from datetime import datetime
from decimal import Decimal

from mastersync.domain.credit.events import AgencyEvent
from mastersync.domain.credit.recommendation import (
    LimitOf,
    LimitRule,
    TermsPolicy,
    TermsRule,
)
from mastersync.domain.decisions.model import Person
from mastersync.usecases.decide_credit import CreditAnswer, DecidedCredit, decide_credit
from pipelines import CREDIT, Pipeline, company
from stewards import Steward

ASKED = {"credit_limit": "4000.00", "credit_currency": "GBP"}
WELL_RATED = TermsRule(
    holds=lambda said: said["rating"] in {"A", "B"},
    asks='rating in ["A", "B"]',
    limit=LimitRule(of=LimitOf.AGENCY, share=Decimal("0.9")),
    clause="5.2",
    payment_terms="NET30",
)
OTHERS = TermsRule(
    holds=lambda _: True,
    asks="",
    limit=LimitRule(of=LimitOf.NOTHING),
    clause="5.4",
    because="Not rated well enough",
)
TERMS = TermsPolicy(
    rules=(WELL_RATED, OTHERS), currency="GBP", accept_up_to={"GBP": Decimal(10000)}
)


def lend(pipeline: Pipeline) -> Pipeline:
    """Give it terms; a company that the agency knows asks for 4,000."""
    pipeline.set_rules(credit=CREDIT, terms=TERMS)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **ASKED))
    return pipeline


def customer(pipeline: Pipeline) -> str:
    ((customer_id,),) = pipeline.rows("SELECT customer_id FROM customer")
    return customer_id


def decisions(pipeline: Pipeline) -> list[tuple]:
    return pipeline.rows(
        "SELECT outcome, credit_limit, payment_terms, is_automatic, author FROM credit_decision"
        " ORDER BY decision_id"
    )


def decide(
    ann: Steward, limit: str | None = None, *, terms: str = "", reason: str = "as rated"
) -> DecidedCredit:
    answer = CreditAnswer(
        customer_id=customer(ann.pipeline),
        limit=None if limit is None else Decimal(limit),
        payment_terms=terms,
        person=Person(by=ann.name, reason=reason),
    )
    return decide_credit(ann.store, ann.pipeline.rules, answer, now=ann.pipeline.clock())


def told(pipeline: Pipeline, happened_at: datetime) -> None:
    """The agency tells now of a change at the company whose report was bought."""
    event = AgencyEvent(
        event_id="e1",
        agency="creditsafe",
        company_reference="GB-1",
        kind="Rating/International Score",
        happened_at=happened_at,
    )
    with pipeline.store.begin() as unit:
        page = unit.agency_events.keep_page("creditsafe", {}, now=pipeline.clock())
        unit.agency_events.note_read(page, [event], now=pipeline.clock())
