"""What the files of a file system are like, in plain values."""

from dataclasses import dataclass
from enum import StrEnum


class FileFormat(StrEnum):
    """The kinds of file that tables are read from."""

    CSV = "csv"
    XLSX = "xlsx"


class Encoding(StrEnum):
    """The declared encoding of text files; a byte order mark of UTF-8 is always understood."""

    UTF_8 = "utf-8"
    WINDOWS_1252 = "windows-1252"


@dataclass(frozen=True, kw_only=True)
class FileOptions:
    """One group of files with the same columns, below the connection's folder.

    ``glob`` is relative to the folder (``*.csv``, ``2026/*/customers.csv``). ``columns`` must
    all be there; others are landed as well. ``key_columns`` make the key, joined by ``|``.
    ``modified_format`` is a strptime pattern ("" is ISO 8601), UTC where it has no zone.
    ``complete``: the files together are a full export, so absence means deletion. ``sheet`` ""
    is the first one. ``header_row`` counts from 1.
    """

    format: FileFormat
    glob: str
    key_columns: tuple[str, ...]
    columns: tuple[str, ...] = ()
    encoding: Encoding = Encoding.UTF_8
    delimiter: str = ","
    quote: str = '"'
    sheet: str = ""
    header_row: int = 1
    modified_column: str = ""
    modified_format: str = ""
    complete: bool = False
    page_rows: int = 1000
    max_file_bytes: int = 512 * 1024 * 1024
    max_columns: int = 500
