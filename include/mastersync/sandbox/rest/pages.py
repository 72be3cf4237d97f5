"""Lists of customers in the four page styles.

Cursor and link pages go on after the last record shown; page and offset pages count rows, so a
record that moves while somebody pages shifts the rest, as it does in the systems we imitate.
"""

import base64
import json
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from mastersync.sandbox.clock import parse_iso
from mastersync.sandbox.database import Database
from mastersync.sandbox.rest.customers import Customer, find_by_reference, from_row
from mastersync.sandbox.rest.systems import PageStyle, RestSystem

_DEFAULT_SIZE = 50
_LARGEST_SIZE = 200
_MOST_DIGITS = 9

_BY_ID = """
SELECT id, body, reference, updated_us, version, deleted FROM customer
WHERE client = ? AND system = ? AND deleted = 0 AND id > ? ORDER BY id LIMIT ? OFFSET ?
"""
_BY_TIME = """
SELECT id, body, reference, updated_us, version, deleted FROM customer
WHERE client = ? AND system = ? AND (updated_us, id) > (?, ?) AND deleted <= ?
ORDER BY updated_us, id LIMIT ? OFFSET ?
"""
_COUNT_ALL = "SELECT count(*) FROM customer WHERE client = ? AND system = ? AND deleted = 0"
_COUNT_SINCE = """
SELECT count(*) FROM customer
WHERE client = ? AND system = ? AND updated_us >= ? AND deleted <= ?
"""


class BadQueryError(Exception):
    """The query string says nothing that this system understands."""


def page(
    database: Database, system: RestSystem, query: Mapping[str, str], *, base_url: str
) -> Response:
    """Returns: one page of the list.

    Raises:
        BadQueryError: a parameter is malformed.
    """
    reference = query.get("external_ref")
    if reference is not None:
        found = find_by_reference(database, system, reference)
        items = [] if found is None or found.deleted else [found]
        return _envelope(system, items, total=len(items), number=1, size=_DEFAULT_SIZE)
    size = _size(system, query)
    if system.page_style in {PageStyle.CURSOR, PageStyle.LINK}:
        return _keyset_page(database, system, query, size=size, base_url=base_url)
    return _counted_page(database, system, query, size=size)


def _keyset_page(
    database: Database, system: RestSystem, query: Mapping[str, str], *, size: int, base_url: str
) -> Response:
    since = _since(system, query)
    position = query.get(system.position_parameter)
    after = _decode(position) if position else (since, "")
    items = _select(database, system, after=after, limit=size + 1, skip=0)
    more = len(items) > size
    items = items[:size]
    token = _encode(items[-1], by_time=after[0] is not None) if more else None
    shown = [item.shown(system) for item in items]
    if system.page_style is PageStyle.CURSOR:
        return JSONResponse({"items": shown, "next_cursor": token})
    headers = {}
    if token is not None:
        following = urlencode({**query, system.position_parameter: token})
        headers["Link"] = f'<{base_url}{system.path}/customers?{following}>; rel="next"'
    return JSONResponse(shown, headers=headers)


def _counted_page(
    database: Database, system: RestSystem, query: Mapping[str, str], *, size: int
) -> Response:
    since = _since(system, query)
    paged = system.page_style is PageStyle.PAGE
    number = _whole(query.get(system.position_parameter, "1" if paged else "0"))
    if paged and number < 1:
        raise BadQueryError(f"{system.position_parameter} starts at 1")
    skip = (number - 1) * size if paged else number
    tombstones = int(system.tells_deletions)
    key = (system.client, system.name)
    total = (
        database.count(_COUNT_ALL, *key)
        if since is None
        else database.count(_COUNT_SINCE, *key, since, tombstones)
    )
    items = _select(database, system, after=(since, ""), limit=size, skip=skip)
    return _envelope(system, items, total=total, number=number, size=size)


def _select(
    database: Database,
    system: RestSystem,
    *,
    after: tuple[int | None, str],
    limit: int,
    skip: int,
) -> list[Customer]:
    """By time and id when ``after`` has a time, else by id."""
    key = (system.client, system.name)
    time, last_id = after
    if time is not None:
        tombstones = int(system.tells_deletions)
        rows = database.rows(_BY_TIME, *key, time, last_id, tombstones, limit, skip)
    else:
        rows = database.rows(_BY_ID, *key, last_id, limit, skip)
    return [from_row(row) for row in rows]


def _envelope(
    system: RestSystem, items: list[Customer], *, total: int, number: int, size: int
) -> Response:
    shown = [item.shown(system) for item in items]
    match system.page_style:
        case PageStyle.CURSOR:
            return JSONResponse({"items": shown, "next_cursor": None})
        case PageStyle.PAGE:
            pages = max(1, -(-total // size))
            return JSONResponse({"data": shown, "page": number, "pages": pages, "total": total})
        case PageStyle.OFFSET:
            return JSONResponse({"results": shown, "total": total})
        case PageStyle.LINK:
            return JSONResponse(shown)


def _size(system: RestSystem, query: Mapping[str, str]) -> int:
    size = _whole(query.get(system.size_parameter, str(_DEFAULT_SIZE)))
    if not 1 <= size <= _LARGEST_SIZE:
        raise BadQueryError(f"{system.size_parameter} must be 1 to {_LARGEST_SIZE}")
    return size


def _since(system: RestSystem, query: Mapping[str, str]) -> int | None:
    text = query.get(system.since_parameter)
    if not text:
        return None
    try:
        return parse_iso(text)
    except ValueError as error:
        raise BadQueryError(f"{system.since_parameter} must be an ISO 8601 time") from error


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise BadQueryError("a page position or size must be a whole number")
    return int(text)


def _encode(last: Customer, *, by_time: bool) -> str:
    text = json.dumps([last.updated_us if by_time else None, last.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(token: str) -> tuple[int | None, str]:
    try:
        padded = token + "=" * (-len(token) % 4)
        time, customer_id = json.loads(base64.urlsafe_b64decode(padded))
        return None if time is None else int(time), str(customer_id)
    except (ValueError, TypeError) as error:
        raise BadQueryError("the cursor is not one of ours") from error
