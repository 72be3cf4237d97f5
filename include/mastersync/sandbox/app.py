"""The outside world as one ASGI application."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from mastersync.sandbox import faults, ledger, watching
from mastersync.sandbox.creditsafe import monitoring as creditsafe_monitoring
from mastersync.sandbox.creditsafe import routes as creditsafe
from mastersync.sandbox.database import Database
from mastersync.sandbox.dnb import monitoring as dnb_monitoring
from mastersync.sandbox.dnb import routes as dnb
from mastersync.sandbox.experian import routes as experian
from mastersync.sandbox.faults import FaultMiddleware, Faults
from mastersync.sandbox.rest import batches, inside
from mastersync.sandbox.rest import routes as rest
from mastersync.sandbox.rest.systems import SYSTEMS
from mastersync.sandbox.seed.planting import plant
from mastersync.sandbox.sendgrid import events, inbox
from mastersync.sandbox.sendgrid import routes as sendgrid
from mastersync.sandbox.templating import render

_COUNT = "SELECT count(*) FROM customer WHERE client = ? AND system = ? AND deleted = 0"


async def index(request: Request) -> Response:
    database: Database = request.app.state.database
    systems = [(system, database.count(_COUNT, *key)) for key, system in SYSTEMS.items()]
    mails = database.count("SELECT count(*) FROM mail")
    return render("index.html", systems=systems, mails=mails)


async def health(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def create_app(home: Path) -> ASGIApp:
    """Open and seed the state under ``home`` and put everything together."""
    database = Database(home / "sandbox" / "sandbox.db")
    plant(database, home)
    app = Starlette(
        routes=[
            Route("/", index),
            Route("/health", health),
            *ledger.ROUTES,
            *faults.ROUTES,
            *sendgrid.ROUTES,
            *events.ROUTES,
            *inbox.ROUTES,
            *watching.ROUTES,
            *creditsafe_monitoring.ROUTES,
            *creditsafe.ROUTES,
            *dnb_monitoring.ROUTES,
            *dnb.ROUTES,
            *experian.ROUTES,
            *rest.ROUTES,
            *batches.ROUTES,
            *inside.ROUTES,
        ]
    )
    app.state.database = database
    app.state.faults = Faults()
    return FaultMiddleware(app, app.state.faults)
