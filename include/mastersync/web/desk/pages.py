"""Renders the desk's pages; everything shown is escaped."""

import base64
import hashlib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mastersync.domain.tickets.model import TicketKind

_TEMPLATES = Path(__file__).parent / "templates"

KIND_NAMES = {
    TicketKind.TASK: "Failed task",
    TicketKind.RECORD: "Bad records",
    TicketKind.REVIEW: "Same customer?",
    TicketKind.CREDIT: "Credit check",
    TicketKind.EFFECT: "Delivery",
    TicketKind.GUARD: "Limit reached",
    TicketKind.CONFIG: "Configuration",
    TicketKind.SLA: "SLA clock",
}

_EVENT_NAMES = {
    "opened": "Opened",
    "seen_again": "Seen again",
    "reopened": "Re-opened",
    "resolved": "Resolved",
    "noted": "Note",
}


def page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page that only shows what it brings itself, framed by nobody but Airflow."""
    style, script = _inline("desk.css"), _inline("desk.js")
    body = (
        _environment()
        .get_template(template)
        .render(style=style, script=script, kind_names=KIND_NAMES, **values)
    )
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(body, status_code=status, headers=headers)


def airflow_path(url: str | None) -> str | None:
    """Return the address within Airflow of a task's log; None when it is none.

    Only the path is taken: whatever the ticket says, the link stays on this server.
    """
    parts = urlsplit(url or "")
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def ago(moment: datetime, now: datetime) -> str:
    """Say how long ago it was, in the largest unit that fits."""
    passed = now - moment
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} min ago"
    if passed < timedelta(days=1):
        return f"{passed // timedelta(hours=1)} h ago"
    days = passed.days
    return "yesterday" if days == 1 else f"{days} days ago"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["ago"] = ago
    environment.filters["airflow_path"] = airflow_path
    environment.filters["event_name"] = lambda event: _EVENT_NAMES.get(event, event)
    environment.filters["utc"] = lambda moment: f"{moment:%d %b %Y, %H:%M} UTC"
    return environment


@cache
def _inline(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What a content security policy calls a style or script that stands in the page itself."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
