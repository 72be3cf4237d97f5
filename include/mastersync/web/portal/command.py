"""``mastersync portal``: the customers' page as a process of its own."""

import sys
from typing import Annotated

import structlog
import typer
import uvicorn

from mastersync.config.settings import load_settings
from mastersync.store.database import PORTAL_ROLE, Database, role_url
from mastersync.web.portal.app import create_portal
from mastersync.wiring.clock import utc_now
from mastersync.wiring.dying import failpoint_of
from mastersync.wiring.stores import store_url

POOL_SIZE = 8
MOST_CONNECTIONS = 400


def portal(
    port: Annotated[
        int | None, typer.Option(help="Where to listen; else MASTERSYNC_PORTAL_PORT.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the page on which customers confirm their details until Ctrl-C.

    In production a reverse proxy with TLS stands before it, and MASTERSYNC_PORTAL_URL names it.

    \b
    Example:
      mastersync portal --port 8090
    """  # noqa: D301 (click wants the backspace)
    settings = load_settings()
    _log_plainly()
    database = Database(
        role_url(store_url(settings), PORTAL_ROLE, secret_key=settings.key),
        pool_size=POOL_SIZE,
        failpoint=failpoint_of(settings.failpoint),
    )
    app = create_portal(
        database,
        secret_key=settings.key,
        clock=utc_now,
        public_url=settings.public_portal_url,
        sendgrid_public_keys=(settings.sendgrid_public_key or "").split(),
    )
    try:
        uvicorn.run(
            app,
            host=host,
            port=port or settings.portal_port,
            log_level="warning",
            access_log=False,  # paths hold customers' secrets
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=5,
        )
    finally:
        database.close()


def _log_plainly() -> None:
    is_terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer()
            if is_terminal
            else structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
