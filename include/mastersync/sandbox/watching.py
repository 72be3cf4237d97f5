"""Companies that agencies watch, and the events that a test or demo lets happen to them."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.sandbox.clock import now_us, parse_iso
from mastersync.sandbox.database import Database

_WATCH = """
INSERT OR IGNORE INTO watched (agency, client, list, company, reference) VALUES (?, ?, ?, ?, ?)
"""
_IS_WATCHED = """
SELECT count(*) FROM watched WHERE agency = ? AND client = ? AND list = ? AND company = ?
"""
_LISTS = "SELECT client, list FROM watched WHERE agency = ? AND company = ?"
_NOTE = """
INSERT INTO agency_event (agency, client, list, company, what, old, new, happened_us, noted_us)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def watch(
    database: Database, agency: str, client: str, place: str, *, company: str, reference: str
) -> bool:
    """Returns: False when the list has the company already."""
    if database.count(_IS_WATCHED, agency, client, place, company):
        return False
    database.run(_WATCH, agency, client, place, company, reference)
    return True


async def happen(request: Request) -> Response:
    """POST {agency, company, what, old, new, at}: every list that watches the company notes it."""
    database: Database = request.app.state.database
    given = await request.json()
    agency, company = str(given["agency"]), str(given["company"])
    at = parse_iso(str(given["at"])) if given.get("at") else now_us()
    lists = database.rows(_LISTS, agency, company)
    change = (str(given["what"]), str(given.get("old", "")), str(given.get("new", "")))
    for row in lists:
        database.run(_NOTE, agency, row["client"], row["list"], company, *change, at, now_us())
    return JSONResponse({"lists": len(lists)}, status_code=201)


ROUTES = [Route("/control/agency_events", happen, methods=["POST"])]
