"""CSV files line by line: a broken line costs that line, not the file."""

import csv
import io
from collections import deque
from collections.abc import Generator, Iterator
from typing import IO

from mastersync.connectors.systems.files_options import Encoding, FileOptions
from mastersync.connectors.systems.table_rows import TableRow, UnreadableTable

_LONGEST_LINE = 1_000_000  # characters
_LONGEST_CELL = 131_072  # characters; the csv module's own limit can be moved by others
_LINES_OF_A_ROW = 50
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_csv(stream: IO[bytes], options: FileOptions) -> Generator[TableRow, None, None]:
    """Yield the rows from the header on; blank lines are left out.

    Bytes that are none in the encoding come as lone surrogates, for the row to be refused.

    Raises:
        UnreadableTable: The file says itself that it has another encoding.
    """
    start = stream.read(len(_UTF_8_MARK))
    stream.seek(0)
    _check_mark(start, options)
    # utf-8-sig takes a byte order mark away and does without one.
    is_utf_8 = options.encoding is Encoding.UTF_8
    text = io.TextIOWrapper(
        stream,
        encoding="utf-8-sig" if is_utf_8 else options.encoding.value,
        errors="surrogateescape",
        newline="",
    )
    try:
        yield from _rows(_Lines(text), options)
    finally:
        text.detach()


class _Lines:
    """Physical lines with their numbers; lines can be put back."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._number = 0
        self._put_back: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[int, str] | None:
        if self._put_back:
            return self._put_back.popleft()
        line = self._text.readline(_LONGEST_LINE)
        if not line:
            return None
        self._number += 1
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(("\n", "\r")):
            rest = self._text.readline(_LONGEST_LINE)
        return self._number, line

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        self._put_back.extendleft(reversed(lines))


def _rows(lines: _Lines, options: FileOptions) -> Iterator[TableRow]:
    columns = 0
    while (first := lines.next()) is not None:
        number, line = first
        if number < options.header_row or not line.strip("\r\n"):
            continue
        row, others = _one_row(lines, first, options)
        is_whole = not row.flaw and (not columns or len(row.cells) == columns)
        if others and not is_whole:
            # A lone quote must not swallow the good lines after it.
            lines.put_back(others)
            row = TableRow(line=number, flaw="A quote opens here and is not closed.")
        columns = columns or len(row.cells)
        yield row


def _one_row(
    lines: _Lines, first: tuple[int, str], options: FileOptions
) -> tuple[TableRow, list[tuple[int, str]]]:
    """Returns: the row that starts in a line, and the lines after it that it took."""
    number, line = first
    others: list[tuple[int, str]] = []
    if len(line) >= _LONGEST_LINE:
        return TableRow(line=number, flaw=f"It is longer than {_LONGEST_LINE} characters."), []
    while True:
        try:
            cells = _cells([line, *(text for _, text in others)], options)
            return TableRow(line=number, cells=cells), others
        except csv.Error as error:
            is_open = "unexpected end of data" in str(error)
            following = lines.next() if is_open and len(others) < _LINES_OF_A_ROW else None
            if following is None:
                return TableRow(
                    line=number, flaw="Its quotes do not match, or a cell is far too long."
                ), others
            others.append(following)


def _cells(block: list[str], options: FileOptions) -> list[str]:
    reader = csv.reader(block, delimiter=options.delimiter, quotechar=options.quote, strict=True)
    cells = next(reader)
    if any(len(cell) > _LONGEST_CELL for cell in cells):
        raise csv.Error("field larger than field limit")
    return cells


def _check_mark(start: bytes, options: FileOptions) -> None:
    if start.startswith(_UTF_16_MARKS):
        raise UnreadableTable(f"is UTF-16, where {options.encoding.value} is declared.")
    if start == _UTF_8_MARK and options.encoding is not Encoding.UTF_8:
        raise UnreadableTable(f"is UTF-8, where {options.encoding.value} is declared.")
