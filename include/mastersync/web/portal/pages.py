"""Renders the portal's pages."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mastersync.domain.confirmations.labels import DEFAULT_LANGUAGE, LANGUAGES
from mastersync.web.portal.texts import texts

_TEMPLATES = Path(__file__).parent / "templates"
STYLE = (_TEMPLATES / "portal.css").read_text(encoding="utf-8")


def style_source() -> str:
    """Return what a content security policy calls our style, which stands in the page itself."""
    digest = hashlib.sha256(STYLE.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def page(
    template: str, *, language: str, status: int = 200, heading: str = "", **values: object
) -> HTMLResponse:
    """Return a page.

    Args:
        heading: The client's name at the top; the page has none when it may not be told.
    """
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    body = (
        _environment()
        .get_template(template)
        .render(t=texts(language), language=language, style=STYLE, heading=heading, **values)
    )
    return HTMLResponse(body, status_code=status, headers={"Content-Language": language})


def notice(kind: str, *, language: str, status: int) -> HTMLResponse:
    """Return a page of a few calm words: ``gone``, ``busy`` or ``refused``."""
    return page("notice.html", language=language, status=status, kind=kind)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
