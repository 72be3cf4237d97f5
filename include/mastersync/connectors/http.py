"""JSON over HTTP, bounded and polite; transport trouble becomes our errors here, once."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from mastersync.connectors.certificates import trusted
from mastersync.connectors.http_answers import (
    Answer,
    DeadlinePassed,
    read_answer,
    refusal,
)
from mastersync.connectors.http_options import Auth, HttpOptions
from mastersync.connectors.rate_limit import RateLimit
from mastersync.errors import (
    ConfigError,
    MastersyncError,
    PermanentError,
    RetryableError,
    UnknownOutcomeError,
)
from mastersync.ports.connections import ConnectionDetails
from mastersync.ports.paces import Line

_SERVER_ERROR = 500
_NOT_NOW = frozenset({429, 503})
# Shorter than servers keep an idle connection: one that they close while we write on it would
# leave the outcome unknown.
_KEEP_ALIVE_SECONDS = 2.0
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class HttpApi:
    """One system's API with one connection's credentials; close it when done."""

    def __init__(
        self, connection: ConnectionDetails, options: HttpOptions, *, line: Line | None = None
    ) -> None:
        self._options = options
        self._base = _base_url(connection)
        self._rate = RateLimit(
            per_second=options.requests_per_second,
            burst=options.burst,
            line=line,
            longest_wait=options.max_wait,
        )
        self._client = httpx.Client(
            auth=_basic_auth(connection, options),
            headers={"Accept": "application/json", **_auth_headers(connection, options)},
            timeout=httpx.Timeout(options.read_timeout, connect=options.connect_timeout),
            limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE_SECONDS),
            follow_redirects=False,
            verify=trusted(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    @property
    def deadline(self) -> timedelta:
        """The longest that one call takes."""
        return timedelta(seconds=self._options.deadline)

    def read(
        self,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accepted: frozenset[int] = frozenset(),
    ) -> Answer:
        """GET, tried again with growing pauses while the system is busy or away.

        ``path`` is relative to the connection's host, or a whole address at the same host.
        Refusals of a status in ``accepted`` are answers like any other.

        Raises:
            RetryableError: Still busy or away after the last try.
            AccessRefused: 401 or 403, at once.
            NotFoundError: 404.
            ConfigError: A redirect, or an address that is none.
            PermanentError: Any other refusal, no JSON, too long, another host.
        """
        address = self._address(path)
        retrying = Retrying(
            stop=stop_after_attempt(self._options.max_tries),
            wait=self._pause,
            retry=retry_if_exception(self._is_worth_waiting),
            sleep=time.sleep,
            reraise=True,
        )
        request = self._client.build_request("GET", address, params=params or None, headers=headers)
        return retrying(self._read_once, request, accepted)

    def send(
        self,
        method: str,
        path: str,
        *,
        document: object = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send once and never again; returns any answer below 500, refusals too.

        Raises:
            RetryableError: Surely not sent.
            UnknownOutcomeError: It may have been carried out.
            ConfigError: The address is none.
        """
        address = self._address(path)
        body = None if document is None else document
        request = self._client.build_request(
            method, address, params=params or None, json=body, headers=headers
        )
        call = _call(request)
        self._rate.wait()
        try:
            answer = self._exchange(request)
        except _NOT_SENT as error:
            raise _away(call, error, "Nothing was sent.") from error
        except httpx.InvalidURL as error:
            raise _no_address(call) from error
        except (httpx.TransportError, httpx.DecodingError, DeadlinePassed) as error:
            raise _unknown(call, f"{type(error).__name__} after it was sent") from error
        except (RetryableError, PermanentError) as error:
            raise _unknown(call, error.problem) from error
        if answer.status >= _SERVER_ERROR:
            raise _unknown(call, f"the answer was {answer.status}")
        return answer

    def _read_once(self, request: httpx.Request, accepted: frozenset[int]) -> Answer:
        call = _call(request)
        self._rate.wait()
        try:
            answer = self._exchange(request)
        except DeadlinePassed as error:
            words = f"It took longer than {self._options.deadline:g} s."
            raise _away(call, error, words) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _away(call, error, "Nothing of this answer was used.") from error
        if not answer.is_success and answer.status not in accepted:
            raise refusal(answer)
        return answer

    def _exchange(self, request: httpx.Request) -> Answer:
        until = time.monotonic() + self._options.deadline
        response = self._client.send(request, stream=True)
        try:
            answer = read_answer(
                response,
                call=_call(request),
                max_bytes=self._options.max_body_bytes,
                check_deadline=_deadline(until),
            )
        finally:
            response.close()
        if answer.status in _NOT_NOW and answer.retry_after:
            self._rate.defer(answer.retry_after)
        return answer

    def _address(self, path: str) -> httpx.URL:
        try:
            url = self._base.join(path) if "://" in path else httpx.URL(f"{self._base}{path}")
        except httpx.InvalidURL as error:
            raise _no_address("The request") from error
        if (url.scheme, url.host, url.port) != (
            self._base.scheme,
            self._base.host,
            self._base.port,
        ):
            raise PermanentError(
                f"{self._base.host} sends on to another host ({url.host}); the credentials are "
                "not shown there, so nothing was read from it.",
                next_step="If both are the same system, ask it for links to the host configured.",
            )
        return url

    def _is_worth_waiting(self, error: BaseException) -> bool:
        if not isinstance(error, RetryableError):
            return False
        return error.retry_after is None or error.retry_after <= self._options.max_wait

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        jitter = wait_random_exponential(
            multiplier=self._options.first_wait, max=self._options.max_wait
        )(state)
        if isinstance(error, RetryableError) and error.retry_after is not None:
            return error.retry_after + min(jitter, self._options.first_wait)
        return jitter


