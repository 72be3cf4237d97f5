"""CSV files of customers, read column by column; what is wrong with a row is said, by its line."""

import csv
import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import TextIO

import numpy as np
import pandas as pd

from mastersync.dedupe_files.opening import TextFormat, open_text, sniff_delimiter, text_format
from mastersync.dedupe_files.wording import rows
from mastersync.domain.records.text import clean_text
from mastersync.domain.resolution_input.content import are_values
from mastersync.errors import ConfigError

_ROWS_AT_ONCE = 20_000
_SAMPLE_LINES = 200
_RARELY = 0.1
_SHOWN = 10
_LONGEST_CELL = 1_000_000
_TALL = 20
_LINE_END = re.compile(r"\r\n|\r|\n")
_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True, kw_only=True)
class RaggedRow:
    """A row with more or fewer cells than the header; lines count from 1."""

    first_line: int
    last_line: int
    cells: int
    set_aside: bool

    def __str__(self) -> str:
        if self.first_line == self.last_line:
            return f"line {self.first_line} ({self.cells} cells)"
        return f"lines {self.first_line}-{self.last_line} ({self.cells} cells)"


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """What a CSV file holds: cells as text, and the row's place in the file as the index."""

    path: Path
    frame: pd.DataFrame
    ragged: tuple[RaggedRow, ...]
    notes: tuple[str, ...]


def read_csv(path: Path, *, progress: Callable[[float], None] = lambda _share: None) -> ReadFile:
    """Read a CSV file of any common encoding and delimiter, compressed with gzip or not.

    A row with too few cells lacks the last ones and is kept; one with too many is set aside, as
    nobody knows which cell belongs where. Both are told by line.

    Raises:
        NotFoundError: there is no such file.
        ConfigError: it cannot be read as CSV.
    """
    found = text_format(path)
    with open_text(path, found) as (text, share), no_garbage_collection(), long_cells():
        lines = _Lines(text)
        source = iter(lines)
        start = list(islice(source, _SAMPLE_LINES))
        delimiter = sniff_delimiter("".join(start))
        table = _Rows(path, chain(start, source), delimiter)
        for _ in table.read():
            progress(share())
    notes = (*_format_notes(found, delimiter), *lines.notes(), *table.notes())
    return ReadFile(path=path, frame=table.frame(), ragged=tuple(table.ragged), notes=notes)


