"""Puts the portal together."""

from collections.abc import Callable, Sequence
from datetime import datetime

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mastersync.domain.confirmations.tokens import token_hash
from mastersync.errors import RetryableError
from mastersync.store.database import Database
from mastersync.store.portal import open_confirmation
from mastersync.web.portal.confirmation_routes import ConfirmationPages
from mastersync.web.portal.event_routes import MailEvents
from mastersync.web.portal.pages import notice
from mastersync.web.portal.protection import Protection
from mastersync.web.portal.texts import spoken_language


def create_portal(
    database: Database,
    *,
    secret_key: str,
    clock: Callable[[], datetime],
    public_url: str = "",
    sendgrid_public_keys: Sequence[str] = (),
) -> FastAPI:
    """Return the portal.

    Args:
        database: The store, as the portal's role.
        clock: Gives the time, aware and in UTC.
        public_url: What customers' links start with; with https browsers are told to stay there.
        sendgrid_public_keys: Verification keys of the event webhook; none closes the webhook.

    Raises:
        ConfigError: A verification key cannot be read.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(ConfirmationPages(database, secret_key=secret_key, clock=clock).router)
    app.include_router(MailEvents(database, public_keys=sendgrid_public_keys).router)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_middleware(Protection, is_https=public_url.startswith("https://"))

    @app.api_route("/health", methods=["GET", "HEAD"])
    def health() -> JSONResponse:
        """Say whether pages can be served, which takes the store."""
        try:
            open_confirmation(database, token_hash=token_hash(""))
        except RetryableError:
            return JSONResponse({"status": "store unavailable"}, status_code=503)
        return JSONResponse({"status": "ok"})

    return app


def _no_such_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    language = spoken_language(request.headers.get("accept-language", ""))
    kind = "gone" if error.status_code == 404 else "refused"  # noqa: PLR2004 (HTTP's own number)
    answer = notice(kind, language=language, status=error.status_code)
    answer.headers.update(error.headers or {})
    return answer
