"""D&B's monitoring: registrations, notifications that are consumed by being pulled, a replay."""

import sqlite3
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.domain.credit.agencies import DNB
from mastersync.sandbox import accounts
from mastersync.sandbox.clock import iso, now_us, parse_iso
from mastersync.sandbox.database import Database
from mastersync.sandbox.dnb.routes import error, transaction
from mastersync.sandbox.watching import watch

_WAITING = """
SELECT * FROM agency_event
WHERE agency = 'dnb' AND client = ? AND list = ? AND taken = 0 ORDER BY seq LIMIT ?
"""
_DELIVERED = """
SELECT * FROM agency_event
WHERE agency = 'dnb' AND client = ? AND list = ? AND taken >= ? AND taken > 0 ORDER BY taken LIMIT ?
"""
_TAKE = "UPDATE agency_event SET taken = ? WHERE seq = ?"


async def register(request: Request) -> Response:
    """POST a company to a registration; 409 when it is in it."""
    database: Database = request.app.state.database
    client = accounts.whose(request, DNB)
    if client is None:
        return error(401, "00004", "Invalid or expired token.")
    duns = str(request.path_params["duns"])
    if accounts.company_of(database, DNB, duns) is None:
        return error(404, "00040", "The D-U-N-S number is not known.")
    added = watch(
        database,
        DNB,
        client,
        request.path_params["reference"],
        company=duns,
        reference=request.query_params.get("customerReference", ""),
    )
    if not added:
        return error(409, "21013", "The D-U-N-S number is in the registration already.")
    return JSONResponse({"transactionDetail": transaction()}, status_code=202)


async def notifications(request: Request) -> Response:
    """GET what waits; it is consumed by that, and never comes again but by a replay."""
    database: Database = request.app.state.database
    client = accounts.whose(request, DNB)
    if client is None:
        return error(401, "00004", "Invalid or expired token.")
    found = database.rows(_WAITING, client, request.path_params["reference"], _most(request))
    at = now_us()
    for row in found:
        database.run(_TAKE, at, row["seq"])
    return _answer(request, found, delivered=at)


async def replay(request: Request) -> Response:
    """GET what was delivered since a time."""
    client = accounts.whose(request, DNB)
    if client is None:
        return error(401, "00004", "Invalid or expired token.")
    since = parse_iso(request.query_params["replayStartTimestamp"])
    place = (client, request.path_params["reference"], since, _most(request))
    return _answer(request, request.app.state.database.rows(_DELIVERED, *place))


def _most(request: Request) -> int:
    return min(int(request.query_params.get("maxNotifications", "100")), 100)


def _answer(request: Request, found: Sequence[sqlite3.Row], *, delivered: int = 0) -> JSONResponse:
    return JSONResponse(
        {
            "transactionDetail": transaction(),
            "inquiryDetail": {"reference": request.path_params["reference"]},
            "notifications": [
                {
                    "type": "UPDATE",
                    "organization": {"duns": row["company"]},
                    "elements": [
                        {
                            "element": row["what"],
                            "previous": row["old"],
                            "current": row["new"],
                            "timestamp": iso(row["happened_us"]),
                        }
                    ],
                    "deliveryTimeStamp": iso(delivered or row["taken"]),
                }
                for row in found
            ],
        }
    )


_REGISTRATION = "/dnb/v1/monitoring/registrations/{reference}"
ROUTES = [
    Route(f"{_REGISTRATION}/duns/{{duns}}", register, methods=["POST"]),
    Route(f"{_REGISTRATION}/notifications", notifications),
    Route(f"{_REGISTRATION}/notifications/replay", replay),
]