class _Lines:
    """The lines of a text without NUL characters, which no program means to write."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._nul_lines = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            if "\0" in line:
                self._nul_lines += 1
                yield line.replace("\0", "")
            else:
                yield line

    def notes(self) -> Iterator[str]:
        if self._nul_lines:
            yield f"NUL characters are left out, in {self._nul_lines:,} of the lines."


class _Rows:
    """The columns of a file, filled a chunk of rows at a time."""

    def __init__(self, path: Path, lines: Iterable[str], delimiter: str) -> None:
        self._path = path
        self._reader = csv.reader(lines, delimiter=delimiter)
        self._header: list[str] = []
        self._columns: list[list[str]] = []
        self._known: list[dict[str, str] | None] = []
        self._seen = 0
        self._left_out: list[int] = []
        self._empty = 0
        self._tallest = 1
        self._notes: list[str] = []
        self.ragged: list[RaggedRow] = []

    def read(self) -> Iterator[None]:
        """Read all rows, yielding after every chunk of them."""
        first = self._read_header()
        if first:
            self._add([first])
        while True:
            line = self._reader.line_num
            chunk = self._next(_ROWS_AT_ONCE)
            if not chunk:
                return
            if self._reader.line_num - line > len(chunk):
                self._tallest = max(self._tallest, *map(_lines_in, chunk))
            filled = [row for row in chunk if row]
            if set(map(len, filled)) <= {len(self._header)} and all(map(any, filled)):
                self._add(filled)
            else:
                self._mend(chunk, line)
            yield

    def frame(self) -> pd.DataFrame:
        """Return the rows as text columns."""
        left_out = np.array(self._left_out, dtype=np.int64)
        index = np.delete(np.arange(1, self._seen + 1), left_out)
        columns = {}
        for position, name in enumerate(self._header):
            # As objects: the check of each cell for a missing value costs as much as reading it.
            cells = np.array(self._columns[position], dtype=object)
            columns[name] = pd.Series(cells, index=index, dtype=object)
            self._columns[position] = []  # at a million rows, two copies of all would be too many
        return pd.DataFrame(columns, index=index)

    def notes(self) -> Iterator[str]:
        yield from self._notes
        if self._empty:
            yield f"{rows(self._empty)} without any value, left out."
        for set_aside, words in (
            (True, "more cells than columns, set aside, as nobody knows which is which"),
            (False, "fewer cells than columns, kept, the last columns taken as empty"),
        ):
            found = [row for row in self.ragged if row.set_aside == set_aside]
            if found:
                shown = ", ".join(map(str, found[:_SHOWN])) + (", …" if len(found) > _SHOWN else "")
                yield f"{rows(len(found))} with {words}: {shown}."
        if self._tallest >= _TALL:
            yield (
                f"A row goes over {self._tallest:,} lines: if these are rows of their own, a"
                " quotation mark before them is not closed."
            )
        elif any(row.first_line != row.last_line for row in self.ragged):
            yield "A row over several lines is often a quotation mark that is not closed."

    def _next(self, most: int) -> list[list[str]]:
        try:
            return list(islice(self._reader, most))
        except csv.Error:
            raise ConfigError(
                f"{self._path} cannot be read as CSV up to line {self._reader.line_num}: a cell"
                " has no end.",
                next_step="Look for a quotation mark that is not closed, before that line.",
            ) from None

    def _read_header(self) -> list[str]:
        """Read the columns' names; return the row that stands there if there are no names."""
        cells: list[str] = []
        while not any(cell.strip() for cell in cells):
            found = self._next(1)
            if not found:
                break
            cells = [] if _announces_delimiter(found[0]) else found[0]
        if are_values(cells):
            self._notes.append("The first line holds values, not names of columns: taken as a row.")
            self._open_columns([f"column {number + 1}" for number in range(len(cells))])
            return cells
        self._open_columns(self._distinct_names(cells))
        return []

    def _open_columns(self, names: list[str]) -> None:
        self._header = names
        self._columns = [[] for _ in names]
        self._known = [{} for _ in names]

    def _distinct_names(self, cells: Sequence[str]) -> list[str]:
        names: list[str] = []
        for position, cell in enumerate(cells):
            name = clean_text(cell) or f"column {position + 1}"
            if name in names:
                number = next(n for n in count(2) if f"{name} ({n})" not in names)
                self._notes.append(
                    f"Two columns are called '{name}': the later is '{name} ({number})'."
                )
                name = f"{name} ({number})"
            names.append(name)
        return names

    def _add(self, good: Sequence[list[str]]) -> None:
        self._seen += len(good)
        self._fill(good)

    def _mend(self, chunk: Iterable[list[str]], line: int) -> None:
        """Add the rows of a chunk that begins after a line, in which some are out of shape."""
        good = []
        for row in chunk:
            first, line = line + 1, line + _lines_in(row)
            if not row:
                continue
            mended = self._mended(row, first, line)
            if mended is None:
                self._left_out.append(self._seen)
            else:
                good.append(mended)
            self._seen += 1
        self._fill(good)

    def _mended(self, row: list[str], first: int, last: int) -> list[str] | None:
        width = len(self._header)
        if not any(cell.strip() for cell in row):
            self._empty += 1
            return None
        if len(row) >= width and not any(cell.strip() for cell in row[width:]):
            return row[:width]
        too_many = len(row) > width
        self.ragged.append(
            RaggedRow(first_line=first, last_line=last, cells=len(row), set_aside=too_many)
        )
        return None if too_many else [*row, *[""] * (width - len(row))]

    def _fill(self, good: Sequence[list[str]]) -> None:
        for position, cells in enumerate(zip(*good, strict=True)):
            known = self._known[position]
            if known is None:
                self._columns[position].extend(cells)
                continue
            # Equal cells of a column that repeats itself are one object, which saves memory.
            self._columns[position].extend(map(known.setdefault, cells, cells))
            if len(known) > max(_ROWS_AT_ONCE, len(self._columns[position])) * _RARELY:
                self._known[position] = None


def _announces_delimiter(cells: list[str]) -> bool:
    """Excel reads "sep=;" in the first line; split at the delimiter it is ``sep=`` and nothing."""
    return cells[:1] == ["sep="] and not any(cells[1:])


def _lines_in(row: list[str]) -> int:
    """Return how many lines of the file a row takes."""
    return 1 + sum(len(_LINE_END.findall(cell)) for cell in row)


def _format_notes(found: TextFormat, delimiter: str) -> Iterator[str]:
    if found.encoding == "cp1252":
        yield "It is not UTF-8: read as Windows-1252."
    elif found.encoding.startswith("utf-8") and found.errors == "replace":
        yield "Some bytes are not UTF-8: read as \N{REPLACEMENT CHARACTER}."
    elif not found.encoding.startswith("utf-8"):
        yield f"Read as {found.encoding.upper()}."
    if delimiter != ",":
        yield f"Cells are divided by {_DELIMITER_NAMES[delimiter]}."


@contextmanager
def long_cells() -> Iterator[None]:
    """Let the csv module, whose limit holds for the whole process, read long cells meanwhile."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Millions of cells make the collector search again and again, and none is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
