"""What a JSON-over-HTTP system is like, in plain values.

Paths into documents are dotted (``company.name``); "" is the whole document. Addresses are
relative to the connection's host; ``{id}`` stands for the record's key there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class PageStyle(StrEnum):
    """How a list goes on."""

    CURSOR = "cursor"  # the answer names the next cursor at next_path; none or null at the end
    PAGE = "page"  # pages are numbered; ends at the number at pages_path, or at an empty page
    OFFSET = "offset"  # rows are counted; ends at the number at total_path, or at an empty page
    LINK = "link"  # header Link: <...>; rel="next" (RFC 8288); none at the end

    @property
    def is_counted(self) -> bool:
        """Whether positions are counts, which shift when a record moves while they are read."""
        return self in {PageStyle.PAGE, PageStyle.OFFSET}


class GuardHeader(StrEnum):
    """The header by which the system refuses a write to a record that has changed since."""

    NONE = "none"
    IF_MATCH = "If-Match"
    IF_UNMODIFIED_SINCE = "If-Unmodified-Since"


@dataclass(frozen=True, kw_only=True)
class RestPaging:
    """``short_page_ends``: fewer rows than asked for are the end (else only what the style says).

    ``total_path``, where there is one, also tells that a list shifted while it was read.
    """

    style: PageStyle
    position_parameter: str = ""
    size_parameter: str = ""
    size: int = 100
    next_path: str = ""
    pages_path: str = ""
    total_path: str = ""
    first_page: int = 1
    short_page_ends: bool = False


@dataclass(frozen=True, kw_only=True)
class RestReading:
    """How changes are read.

    ``since_format`` is a strftime pattern in UTC. ``sorted_by_modified``: asked with the since
    parameter (inclusive), rows come oldest change first, so that every page moves the
    watermark; the first read then asks since ``earliest``. ``overlap`` is read again each time:
    at least the system's longest transaction and the lag of its index. ``guard_path`` is the
    value that changes with every change of a record (an ETag or the modification time).
    """

    list_path: str
    paging: RestPaging
    items_path: str = ""
    id_path: str = "id"
    modified_path: str = ""
    deleted_path: str = ""
    deleted_value: str = "true"
    since_parameter: str = ""
    since_format: str = "%Y-%m-%dT%H:%M:%S.%fZ"
    sorted_by_modified: bool = False
    earliest: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    overlap: timedelta = timedelta(0)
    guard_path: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RestBatch:
    """Many requests in one, as OData 4.01 has it (JSON format, section 19: batch requests).

    ``requests_path`` takes a list of ``{id, method, url, headers, body}``; the answer has a list of
    ``{id, status, headers, body}`` at ``responses_path``, in any order. ``size`` is how many of
    them the system takes at once.
    """

    path: str
    size: int = 100
    requests_path: str = "requests"
    responses_path: str = "responses"


@dataclass(frozen=True, kw_only=True)
class RestWriting:
    """How records are written; a path left empty means that the system cannot do it.

    ``compare_before_write``: the guard is no header's value, so the record is fetched and its
    guard compared first; the header then carries that answer's ETag or Last-Modified.
    ``reference_field`` takes our reference when a record is created, ``reference_parameter`` of
    the list looks it up. ``existing_id_path`` finds the key in the answer to a second creation
    (409), ``error_fields_path`` the list of refused fields, each named at ``error_field_name``.
    ``batch`` is None where each record needs a request of its own.
    """

    one_path: str = ""
    one_item_path: str = ""
    create_path: str = ""
    create_verb: str = "POST"
    update_path: str = ""
    update_verb: str = "PATCH"
    guard_header: GuardHeader = GuardHeader.NONE
    compare_before_write: bool = False
    idempotency_header: str = ""
    reference_field: str = ""
    reference_parameter: str = ""
    existing_id_path: str = "error.existing_id"
    error_fields_path: str = "error.fields"
    error_field_name: str = "field"
    batch: RestBatch | None = None


@dataclass(frozen=True, kw_only=True)
class RestOptions:
    """One system; ``writing`` is None for a read-only one."""

    reading: RestReading
    writing: RestWriting | None = None
