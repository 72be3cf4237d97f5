"""Reading PDFs in a child process: one that crashes, hangs or eats memory costs itself only."""

import json
import subprocess
import sys
import threading
from types import TracebackType
from typing import IO, Self, cast

_MEGABYTES = 1024
_CPU_SECONDS = 600  # of one child, over all its documents
_CRASHED = {"code": "document_unreadable", "words": "It cannot be read within bounds."}


class PdfProcess:
    """A child that lives for many documents and is replaced when it dies."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop()

    def read_pages(self, content: bytes, *, max_pages: int) -> dict[str, object]:
        """Returns: what ``pdf_text.read_pages`` says, or a refusal when it did not survive."""
        child = self._child or self._start()
        sent, received = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
        watch = threading.Timer(self._seconds, child.kill)
        watch.start()
        try:
            sent.write(f"{len(content)} {max_pages}\n".encode() + content)
            sent.flush()
            line = received.readline()
        except OSError:
            line = b""
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            self._stop()
            return dict(_CRASHED)
        return cast(dict[str, object], json.loads(line))

    def _start(self) -> subprocess.Popen[bytes]:
        program = (sys.executable, "-m", "mastersync.connectors.documents.pdf_text")
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            [*program, str(_CPU_SECONDS), str(_MEGABYTES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.communicate()
