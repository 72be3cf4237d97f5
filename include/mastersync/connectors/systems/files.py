"""Reading tables out of files, on whatever file system they are."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

import fsspec

from mastersync.connectors.systems.csv_tables import read_csv
from mastersync.connectors.systems.files_options import FileFormat, FileOptions
from mastersync.connectors.systems.folders import Folder, FoundFile, ReadFiles
from mastersync.connectors.systems.table_rows import Columns, TableRow, UnreadableTable
from mastersync.connectors.systems.xlsx_tables import read_xlsx
from mastersync.errors import ConfigError, RetryableError
from mastersync.ports.systems import Page, RefusedRow, SourceRow


@dataclass
class _Export:
    """Whether what was read tells who is gone: not after a refusal, not when it is empty."""

    is_complete: bool
    has_rows: bool = False

    def see(self, page: Page) -> None:
        self.has_rows = self.has_rows or bool(page.rows)
        self.is_complete = self.is_complete and not page.refused


class FileReader:
    """Implements ``ports.SystemReader``; a changed file is read whole, unchanged ones are not."""

    def __init__(
        self, filesystem: fsspec.AbstractFileSystem, root: str, options: FileOptions
    ) -> None:
        self._folder = Folder(filesystem, root)
        self._options = options

    def read_changes(self, since: str) -> Iterator[Page]:
        """Yield pages of ``page_rows``, file by file, oldest file first; see the port.

        A file that cannot be taken at all does not keep the others from being read; the error
        about it comes last.
        """
        files = self._folder.files(self._options.glob)
        done = ReadFiles(since)
        done.keep_only(files)
        unread = [file for file in files if file not in done]
        if unread and self._options.complete:
            unread = files  # only all of them together tell what is gone
        troubles: list[str] = []
        export = _Export(is_complete=self._options.complete)
        for file in unread:
            try:
                yield from self._read(file, done, export, is_last=file is unread[-1])
            except UnreadableTable as trouble:
                troubles.append(f"{file.name} {trouble}")
                export.is_complete = False
        if not unread:
            yield Page(rows=(), watermark=done.watermark)
        if troubles:
            raise ConfigError(
                f"{' '.join(troubles)} Nothing of that was taken; other files were read.",
                next_step="Correct the file and send it again, or correct how client.yaml "
                "describes it.",
            )

    def _read(
        self, file: FoundFile, done: ReadFiles, export: _Export, *, is_last: bool
    ) -> Iterator[Page]:
        if file.size > self._options.max_file_bytes:
            raise UnreadableTable(f"is larger than {self._options.max_file_bytes} bytes.")
        is_csv = self._options.format is FileFormat.CSV
        read_table = read_csv if is_csv else read_xlsx
        with (
            self._folder.open(file) as stream,
            closing(read_table(stream, self._options)) as table,
        ):
            header = next(table, TableRow(line=0))
            if header.flaw:
                raise UnreadableTable(f"has a header that is broken: {header.flaw}")
            columns = Columns(
                header.cells, self._options, file=file.name, modified_at=file.modified_at
            )
            rows = (columns.read(row) for row in table)
            while len(batch := list(islice(rows, self._options.page_rows))) > 0:
                page = _page(batch, watermark=done.watermark)
                export.see(page)
                yield page
        if not self._folder.is_unchanged(file):
            raise RetryableError(
                f"{file.name} was changed while it was read. What was read stays good.",
                next_step="It is read again whole.",
            )
        done.add(file)
        is_complete = is_last and export.is_complete and export.has_rows
        yield Page(rows=(), watermark=done.watermark, complete=is_complete)


def _page(batch: list[SourceRow | RefusedRow], *, watermark: str) -> Page:
    rows = {row.key: row for row in batch if isinstance(row, SourceRow)}
    refused = [row for row in batch if isinstance(row, RefusedRow)]
    return Page(rows=list(rows.values()), refused=refused, watermark=watermark)
