"""What the command's HTML pages have in common: one frame of templates, and figures as tiles."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mastersync.domain.plan.wording import count

_FRAME = Path(str(files("mastersync.dedupe_files.report"))) / "templates"


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure of a page's head."""

    name: str
    figure: str
    aside: str


def templates_beside(module_file: str, **filters: Callable[..., object]) -> Environment:
    """Return the templates of the folder ``templates`` beside a module, in the common frame."""
    pages = Environment(
        loader=FileSystemLoader((Path(module_file).parent / "templates", _FRAME)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["unbroken"] = lambda text: text.replace(" %", "\u00a0%")
    pages.filters |= filters
    pages.globals["count"] = count
    return pages
