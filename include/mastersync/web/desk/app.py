"""Puts the desk together."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import structlog
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from mastersync.domain.tickets.model import TicketKind
from mastersync.errors import MastersyncError, NotFoundError
from mastersync.ports.tickets import TicketDesk
from mastersync.web.desk.pages import page

log = structlog.get_logger()

LIST_LIMIT = 500

_NO_SUCH_PAGE = MastersyncError("There is no such page.", next_step="Go back to the list.")


@dataclass(frozen=True, kw_only=True)
class DeskHost:
    """What the desk needs of the web server that it lives in.

    ``readable_clients`` is a dependency of FastAPI's: it returns the clients whose tickets the
    signed-in user may see, and raises 401 when nobody is signed in. ``refresh`` brings the
    tickets up to date before they are listed, as far as that is quick.
    """

    readable_clients: Callable[..., Sequence[str]]
    open_tickets: Callable[[Sequence[str]], AbstractContextManager[TicketDesk]]
    refresh: Callable[[], None]
    login_url: Callable[[str], str]
    clock: Callable[[], datetime]


def create_desk(host: DeskHost) -> FastAPI:
    """Return the desk; without a signed-in user it shows nothing."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    clients_of_user = Annotated[Sequence[str], Depends(host.readable_clients)]

    @app.get("/")
    def list_tickets(clients: clients_of_user, client: str = "", kind: str = "") -> Response:
        """Show what is open, the newest first."""
        is_fresh = _refreshed(host)
        with host.open_tickets(clients) as desk:
            wanted = TicketKind(kind) if kind in set(TicketKind) else None
            tickets = desk.list_open(client_id=client or None, kind=wanted, limit=LIST_LIMIT)
            counts = desk.count_open()
        return page(
            "list.html",
            tickets=tickets,
            total=sum(count.open_count for count in counts),
            clients=sorted({count.client_id for count in counts} | ({client} - {""})),
            client=client,
            kind=wanted,
            limit=LIST_LIMIT,
            is_fresh=is_fresh,
            now=host.clock(),
        )

    @app.get("/tickets/{ticket_id}")
    def show_ticket(ticket_id: int, clients: clients_of_user) -> Response:
        """Show one ticket with its history."""
        with host.open_tickets(clients) as desk:
            ticket = desk.get(ticket_id)
            events, subjects = desk.events(ticket), desk.subjects(ticket)
            sla_clock = desk.clock(ticket) if ticket.is_open else None
        return page(
            "ticket.html",
            ticket=ticket,
            events=events,
            subjects=subjects,
            sla_clock=sla_clock,
            now=host.clock(),
        )

    _translate_errors(app, host)
    return app


def _refreshed(host: DeskHost) -> bool:
    """A list that is a minute old is better than none."""
    try:
        host.refresh()
    except Exception as error:  # noqa: BLE001 (whatever it is, the tickets can be shown)
        log.warning("desk.not_refreshed", reason=type(error).__name__)
        return False
    return True


def _translate_errors(app: FastAPI, host: DeskHost) -> None:
    @app.exception_handler(HTTPException)
    def refuse(request: Request, error: HTTPException) -> Response:
        is_page = "text/html" in request.headers.get("accept", "")
        if error.status_code == 401 and is_page:  # noqa: PLR2004 (HTTP's own number)
            return RedirectResponse(host.login_url(str(request.url)), status_code=303)
        if not is_page:
            return JSONResponse({"detail": error.detail}, status_code=error.status_code)
        return page("problem.html", status=error.status_code, error=_NO_SUCH_PAGE)

    @app.exception_handler(RequestValidationError)
    def no_such_page(_request: Request, _error: RequestValidationError) -> Response:
        return page("problem.html", status=404, error=_NO_SUCH_PAGE)

    @app.exception_handler(MastersyncError)
    def explain(_request: Request, error: MastersyncError) -> Response:
        status = 404 if isinstance(error, NotFoundError) else 503
        return page("problem.html", status=status, error=error)
