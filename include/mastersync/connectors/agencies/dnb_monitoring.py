"""D&B's monitoring: a registration that watches companies, notifications to be pulled.

Wire format: D&B Direct+ monitoring v1. A notification that was pulled is consumed and comes again
only by a replay, so each page is kept before it is read. Notifications have no id of their own:
what they say stands for one, so that a replay brings no fact twice.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from mastersync.connectors.agencies.report_paths import text_at
from mastersync.connectors.agencies.tokens import Tokens
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import refusal
from mastersync.connectors.json_paths import value_at
from mastersync.domain.credit.agencies import DNB
from mastersync.domain.credit.events import AgencyEvent
from mastersync.errors import PermanentError, RetryableError, UnknownOutcomeError

_AT_MOST = 100
_OVERLAP = timedelta(minutes=5)
# Where a notification holds what.
DUNS: Final = ("organization.duns",)
NOTICE_ID: Final = ("notificationID",)
TYPE: Final = ("type",)
DELIVERED: Final = ("deliveryTimeStamp",)
ELEMENT: Final = ("element",)
PREVIOUS: Final = ("previous",)
CURRENT: Final = ("current",)
CHANGED: Final = ("timestamp",)


class DnbMonitor:
    """Implements ``ports.AgencyMonitor`` for one registration."""

    def __init__(self, api: HttpApi, tokens: Tokens, *, registration: str) -> None:
        self._api = api
        self._tokens = tokens
        self.watch_list = registration
        self._registration = f"/v1/monitoring/registrations/{quote(registration, safe='')}"

    @property
    def name(self) -> str:
        return DNB

    def prepare(self, countries: Sequence[str]) -> None:
        """Nothing: the registration says by itself what is told. See the port."""

    def watch(self, company_reference: str, *, our_reference: str) -> None:
        """Add the company to the registration; 409 says that it is in it. See the port."""
        path = f"{self._registration}/duns/{quote(company_reference, safe='')}"
        query = {"customerReference": our_reference}
        try:
            answer = self._tokens.using(
                lambda headers: self._api.send("POST", path, params=query, headers=headers)
            )
        except UnknownOutcomeError as error:  # a second time does no harm
            raise RetryableError(error.problem, next_step="It is tried again later.") from error
        if not answer.is_success and answer.status != HTTPStatus.CONFLICT:
            raise refusal(answer)

    def pull(self, *, since: datetime) -> Iterator[Mapping[str, object]]:
        """Yield what waits, until nothing does; see the port.

        What was delivered since the last page was kept is replayed first: a pull whose answer was
        lost, or whose worker died, has consumed it. A replay that is refused, as of too long ago,
        is told when what waits has come.
        """
        refused: PermanentError | None = None
        try:
            yield from self._replay(since - _OVERLAP)
        except PermanentError as error:
            refused = error
        while page := self._page("/notifications", {}):
            yield page
        if refused is not None:
            raise refused

    def _replay(self, since: datetime) -> Iterator[Mapping[str, object]]:
        while True:
            start = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            page = self._page("/notifications/replay", {"replayStartTimestamp": start})
            if page is None:
                return
            yield page
            newest = max((_time(notice, DELIVERED) for notice in _notices(page)), default=since)
            if len(_notices(page)) < _AT_MOST or newest <= since:
                return
            since = newest

    def events_of(self, page: Mapping[str, object]) -> Sequence[AgencyEvent]:
        """Read a page, one event for each element that changed; see the port."""
        return [event for notice in _notices(page) for event in _events(notice)]

    def _page(self, path: str, more: Mapping[str, str]) -> Mapping[str, object] | None:
        query = {"maxNotifications": str(_AT_MOST), **more}
        try:
            answer = self._tokens.using(
                lambda headers: self._api.send(
                    "GET", f"{self._registration}{path}", params=query, headers=headers
                )
            )
        except UnknownOutcomeError as error:
            raise RetryableError(
                "D&B's notifications were asked for, and the answer was lost.",
                next_step="The next run asks for them once more.",
            ) from error
        if not answer.is_success:
            raise refusal(answer)
        page = answer.body
        return page if isinstance(page, Mapping) and page.get("notifications") else None


def _notices(page: Mapping[str, object]) -> list[object]:
    notices = page.get("notifications")
    if not isinstance(notices, list):
        raise PermanentError(
            "A page of D&B's notifications has no list of them.",
            next_step="Look at it in the table agency_page, and ask D&B.",
        )
    return notices


def _events(notice: object) -> Iterator[AgencyEvent]:
    duns, told = text_at(notice, DUNS), text_at(notice, TYPE)
    if not duns:
        raise PermanentError(
            "A notification of D&B names no company.",
            next_step="Look at its page in the table agency_page, and ask D&B.",
        )
    elements = value_at(notice, "elements")
    for element in elements if isinstance(elements, list) and elements else [{}]:
        happened_at = _time(element, CHANGED, else_of=notice)
        kind = text_at(element, ELEMENT) or told
        old, new = text_at(element, PREVIOUS), text_at(element, CURRENT)
        said = json.dumps([duns, told, kind, happened_at.isoformat(), old, new])
        stated = text_at(notice, NOTICE_ID)
        yield AgencyEvent(
            event_id=f"{stated}:{kind}" if stated else hashlib.sha256(said.encode()).hexdigest(),
            agency=DNB,
            company_reference=duns,
            kind=kind,
            happened_at=happened_at,
            old=old,
            new=new,
        )


def _time(entry: object, paths: tuple[str, ...], *, else_of: object = None) -> datetime:
    text = text_at(entry, paths) or text_at(else_of, DELIVERED)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise PermanentError(
            "A notification of D&B has no time.",
            next_step="Look at its page in the table agency_page, and ask D&B.",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
