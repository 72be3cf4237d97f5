"""The REST API of every client system: authentication, reads, guarded and idempotent writes."""

import hashlib
import hmac
import json
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.sandbox.clock import parse_http_date
from mastersync.sandbox.database import Database
from mastersync.sandbox.rest import customers
from mastersync.sandbox.rest.customers import Customer, Origin
from mastersync.sandbox.rest.documents import Document, refusals
from mastersync.sandbox.rest.pages import BadQueryError, page
from mastersync.sandbox.rest.systems import SYSTEMS, Guard, RestSystem

_FIRST_ANSWER = """
SELECT fingerprint, status, headers, body FROM idempotency
WHERE client = ? AND system = ? AND key = ?
"""
_KEEP_ANSWER = """
INSERT INTO idempotency (client, system, key, fingerprint, status, headers, body)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_LONGEST_REFERENCE = 120


class RefusedError(Exception):
    """The request ends here, with this answer."""

    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.response = problem(status, code, message, **more)


def problem(status: int, code: str, message: str, **more: object) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, **more}}, status_code=status)


async def list_or_create(request: Request) -> Response:
    """GET a page, or POST a new customer."""
    database: Database = request.app.state.database
    try:
        system = system_of(request)
        if request.method == "POST":
            body = await _document(request)
            with database.transaction():
                return _create(database, system, request, body)
        if request.method != "GET":
            return not_allowed("GET, POST")
        base_url = str(request.base_url).rstrip("/")
        return page(database, system, request.query_params, base_url=base_url)
    except RefusedError as refused:
        return refused.response
    except BadQueryError as error:
        return problem(400, "bad_query", str(error))


async def read_or_update(request: Request) -> Response:
    """GET one customer, or change some of its fields."""
    database: Database = request.app.state.database
    try:
        system = system_of(request)
        if request.method == system.update_method:
            body = await _document(request)
            with database.transaction():
                return _update(database, system, request, body)
        if request.method != "GET":
            return not_allowed(f"GET, {system.update_method}")
        return _shown(_existing(database, system, request), system)
    except RefusedError as refused:
        return refused.response


def system_of(request: Request) -> RestSystem:
    """Raises: RefusedError: there is none, or the token is not its own."""
    system = SYSTEMS.get((request.path_params["client"], request.path_params["system"]))
    if system is None:
        raise RefusedError(404, "not_found", "There is no such system.")
    if system.api_key_header:
        given, expected = request.headers.get(system.api_key_header, ""), system.token
    else:
        given, expected = request.headers.get("Authorization", ""), f"Bearer {system.token}"
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise RefusedError(401, "unauthorized", "The token is missing, wrong or expired.")
    return system


async def _document(request: Request) -> Document:
    if request.headers.get("Content-Type", "").split(";")[0].strip() != "application/json":
        raise RefusedError(415, "unsupported_media_type", "Send application/json.")
    try:
        body = json.loads(await request.body())
    except ValueError as error:
        raise RefusedError(400, "bad_json", "The body is no JSON.") from error
    if not isinstance(body, dict):
        raise RefusedError(400, "bad_json", "The body must be a JSON object.")
    return cast(Document, body)


def _existing(database: Database, system: RestSystem, request: Request) -> Customer:
    customer = customers.find(database, system, request.path_params["id"])
    if customer is None or customer.deleted:
        raise RefusedError(404, "not_found", "There is no such customer.")
    return customer


def _create(database: Database, system: RestSystem, request: Request, body: Document) -> Response:
    key = request.headers.get("Idempotency-Key")
    if replay := _replayed(database, system, request, body):
        return replay
    reference = _reference(system, body)
    changes = _writable(system, body)
    _refuse_bad_values(system, changes, creating=True)
    if reference and (known := customers.find_by_reference(database, system, reference)):
        message = f"A customer with this {system.reference_field} exists."
        raise RefusedError(409, "duplicate_reference", message, existing_id=known.id)
    origin = Origin(kind="push", method="POST", idempotency_key=key)
    customer = customers.create(database, system, changes, reference=reference, origin=origin)
    response = _shown(customer, system, status=201)
    response.headers["Location"] = f"{system.path}/customers/{customer.id}"
    _remember(database, system, request, body=body, response=response)
    return response


def _update(database: Database, system: RestSystem, request: Request, body: Document) -> Response:
    key = request.headers.get("Idempotency-Key")
    if replay := _replayed(database, system, request, body):
        return replay
    old = _existing(database, system, request)
    reference = _reference(system, body)
    if reference is not None and reference != old.reference:
        raise RefusedError(
            422,
            "validation_failed",
            "The reference cannot be changed.",
            fields=[
                {
                    "field": system.reference_field,
                    "code": "read_only",
                    "message": "cannot be changed",
                }
            ],
        )
    changes = _writable(system, body)
    _refuse_bad_values(system, changes, creating=False)
    _refuse_stale(system, request, old)
    origin = Origin(kind="push", method=request.method, idempotency_key=key)
    customer = customers.update(database, system, old, changes, origin=origin)
    response = _shown(customer, system)
    _remember(database, system, request, body=body, response=response)
    return response


def _reference(system: RestSystem, body: Document) -> str | None:
    reference = body.get(system.reference_field)
    if reference is not None and (
        not isinstance(reference, str) or not 0 < len(reference) <= _LONGEST_REFERENCE
    ):
        raise RefusedError(422, "validation_failed", "The reference must be a text of 1 to 120.")
    return reference


def _writable(system: RestSystem, body: Document) -> Document:
    fixed = {system.id_field, system.time_field, system.reference_field}
    return {key: value for key, value in body.items() if key not in fixed}


def _refuse_bad_values(system: RestSystem, changes: Document, *, creating: bool) -> None:
    fields = refusals(system, changes, creating=creating)
    if fields:
        raise RefusedError(422, "validation_failed", "Some values are refused.", fields=fields)


def _refuse_stale(system: RestSystem, request: Request, old: Customer) -> None:
    if system.guard is Guard.NONE or (condition := request.headers.get(system.guard)) is None:
        return
    if system.guard is Guard.ETAG:
        stale = condition != "*" and old.etag not in {tag.strip() for tag in condition.split(",")}
    else:
        try:
            stale = old.updated_us // 1_000_000 > parse_http_date(condition) // 1_000_000
        except (ValueError, TypeError) as error:
            raise RefusedError(400, "bad_header", "The guard is no HTTP date.") from error
    if stale:
        raise RefusedError(412, "precondition_failed", "The customer was changed meanwhile.")


def _shown(customer: Customer, system: RestSystem, *, status: int = 200) -> JSONResponse:
    return JSONResponse(customer.shown(system), status_code=status, headers=customer.headers())


def not_allowed(allowed: str) -> Response:
    response = problem(405, "method_not_allowed", f"Only {allowed}.")
    response.headers["Allow"] = allowed
    return response


def _fingerprint(request: Request, body: Document) -> str:
    text = json.dumps([request.method, request.url.path, body], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _replayed(
    database: Database, system: RestSystem, request: Request, body: Document
) -> Response | None:
    key = request.headers.get("Idempotency-Key")
    if not system.takes_idempotency_key or not key:
        return None
    first = database.row(_FIRST_ANSWER, system.client, system.name, key)
    if first is None:
        return None
    if first["fingerprint"] != _fingerprint(request, body):
        message = "This Idempotency-Key was used for another request."
        raise RefusedError(422, "idempotency_key_reused", message)
    headers = {**json.loads(first["headers"]), "Idempotency-Replayed": "true"}
    return Response(
        first["body"], status_code=first["status"], headers=headers, media_type="application/json"
    )


def _remember(
    database: Database,
    system: RestSystem,
    request: Request,
    *,
    body: Document,
    response: JSONResponse,
) -> None:
    key = request.headers.get("Idempotency-Key")
    if not system.takes_idempotency_key or not key:
        return
    kept = {
        name: response.headers[name]
        for name in ("ETag", "Last-Modified", "Location")
        if name in response.headers
    }
    database.run(
        _KEEP_ANSWER,
        system.client,
        system.name,
        key,
        _fingerprint(request, body),
        response.status_code,
        json.dumps(kept),
        bytes(response.body).decode(),
    )


_ANY = ["GET", "POST", "PUT", "PATCH", "DELETE"]

ROUTES = [
    Route("/rest/{client}/{system}/customers", list_or_create, methods=_ANY),
    Route("/rest/{client}/{system}/customers/{id}", read_or_update, methods=_ANY),
]
