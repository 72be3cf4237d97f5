"""Inside the client's system: a page for people to look and edit, and the same for tests."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from mastersync.sandbox.database import Database
from mastersync.sandbox.rest import customers
from mastersync.sandbox.rest.customers import Origin
from mastersync.sandbox.rest.documents import Document, leaves, nested
from mastersync.sandbox.rest.routes import problem
from mastersync.sandbox.rest.systems import SYSTEMS, RestSystem, Rule
from mastersync.sandbox.templating import render

_SHOWN = 100
_SEARCH = """
SELECT id, body, reference, updated_us, version, deleted FROM customer
WHERE client = ? AND system = ? AND deleted = 0 AND (body LIKE ? OR id LIKE ?)
ORDER BY updated_us DESC, id LIMIT ?
"""
_COUNT = "SELECT count(*) FROM customer WHERE client = ? AND system = ? AND deleted = 0"


def _of(request: Request) -> RestSystem | None:
    return SYSTEMS.get((request.path_params["client"], request.path_params["system"]))


async def look(request: Request) -> Response:
    """A table of the customers changed last; ``?q=`` searches, ``?id=`` opens one to edit."""
    system = _of(request)
    if system is None:
        return problem(404, "not_found", "There is no such system.")
    database: Database = request.app.state.database
    key = (system.client, system.name)
    opened = customers.find(database, system, request.query_params.get("id", ""))
    if opened is not None:
        values = dict(leaves(opened.body))
        fields = [(path, "" if (v := values.get(path)) is None else v) for path in system.fields]
        return render("customer.html", system=system, customer=opened, fields=fields)
    words = request.query_params.get("q", "")
    found = database.rows(_SEARCH, *key, f"%{words}%", f"%{words}%", _SHOWN)
    shown = [customers.from_row(row) for row in found]
    rows = [(customer, dict(leaves(customer.body))) for customer in shown]
    total = database.count(_COUNT, *key)
    return render("customers.html", system=system, rows=rows, total=total, words=words)


async def change(request: Request) -> Response:
    """POST changes one customer, as a clerk of the client's would; DELETE removes it."""
    system = _of(request)
    database: Database = request.app.state.database
    found = system and customers.find(database, system, request.path_params["id"])
    if system is None or not found or found.deleted:
        return problem(404, "not_found", "There is no such customer.")
    origin = Origin(kind="inside", method=request.method)
    if request.method == "DELETE":
        with database.transaction():
            customers.delete(database, system, found, origin=origin)
        return Response(status_code=204)
    body, is_form = await _given(request, system)
    with database.transaction():
        customer = customers.update(database, system, found, body, origin=origin)
    if is_form:
        return RedirectResponse(f"{system.path}/?id={customer.id}", status_code=303)
    return JSONResponse(customer.shown(system), headers=customer.headers())


async def add(request: Request) -> Response:
    """POST a new customer, as a clerk of the client's would; nothing is checked."""
    system = _of(request)
    if system is None:
        return problem(404, "not_found", "There is no such system.")
    body, _ = await _given(request, system)
    database: Database = request.app.state.database
    origin = Origin(kind="inside", method="POST")
    with database.transaction():
        customer = customers.create(database, system, body, reference=None, origin=origin)
    return JSONResponse(customer.shown(system), status_code=201, headers=customer.headers())


async def _given(request: Request, system: RestSystem) -> tuple[Document, bool]:
    if request.headers.get("Content-Type", "").startswith("application/json"):
        return json.loads(await request.body()), False
    form = await request.form()
    given = {
        path: _typed(rule, str(form[path])) for path, rule in system.fields.items() if path in form
    }
    return nested(given), True


def _typed(rule: Rule, text: str) -> object:
    if rule is Rule.NUMBER and text.isascii() and text.isdigit():
        return int(text)
    return text or None


ROUTES = [
    Route("/rest/{client}/{system}/", look),
    Route("/control/{client}/{system}/customers", add, methods=["POST"]),
    Route("/control/{client}/{system}/customers/{id}", change, methods=["POST", "DELETE"]),
]
