"""What the answers of agencies have in common: reports, companies, refusals of orders."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus

from mastersync.connectors.agencies.report_paths import (
    CompanyPaths,
    ReportPaths,
    amount,
    day,
    first_at,
    text_at,
)
from mastersync.connectors.http_answers import Answer, refusal
from mastersync.domain.credit.model import AgencyCompany, AgencyReport
from mastersync.errors import PermanentError, UnknownOutcomeError


def report_of(  # noqa: PLR0913 (what an answer does not say by itself)
    body: Mapping[str, object],
    paths: ReportPaths,
    *,
    asked_for: str,
    our_reference: str,
    scale: str,
    missing: Sequence[str],
    model: str = "",
) -> AgencyReport:
    """Read a report; it is complete when nothing of it is missing and it is of who was asked for.

    Args:
        asked_for: The company; an answer that names none is taken to be of it.
        missing: Sections that the agency did not deliver.
        model: What scored, where the answer does not say.
    """
    answered_for = text_at(body, paths.company)
    return AgencyReport(
        company_reference=answered_for or asked_for,
        order_reference=text_at(body, paths.order) or our_reference,
        rating=text_at(body, paths.rating),
        score=text_at(body, paths.score),
        credit_limit=amount(first_at(body, paths.limit)),
        currency=text_at(body, paths.currency),
        registration_number=text_at(body, paths.registration_number),
        is_complete=not missing and answered_for in {"", asked_for},
        payload=body,
        scale=scale,
        model=text_at(body, paths.model) or model,
        scored_on=day(text_at(body, paths.scored_on)),
        missing=tuple(missing),
    )


def company_of(
    item: object,
    paths: CompanyPaths,
    *,
    is_active: bool,
    confidence: Decimal | None = None,
    grade: str = "",
) -> AgencyCompany | None:
    """Read a company of a search; None when it has no reference."""
    reference = text_at(item, paths.reference)
    if not reference:
        return None
    return AgencyCompany(
        reference=reference,
        name=text_at(item, paths.name),
        registration_number=text_at(item, paths.registration_number),
        is_active=is_active,
        tax_id=text_at(item, paths.tax_id),
        street=text_at(item, paths.street),
        city=text_at(item, paths.city),
        postcode=text_at(item, paths.postcode),
        country=text_at(item, paths.country),
        confidence=confidence,
        grade=grade,
    )


def checked_order(answer: Answer, agency: str) -> Answer:
    """Return the answer to an order if it is a success.

    Raises:
        PermanentError: The agency has no such report.
        RetryableError, ConfigError: as `refusal` says.
    """
    if answer.is_success:
        return answer
    error = refusal(answer)
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
        raise PermanentError(
            f"{agency} has no report on this company ({answer.status}); none was charged.",
            next_step="Search for the company again, or ask another agency.",
        ) from error
    raise error


def no_report(agency: str) -> UnknownOutcomeError:
    """The error for an order that was answered without a report: who knows what it cost."""
    return UnknownOutcomeError(
        f"{agency} answered the order without a report; it may have been charged.",
        next_step="Compare the agency's statement with the orders of the day.",
    )
