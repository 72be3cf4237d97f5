"""Faults to order: an ASGI middleware that fails the way networks and servers fail.

Rules are tried in order and the first that matches and is due acts. A rule is due on every n-th
match (``every``), on the next k (``times``), or always; ``skip`` lets the first matches pass.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as with_other
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from mastersync.sandbox.recording import (
    Recorded,
    halved,
    run,
    send_huge,
    send_recorded,
    trickle,
    without_field,
)

# One who waits for another's answer, and leaves the own in return.
_Meeting = asyncio.Future[tuple[Recorded, asyncio.Future[Recorded]]]


class Kind(StrEnum):
    """How it fails."""

    LATENCY = "latency"
    RATE_LIMIT = "rate_limit"
    ERROR_BEFORE = "error_before"  # nothing done, then 500
    ERROR_AFTER = "error_after"  # done, then 500
    CUT_BEFORE = "cut_before"  # nothing done, connection cut
    CUT_AFTER = "cut_after"  # done, connection cut without an answer
    CUT_MID_BODY = "cut_mid_body"  # done, half of the answer, then cut
    TRICKLE = "trickle"  # the answer in small pieces over ``ms``
    OTHER_ANSWER = "other_answer"  # the answer that the path ``instead`` would have given
    LOST_FIELD = "lost_field"  # every object without the key ``field``
    HUGE = "huge"  # a JSON text of ``megabytes``
    SHORT_PAGE = "short_page"
    REPEAT_PAGE = "repeat_page"
    ANSWER_AFTER = "answer_after"  # done, then ``status`` and ``body`` in place of the answer
    SWAPPED = "swapped"  # two requests within ``ms`` get each other's answers
    HTML = "html"
    UNAUTHORIZED = "unauthorized"
    HANG = "hang"  # answers after ``ms``; ``effect`` says when the deed is done


@dataclass(kw_only=True)
class Rule:
    """One fault and when it strikes; counts what it saw and did."""

    path: str = "/"
    method: str | None = None
    kind: Kind
    every: int | None = None
    times: int | None = None
    skip: int = 0
    ms: int = 1000
    retry_after: int = 1
    status: int = 500
    effect: str = "before"
    instead: str = ""
    field: str = ""
    megabytes: int = 100
    body: object = None
    matched: int = 0
    fired: int = 0

    def strikes(self, method: str, path: str) -> bool:
        if not path.startswith(self.path) or self.method not in {None, method}:
            return False
        self.matched += 1
        seen = self.matched - self.skip
        due = seen > 0 and (
            (self.times is None or self.fired < self.times)
            and (self.every is None or seen % self.every == 0)
        )
        self.fired += due
        return due


class Faults:
    """The rules in force, and the page each list showed last."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.last_page: dict[str, Recorded] = {}
        self.partner: _Meeting | None = None

    def replace(self, given: list[Mapping[str, object]]) -> None:
        """Raises: TypeError, ValueError: a rule has an unknown key or kind."""
        rules = [Rule(**{**rule, "kind": Kind(str(rule["kind"]))}) for rule in given]  # type: ignore[arg-type]
        self.rules = rules
        self.last_page.clear()

    def due(self, method: str, path: str) -> Rule | None:
        if path.startswith("/control/faults"):
            return None
        return next((rule for rule in self.rules if rule.strikes(method, path)), None)

    async def swap(self, answer: Recorded, *, seconds: float) -> Recorded:
        """Returns: the answer of who asks meanwhile; one's own when nobody does."""
        waiting, self.partner = self.partner, None
        if waiting is not None:
            theirs: asyncio.Future[Recorded] = asyncio.get_running_loop().create_future()
            waiting.set_result((answer, theirs))
            return await theirs
        mine: _Meeting = asyncio.get_running_loop().create_future()
        self.partner = mine
        try:
            other, theirs = await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            self.partner = None
            return answer
        theirs.set_result(answer)
        return other

    @property
    def repeats_pages(self) -> bool:
        return any(rule.kind is Kind.REPEAT_PAGE for rule in self.rules)


