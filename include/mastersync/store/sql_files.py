"""The door to ``include/sql``: statements are loaded by name and checked against their header.

A statement file starts with ``-- name: landing/land_page :many`` (``:one``, ``:maybe``, ``:many``
or ``:exec``) and a ``-- param  name  type`` line for each ``%(name)s`` it uses. Every parameter is
cast to its declared type, so the planner and the reader know it alike.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SQL_ROOT = Path(__file__).resolve().parents[2] / "sql"

_NAME = re.compile(r"^-- name: (\S+) :(one|maybe|many|exec)$", re.MULTILINE)
_PARAM = re.compile(r"^-- param\s+(\w+)\s+(\S.*?)\s*$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One named statement. ``parameters`` maps each name to its PostgreSQL type."""

    name: str
    rows: str
    parameters: dict[str, str]
    text: str


@cache
def load(name: str) -> Statement:
    """Return the statement of ``include/sql/<name>.sql``.

    Raises:
        ValueError: The header is missing, or does not agree with the statement's placeholders.
    """
    path = SQL_ROOT / f"{name}.sql"
    source = path.read_text(encoding="utf-8")
    header = _NAME.search(source)
    if header is None or header[1] != name:
        raise ValueError(f"{path.name}: the header must be '-- name: {name} :rows'")
    parameters = {match[1]: match[2].split("  ")[0].strip() for match in _PARAM.finditer(source)}
    body = "\n".join(line for line in source.splitlines() if not line.startswith("--"))
    used = set(_PLACEHOLDER.findall(body))
    if used != set(parameters):
        raise ValueError(f"{name}: header and placeholders differ in {used ^ set(parameters)}")
    typed = _PLACEHOLDER.sub(lambda found: f"{found[0]}::{parameters[found[1]]}", body)
    return Statement(name=name, rows=header[2], parameters=parameters, text=typed.strip())
