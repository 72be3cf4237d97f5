"""What the outside saw: every accepted write, paid order and mail, in order, for ever.

And what it has now, of every client system.
"""

import json
import sqlite3

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.sandbox.clock import iso
from mastersync.sandbox.database import Database
from mastersync.sandbox.rest import customers
from mastersync.sandbox.rest.systems import SYSTEMS

_CHANGES = """
SELECT seq, at, client, system, method, record_id, idempotency_key, reference, before, after
FROM change WHERE origin = :origin AND seq > :after
AND (:client = '' OR client = :client) AND (:system = '' OR system = :system) ORDER BY seq
"""
_ORDERS = """
SELECT seq, at, client, agency, company_id, country, call_ref, custom_data, units
FROM credit_order WHERE seq > :after AND (:client = '' OR client = :client) ORDER BY seq
"""
_MAILS = """
SELECT seq, at, client, message_id, recipient, subject, payload
FROM mail WHERE seq > :after AND (:client = '' OR client = :client) ORDER BY seq
"""
_RECORDS = """
SELECT client, system, id, body, reference, updated_us, version, deleted FROM customer
WHERE (:client = '' OR client = :client) AND (:system = '' OR system = :system)
ORDER BY client, system, id LIMIT :page OFFSET :after
"""
_PAGE = 1_000


async def read(request: Request) -> Response:
    """GET /ledger/pushes|changes|orders|mails|records?client=&system=&after=."""
    database: Database = request.app.state.database
    query = request.query_params
    after = int(query.get("after", "0"))
    client, system = query.get("client", ""), query.get("system", "")
    match request.path_params["book"]:
        case "pushes" | "changes" as book:
            origin = "push" if book == "pushes" else "inside"
            wanted = {"origin": origin, "after": after, "client": client, "system": system}
            entries = [_change(row) for row in database.named(_CHANGES, wanted)]
        case "orders":
            rows = database.named(_ORDERS, {"after": after, "client": client})
            entries = [dict(row) for row in rows]
        case "mails":
            rows = database.named(_MAILS, {"after": after, "client": client})
            entries = [_mail(row) for row in rows]
        case "records":
            wanted = {"client": client, "system": system, "after": after, "page": _PAGE}
            rows = database.named(_RECORDS, wanted)
            entries = [_record(row, seq) for seq, row in enumerate(rows, start=after + 1)]
        case _:
            return JSONResponse({"error": {"code": "not_found"}}, status_code=404)
    return JSONResponse({"count": len(entries), "entries": entries})


def _change(row: sqlite3.Row) -> dict[str, object]:
    entry = dict(row)
    for side in ("before", "after"):
        entry[side] = None if row[side] is None else json.loads(row[side])
    return entry


def _record(row: sqlite3.Row, seq: int) -> dict[str, object]:
    customer = customers.from_row(row)
    return {
        "seq": seq,
        "client": row["client"],
        "system": row["system"],
        "record_id": customer.id,
        "values": customer.shown(SYSTEMS[row["client"], row["system"]]),
        "deleted": customer.deleted,
        "changed_at": iso(customer.updated_us),
    }


def _mail(row: sqlite3.Row) -> dict[str, object]:
    payload = json.loads(row["payload"])
    entry = {key: row[key] for key in ("seq", "at", "client", "message_id", "subject")}
    people = payload["personalizations"][0]
    arguments = {**payload.get("custom_args", {}), **people.get("custom_args", {})}
    return {**entry, "to": row["recipient"], "custom_args": arguments}


ROUTES = [Route("/ledger/{book}", read)]
