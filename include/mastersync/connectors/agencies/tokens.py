"""The token of an account: one for all, fetched by one at a time, a refusal never tried again."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar

from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import AccessRefused, Answer, refusal
from mastersync.connectors.json_paths import value_at
from mastersync.errors import ConfigError, RetryableError, UnknownOutcomeError
from mastersync.ports.tokens import TokenShelf

T = TypeVar("T")
_USED_OF_LIFE = 0.9  # the rest is for clocks that differ, and requests under way


@dataclass(frozen=True, kw_only=True)
class LogIn:
    """How an agency gives out tokens. ``lasts`` is for answers that do not say how long."""

    path: str
    document: Mapping[str, str]
    headers: Mapping[str, str]
    token_path: str
    lasts: timedelta
    lasts_path: str = ""


class Tokens:
    """The account's token, for all threads here and, by the shelf, all workers anywhere."""

    def __init__(self, api: HttpApi, log_in: LogIn, shelf: TokenShelf | None = None) -> None:
        self._api = api
        self._log_in = log_in
        self._shelf = shelf or MemoryShelf()
        self._token = ""
        self._lock = threading.Lock()

    def using(self, ask: Callable[[Mapping[str, str]], T]) -> T:
        """Ask; a token that has run out is fetched anew once. A second refusal stands."""
        token = self._get()
        try:
            return ask({"Authorization": f"Bearer {token}"})
        except AccessRefused as error:
            if error.status != HTTPStatus.UNAUTHORIZED:
                raise
            token = self._renew(token)
        return ask({"Authorization": f"Bearer {token}"})

    def _get(self) -> str:
        with self._lock:
            return self._token or self._take("")

    def _renew(self, refused: str) -> str:
        with self._lock:
            return self._take(refused) if self._token == refused else self._token

    def _take(self, refused: str) -> str:
        self._token = ""
        token = self._shelf.take(other_than=refused) or self._fetch()
        self._token = token
        return token

    def _fetch(self) -> str:
        try:
            token, lasts = self._ask()
        except ConfigError:
            self._shelf.note_refusal()
            raise
        except BaseException:
            self._shelf.give_up()
            raise
        self._shelf.put(token, lasts=lasts)
        return token

    def _ask(self) -> tuple[str, timedelta]:
        way = self._log_in
        try:
            answer = self._api.send(
                "POST", way.path, document=dict(way.document), headers=way.headers
            )
        except UnknownOutcomeError as error:
            raise RetryableError(
                "The agency did not answer the log-in. Nothing was ordered.",
                next_step="It is tried again later.",
            ) from error
        token = value_at(answer.body, way.token_path)
        if answer.is_success and isinstance(token, str) and token:
            return token, _lasts(answer, way) * _USED_OF_LIFE
        if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise AccessRefused(answer)
        raise refusal(answer)


class MemoryShelf:
    """Implements `ports.tokens.TokenShelf` for one process: a refusal stands until it ends."""

    def __init__(self) -> None:
        self._token = ""
        self._good_until = 0.0
        self._is_refused = False

    def take(self, *, other_than: str) -> str:
        """Return the token; see the port."""
        if self._is_refused:
            raise LoginNotTried
        is_good = self._token != other_than and time.monotonic() < self._good_until
        return self._token if is_good else ""

    def put(self, token: str, *, lasts: timedelta) -> None:
        """Keep it; see the port."""
        self._token, self._good_until = token, time.monotonic() + lasts.total_seconds()

    def note_refusal(self) -> None:
        """Never try again; see the port."""
        self._is_refused = True

    def give_up(self) -> None:
        """Let another try; see the port."""


class LoginNotTried(ConfigError):
    """The same credentials were refused before: more of it would lock the account out."""

    def __init__(self) -> None:
        super().__init__(
            "The agency refused these credentials before. They are not tried again yet, since a "
            "few wrong log-ins lock the account out. Nothing was ordered.",
            next_step="Correct the login or password of the agency's connection; a change is "
            "noticed at once.",
        )


def _lasts(answer: Answer, way: LogIn) -> timedelta:
    stated = value_at(answer.body, way.lasts_path) if way.lasts_path else None
    try:
        seconds = int(str(stated))
    except ValueError:
        return way.lasts
    return timedelta(seconds=seconds) if seconds > 0 else way.lasts
