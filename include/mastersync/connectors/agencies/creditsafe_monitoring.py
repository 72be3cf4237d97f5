"""Creditsafe's monitoring: a portfolio of companies, rules that make events, events to be pulled.

Wire format: Creditsafe Connect API 1.10.9. A new portfolio has no rules and so tells of nothing.
An event's date is that of the change, not of its arrival: some days are asked for again, and each
event counts once by its id.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from mastersync.connectors.agencies.report_paths import text_at
from mastersync.connectors.agencies.tokens import Tokens
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import Answer, refusal
from mastersync.connectors.json_paths import value_at
from mastersync.domain.credit.agencies import CREDITSAFE
from mastersync.domain.credit.events import AgencyEvent
from mastersync.errors import PermanentError, RetryableError, UnknownOutcomeError

_PAGE_SIZE = 1_000
_EVENTS = "/monitoring/notificationEvents"
# Where a page holds what of an event.
EVENT_ID: Final = ("notificationEventId",)
COMPANY: Final = ("company.id",)
PORTFOLIO: Final = ("company.portfolioId",)
KIND: Final = ("ruleName", "ruleCode")
OLD: Final = ("oldValue",)
NEW: Final = ("newValue",)
HAPPENED: Final = ("eventDate",)


class CreditsafeMonitor:
    """Implements ``ports.AgencyMonitor`` for one portfolio."""

    def __init__(
        self,
        api: HttpApi,
        tokens: Tokens,
        *,
        portfolio: str,
        rules: Sequence[int] = (),
        overlap: timedelta = timedelta(days=3),
    ) -> None:
        self._api = api
        self._tokens = tokens
        self.watch_list = portfolio
        self._portfolio = f"/monitoring/portfolios/{quote(portfolio, safe='')}"
        self._rules = rules
        self._overlap = overlap

    @property
    def name(self) -> str:
        return CREDITSAFE

    def prepare(self, countries: Sequence[str]) -> None:
        """Switch the event rules on that are wanted and are not; see the port."""
        for country in countries if self._rules else ():
            path = f"{self._portfolio}/eventRules/{country}"
            active = self._active_rules(path)
            if not active.issuperset(self._rules):
                codes = sorted(active.union(self._rules))
                self._send("PUT", path, [{"ruleCode": code, "isActive": 1} for code in codes])

    def _active_rules(self, path: str) -> set[int]:
        rules = value_at(self._read(path, {}).body, "data")
        return {
            code
            for rule in (rules if isinstance(rules, list) else [])
            if value_at(rule, "isActive") and isinstance(code := value_at(rule, "ruleCode"), int)
        }

    def watch(self, company_reference: str, *, our_reference: str) -> None:
        """Add the company to the portfolio; 409 says that it is in it. See the port."""
        document = {"id": company_reference, "personalReference": our_reference}
        self._send(
            "POST", f"{self._portfolio}/companies", document, done=frozenset({HTTPStatus.CONFLICT})
        )

    def pull(self, *, since: datetime) -> Iterator[Mapping[str, object]]:
        """Yield the pages of events since some days before; see the port."""
        yield from self._pages(since - self._overlap)

    def events_of(self, page: Mapping[str, object]) -> Sequence[AgencyEvent]:
        """Read a page; see the port."""
        entries = page.get("data")
        if not isinstance(entries, list):
            raise PermanentError(
                "A page of Creditsafe's events has no list of them.",
                next_step="Look at it in the table agency_page, and ask Creditsafe.",
            )
        return [_event(entry) for entry in entries if self._is_ours(entry)]

    def _is_ours(self, entry: object) -> bool:
        """An account may have other portfolios; an event that names none is taken for ours."""
        return text_at(entry, PORTFOLIO) in {"", self.watch_list}

    def _pages(self, since: datetime) -> Iterator[Mapping[str, object]]:
        number = 0
        while True:
            query = {
                "startDate": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                "filterByCreatedDate": "true",
                "page": str(number),
                "pageSize": str(_PAGE_SIZE),
            }
            answer = self._read(_EVENTS, query)
            page = answer.body
            entries = value_at(page, "data")
            if not isinstance(page, Mapping) or (isinstance(entries, list) and not entries):
                return
            yield page
            if value_at(page, "paging.next") is None:
                return
            number += 1

    def _read(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._tokens.using(
            lambda headers: self._api.read(path, params=query, headers=headers)
        )

    def _send(
        self,
        method: str,
        path: str,
        document: object,
        *,
        done: frozenset[int] = frozenset(),
    ) -> None:
        try:
            answer = self._tokens.using(
                lambda headers: self._api.send(method, path, document=document, headers=headers)
            )
        except UnknownOutcomeError as error:  # a second time does no harm
            raise RetryableError(error.problem, next_step="It is tried again later.") from error
        if not answer.is_success and answer.status not in done:
            raise refusal(answer)


def _event(entry: object) -> AgencyEvent:
    event_id, company = text_at(entry, EVENT_ID), text_at(entry, COMPANY)
    try:
        happened_at = datetime.fromisoformat(text_at(entry, HAPPENED))
    except ValueError:
        happened_at = None
    if not event_id or not company or happened_at is None:
        raise PermanentError(
            "An event of Creditsafe has no id, company or date.",
            next_step="Look at its page in the table agency_page, and ask Creditsafe.",
        )
    return AgencyEvent(
        event_id=event_id,
        agency=CREDITSAFE,
        company_reference=company,
        kind=text_at(entry, KIND),
        happened_at=happened_at if happened_at.tzinfo else happened_at.replace(tzinfo=UTC),
        old=text_at(entry, OLD),
        new=text_at(entry, NEW),
    )
