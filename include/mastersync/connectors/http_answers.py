"""Answers of HTTP systems: reading them within bounds, and saying what went wrong."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from mastersync.errors import (
    ConfigError,
    MastersyncError,
    NotFoundError,
    PermanentError,
    RetryableError,
)

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_SHOWN_TYPE = 40


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer; ``body`` is the parsed JSON, None where there is none.

    ``call`` names what was asked for messages, without the query. ``media_type`` is what came.
    """

    call: str
    status: int
    headers: Mapping[str, str]
    body: object
    media_type: str
    next_link: str | None = None

    @property
    def is_success(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def sent_at(self) -> datetime | None:
        """The system's own clock, by its Date header."""
        return _http_date(self.headers.get("date", ""))

    @property
    def retry_after(self) -> float | None:
        """The seconds that the system asks us to wait, 0.0 or more; None when it does not say."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        until = _http_date(text)
        if until is None or self.sent_at is None:
            return None
        return max(0.0, (until - self.sent_at).total_seconds())


class AccessRefused(ConfigError):
    """The system knows who asks, or should, and says no."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(
            f"{answer.call} was refused ({answer.status}): the credentials or rights are wrong. "
            "Nothing was read or written.",
            next_step="Correct the connection's secret or its rights, then run again.",
            status=answer.status,
        )
        self.status = answer.status


class BodyTooLarge(PermanentError):
    """The answer is longer than we take."""

    def __init__(self, call: str, limit: int) -> None:
        super().__init__(
            f"{call} answered with more than {limit} bytes; the rest was not read.",
            next_step="Ask for smaller pages, or raise the limit if this is what it should send.",
        )


class DeadlinePassed(Exception):  # never leaves http.py
    """The answer takes longer than one call may."""


def read_answer(
    response: httpx.Response, *, call: str, max_bytes: int, check_deadline: Callable[[], None]
) -> Answer:
    """Read the body to its end.

    Raises:
        BodyTooLarge: It is longer than ``max_bytes``.
        RetryableError: It calls itself JSON and is not: it was cut, or is broken for now.
        PermanentError: It says that it went well, but is not JSON.
    """
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise BodyTooLarge(call, max_bytes)
        check_deadline()
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    answer = Answer(
        call=call,
        status=response.status_code,
        headers=dict(response.headers.items()),
        body=None,
        media_type=media_type[:_SHOWN_TYPE],
        next_link=response.links.get("next", {}).get("url"),
    )
    return _with_body(answer, bytes(body))


def refusal(answer: Answer) -> MastersyncError:
    """The error for an answer to a read that is not a success."""
    status = answer.status
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return AccessRefused(answer)
    if status == HTTPStatus.NOT_FOUND:
        return NotFoundError(
            f"{answer.call} does not exist (404).",
            next_step="Check the path, and the host of the connection.",
            status=status,
        )
    if status in _BUSY:
        return RetryableError(
            f"{answer.call} answered {status}: the system is busy or broken for now.",
            next_step="It is tried again; if it stays, ask whoever runs the system.",
            retry_after=answer.retry_after,
            status=status,
        )
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return ConfigError(
            f"{answer.call} answered {status}, a redirect to another address, which is never "
            "followed with credentials.",
            next_step="Put the final address into the connection's host.",
            status=status,
        )
    return PermanentError(
        f"{answer.call} was refused with {status}.",
        next_step="Compare the paths and parameters in client.yaml with the system's manual.",
        status=status,
    )


def _with_body(answer: Answer, body: bytes) -> Answer:
    if not body.strip():
        return answer
    try:
        document = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        if not answer.is_success:
            return answer  # its status says enough
        if answer.media_type.endswith("json"):
            raise RetryableError(
                f"{answer.call} answered with JSON that is cut or broken ({len(body)} bytes).",
                next_step="It is tried again; if it stays, ask whoever runs the system.",
                status=answer.status,
            ) from error
        raise PermanentError(
            f"{answer.call} answered with {answer.media_type or 'something unnamed'} instead of "
            "JSON, as a log-in or maintenance page does. Nothing was taken from it.",
            next_step="Check the connection's host; open it in a browser to see the page.",
            status=answer.status,
        ) from error
    return Answer(
        call=answer.call,
        status=answer.status,
        headers=answer.headers,
        body=document,
        media_type=answer.media_type,
        next_link=answer.next_link,
    )


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _http_date(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
