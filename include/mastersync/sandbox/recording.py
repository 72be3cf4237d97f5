"""An answer of the application held back, to be spoilt, repeated or sent later."""

import asyncio
import json
from dataclasses import dataclass, replace

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PIECES = 20
_MEGABYTE = b"x" * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A whole answer."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


async def run(app: ASGIApp, scope: Scope, receive: Receive) -> Recorded:
    """Let the application do its deed and keep what it answers."""
    status = 500
    headers: list[tuple[bytes, bytes]] = []
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, keep)
    return Recorded(status=status, headers=headers, body=b"".join(parts))


async def send_recorded(answer: Recorded, send: Send, *, only: int | None = None) -> None:
    """Send the answer; with ``only``, announce all of it but send that many bytes."""
    headers = [(name, value) for name, value in answer.headers if name != b"content-length"]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    more = only is not None
    await send({"type": "http.response.body", "body": answer.body[:only], "more_body": more})


def halved(answer: Recorded) -> Recorded:
    """Returns: the answer with the second half of its list left out, all else as it was."""
    try:
        document = json.loads(answer.body)
    except ValueError:
        return answer
    if isinstance(document, list):
        document = document[: len(document) // 2]
    elif isinstance(document, dict):
        for key, value in document.items():
            if isinstance(value, list):
                document[key] = value[: len(value) // 2]
                break
    return replace(answer, body=json.dumps(document).encode())


def without_field(answer: Recorded, field: str) -> Recorded:
    """Returns: the answer as after a release that dropped this key everywhere."""

    def dropped(found: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in found.items() if key != field}

    try:
        document = json.loads(answer.body, object_hook=dropped)
    except ValueError:
        return answer
    return replace(answer, body=json.dumps(document).encode())


async def trickle(answer: Recorded, send: Send, *, seconds: float) -> None:
    """Send the answer in twenty pieces, so slowly that no pause looks like a time-out."""
    length = str(len(answer.body)).encode()
    headers = [(name, value) for name, value in answer.headers if name != b"content-length"]
    headers.append((b"content-length", length))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    size = max(1, -(-len(answer.body) // _PIECES))
    for start in range(0, len(answer.body), size):
        piece = answer.body[start : start + size]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await asyncio.sleep(seconds / _PIECES)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def send_huge(send: Send, *, megabytes: int) -> None:
    """Send one valid JSON object with a text of that many megabytes."""
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for piece in (b'{"name": "', *(_MEGABYTE for _ in range(megabytes)), b'"}'):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
