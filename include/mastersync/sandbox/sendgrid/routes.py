"""SendGrid v3: POST /v3/mail/send and the settings of the event webhook."""

import json
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.sandbox.clock import iso, now_us
from mastersync.sandbox.connections import CREDIT_CLIENTS, sendgrid_key
from mastersync.sandbox.database import Database
from mastersync.sandbox.seed.harbor_foods import REFUSED_ADDRESS
from mastersync.sandbox.sendgrid.events import report_delivery
from mastersync.sandbox.sendgrid.signing import public_key
from mastersync.sandbox.sendgrid.validation import Refusal, refusals

_LARGEST = 30 * 1024 * 1024
_INSERT = """
INSERT INTO mail (at, client, message_id, recipient, subject, payload) VALUES (?, ?, ?, ?, ?, ?)
"""
_KEYS = {sendgrid_key(client): client for client in CREDIT_CLIENTS}


async def send(request: Request) -> Response:
    """Accept (202 with X-Message-Id) or refuse a message; there is no idempotency key."""
    client = _client(request)
    if client is None:
        message = "The provided authorization grant is invalid, expired, or revoked"
        return _errors(401, [Refusal(message=message, field=None)])
    if not request.headers.get("Content-Type", "").startswith("application/json"):
        message = "Content-Type should be application/json."
        return _errors(415, [Refusal(message=message, field="Content-Type")])
    raw = await request.body()
    if len(raw) > _LARGEST:
        return _errors(413, [Refusal(message="Payload Too Large", field=None)])
    try:
        mail = json.loads(raw)
    except ValueError:
        return _errors(400, [Refusal(message="Bad Request", field=None)])
    return _accept(request, client, mail)


def _accept(request: Request, client: str, mail: object) -> Response:
    database: Database = request.app.state.database
    now = now_us()
    found = refusals(mail, refused=refused_addresses(database), now=now // 1_000_000)
    if found or not isinstance(mail, dict):
        return _errors(400, found)
    if mail.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"):
        return Response(status_code=200)
    message_id = secrets.token_urlsafe(16)
    recipient = mail["personalizations"][0]["to"][0]["email"]
    subject = mail["personalizations"][0].get("subject") or mail.get("subject", "")
    database.run(_INSERT, iso(now), client, message_id, recipient, subject, json.dumps(mail))
    report_delivery(request.app, message_id)
    return Response(status_code=202, headers={"X-Message-Id": message_id})


async def signed_settings(request: Request) -> Response:
    """GET the public key that event webhooks are signed for."""
    if _client(request) is None:
        return _errors(401, [Refusal(message="authorization required", field=None)])
    key = public_key(request.app.state.database)
    return JSONResponse({"id": request.path_params["id"], "public_key": key})


async def webhook_settings(request: Request) -> Response:
    """GET or PATCH where events go: ``{"enabled": true, "url": "http://..."}``."""
    if _client(request) is None:
        return _errors(401, [Refusal(message="authorization required", field=None)])
    database: Database = request.app.state.database
    known = json.loads(database.setting("webhook") or '{"enabled": false, "url": ""}')
    if request.method == "PATCH":
        known |= await request.json()
        database.keep_setting("webhook", json.dumps(known))
    return JSONResponse({"id": request.path_params["id"], **known})


async def refuse(request: Request) -> Response:
    """PUT the list of addresses that are refused with a 400; GET shows it."""
    database: Database = request.app.state.database
    if request.method == "PUT":
        addresses = [str(address).lower() for address in await request.json()]
        database.keep_setting("refused", json.dumps(addresses))
    return JSONResponse(sorted(refused_addresses(database)))


def refused_addresses(database: Database) -> frozenset[str]:
    return frozenset(json.loads(database.setting("refused") or json.dumps([REFUSED_ADDRESS])))


def _client(request: Request) -> str | None:
    return _KEYS.get(request.headers.get("Authorization", "").removeprefix("Bearer "))


def _errors(status: int, found: list[Refusal]) -> JSONResponse:
    return JSONResponse({"errors": [refusal.as_json() for refusal in found]}, status_code=status)


_WEBHOOK = "/sendgrid/v3/user/webhooks/event/settings"

ROUTES = [
    Route("/sendgrid/v3/mail/send", send, methods=["POST"]),
    Route(f"{_WEBHOOK}/signed/{{id}}", signed_settings),
    Route(f"{_WEBHOOK}/{{id}}", webhook_settings, methods=["GET", "PATCH"]),
    Route("/control/sendgrid/refused", refuse, methods=["GET", "PUT"]),
]
