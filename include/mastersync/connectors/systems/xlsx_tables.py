"""XLSX workbooks row by row; a formula is read as its text and never computed."""

import zipfile
import zlib
from collections.abc import Generator, Iterator
from datetime import date, datetime, time
from typing import IO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from mastersync.connectors.systems.files_options import FileOptions
from mastersync.connectors.systems.table_rows import TableRow, UnreadableTable

_LARGEST_UNPACKED = 20  # times the largest file allowed
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError)
_NOT_A_WORKBOOK = (*_DAMAGED, InvalidFileException)


def read_xlsx(stream: IO[bytes], options: FileOptions) -> Generator[TableRow, None, None]:
    """Yield the rows from the header on, every cell as text; blank rows are left out.

    Raises:
        UnreadableTable: It is no workbook, has no such sheet, or unpacks to too much.
    """
    try:
        _check_size(stream, options)
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=False)
    except _NOT_A_WORKBOOK as error:
        raise UnreadableTable("is no XLSX workbook, or an encrypted one.") from error
    try:
        yield from _rows(_sheet(workbook, options), options)
    except _DAMAGED as error:
        raise UnreadableTable("is damaged.") from error
    finally:
        workbook.close()


def _sheet(workbook: openpyxl.Workbook, options: FileOptions) -> ReadOnlyWorksheet:
    names = workbook.sheetnames
    name = options.sheet or names[0]
    if name not in names:
        raise UnreadableTable(f"has no sheet {name}; its sheets are: {', '.join(names)}.")
    sheet = workbook[name]
    if not isinstance(sheet, ReadOnlyWorksheet):
        raise UnreadableTable(f"has only a chart on {name}.")
    sheet.reset_dimensions()
    return sheet


def _rows(sheet: ReadOnlyWorksheet, options: FileOptions) -> Iterator[TableRow]:
    columns = 0
    # Its stubs take it for a method of the writable kind only.
    rows = sheet.iter_rows(min_row=options.header_row, values_only=True)  # type: ignore[misc]
    for number, values in enumerate(rows, start=options.header_row):
        cells = [_text(value) for value in values[: options.max_columns + 1]]
        if not any(cells):
            continue
        # Rows end at their last filled cell.
        cells += [""] * (columns - len(cells))
        columns = columns or len(cells)
        yield TableRow(line=number, cells=cells)


def _check_size(stream: IO[bytes], options: FileOptions) -> None:
    with zipfile.ZipFile(stream) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _LARGEST_UNPACKED * options.max_file_bytes:
        raise UnreadableTable("unpacks to far more than a file may have.")
    stream.seek(0)


def _text(value: object) -> str:
    """A cell as text.

    >>> [_text(value) for value in (None, 1001.0, 12.5, True, date(2026, 3, 1))]
    ['', '1001', '12.5', 'true', '2026-03-01']
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.isoformat(sep="T")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
