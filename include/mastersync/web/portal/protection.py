"""What every answer of the portal carries, whatever happened behind it."""

import traceback

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mastersync.errors import MastersyncError, RetryableError
from mastersync.web.portal.pages import notice, style_source
from mastersync.web.portal.texts import spoken_language

log = structlog.get_logger()

_YEAR = 31_536_000


class TooLargeError(Exception):
    """The caller sends more than any form of ours holds."""


async def read_body(request: Request, *, limit: int) -> bytes:
    """Return the body, without ever holding more than ``limit`` bytes of it.

    Raises:
        TooLargeError: There is more.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLargeError
    return bytes(body)


class Protection:
    """Adds the security headers, also to errors, and turns failures into calm pages.

    Nothing of a request is logged but its kind: the path holds the customer's secret.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self._app = app
        self._headers = _security_headers(is_https=is_https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_protected(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        try:
            await self._app(scope, receive, send_protected)
        except Exception as error:
            if started:
                raise
            answer = _answer_for(error, scope)
            await answer(scope, receive, send_protected)


def _answer_for(error: Exception, scope: Scope) -> ASGIApp:
    language = spoken_language(Headers(scope=scope).get("accept-language", ""))
    if isinstance(error, TooLargeError):
        return notice("refused", language=language, status=413)
    if isinstance(error, RetryableError):
        log.warning("request.postponed", problem=error.problem, next_step=error.next_step)
        answer = notice("busy", language=language, status=503)
        answer.headers["Retry-After"] = "10"
        return answer
    if isinstance(error, MastersyncError):  # its words hold no personal data
        log.error("request.failed", problem=error.problem, next_step=error.next_step)
        return notice("busy", language=language, status=500)
    # Messages of drivers may hold customers' values, so the log gets the place only.
    places = traceback.extract_tb(error.__traceback__)
    where = f"{places[-1].filename}:{places[-1].lineno}" if places else ""
    log.error("request.failed", error=type(error).__name__, where=where)
    return notice("busy", language=language, status=500)


def _security_headers(*, is_https: bool) -> dict[str, str]:
    policy = (
        f"default-src 'none'; style-src {style_source()}; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    if is_https:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
    return headers
