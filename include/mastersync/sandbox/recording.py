"""An answer of the application held back, to be spoilt, repeated or sent later."""

import json
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send


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
    return Recorded(
        status=answer.status, headers=answer.headers, body=json.dumps(document).encode()
    )
