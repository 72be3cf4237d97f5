"""Experian Business (US): a token of half an hour, free searches, paid scores, what was billed.

Wire format: Experian Business Information API v1. Everything is a POST; a refusal may come with
200 and ``success: false``. ``/usage`` is how this account's contract lists its charges.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.domain.credit.agencies import EXPERIAN
from mastersync.sandbox import accounts
from mastersync.sandbox.clock import now_us
from mastersync.sandbox.connections import EXPERIAN_SUBCODE, experian_application
from mastersync.sandbox.database import Database
from mastersync.sandbox.experian.scores import COMMERCIAL, result, scores
from mastersync.sandbox.matching import Asked, search

TOKEN_LIFE_SECONDS = 1_800
_LEAST_CONFIDENCE = 4
_BUSINESSES = "/experian/businessinformation/businesses/v1"


async def token(request: Request) -> Response:
    """POST user and password, with the program's own id and secret in the headers."""
    database: Database = request.app.state.database
    given = await _body(request)
    username, password = str(given.get("username", "")), str(given.get("password", ""))
    program = {name: request.headers.get(name, "") for name in ("client_id", "client_secret")}
    if request.headers.get("grant_type") != "password" or not username:
        return _error(400, "Bad Request", "grant_type and username are required.")
    # A program that is not known counts as a wrong log-in.
    right = password if program == experian_application(username) else "-"
    try:
        accounts.log_in(database, EXPERIAN, username, right)
    except accounts.Locked:
        answer = _error(429, "Locked", "The account is locked after too many failed log-ins.")
        answer.headers["Retry-After"] = str(accounts.LOCKOUT // accounts.SECOND)
        return answer
    except accounts.WrongLogin:
        return _error(401, "Unauthorized", "Access is denied due to invalid credentials.")
    life = TOKEN_LIFE_SECONDS * accounts.SECOND
    issued = accounts.issue_token(database, EXPERIAN, username, life=life)
    return JSONResponse(
        {
            "issued_at": str(now_us() // 1_000),
            "expires_in": str(TOKEN_LIFE_SECONDS),
            "token_type": "Bearer",
            "access_token": issued,
            "refresh_token": uuid.uuid4().hex,
        }
    )


async def find(request: Request) -> Response:
    """POST a name and an address; free. Nothing found is an empty list."""
    if accounts.whose(request, EXPERIAN) is None:
        return _error(401, "Unauthorized", "The token is invalid or has expired.")
    given = await _body(request)
    if refused := _wrong_subcode(given):
        return refused
    if not given.get("name") or not given.get("city"):
        return _error(400, "Bad Request", "name and city are required.")
    asked = Asked(
        country="US",
        name=str(given["name"]),
        street=str(given.get("street") or ""),
        city=str(given["city"]),
        postcode=str(given.get("zip") or ""),
    )
    found = search(request.app.state.database, EXPERIAN, asked)
    entries = [result(one) for one in found if one.confidence >= _LEAST_CONFIDENCE]
    return _answer(given, entries)


async def order(request: Request) -> Response:
    """POST a BIN for its scores; billed each time."""
    database: Database = request.app.state.database
    client = accounts.whose(request, EXPERIAN)
    if client is None:
        return _error(401, "Unauthorized", "The token is invalid or has expired.")
    given = await _body(request)
    if refused := _wrong_subcode(given):
        return refused
    number, model = str(given.get("bin", "")), str(given.get("modelCode", ""))
    if model not in COMMERCIAL:
        return _error(400, "Bad Request", "modelCode is not known.")
    company = accounts.company_of(database, EXPERIAN, number)
    if company is None:
        return _error(404, "Not Found", "No business with this BIN.")
    accounts.charge(
        database, EXPERIAN, client, number, country="US", reference=given.get("comments")
    )
    return _answer(given, scores(company, model=model))


async def usage(request: Request) -> Response:
    """GET the charges since a day, oldest first."""
    client = accounts.whose(request, EXPERIAN)
    if client is None:
        return _error(401, "Unauthorized", "The token is invalid or has expired.")
    since = request.query_params.get("from", "")
    charges = request.app.state.database.rows(accounts.CHARGES, client, EXPERIAN, since)
    return JSONResponse(
        {
            "success": True,
            "results": [
                {
                    "id": str(row["seq"]),
                    "billedAt": row["at"],
                    "bin": row["company_id"],
                    "subcode": EXPERIAN_SUBCODE,
                    "comments": row["call_ref"],
                    "calls": row["units"],
                }
                for row in charges
            ],
        }
    )


async def _body(request: Request) -> Mapping[str, Any]:
    try:
        given = json.loads(await request.body() or b"{}")
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def _wrong_subcode(given: Mapping[str, Any]) -> Response | None:
    if given.get("subcode") == EXPERIAN_SUBCODE:
        return None
    return _error(403, "Forbidden", "The subcode is not one of this account's.")


def _answer(given: Mapping[str, Any], results: object) -> JSONResponse:
    return JSONResponse(
        {
            "requestId": str(uuid.uuid4()),
            "success": True,
            "comments": given.get("comments"),
            "results": results,
        }
    )


def _error(status: int, kind: str, message: str) -> JSONResponse:
    body = {"errors": [{"errorType": kind, "message": message}], "success": False}
    return JSONResponse(body, status_code=status)


ROUTES = [
    Route("/experian/oauth2/v1/token", token, methods=["POST"]),
    Route(f"{_BUSINESSES}/search", find, methods=["POST"]),
    Route(f"{_BUSINESSES}/scores", order, methods=["POST"]),
    Route("/experian/usage", usage),
]
