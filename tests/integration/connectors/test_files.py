"""Tables in files, as people and programs really send them."""

import csv
import io
import os
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import fsspec
import openpyxl
import pytest

from mastersync.connectors.systems.files import FileReader
from mastersync.connectors.systems.files_options import Encoding, FileFormat, FileOptions
from mastersync.dedupe_files.reading import read_csv
from mastersync.errors import ConfigError, MastersyncError, RetryableError
from mastersync.ports.systems import Page, RefusedRow, SourceRow

HEADER = "No,Name,Town\n"
CSV = {"format": FileFormat.CSV, "glob": "*.csv", "key_columns": ("No",), "columns": ("Name",)}
XLSX = {**CSV, "format": FileFormat.XLSX, "glob": "*.xlsx"}


def reader(folder: Path, **given) -> FileReader:
    return FileReader(fsspec.filesystem("local"), str(folder), FileOptions(**{**CSV, **given}))


def pages(folder: Path, since: str = "", **given) -> list[Page]:
    return list(reader(folder, **given).read_changes(since))


def until_error(reader: FileReader) -> tuple[list[Page], MastersyncError | None]:
    landed: list[Page] = []
    try:
        for page in reader.read_changes(""):
            landed.append(page)  # noqa: PERF402 - what was read before the error matters
    except MastersyncError as error:
        return landed, error
    return landed, None


def rows(read: list[Page]) -> list[SourceRow]:
    return [row for page in read for row in page.rows]


def refused(read: list[Page]) -> list[RefusedRow]:
    return [row for page in read for row in page.refused]


def write(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def write_workbook(folder: Path, *lines: list, name: str = "a.xlsx", sheet: str = "Sheet") -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for line in lines:
        workbook.active.append(line)
    workbook.save(folder / name)


def test_one_bad_row_in_ten_thousand_costs_one_row(tmp_path: Path) -> None:
    lines = [f"{number},Firm {number},Leeds\n" for number in range(10_000)]
    lines[5_000] = "5000,Firm,Leeds,too,many\n"
    write(tmp_path, HEADER + "".join(lines))

    read = pages(tmp_path)

    assert len(rows(read)) == 9_999
    assert [(row.place, row.code) for row in refused(read)] == [
        ("a.csv line 5002", "row_malformed")
    ]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        pytest.param(b"2,Caf\xe9,Lyon\n", "row_undecodable", id="windows-1252 byte"),
        pytest.param(b"2,A\n", "row_malformed", id="too few columns"),
        pytest.param(b"2,A,B,C\n", "row_malformed", id="too many columns"),
        pytest.param(b"2,A\x00B,Leeds\n", "row_malformed", id="NUL"),
        pytest.param(b'2,"A,Leeds\n', "row_malformed", id="lone quote"),
        pytest.param(b'2,"A"B,Leeds\n', "row_malformed", id="text after a quote"),
        pytest.param(b"  ,A,Leeds\n", "row_without_key", id="no key"),
        pytest.param(b"2," + b"x" * 1_500_000 + b",Leeds\n", "row_malformed", id="endless line"),
        pytest.param(b"2," + b"x" * 200_000 + b",Leeds\n", "row_malformed", id="endless cell"),
    ],
)
def test_a_bad_line_is_refused_and_its_neighbours_are_not(
    tmp_path: Path, bad: bytes, code: str
) -> None:
    good = b'3,"Last, Ltd",York\n4,"Very ""Last""",York\n'
    write(tmp_path, HEADER.encode() + b"1,First,Leeds\n" + bad + good)

    read = pages(tmp_path)

    assert [row.key for row in rows(read)] == ["1", "3", "4"]
    assert [(row.place, row.code) for row in refused(read)] == [("a.csv line 3", code)]
    assert rows(read)[2].payload["Name"] == 'Very "Last"'


def test_another_reader_of_long_cells_in_the_process_does_not_move_the_limit(
    tmp_path: Path,
) -> None:
    other = write(tmp_path, HEADER + "9," + "x" * 200_000 + ",Leeds\n", name="other.txt")
    read_csv(other)
    write(tmp_path, HEADER + "1,A,Leeds\n2," + "x" * 140_000 + ",Leeds\n")

    assert [row.key for row in rows(pages(tmp_path))] == ["1"]
    assert csv.field_size_limit() == 131_072


def test_refusals_do_not_repeat_what_the_row_says(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "1,Ada Lovelace,London,ada@example.com\n,Grace Hopper,NY\n")

    for row in refused(pages(tmp_path)):
        assert "Ada" not in row.words + row.place
        assert "Grace" not in row.words + row.place


