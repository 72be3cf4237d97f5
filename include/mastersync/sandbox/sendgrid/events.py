"""Signed event webhooks, in SendGrid's wire format, on order or after each accepted message."""

import asyncio
import base64
import hashlib
import json
import sqlite3
from contextlib import suppress
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.sandbox.clock import now_us
from mastersync.sandbox.database import Database
from mastersync.sandbox.sendgrid.signing import signed_headers

_SOON = 1.0  # seconds from accepting a message to its events
_RETRIES = (0, 1, 2, 4, 8)
_TAKEN = range(200, 300)
_running: set[asyncio.Task[None]] = set()

_DETAILS: dict[str, dict[str, object]] = {
    "processed": {},
    "delivered": {"response": "250 OK"},
    "deferred": {"response": "451 try again later", "attempt": "1"},
    "dropped": {"reason": "Bounced Address"},
    "bounce": {"type": "bounce", "reason": "550 no such mailbox", "status": "5.1.1"},
    "blocked": {"event": "bounce", "type": "blocked", "reason": "550 refused", "status": "5.7.1"},
    "open": {"useragent": "Mozilla/5.0", "ip": "192.0.2.7"},
    "click": {"useragent": "Mozilla/5.0", "ip": "192.0.2.7", "url": "http://links.example/x"},
    "spamreport": {},
    "unsubscribe": {},
}


async def order(request: Request) -> Response:
    """POST which events of which messages go to which URL, doubled or in disorder if asked.

    The event id follows from message and event: the same order again brings duplicates.
    """
    database: Database = request.app.state.database
    wanted = await request.json()
    events: list[dict[str, object]] = []
    for message_id in wanted["messages"]:
        mail = database.row("SELECT * FROM mail WHERE message_id = ?", message_id)
        if mail is None:
            return JSONResponse({"error": {"code": "not_found"}}, status_code=404)
        events += [event_of(mail, name) for name in wanted["events"]]
    events = [event for event in events for _ in range(1 + int(wanted.get("duplicates", 0)))]
    if wanted.get("shuffle"):
        events.reverse()
    try:
        status: int | None = await _post(database, wanted["url"], events)
    except httpx.HTTPError:
        status = None
    return JSONResponse({"sent": len(events), "status": status})


def event_of(mail: sqlite3.Row, name: str) -> dict[str, object]:
    """Returns: one event; custom arguments lie flat beside SendGrid's own keys."""
    payload: dict[str, Any] = json.loads(mail["payload"])
    block = payload["personalizations"][0]
    message_id = mail["message_id"]
    event_id = hashlib.sha256(f"{message_id}|{name}".encode()).digest()[:16]
    event: dict[str, object] = {
        **payload.get("custom_args", {}),
        **block.get("custom_args", {}),
        "email": mail["recipient"],
        "timestamp": now_us() // 1_000_000,
        "smtp-id": f"<{message_id}@geopod-ismtpd-1>",
        "event": name,
        "sg_event_id": base64.urlsafe_b64encode(event_id).decode(),
        "sg_message_id": f"{message_id}.filter0001.16648.5515E0B88.0",
    }
    if categories := payload.get("categories"):
        event["category"] = categories
    return event | _DETAILS[name]


def report_delivery(app: Starlette, message_id: str) -> None:
    """Send the usual events of this message soon, when a webhook is enabled."""
    settings = json.loads(app.state.database.setting("webhook") or "{}")
    if settings.get("enabled") and settings.get("url"):
        task = asyncio.create_task(_deliver(app.state.database, settings["url"], message_id))
        _running.add(task)
        task.add_done_callback(_running.discard)


async def _deliver(database: Database, url: str, message_id: str) -> None:
    await asyncio.sleep(_SOON)
    mail = database.row("SELECT * FROM mail WHERE message_id = ?", message_id)
    if mail is None:
        return
    outcome = "bounce" if str(mail["recipient"]).startswith("bounce") else "delivered"
    events = [event_of(mail, "processed"), event_of(mail, outcome)]
    for pause in _RETRIES:
        await asyncio.sleep(pause)
        with suppress(httpx.HTTPError):
            if await _post(database, url, events) in _TAKEN:
                return


async def _post(database: Database, url: str, events: list[dict[str, object]]) -> int:
    body = ("[" + ",\r\n".join(json.dumps(event) for event in events) + "]\r\n").encode()
    headers = {
        "Content-Type": "application/json;charset=utf-8",
        "User-Agent": "SendGrid Event API",
        **signed_headers(database, body, timestamp=now_us() // 1_000_000),
    }
    async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
        answer = await http.post(url, content=body, headers=headers)
    return answer.status_code


ROUTES = [Route("/control/sendgrid/events", order, methods=["POST"])]
