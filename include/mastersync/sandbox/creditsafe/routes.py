"""Creditsafe Connect: login with its lockout, free searches, paid reports, the quota meter.

Wire format: Creditsafe Connect API documentation 1.10.9.
"""

import uuid

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.domain.credit.agencies import CREDITSAFE
from mastersync.sandbox import accounts
from mastersync.sandbox.creditsafe.reports import report, summary
from mastersync.sandbox.database import Database
from mastersync.sandbox.seed.planting import name_key

_TOKEN_LIFE = 3600 * accounts.SECOND
_PAID_UNITS = 5000
COUNTRIES = {
    "GB": "United Kingdom",
    "US": "United States",
    "DE": "Germany",
    "FR": "France",
    "HK": "Hong Kong",
}

_SEARCH = """
SELECT id, country, reg_no, vat_no, name, postcode, city, street, kind FROM company
WHERE instr(:countries, country) > 0
AND (:reg_no = '' OR replace(reg_no, ' ', '') = :reg_no)
AND (:vat_no = '' OR vat_no = :vat_no)
AND (:name = '' OR name_key = :name OR (:exact = 0 AND instr(name_key, :name) > 0))
AND (:postcode = '' OR replace(postcode, ' ', '') = :postcode)
AND (:city = '' OR city = :city)
ORDER BY name_key = :name DESC, id
"""
_USED = (
    "SELECT count(*) FROM credit_order WHERE agency = 'creditsafe' AND client = ? AND country = ?"
)


async def authenticate(request: Request) -> Response:
    """POST a user key and password; five bad ones in two minutes lock the user out for five."""
    database: Database = request.app.state.database
    try:
        given = await request.json()
        username, password = str(given["username"]), str(given["password"])
    except (ValueError, KeyError, TypeError):
        return error(400, "The request is invalid.", details="username and password are required")
    try:
        accounts.log_in(database, CREDITSAFE, username, password)
    except accounts.Locked:
        return error(429, "Too many failed requests, try again later.")
    except accounts.WrongLogin:
        return error(401, "Access denied - please check username and password")
    token = accounts.issue_token(database, CREDITSAFE, username, life=_TOKEN_LIFE)
    return JSONResponse({"token": token})


async def access(request: Request) -> Response:
    """GET the countries one may order from, and how much of each is used."""
    database: Database = request.app.state.database
    client = whose(request)
    if isinstance(client, Response):
        return client
    reports = [
        {
            "countryName": name,
            "countryIso2": code,
            "templateName": f"{name} full report",
            "startDate": "2026-01-01T00:00:00Z",
            "expireDate": "2027-12-31T00:00:00Z",
            "paid": _PAID_UNITS,
            "used": database.count(_USED, client, code),
        }
        for code, name in COUNTRIES.items()
    ]
    return JSONResponse({"countryAccess": {"creditsafeConnectOnlineReports": reports}})


async def search(request: Request) -> Response:
    """GET companies by registration number, VAT number, name or address; free of charge."""
    database: Database = request.app.state.database
    client = whose(request)
    if isinstance(client, Response):
        return client
    query = request.query_params
    countries = [code for code in query.get("countries", "").upper().split(",") if code]
    wanted = _criteria(query)
    if not countries or not any(wanted.values()):
        return error(400, "The request is invalid.", details="countries and one criterion needed")
    if refused := [code for code in countries if code not in COUNTRIES]:
        return error(403, f"Access to the country {refused[0]} is not included.")
    exact = query.get("exact", "").lower() == "true"
    values = {"countries": ",".join(countries), "exact": int(exact), **wanted}
    found = database.named(_SEARCH, dict(values))
    size = min(int(query.get("pageSize", "50")), 100)
    start = (max(int(query.get("page", "1")), 1) - 1) * size
    body: dict[str, object] = {
        "totalSize": len(found),
        "companies": [summary(row) for row in found[start : start + size]],
    }
    if not found:
        text = "No results found for the given criteria."
        body["messages"] = [{"type": "Information", "code": "NoResults", "text": text}]
    return JSONResponse(body)


async def order(request: Request) -> Response:
    """GET one report: every 200 costs a unit, however often it is asked for."""
    database: Database = request.app.state.database
    client = whose(request)
    if isinstance(client, Response):
        return client
    company_id = request.path_params["id"]
    query = request.query_params
    country = company_id.split("-")[0]
    if country not in COUNTRIES:
        return error(403, f"Access to the country {country} is not included.")
    company = database.row("SELECT * FROM company WHERE id = ?", company_id)
    if company is None:
        return error(404, "There is no such company.")
    reason = query.get("customData", "")
    if country == "DE" and not reason.startswith("de_reason_code::"):
        return error(400, "Custom data is invalid.", details="InvalidCustomData: de_reason_code")
    if database.count(_USED, client, country) >= _PAID_UNITS:
        return error(403, "The number of reports included is used up.")
    number, now = accounts.charge(
        database,
        CREDITSAFE,
        client,
        company_id,
        country=country,
        reference=query.get("callRef"),
        stated=reason or None,
    )
    language = query.get("language", "en").upper()
    return JSONResponse(report(company, order_id=10_000_000 + number, at=now, language=language))


def _criteria(query: QueryParams) -> dict[str, str]:
    return {
        "reg_no": query.get("regNo", "").replace(" ", ""),
        "vat_no": query.get("vatNo", "").replace(" ", "").upper(),
        "name": name_key(query.get("name", "")),
        "postcode": query.get("postCode", "").replace(" ", "").upper(),
        "city": query.get("city", "").strip().upper(),
    }


def whose(request: Request) -> str | Response:
    if not request.headers.get("Authorization", ""):
        return JSONResponse({"message": "Unauthorized"}, status_code=401)
    client = accounts.whose(request, CREDITSAFE)
    if client is None:
        return JSONResponse({"error": "The token is invalid or has expired."}, status_code=401)
    return client


def error(status: int, message: str, *, details: str = "") -> JSONResponse:
    body = {"correlationId": str(uuid.uuid4()), "message": message}
    if details:
        body["details"] = details
    return JSONResponse(body, status_code=status)


ROUTES = [
    Route("/creditsafe/v1/authenticate", authenticate, methods=["POST"]),
    Route("/creditsafe/v1/access", access),
    Route("/creditsafe/v1/companies", search),
    Route("/creditsafe/v1/companies/{id}", order),
]
