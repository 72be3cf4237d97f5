"""Reading a system first and landing later: no transaction waits for somebody else's network."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from mastersync.errors import ConflictError
from mastersync.ports.systems import Page, SystemReader

_IN_MEMORY: Final = 32 * 1024 * 1024  # bytes; what is more goes to a file without a name


@dataclass(frozen=True)
class ReadAhead:
    """Implements `ports.systems.SystemReader` on what was read of a system before."""

    system: str
    since: str
    pages: IO[bytes]
    page_count: int

    def read_changes(self, since: str) -> Iterator[Page]:
        """Yield the pages that were read; see the port.

        Raises:
            ConflictError: Somebody else has landed changes of the system since.
        """
        if since != self.since:
            raise ConflictError(
                f"A sync landed changes of {self.system} while this plan was read; "
                "nothing was kept.",
                next_step="Do it again.",
            )
        self.pages.seek(0)
        for _ in range(self.page_count):
            yield pickle.load(self.pages)  # noqa: S301 (nobody else can open the file)


@contextmanager
def read_ahead(reader: SystemReader, *, system: str, since: str) -> Iterator[ReadAhead]:
    """Read everything that changed, and hold it until the end; memory stays bounded."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as pages:
        page_count = 0
        for page in reader.read_changes(since):
            pickle.dump(page, pages)
            page_count += 1
        yield ReadAhead(system, since, pages, page_count)