def _base_url(connection: ConnectionDetails) -> httpx.URL:
    try:
        url = httpx.URL(connection.host.rstrip("/"))
    except httpx.InvalidURL as error:
        raise _no_address("The connection's host") from error
    if url.scheme not in {"http", "https"} or not url.host or url.query:
        raise _no_address("The connection's host")
    return url


def _auth_headers(connection: ConnectionDetails, options: HttpOptions) -> dict[str, str]:
    secret = connection.password
    if options.auth in {Auth.BEARER, Auth.HEADER} and not secret:
        raise ConfigError(
            "The connection has no password, which is where the token belongs. Nothing was asked.",
            next_step="Put the system's token into the connection's password.",
        )
    if not secret.isascii() or not secret.isprintable():
        raise ConfigError(
            "The connection's password has characters that a header cannot carry.",
            next_step="Paste the token again, without line breaks.",
        )
    match options.auth:
        case Auth.BEARER:
            return {"Authorization": f"Bearer {secret}"}
        case Auth.HEADER:
            return {options.auth_header: secret}
        case Auth.BASIC | Auth.NONE:
            return {}


def _basic_auth(connection: ConnectionDetails, options: HttpOptions) -> httpx.BasicAuth | None:
    if options.auth is not Auth.BASIC:
        return None
    return httpx.BasicAuth(connection.login, connection.password)


def _deadline(until: float) -> Callable[[], None]:
    def check() -> None:
        if time.monotonic() > until:
            raise DeadlinePassed

    return check


def _call(request: httpx.Request) -> str:
    return f"{request.method} {request.url.path}"


def _away(call: str, error: Exception, words: str) -> RetryableError:
    return RetryableError(
        f"{call} got no usable answer ({type(error).__name__}). {words}",
        next_step="It is tried again; if it stays, check that the system is up and reachable.",
    )


def _unknown(call: str, words: str) -> MastersyncError:
    return UnknownOutcomeError(
        f"{call}: {words}, so it may or may not have been carried out.",
        next_step="It is looked up before anything is sent again.",
    )


def _no_address(what: str) -> ConfigError:
    return ConfigError(
        f"{what} is no address that can be asked.",
        next_step="Give the host with its scheme, such as https://erp.example.com/api.",
    )
