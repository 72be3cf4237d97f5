"""Many requests in one, as OData 4.01's JSON format has it (section 19).

Each request of a batch is carried out for itself, and answered for itself in an order that says
nothing. Without ``Prefer: odata.continue-on-error`` the first that fails ends the batch.
"""

import json
from collections.abc import Awaitable, Callable
from typing import cast
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mastersync.sandbox.rest.documents import Document, leaves
from mastersync.sandbox.rest.routes import (
    RefusedError,
    list_or_create,
    not_allowed,
    problem,
    read_or_update,
    system_of,
)
from mastersync.sandbox.rest.systems import RestSystem

_FAILED = 400
Handler = Callable[[Request], Awaitable[Response]]


async def batch(request: Request) -> Response:
    """POST {"requests": [{"id", "method", "url", "headers", "body"}]}."""
    try:
        system = system_of(request)
        if not system.batch_size:
            return problem(404, "not_found", "This system takes no batches.")
        if request.method != "POST":
            return not_allowed("POST")
        parts = _parts(system, await request.body())
    except RefusedError as refused:
        return refused.response
    goes_on = "continue-on-error" in request.headers.get("Prefer", "")
    answers: list[dict[str, object]] = []
    for part in parts:
        if system.chokes_on and system.chokes_on in _text(part):
            # What came before stays done: nobody is told.
            return problem(500, "internal_error", "Unexpected end of file.")
        answers.append(await _carried_out(request, part))
        if not goes_on and cast(int, answers[-1]["status"]) >= _FAILED:
            break
    return JSONResponse({"responses": answers[::-1]})


def _parts(system: RestSystem, body: bytes) -> list[Document]:
    try:
        parts = json.loads(body)["requests"]
        names = [part["id"] for part in parts]
        wanted = [(part["method"], part["url"]) for part in parts]
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(400, "bad_batch", "The body is no batch of requests.") from error
    if len(parts) > system.batch_size:
        raise RefusedError(413, "too_many", f"At most {system.batch_size} requests.")
    if len(set(names)) < len(names):
        raise RefusedError(400, "bad_batch", "Two requests have one id.")
    if not all(url.startswith("/customers") for _, url in wanted):
        raise RefusedError(400, "bad_batch", "A request has an address that is none.")
    longest = system.longest_in_batch
    if any(
        isinstance(value, str) and len(value) > longest
        for part in parts
        for _, value in leaves(part.get("body") or {})
    ):
        raise RefusedError(400, "bad_batch", f"A value is longer than {longest} characters.")
    return cast(list[Document], parts)


async def _carried_out(request: Request, part: Document) -> dict[str, object]:
    url = urlsplit(str(part["url"]))
    headers = {**dict(request.headers), **_lower(cast(Document, part.get("headers") or {}))}
    _, _, customer_id = url.path.removeprefix("/").partition("/")
    scope = {
        **request.scope,
        "method": part["method"],
        "path": f"{request.url.path.removesuffix('/$batch')}{url.path}",
        "raw_path": url.path.encode(),
        "query_string": url.query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        "path_params": {**request.path_params, "id": unquote(customer_id)},
    }
    body = json.dumps(part.get("body") or {}).encode()

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    handler: Handler = read_or_update if customer_id else list_or_create
    answer = await handler(Request(scope, receive))
    return {
        "id": part["id"],
        "status": answer.status_code,
        "headers": dict(answer.headers.items()),
        "body": json.loads(bytes(answer.body) or b"null"),
    }


def _lower(headers: Document) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in headers.items()}


def _text(part: Document) -> str:
    body = part.get("body")
    values = [value for _, value in leaves(body)] if isinstance(body, dict) else []
    return " ".join(value for value in values if isinstance(value, str))


ROUTES = [Route("/rest/{client}/{system}/$batch", batch, methods=["GET", "POST", "PUT"])]