def test_a_quoted_line_break_stays_in_its_cell(tmp_path: Path) -> None:
    write(tmp_path, HEADER + '1,"Acme\r\nHoldings",Leeds\r\n2,B,York\r\n')

    read = rows(pages(tmp_path))

    assert read[0].payload["Name"] == "Acme\r\nHoldings"
    assert [row.key for row in read] == ["1", "2"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_utf_8_is_read_with_and_without_a_mark(tmp_path: Path, mark: bytes) -> None:
    write(tmp_path, mark + "No,Name,Town\n1,Café 東京 🍞 مخبز,Zürich\n".encode())

    (row,) = rows(pages(tmp_path))

    assert row.payload == {"No": "1", "Name": "Café 東京 🍞 مخبز", "Town": "Zürich"}


def test_windows_1252_is_read_where_it_is_declared(tmp_path: Path) -> None:
    write(tmp_path, "No,Name,Town\n1,Café “Größe” €,Zürich\n".encode("cp1252"))

    (row,) = rows(pages(tmp_path, encoding=Encoding.WINDOWS_1252))

    assert row.payload["Name"] == "Café “Größe” €"


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfNo,Name\n1,A\n", "No,Name\n".encode("utf-16")])
def test_a_file_that_says_it_is_in_another_encoding_is_not_guessed_at(
    tmp_path: Path, content: bytes
) -> None:
    write(tmp_path, content)

    with pytest.raises(ConfigError, match=r"a\.csv is UTF"):
        pages(tmp_path, encoding=Encoding.WINDOWS_1252)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("No,Firm,Town\n", "no column Name; its columns are: No, Firm, Town"),
        ("No,Name,Town,Name\n", "column Name more than once"),
        ("", "its columns are: none"),
        ('No,"Name,Town\n', "header that is broken"),
        (",".join(f"c{number}" for number in range(600)), "600 columns"),
    ],
)
def test_a_file_with_a_wrong_header_is_named_and_the_others_are_read(
    tmp_path: Path, header: str, words: str
) -> None:
    bad = write(tmp_path, header + "1,A,Leeds\n" if header.endswith("\n") else header, "bad.csv")
    write(tmp_path, HEADER + "2,B,York\n", "good.csv")
    os.utime(bad, (1, 1))

    landed, error = until_error(reader(tmp_path))

    assert isinstance(error, ConfigError)
    assert "bad.csv" in error.problem
    assert words in error.problem
    assert [row.key for row in rows(landed)] == ["2"]


def test_the_columns_may_be_in_any_order_and_more_than_asked_for(tmp_path: Path) -> None:
    write(tmp_path, " Town ,Extra,Name,No\nLeeds,x,Acme,1\n")

    (row,) = rows(pages(tmp_path))

    assert row.key == "1"
    assert row.payload == {"Town": "Leeds", "Extra": "x", "Name": "Acme", "No": "1"}


def test_a_semicolon_file_with_two_keys_and_its_own_dates(tmp_path: Path) -> None:
    write(tmp_path, "Branch;No;Name;Changed\nA;1;Acme;03.10.2026\nA;2;Bolt;soon\n")

    read = rows(
        pages(
            tmp_path,
            delimiter=";",
            key_columns=("Branch", "No"),
            modified_column="Changed",
            modified_format="%d.%m.%Y",
        )
    )

    assert [row.key for row in read] == ["A|1", "A|2"]
    assert read[0].modified_at.isoformat() == "2026-10-03T00:00:00+00:00"
    assert read[1].modified_at is None


def test_hostile_text_arrives_as_it_was_sent(tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "N" * 10_000, "مخبز\u200f"]
    quoted = [name.replace('"', '""') for name in names]
    body = "".join(f'{n},"{name}",x\n' for n, name in enumerate(quoted))
    write(tmp_path, HEADER + body)

    assert [row.payload["Name"] for row in rows(pages(tmp_path))] == names


def test_files_are_read_oldest_first_and_only_new_ones_after_that(tmp_path: Path) -> None:
    for name, age in (("b.csv", 100), ("a.csv", 200)):
        os.utime(write(tmp_path, f"{HEADER}{name},A,B\n", name), (age, age))
    first = pages(tmp_path)
    os.utime(write(tmp_path, f"{HEADER}old,A,B\n", "c.csv"), (50, 50))  # a copy keeps its date

    again = pages(tmp_path, first[-1].watermark)

    assert [row.key for row in rows(first)] == ["b.csv", "a.csv"]
    assert [row.key for row in rows(again)] == ["old"]


def test_a_full_export_says_so_only_when_all_of_it_was_good(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "1,A,Leeds\n2,B,York\n")
    whole = pages(tmp_path, complete=True)
    write(tmp_path, HEADER + "1,A,Leeds\n2,B\n")
    flawed = pages(tmp_path, complete=True)
    write(tmp_path, HEADER)
    empty = pages(tmp_path, complete=True)

    assert [page.complete for page in whole] == [False, True]
    assert not any(page.complete for page in flawed + empty)
    assert not any(page.complete for page in pages(tmp_path))


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "1,A,Leeds\n2,B,York\n")
    reading = reader(tmp_path, page_rows=1).read_changes("")
    first = next(reading)
    write(tmp_path, HEADER + "1,A,Leeds\n2,B,York\n3,C,Hull\n")

    with pytest.raises(RetryableError):
        list(reading)

    assert [row.key for row in rows(pages(tmp_path, first.watermark))] == ["1", "2", "3"]


