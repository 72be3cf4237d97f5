"""Client systems: reading what changed, writing what they lack."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from mastersync.errors import PermanentError


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """One record as the system sent it.

    ``payload`` is JSON-ready (text, numbers, booleans, None, lists, dicts). ``guard`` is what a
    guarded write must present (an ETag or the modification time). ``evidence`` says where in a
    document a value was read.
    """

    key: str
    payload: Mapping[str, object]
    modified_at: datetime | None = None
    deleted: bool = False
    guard: str | None = None
    evidence: Mapping[str, object] | None = None


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row that cannot be landed at all; it gets a ticket by ``code``, the others go on.

    ``place`` is where a person finds it (``customers.csv line 17``), never personal data.
    """

    place: str
    code: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of changes and the watermark to store with it.

    ``watermark`` is where the next read may start once this page is landed; reading again from
    it may repeat rows, never miss one. A key is on one page at most once. ``complete`` is true
    only on the last page of a read that saw every record there is: what it did not show is gone.
    """

    rows: Sequence[SourceRow]
    watermark: str
    refused: Sequence[RefusedRow] = field(default=())
    complete: bool = False


class SystemReader(Protocol):
    """Reads what changed in one system."""

    def read_changes(self, since: str) -> Iterator[Page]:
        """Yield pages of everything changed at or after ``since`` ("" reads all), oldest first.

        Raises:
            RetryableError: The system is busy or away; pages already yielded stay good.
            ConfigError: Credentials or addresses are wrong.
            PermanentError: The system answers in a way that this kind does not understand.
        """
        ...


class Recovery(StrEnum):
    """What may be done after a write whose outcome is unknown."""

    KEY = "key"  # the other side takes our idempotency key: send again
    LOOKUP = "lookup"  # it can be asked by our reference or key: ask, then decide
    BLIND = "blind"  # neither: never send again by itself


@dataclass(frozen=True, kw_only=True)
class Write:
    """One record to write. ``key`` None creates it, with ``reference`` as our own id there.

    ``values`` is keyed by the system's own field paths (``address.city``).
    """

    key: str | None
    reference: str
    idempotency_key: str
    values: Mapping[str, object]
    guard: str | None = None


class WriteState(StrEnum):
    """What became of one row of a batch."""

    DONE = "done"
    CONFLICT = "conflict"  # it changed since we read it; nothing was written
    REFUSED = "refused"  # the system says no, for good
    RETRY = "retry"  # surely not written; may work later
    UNKNOWN = "unknown"  # may or may not have been written


@dataclass(frozen=True, kw_only=True)
class WriteOutcome:
    """The outcome of one row; ``problem`` is words for an operator, without personal data."""

    state: WriteState
    key: str | None = None
    guard: str | None = None
    problem: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a lookup found; with a ``problem``, it is not known whether there is a record."""

    row: SourceRow | None = None
    problem: str = ""


class BatchRefusedError(PermanentError):
    """The system refused a batch as a whole, because of one of its rows or of its size.

    Nothing of it was written; smaller batches may be taken.
    """


class SystemWriter(Protocol):
    """Writes records to one system."""

    @property
    def batch_size(self) -> int:
        """How many writes it sends in one request."""
        ...

    @property
    def patience(self) -> timedelta:
        """The longest that one `write` of a batch takes; no request of it outlives that."""
        ...

    @property
    def recovery(self) -> Recovery:
        """What may be done after an unknown outcome."""
        ...

    def write(self, writes: Sequence[Write]) -> list[WriteOutcome]:
        """Write a batch; one outcome a row, in the order given. Never raises for one row.

        Raises:
            ConfigError: Credentials or addresses are wrong; nothing was written.
            BatchRefusedError: More than one was given, and the system refused them as one.
        """
        ...

    def find(self, write: Write) -> SourceRow | None:
        """Return the record as the system holds it now, by key or by our reference, or None."""
        ...

    def find_each(self, writes: Sequence[Write]) -> list[Finding]:
        """Look up many; one finding a row, in the order given. Never raises for one row."""
        ...
