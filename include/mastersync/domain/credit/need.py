"""When a credit check is needed, and why a report at hand is good enough or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.events import AgencyEvent
from mastersync.domain.credit.internal import InternalStanding
from mastersync.domain.credit.model import LastReport
from mastersync.domain.credit.policy import CreditPolicy


class NeedReason(StrEnum):
    """What makes a report needed."""

    NEW_CUSTOMER = "new_customer"
    LIMIT_CHANGE = "limit_change"
    REPORT_AGE = "report_age"
    EXPOSURE = "exposure"
    EVENT = "event"


@dataclass(frozen=True, kw_only=True)
class Need:
    """A report is needed; ``words`` say why one at hand is not used again."""

    reason: NeedReason
    words: str


def is_covered(fields: Mapping[str, str], policy: CreditPolicy) -> bool:
    """Say whether the client's contract has this customer checked at all.

    A customer of no known kind is never checked: buying a report on a person needs another
    purpose (FCRA 1681b; UK Consumer Credit Act), so the kind must be known first.
    """
    return (
        fields.get("country", "") in policy.countries
        and fields.get("party_type", "") in policy.party_types
        and (_amount(fields.get("credit_limit", "")) or Decimal(0))
        >= policy.minimum_requested_limit
    )


def need_of(  # noqa: PLR0913 (every fact that may make a need is one)
    fields: Mapping[str, str],
    policy: CreditPolicy,
    *,
    last: LastReport | None,
    standing: InternalStanding | None,
    events: Sequence[AgencyEvent] = (),
    is_new: bool,
    now: datetime,
) -> Need | None:
    """Return why a report is needed; None when the one at hand is used again, or none is wanted.

    Args:
        events: What the agency told since the last report was ordered.
    """
    if not is_covered(fields, policy):
        return None
    if last is None:
        if is_new:
            return Need(reason=NeedReason.NEW_CUSTOMER, words="The customer is new.")
        words = "No report of this customer is held."
        return Need(reason=NeedReason.REPORT_AGE, words=words)
    if last.valid_until <= now:
        words = f"Report {last.report_id} was good until {last.valid_until:%Y-%m-%d}."
        return Need(reason=NeedReason.REPORT_AGE, words=words)
    return (
        _by_event(policy, last, events)
        or _by_limit(fields, policy, last)
        or _by_exposure(fields, policy, last, standing)
    )


def why_used_again(last: LastReport) -> str:
    """Say why the report at hand is good enough."""
    return (
        f"Report {last.report_id} of {last.ordered_at:%Y-%m-%d} is good until "
        f"{last.valid_until:%Y-%m-%d}, and nothing has happened since that wants a new one."
    )


def _by_event(policy: CreditPolicy, last: LastReport, events: Sequence[AgencyEvent]) -> Need | None:
    if not policy.occasions.events or not events:
        return None
    newest = max(events, key=lambda event: event.happened_at)
    return Need(
        reason=NeedReason.EVENT,
        words=f"{TITLES.get(newest.agency, newest.agency)} told on "
        f"{newest.happened_at:%Y-%m-%d} of: {newest.kind}; report {last.report_id} came before.",
    )


def _by_limit(fields: Mapping[str, str], policy: CreditPolicy, last: LastReport) -> Need | None:
    asked, before = _amount(fields.get("credit_limit", "")), last.asked_limit
    if policy.occasions.limit_rise is None or asked is None or before is None:
        return None
    if asked <= before * (1 + policy.occasions.limit_rise):
        return None
    return Need(
        reason=NeedReason.LIMIT_CHANGE,
        words=f"The limit asked for rose from {before} to {asked} since report {last.report_id}.",
    )


def _by_exposure(
    fields: Mapping[str, str],
    policy: CreditPolicy,
    last: LastReport,
    standing: InternalStanding | None,
) -> Need | None:
    """Return a need when the exposure has come over its share of the limit since the report."""
    limit = _amount(fields.get("credit_limit", ""))
    if (
        policy.occasions.exposure_share is None
        or not limit
        or standing is None
        or standing.exposure is None
    ):
        return None
    if fields.get("credit_currency", standing.currency) != standing.currency:
        return None  # two currencies cannot be compared
    threshold = limit * policy.occasions.exposure_share
    was_over = last.exposure is not None and last.exposure > threshold
    if was_over or standing.exposure <= threshold:
        return None
    return Need(
        reason=NeedReason.EXPOSURE,
        words=f"{standing.exposure} {standing.currency} are open, more than "
        f"{policy.occasions.exposure_share:.0%} of the limit; it was less at report "
        f"{last.report_id}.",
    )


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
