"""Text files as they come: compressed or not, in whatever encoding and with whatever delimiter."""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO, cast

from mastersync.errors import ConfigError, NotFoundError

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 65_536  # bytes
_FEW_STRAY = 10
_GZIP = b"\x1f\x8b"
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"SQLite f": "an SQLite database",
    b"%PDF": "a PDF document",
}
_DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


@dataclass(frozen=True, kw_only=True)
class TextFormat:
    """How the bytes of a file become text; ``errors`` as Python's codecs name it."""

    encoding: str
    errors: str = "strict"


def text_format(path: Path) -> TextFormat:
    """Find out a file's encoding from its bytes.

    Raises:
        NotFoundError: there is no such file.
        ConfigError: it is empty, cannot be read, or is no text.
    """
    with _reading(path):
        with _open_bytes(path) as stream:
            start = stream.read(_SAMPLE)
        _refuse_what_is_no_text(path, start)
        encoding = _encoding_of(start)
        if encoding.startswith("utf-8"):
            return _utf8_or_windows(path, encoding)
        return TextFormat(encoding=encoding, errors="replace")


@contextmanager
def open_text(path: Path, found: TextFormat) -> Iterator[tuple[TextIO, Callable[[], float]]]:
    """Open a file as text, with a function that tells how much of it was read, 0.0 to 1.0."""
    size = max(1, path.stat().st_size)
    with _reading(path), path.open("rb") as raw:
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw) if _is_gzip(path) else raw)
        text = io.TextIOWrapper(
            cast("io.BufferedReader", stream),
            encoding=found.encoding,
            errors=found.errors,
            newline="",
        )
        yield text, lambda: min(1.0, raw.tell() / size)


def sniff_delimiter(start: str) -> str:
    """Return the delimiter that divides most lines of a text's start like its first one."""
    announced = start.splitlines()[0] if start else ""
    if announced.lower().startswith("sep=") and len(announced) == len("sep=,"):
        return announced[-1]
    return max(DELIMITERS, key=lambda delimiter: _evenness(start, delimiter))


def _evenness(start: str, delimiter: str) -> tuple[float, int]:
    complete = start.rpartition("\n")[0] or start
    try:
        rows = [row for row in csv.reader(io.StringIO(complete), delimiter=delimiter) if row]
    except csv.Error:
        return 0.0, 0
    width = len(rows[0]) if rows else 0
    if width <= 1:
        return 0.0, 0
    return round(sum(len(row) == width for row in rows) / len(rows), 1), width


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotFoundError(
            f"There is no file {path}.", next_step="Check its name, and the folder you are in."
        ) from None
    except _DAMAGED:
        raise ConfigError(
            f"{path} is compressed, and damaged or cut off.", next_step="Fetch it again."
        ) from None
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror or type(error).__name__}.",
            next_step="Name a CSV file that you may read.",
        ) from None


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_GZIP)) == _GZIP


def _open_bytes(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if _is_gzip(path) else path.open("rb")


def _refuse_what_is_no_text(path: Path, start: bytes) -> None:
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise ConfigError(
            f"{path} is empty: not even a line with the columns' names.",
            next_step="Export it again; a CSV file starts with a line of column names.",
        )
    for magic, what in _OTHER_FORMATS.items():
        if start.startswith(magic):
            raise ConfigError(
                f"{path} is {what}, not CSV.", next_step="Save it as CSV (UTF-8), and name that."
            )


def _encoding_of(start: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    # Of text in UTF-16 without a mark, every other byte is mostly zero.
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) / 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _utf8_or_windows(path: Path, encoding: str) -> TextFormat:
    """UTF-8 as far as possible; a stray byte must not turn every other letter into nonsense."""
    broken = whole = 0
    with _open_bytes(path) as stream:
        text = io.TextIOWrapper(
            cast("io.BufferedReader", stream), encoding="utf-8", errors="replace", newline=""
        )
        while block := text.read(1 << 20):
            if not block.isascii():
                broken += block.count("\ufffd")
                whole += len(block) - len(block.encode("ascii", "ignore"))
    if not broken:
        return TextFormat(encoding=encoding)
    if whole > _FEW_STRAY * broken or encoding == "utf-8-sig":
        return TextFormat(encoding=encoding, errors="replace")
    return TextFormat(encoding="cp1252", errors="replace")
