"""The four ways in which lists go on: where a page is asked for, and where the next one is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import Answer
from mastersync.connectors.json_paths import value_at
from mastersync.connectors.systems.rest_options import PageStyle, RestReading
from mastersync.errors import PermanentError


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page is: the since parameter's text ("" is not sent) and a position from there.

    ``position`` is a cursor, a page number, a count of rows or a whole link; "" is the start.
    """

    since: str
    position: str = ""


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One page as it came; ``next`` is None at the end, ``total`` None where not told."""

    answer: Answer
    items: Sequence[object]
    next: Place | None
    total: int | None

    @property
    def is_end(self) -> bool:
        return self.next is None


def fetch_page(api: HttpApi, reading: RestReading, place: Place) -> ListPage:
    """Ask for one page.

    Raises:
        PermanentError: The answer has no list where one is declared.
    """
    paging = reading.paging
    if paging.style is PageStyle.LINK and place.position:
        answer = api.read(place.position)
    else:
        answer = api.read(reading.list_path, params=_parameters(reading, place))
    items = value_at(answer.body, reading.items_path)
    if not isinstance(items, list):
        where = f"at {reading.items_path!r}" if reading.items_path else "as the whole answer"
        raise PermanentError(
            f"{answer.call} answered without a list {where}. Nothing was taken from it.",
            next_step="Compare items_path in client.yaml with what the system sends.",
        )
    total = _whole(value_at(answer.body, paging.total_path)) if paging.total_path else None
    page = ListPage(answer=answer, items=items, next=None, total=total)
    return replace(page, next=_next_place(page, reading, place))


def _parameters(reading: RestReading, place: Place) -> dict[str, str]:
    paging = reading.paging
    parameters = dict(reading.parameters)
    if paging.size_parameter:
        parameters[paging.size_parameter] = str(paging.size)
    if place.since:
        parameters[reading.since_parameter] = place.since
    if place.position:
        parameters[paging.position_parameter] = place.position
    elif paging.style is PageStyle.PAGE:
        parameters[paging.position_parameter] = str(paging.first_page)
    elif paging.style is PageStyle.OFFSET:
        parameters[paging.position_parameter] = "0"
    return parameters


def _next_place(page: ListPage, reading: RestReading, place: Place) -> Place | None:
    paging = reading.paging
    if paging.short_page_ends and len(page.items) < paging.size:
        return None
    position = ""
    match paging.style:
        case PageStyle.CURSOR:
            cursor = value_at(page.answer.body, paging.next_path)
            position = "" if cursor is None else str(cursor)
        case PageStyle.LINK:
            position = page.answer.next_link or ""
        case PageStyle.PAGE:
            number = int(place.position or paging.first_page)
            position = "" if _is_last_page(page, reading, number) else str(number + 1)
        case PageStyle.OFFSET:
            reached = int(place.position or 0) + len(page.items)
            is_all = page.total is not None and reached >= page.total
            position = "" if is_all or not page.items else str(reached)
    return replace(place, position=position) if position else None


def _is_last_page(page: ListPage, reading: RestReading, number: int) -> bool:
    if not page.items:
        return True
    if not reading.paging.pages_path:
        return False
    pages = _whole(value_at(page.answer.body, reading.paging.pages_path))
    return pages is not None and number - reading.paging.first_page + 1 >= pages


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    is_number = isinstance(value, str) and value.isascii() and value.isdigit()
    return int(str(value)) if is_number else None