def test_a_folder_that_is_not_there_is_a_mistake_in_the_connection(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        pages(tmp_path / "nowhere")


def test_an_empty_folder_is_no_mistake(tmp_path: Path) -> None:
    assert rows(pages(tmp_path)) == []


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "1,A,B\n" * 100)

    with pytest.raises(ConfigError, match="larger than 100 bytes"):
        pages(tmp_path, max_file_bytes=100)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        write(tmp_path, HEADER + "".join(f"{n},Firm {n},Leeds\n" for n in range(count)))
        tracemalloc.start()
        for page in reader(tmp_path, page_rows=100).read_changes(""):
            assert len(page.rows) <= 100
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1_000)
    assert peak(40_000) < 2 * peak(2_000)


def test_a_workbook_is_read_as_text_and_its_formulas_too(tmp_path: Path) -> None:
    write_workbook(
        tmp_path,
        ["No", "Name", "Since", "Limit"],
        [1001, '=HYPERLINK("http://x","y")', datetime(2026, 3, 1, 12), 12.5],  # noqa: DTZ001 - sheets know no zones
        [None, None, None, None],
        ["A-7", "Brot & Söhne 🍞"],
    )

    first, second = rows(pages(tmp_path, **XLSX))

    assert first.payload == {
        "No": "1001",
        "Name": '=HYPERLINK("http://x","y")',
        "Since": "2026-03-01T12:00:00",
        "Limit": "12.5",
    }
    assert second.payload == {"No": "A-7", "Name": "Brot & Söhne 🍞", "Since": "", "Limit": ""}


def test_a_sheet_is_found_by_name_and_its_header_by_row(tmp_path: Path) -> None:
    write_workbook(tmp_path, ["Customers as of May"], ["No", "Name"], [1, "A"], sheet="May")

    (row,) = rows(pages(tmp_path, **XLSX, sheet="May", header_row=2))
    with pytest.raises(ConfigError, match="no sheet June; its sheets are: May"):
        pages(tmp_path, **XLSX, sheet="June")

    assert row.payload == {"No": "1", "Name": "A"}


def test_a_row_with_text_beyond_the_header_is_refused(tmp_path: Path) -> None:
    write_workbook(tmp_path, ["No", "Name"], [1, "A"], [2, "B", "stray"], [3, "C"])

    read = pages(tmp_path, **XLSX)

    assert [row.key for row in rows(read)] == ["1", "3"]
    assert [row.place for row in refused(read)] == ["a.xlsx line 3"]


@pytest.mark.parametrize("kind", ["text", "cut", "encrypted", "damaged"])
def test_a_spoilt_workbook_is_named_and_the_others_are_read(tmp_path: Path, kind: str) -> None:
    write_workbook(tmp_path, ["No", "Name"], [1, "A"])
    content = (tmp_path / "a.xlsx").read_bytes()
    spoilt = {
        "text": b"not a workbook",
        "cut": content[: len(content) // 2],
        "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
        "damaged": content.replace(b"PK\x03\x04", b"PK\x03\x05"),
    }
    (tmp_path / "bad.xlsx").write_bytes(spoilt[kind])

    landed, error = until_error(reader(tmp_path, **XLSX))

    assert isinstance(error, ConfigError)
    assert "bad.xlsx" in error.problem
    assert [row.key for row in rows(landed)] == ["1"]


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)

    with pytest.raises(ConfigError, match="unpacks"):
        pages(tmp_path, **XLSX, max_file_bytes=1_000_000)


def test_object_storage_is_read_like_a_disk() -> None:
    bucket = fsspec.filesystem("memory", skip_instance_cache=True)
    bucket.pipe_file("/bucket/in/2026/a.csv", (HEADER + "1,A,Leeds\n").encode())
    buffer = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(["No", "Name"])
    workbook.active.append([2, "B"])
    workbook.save(buffer)
    bucket.pipe_file("/bucket/in/2026/b.xlsx", buffer.getvalue())

    csv = FileReader(bucket, "/bucket/in", FileOptions(**{**CSV, "glob": "*/*.csv"}))
    xlsx = FileReader(bucket, "/bucket/in", FileOptions(**{**XLSX, "glob": "**/*.xlsx"}))
    read = [*csv.read_changes(""), *xlsx.read_changes("")]
    bucket.rm("/bucket", recursive=True)

    assert [row.key for row in rows(read)] == ["1", "2"]