class FaultMiddleware:
    """Outermost of all, so that it holds the server's own ``send`` and can reach the socket."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        rule = None
        if scope["type"] == "http":
            rule = self._faults.due(scope["method"], scope["path"])
        if rule is None:
            if scope["type"] == "http" and self._faults.repeats_pages:
                await self._pass_and_keep(scope, receive, send)
            else:
                await self._app(scope, receive, send)
            return
        await self._strike(rule, scope, receive, send)

    async def _pass_and_keep(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await run(self._app, scope, receive)
        if scope["method"] == "GET":
            self._faults.last_page[scope["path"]] = answer
        await send_recorded(answer, send)

    async def _strike(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        if instead := _instead(rule):
            await instead(scope, receive, send)
            return
        match rule.kind:
            case Kind.LATENCY:
                await asyncio.sleep(rule.ms / 1000)
                await self._app(scope, receive, send)
            case Kind.HANG:
                await self._hang(rule, scope, receive, send)
            case Kind.CUT_BEFORE:
                await _cut(send)
            case Kind.OTHER_ANSWER:
                other = {**scope, "path": rule.instead, "raw_path": rule.instead.encode()}
                await self._app(other, receive, send)
            case Kind.HUGE:
                await send_huge(send, megabytes=rule.megabytes)
            case _:
                answer = await run(self._app, scope, receive)
                if rule.kind is Kind.ERROR_AFTER:
                    await _server_error(rule)(scope, receive, send)
                else:
                    await self._spoil(rule, answer, scope["path"], send)

    async def _spoil(self, rule: Rule, answer: Recorded, path: str, send: Send) -> None:
        match rule.kind:
            case Kind.CUT_AFTER:
                await _cut(send)
            case Kind.CUT_MID_BODY:
                await send_recorded(answer, send, only=len(answer.body) // 2)
                await _cut(send, flush=True)
            case Kind.TRICKLE:
                await trickle(answer, send, seconds=rule.ms / 1000)
            case Kind.LOST_FIELD:
                await send_recorded(without_field(answer, rule.field), send)
            case Kind.ANSWER_AFTER:
                body = json.dumps(rule.body).encode()
                await send_recorded(with_other(answer, status=rule.status, body=body), send)
            case Kind.SWAPPED:
                other = await self._faults.swap(answer, seconds=rule.ms / 1000)
                await send_recorded(other, send)
            case Kind.SHORT_PAGE:
                await send_recorded(halved(answer), send)
            case Kind.REPEAT_PAGE:
                await send_recorded(self._faults.last_page.get(path, answer), send)
            case _:
                raise AssertionError(rule.kind)

    async def _hang(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        if rule.effect == "before":
            answer = await run(self._app, scope, receive)
            await asyncio.sleep(rule.ms / 1000)
            await send_recorded(answer, send)
            return
        body = await Request(scope, receive).body()
        await asyncio.sleep(rule.ms / 1000)
        if rule.effect == "none":
            await _cut(send)
            return

        async def replay() -> dict[str, object]:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)


def _instead(rule: Rule) -> Response | None:
    """Returns: the answer given in place of the real one, when nothing is to be done."""
    match rule.kind:
        case Kind.RATE_LIMIT:
            body = {"error": {"code": "rate_limited", "message": "Too many requests."}}
            headers = {"Retry-After": str(rule.retry_after)}
            return JSONResponse(body, status_code=429, headers=headers)
        case Kind.ERROR_BEFORE:
            return _server_error(rule)
        case Kind.HTML:
            text = "<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>"
            return HTMLResponse(text)
        case Kind.UNAUTHORIZED:
            body = {"error": {"code": "unauthorized", "message": "The token has expired."}}
            return JSONResponse(body, status_code=401)
        case _:
            return None


def _server_error(rule: Rule) -> Response:
    body = {"error": {"code": "internal_error", "message": "Something broke."}}
    return JSONResponse(body, status_code=rule.status)


async def _cut(send: Send, *, flush: bool = False) -> None:
    # ASGI has no word for "cut the line": reach the socket through uvicorn's request cycle.
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError("cut as ordered")
    if flush:
        transport.close()
    else:
        transport.abort()
    await asyncio.sleep(0.01)  # let the server notice before the application returns


async def show(request: Request) -> Response:
    return JSONResponse([_as_json(rule) for rule in request.app.state.faults.rules])


async def replace(request: Request) -> Response:
    """PUT the rules of a run; DELETE forgets them all."""
    faults: Faults = request.app.state.faults
    if request.method == "DELETE":
        faults.replace([])
        return Response(status_code=204)
    try:
        faults.replace(await request.json())
    except (TypeError, ValueError, KeyError) as error:
        return JSONResponse({"error": {"code": "bad_rule", "message": str(error)}}, status_code=400)
    return JSONResponse([_as_json(rule) for rule in faults.rules])


def _as_json(rule: Rule) -> dict[str, object]:
    return dict(vars(rule))


ROUTES = [
    Route("/control/faults", show, methods=["GET"]),
    Route("/control/faults", replace, methods=["PUT", "DELETE"]),
]
