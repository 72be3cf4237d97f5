"""Turns the content of a letter into its subject, its text and a page to print.

The words are said once, as text in blocks parted by blank lines; the page is made of the same
blocks, so that the two never say different things.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mastersync.domain.credit.letters import LetterContent

_TEMPLATES = Path(__file__).parent / "templates"
_HEADING = "## "
_ITEM = "- "


class RenderedLetter(NamedTuple):
    """A letter's subject, and its two forms, which say the same."""

    subject: str
    text: str
    html: str


class _Block(NamedTuple):
    kind: str  # heading, items or lines
    lines: tuple[str, ...]


def render_letter(content: LetterContent) -> RenderedLetter:
    """Return a letter in the words of its kind."""
    environment = _environment()
    said = environment.get_template(f"{content.kind}.txt").render(letter=content).strip()
    subject, _, body = said.partition("\n")
    blocks = list(_blocks(body))
    text = environment.get_template("letter.txt").render(
        letter=content, subject=subject, blocks=blocks
    )
    html = environment.get_template("letter.html").render(
        letter=content, subject=subject, blocks=blocks
    )
    return RenderedLetter(subject=subject, text=f"{text.strip()}\n", html=f"{html.strip()}\n")


def _blocks(body: str) -> Iterator[_Block]:
    for part in body.split("\n\n"):
        lines = tuple(line.strip() for line in part.splitlines() if line.strip())
        if not lines:
            continue
        if lines[0].startswith(_HEADING):
            yield _Block("heading", (lines[0].removeprefix(_HEADING),))
            lines = lines[1:]
        if lines and all(line.startswith(_ITEM) for line in lines):
            yield _Block("items", tuple(line.removeprefix(_ITEM) for line in lines))
        elif lines:
            yield _Block("lines", (" ".join(lines),))


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
