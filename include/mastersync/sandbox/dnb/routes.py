"""D&B Direct+: a token of 24 hours, free matches, data blocks that are paid for, what was used.

Wire format: D&B Direct+ v1 to v3. ``/usage`` is how this account's contract lists its charges.
"""

import base64
import binascii
import uuid

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.domain.credit.agencies import DNB
from mastersync.sandbox import accounts
from mastersync.sandbox.clock import iso, now_us
from mastersync.sandbox.database import Database
from mastersync.sandbox.dnb.reports import blocks, candidate
from mastersync.sandbox.matching import Asked, search

TOKEN_LIFE_SECONDS = 86_400
BLOCKS = ("companyinfo", "financialstrengthinsight", "paymentinsight")
_DUNS_DIGITS = 9


async def token(request: Request) -> Response:
    """POST with key and secret; a new token ends the one before it."""
    database: Database = request.app.state.database
    try:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        key, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
        grant = (await request.json())["grant_type"]
    except (binascii.Error, ValueError, KeyError, TypeError):
        return _no_token("invalid_request", 400)
    if scheme != "Basic" or grant != "client_credentials":
        return _no_token("unsupported_grant_type", 400)
    try:
        accounts.log_in(database, DNB, key, secret)
    except accounts.Locked:
        answer = _no_token("temporarily_unavailable", 429)
        answer.headers["Retry-After"] = str(accounts.LOCKOUT // accounts.SECOND)
        return answer
    except accounts.WrongLogin:
        return _no_token("invalid_client", 401)
    life = TOKEN_LIFE_SECONDS * accounts.SECOND
    issued = accounts.issue_token(database, DNB, key, life=life, is_only=True)
    return JSONResponse({"access_token": issued, "expiresIn": TOKEN_LIFE_SECONDS})


async def match(request: Request) -> Response:
    """GET candidates by name, address and registration number; no candidate is a 404."""
    client = accounts.whose(request, DNB)
    if client is None:
        return error(401, "00004", "Invalid or expired token.")
    query = request.query_params
    country = query.get("countryISOAlpha2Code", "").upper()
    if not country or not (query.get("name") or query.get("registrationNumber")):
        return error(400, "05001", "Missing information in the request.")
    asked = Asked(
        country=country,
        name=query.get("name", ""),
        street=query.get("streetAddressLine1", ""),
        city=query.get("addressLocality", ""),
        postcode=query.get("postalCode", ""),
        reg_no=query.get("registrationNumber", ""),
    )
    lowest = int(query.get("confidenceLowerLevelThresholdValue", "1"))
    most = int(query.get("candidateMaximumQuantity", "10"))
    found = [
        one
        for one in search(request.app.state.database, DNB, asked)
        if one.confidence >= max(lowest, 1)
    ][:most]
    if not found:
        return error(404, "20505", "No Match found for the given Input Criteria.")
    return JSONResponse(
        {
            "transactionDetail": transaction(),
            "inquiryDetail": dict(query),
            "candidatesMatchedQuantity": len(found),
            "matchDataCriteria": "Name and Address Lookup",
            "matchCandidates": [candidate(one, place=n) for n, one in enumerate(found, start=1)],
        }
    )


async def data(request: Request) -> Response:
    """GET data blocks of a company; a unit each time."""
    database: Database = request.app.state.database
    client = accounts.whose(request, DNB)
    if client is None:
        return error(401, "00004", "Invalid or expired token.")
    duns, query = str(request.path_params["duns"]), request.query_params
    wanted = [block for block in query.get("blockIDs", "").split(",") if block]
    if not wanted or len(duns) != _DUNS_DIGITS:
        return error(400, "05001", "Missing information in the request.")
    if refused := [block for block in wanted if block.partition("_")[0] not in BLOCKS]:
        return error(403, "00041", f"You are not entitled to the block {refused[0]}.")
    company = accounts.company_of(database, DNB, duns)
    if company is None:
        return error(404, "00040", "Requested product not available due to insufficient data.")
    reference = query.get("customerReference")
    accounts.charge(database, DNB, client, duns, country=company["country"], reference=reference)
    inquiry = {"duns": duns, "blockIDs": wanted, "customerReference": reference}
    return JSONResponse(
        {
            "transactionDetail": transaction(),
            "inquiryDetail": inquiry,
            **blocks(company, wanted),
        }
    )


async def usage(request: Request) -> Response:
    """GET the charges since a day, oldest first."""
    client = accounts.whose(request, DNB)
    if client is None:
        return error(401, "00004", "Invalid or expired token.")
    since = request.query_params.get("startDate", "")
    charges = request.app.state.database.rows(accounts.CHARGES, client, DNB, since)
    return JSONResponse(
        {
            "transactionDetail": transaction(),
            "usage": [
                {
                    "usageID": str(row["seq"]),
                    "usageTimestamp": row["at"],
                    "duns": row["company_id"],
                    "customerReference": row["call_ref"],
                    "units": row["units"],
                }
                for row in charges
            ],
        }
    )


def transaction() -> dict[str, object]:
    return {
        "transactionID": f"rrt-{uuid.uuid4()}",
        "transactionTimestamp": iso(now_us()),
        "inLanguage": "en-US",
        "serviceVersion": "1",
    }


def error(status: int, code: str, message: str) -> JSONResponse:
    body = {
        "transactionDetail": transaction(),
        "inquiryDetail": {},
        "error": {"errorCode": code, "errorMessage": message, "errorDetails": []},
    }
    return JSONResponse(body, status_code=status)


def _no_token(code: str, status: int) -> JSONResponse:
    body = {"error": code, "error_description": "The token was not issued."}
    return JSONResponse(body, status_code=status)


ROUTES = [
    Route("/dnb/v3/token", token, methods=["POST"]),
    Route("/dnb/v1/match/cleanseMatch", match),
    Route("/dnb/v1/data/duns/{duns}", data),
    Route("/dnb/usage", usage),
]
