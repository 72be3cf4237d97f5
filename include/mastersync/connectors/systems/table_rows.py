"""Rows of a table as text, with what is wrong with a row or with the whole file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mastersync.connectors.systems.files_options import FileOptions
from mastersync.connectors.times import parse_time
from mastersync.ports.systems import RefusedRow, SourceRow

_LISTED_COLUMNS = 30
_LOW_SURROGATE, _HIGH_SURROGATE = "\ud800", "\udfff"


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """The cells of one row; ``flaw`` says in words why it could not be split into cells."""

    line: int
    cells: Sequence[str] = ()
    flaw: str = ""


class UnreadableTable(Exception):
    """The whole file cannot be taken; the words are for the operator.  Ends in files.py."""


class Columns:
    """The columns of one file, and how its rows become source rows."""

    def __init__(
        self,
        header: Sequence[str],
        options: FileOptions,
        *,
        file: str,
        modified_at: datetime | None,
    ) -> None:
        names = [name.strip() for name in header]
        while names and not names[-1]:
            names.pop()
        _check_header(names, options)
        self._names = names
        self._options = options
        self._file = file
        self._file_modified_at = modified_at

    def read(self, row: TableRow) -> SourceRow | RefusedRow:
        place = f"{self._file} line {row.line}"
        flaw = _flaw(row, len(self._names))
        if flaw is not None:
            return RefusedRow(place=place, code=flaw[0], words=flaw[1])
        payload = dict(zip(self._names, row.cells, strict=False))
        parts = [payload[column].strip() for column in self._options.key_columns]
        if not all(parts):
            words = f"{' and '.join(self._options.key_columns)} must not be empty: it is the key."
            return RefusedRow(place=place, code="row_without_key", words=words)
        return SourceRow(
            key="|".join(parts), payload=payload, modified_at=self._modified_at(payload)
        )

    def _modified_at(self, payload: dict[str, str]) -> datetime | None:
        column, pattern = self._options.modified_column, self._options.modified_format
        if not column:
            return self._file_modified_at
        if not pattern:
            return parse_time(payload[column])
        try:
            moment = datetime.strptime(payload[column].strip(), pattern)  # noqa: DTZ007 - next line
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _check_header(names: Sequence[str], options: FileOptions) -> None:
    listed = ", ".join(names[:_LISTED_COLUMNS]) or "none"
    if len(names) > options.max_columns:
        raise UnreadableTable(f"has {len(names)} columns, more than {options.max_columns}.")
    if any(_is_broken(name) for name in names):
        raise UnreadableTable(f"has a header that is not {options.encoding.value}.")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise UnreadableTable(f"has the column {', '.join(repeated)} more than once.")
    modified = (options.modified_column,) if options.modified_column else ()
    wanted = dict.fromkeys((*options.key_columns, *options.columns, *modified))
    missing = [name for name in wanted if name not in names]
    if missing:
        raise UnreadableTable(f"has no column {', '.join(missing)}; its columns are: {listed}.")


def _flaw(row: TableRow, columns: int) -> tuple[str, str] | None:
    if row.flaw:
        return "row_malformed", row.flaw
    filled = len(row.cells)
    while filled > columns and not row.cells[filled - 1]:
        filled -= 1
    if filled != columns:
        return "row_malformed", f"It has {filled} columns where the header has {columns}."
    if any(_is_broken(cell) for cell in row.cells):
        return "row_undecodable", "It has bytes that are none in the declared encoding."
    if any("\0" in cell for cell in row.cells):
        return "row_malformed", "It has a NUL character."
    return None


def _is_broken(text: str) -> bool:
    if text.isascii():
        return False
    return any(_LOW_SURROGATE <= character <= _HIGH_SURROGATE for character in text)
