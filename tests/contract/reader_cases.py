"""Worlds for the suite that every reader passes: what is there, and how it changes."""

import io
import sqlite3
from typing import Protocol

import fsspec
import openpyxl
from reportlab.pdfgen.canvas import Canvas

from contract.rest_systems import api_of, options_of
from mastersync.connectors.documents.contract_options import ContractOptions
from mastersync.connectors.documents.contracts import ContractReader
from mastersync.connectors.systems.files import FileReader
from mastersync.connectors.systems.files_options import FileFormat, FileOptions
from mastersync.connectors.systems.rest import RestReader
from mastersync.ports.systems import SystemReader
from mastersync.sandbox.rest.systems import SYSTEMS
from sandboxes import Sandbox


class ReaderCase(Protocol):
    def reader(self) -> SystemReader: ...

    def keys(self) -> set[str]:
        """Every key that is there now."""

    def change_one(self) -> str:
        """Change one record from the inside; returns its key."""

    def close(self) -> None: ...


class RestCase:
    def __init__(self, sandbox: Sandbox, client: str, name: str) -> None:
        self._sandbox = sandbox
        self._system = SYSTEMS[client, name]
        self._api = api_of(sandbox.url, client, name)

    def reader(self) -> SystemReader:
        return RestReader(self._api, options_of(self._system.client, self._system.name).reading)

    def keys(self) -> set[str]:
        database = sqlite3.connect(self._sandbox.home / "sandbox" / "sandbox.db")
        try:
            rows = database.execute(
                "SELECT id FROM customer WHERE client = ? AND system = ? AND deleted = 0",
                (self._system.client, self._system.name),
            )
            return {row[0] for row in rows}
        finally:
            database.close()

    def change_one(self) -> str:
        key = min(self.keys())
        path = f"/control/{self._system.client}/{self._system.name}/customers/{key}"
        *parents, last = self._system.name_path.split(".")
        document: dict = {last: "Changed Ltd"}
        for name in reversed(parents):
            document = {name: document}
        self._sandbox.http.post(path, json=document).raise_for_status()
        return key

    def close(self) -> None:
        self._api.close()


class CsvCase:
    """Three files of 25 rows, the pages hold 10."""

    def __init__(self, filesystem: fsspec.AbstractFileSystem, root: str) -> None:
        self._filesystem = filesystem
        self._root = root
        for number in range(3):
            self._write(number, town="Leeds")

    def reader(self) -> SystemReader:
        options = FileOptions(
            format=FileFormat.CSV,
            glob="*.csv",
            key_columns=("No",),
            columns=("Name", "Town"),
            page_rows=10,
        )
        return FileReader(self._filesystem, self._root, options)

    def keys(self) -> set[str]:
        return {str(number) for number in range(75)}

    def change_one(self) -> str:
        self._write(1, town="Bradford")
        return "30"

    def close(self) -> None:
        self._filesystem.rm(self._root, recursive=True)

    def _write(self, number: int, *, town: str) -> None:
        rows = "".join(f'{25 * number + row},"Firm, {row}",{town}\n' for row in range(25))
        content = f"No,Name,Town\n{rows}".encode()
        self._filesystem.pipe_file(f"{self._root}/part{number}.csv", content)


class XlsxCase:
    """Two workbooks of 25 rows, the pages hold 10."""

    def __init__(self, filesystem: fsspec.AbstractFileSystem, root: str) -> None:
        self._filesystem = filesystem
        self._root = root
        for number in range(2):
            self._write(number, town="Leeds")

    def reader(self) -> SystemReader:
        options = FileOptions(
            format=FileFormat.XLSX, glob="*.xlsx", key_columns=("No",), page_rows=10
        )
        return FileReader(self._filesystem, self._root, options)

    def keys(self) -> set[str]:
        return {str(number) for number in range(50)}

    def change_one(self) -> str:
        self._write(1, town="A town with a longer name")
        return "30"

    def close(self) -> None:
        self._filesystem.rm(self._root, recursive=True)

    def _write(self, number: int, *, town: str) -> None:
        workbook = openpyxl.Workbook()
        workbook.active.append(["No", "Name", "Town"])
        for row in range(25):
            workbook.active.append([25 * number + row, f"Firm {row}", town])
        buffer = io.BytesIO()
        workbook.save(buffer)
        self._filesystem.pipe_file(f"{self._root}/part{number}.xlsx", buffer.getvalue())


class ContractCase:
    """Seven contracts, the pages hold 3."""

    def __init__(self, filesystem: fsspec.AbstractFileSystem, root: str) -> None:
        self._filesystem = filesystem
        self._root = root
        for number in range(7):
            self._write(number, limit="USD 500.00")

    def reader(self) -> SystemReader:
        options = ContractOptions(
            labels={"Customer number": "customer_number", "Credit limit": "credit_limit"},
            key_term="customer_number",
            page_documents=3,
        )
        return ContractReader(self._filesystem, self._root, options)

    def keys(self) -> set[str]:
        return {f"C{number}" for number in range(7)}

    def change_one(self) -> str:
        self._write(4, limit="USD 12,500.00")
        return "C4"

    def close(self) -> None:
        self._filesystem.rm(self._root, recursive=True)

    def _write(self, number: int, *, limit: str) -> None:
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        canvas.drawString(72, 700, f"Customer number: C{number}")
        canvas.drawString(72, 680, f"Credit limit: {limit}")
        canvas.save()
        self._filesystem.pipe_file(f"{self._root}/contract{number}.pdf", buffer.getvalue())
