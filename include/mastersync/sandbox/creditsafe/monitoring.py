"""Creditsafe's monitoring: portfolios, event rules, events to be pulled."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.domain.credit.agencies import CREDITSAFE
from mastersync.sandbox.clock import parse_iso, to_datetime
from mastersync.sandbox.creditsafe.routes import error, whose
from mastersync.sandbox.database import Database
from mastersync.sandbox.watching import watch

RULES = {101: "Rating/International Score", 102: "Credit limit", 106: "Company status"}
_IS_KNOWN = "SELECT count(*) FROM company WHERE id = ?"
_HELD_RULES = "SELECT code FROM event_rule WHERE client = ? AND list = ? AND country = ?"
_DROP_RULES = "DELETE FROM event_rule WHERE client = ? AND list = ? AND country = ?"
_KEEP_RULE = "INSERT INTO event_rule (client, list, country, code) VALUES (?, ?, ?, ?)"
# What no rule of the portfolio is about is not told at all.
_EVENTS = """
SELECT event.*, company.name, company.country, watched.reference FROM agency_event AS event
JOIN company ON company.id = event.company
JOIN watched ON watched.agency = event.agency AND watched.client = event.client
    AND watched.list = event.list AND watched.company = event.company
JOIN event_rule AS rule ON rule.client = event.client AND rule.list = event.list
    AND rule.country IN (company.country, 'XX') AND rule.code = CAST(event.what AS INTEGER)
WHERE event.agency = 'creditsafe' AND event.client = ?
AND CASE WHEN ? THEN event.noted_us ELSE event.happened_us END >= ?
ORDER BY event.seq
"""


async def add_company(request: Request) -> Response:
    """POST a company to a portfolio; 409 when it is in it."""
    database: Database = request.app.state.database
    client = whose(request)
    if isinstance(client, Response):
        return client
    given = json.loads(await request.body())
    if not database.count(_IS_KNOWN, str(given.get("id"))):
        return error(404, "Company not found.")
    added = watch(
        database,
        CREDITSAFE,
        client,
        request.path_params["portfolio"],
        company=str(given["id"]),
        reference=str(given.get("personalReference") or ""),
    )
    if not added:
        return error(409, "Company already exists in the portfolio.")
    return JSONResponse({"id": given["id"]}, status_code=201)


async def rules(request: Request) -> Response:
    """GET or PUT a portfolio's event rules of a country; a new portfolio has none."""
    database: Database = request.app.state.database
    client = whose(request)
    if isinstance(client, Response):
        return client
    place = (client, request.path_params["portfolio"], request.path_params["country"])
    if request.method == "PUT":
        wanted = [rule["ruleCode"] for rule in json.loads(await request.body()) if rule["isActive"]]
        with database.transaction():
            database.run(_DROP_RULES, *place)
            for code in wanted:
                database.run(_KEEP_RULE, *place, code)
    active = {row["code"] for row in database.rows(_HELD_RULES, *place)}
    return JSONResponse(
        {
            "data": [
                {"ruleCode": code, "ruleName": name, "isActive": int(code in active)}
                for code, name in RULES.items()
            ]
        }
    )


async def events(request: Request) -> Response:
    """GET the events of all portfolios, by the day of the change or of its arrival."""
    database: Database = request.app.state.database
    client = whose(request)
    if isinstance(client, Response):
        return client
    query = request.query_params
    since = parse_iso(query["startDate"]) if query.get("startDate") else 0
    by_arrival = query.get("filterByCreatedDate") == "true"
    found = database.rows(_EVENTS, client, by_arrival, since)
    size = min(int(query.get("pageSize", "50")), 1000)
    page = int(query.get("page", "0"))
    shown = found[page * size : (page + 1) * size]
    last = max(0, -(-len(found) // size) - 1)
    return JSONResponse(
        {
            "correlationId": "c",
            "totalCount": len(found),
            "data": [
                {
                    "company": {
                        "id": row["company"],
                        "name": row["name"],
                        "countryCode": row["country"],
                        "portfolioId": row["list"],
                        "personalReference": row["reference"],
                    },
                    "eventId": row["seq"],
                    "eventDate": f"{to_datetime(row['happened_us']):%Y-%m-%dT00:00:00}",
                    "newValue": row["new"],
                    "oldValue": row["old"],
                    "notificationEventId": 900_000 + row["seq"],
                    "ruleCode": int(row["what"]),
                    "ruleName": RULES[int(row["what"])],
                    "processedDate": None,
                    "isProcessed": bool(row["taken"]),
                    "localEventCode": None,
                }
                for row in shown
            ],
            "paging": {
                "size": size,
                "prev": page - 1 if page else None,
                "next": page + 1 if page < last else None,
                "last": last,
            },
        }
    )


_PORTFOLIO = "/creditsafe/v1/monitoring/portfolios/{portfolio}"
ROUTES = [
    Route(f"{_PORTFOLIO}/companies", add_company, methods=["POST"]),
    Route(f"{_PORTFOLIO}/eventRules/{{country}}", rules, methods=["GET", "PUT"]),
    Route("/creditsafe/v1/monitoring/notificationEvents", events),
]
