"""The inbox of everybody: what was mailed, for people at a browser and for tests."""

import json
import sqlite3
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.sandbox.database import Database
from mastersync.sandbox.templating import render

_LIST = """
SELECT seq, at, client, message_id, recipient, subject, payload FROM mail
WHERE (:client = '' OR client = :client) AND (:to = '' OR recipient = :to)
ORDER BY seq DESC LIMIT :most
"""
_CLIENTS = "SELECT DISTINCT client FROM mail ORDER BY client"
_ONE = "SELECT seq, at, client, message_id, recipient, subject, payload FROM mail WHERE seq = ?"


async def show_list(request: Request) -> Response:
    database: Database = request.app.state.database
    clients = [row["client"] for row in database.rows(_CLIENTS)]
    chosen = request.query_params.get("client", "")
    return render("inbox.html", mails=_found(request, most=200), clients=clients, chosen=chosen)


async def show_one(request: Request) -> Response:
    """One message; its HTML part is shut in a frame that may run nothing."""
    database: Database = request.app.state.database
    row = database.row(_ONE, request.path_params["seq"])
    if row is None:
        return Response("There is no such message.", status_code=404)
    payload = json.loads(row["payload"])
    html = _part(payload, "text/html")
    return render(
        "mail.html",
        mail=row,
        sender=payload["from"],
        reply_to=(payload.get("reply_to") or {}).get("email", ""),
        headers=payload.get("headers", {}),
        html=f'<base target="_blank">{html}' if html else "",
        text=_part(payload, "text/plain"),
    )


async def as_json(request: Request) -> Response:
    mails = []
    for row in _found(request, most=10_000):
        payload = json.loads(row["payload"])
        known = {key: row[key] for key in ("seq", "at", "client", "message_id", "subject")}
        parts = {"text": _part(payload, "text/plain"), "html": _part(payload, "text/html")}
        mails.append({**known, "to": row["recipient"], **parts, "payload": payload})
    return JSONResponse(mails)


def _found(request: Request, *, most: int) -> list[sqlite3.Row]:
    database: Database = request.app.state.database
    query = request.query_params
    wanted = {"client": query.get("client", ""), "to": query.get("to", ""), "most": most}
    return database.named(_LIST, dict(wanted))


def _part(payload: dict[str, Any], kind: str) -> str:
    return next((str(p["value"]) for p in payload.get("content", []) if p["type"] == kind), "")


ROUTES = [
    Route("/inbox", show_list),
    Route("/inbox.json", as_json),
    Route("/inbox/{seq:int}", show_one),
]
