"""CSV files are read as they come, and what is wrong with a row is told by its line."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mastersync.dedupe_files.reading import ReadFile, read_csv
from mastersync.errors import ConfigError, MastersyncError, NotFoundError

ROWS = "id;Firma;Straße;Ort\n1;Müller & Söhne;Weg 1;Köln\n2;Škoda;Allee 2;Łódź\n"
PLAIN = ROWS.replace("Škoda", "Skoda").replace("Łódź", "Lodz")


def read(folder: Path, content: bytes | str, name: str = "file.csv") -> ReadFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_csv(path)


def refusal(folder: Path, content: bytes | str, name: str = "file.csv") -> MastersyncError:
    with pytest.raises(MastersyncError) as refused:
        read(folder, content, name)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_common_encoding_and_delimiter_is_found_out(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    found = read(tmp_path, ROWS.replace(";", delimiter).encode(encoding))
    assert list(found.frame.columns) == ["id", "Firma", "Straße", "Ort"]
    assert found.frame["Ort"].tolist() == ["Köln", "Łódź"]


def test_windows_files_are_read_and_it_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, PLAIN.encode("cp1252"))
    assert found.frame["Firma"].tolist() == ["Müller & Söhne", "Skoda"]
    assert "It is not UTF-8: read as Windows-1252." in found.notes


def test_one_stray_byte_does_not_spoil_the_other_letters(tmp_path: Path) -> None:
    found = read(tmp_path, (ROWS * 20).encode() + b"3;B\xe9;c;d\n")
    assert found.frame["Ort"].iloc[0] == "Köln"
    assert found.frame["Firma"].iloc[-1] == "B\ufffd"
    assert any("not UTF-8" in note for note in found.notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_file_with_a_mark_may_be_damaged_and_is_read_all_the_same(
    tmp_path: Path, encoding: str
) -> None:
    found = read(tmp_path, (ROWS * 3).encode(encoding) + b"\xff")
    assert found.frame["Ort"].iloc[0] == "Köln"


def test_a_compressed_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    assert len(read(tmp_path, gzip.compress(ROWS.encode()), "file.csv").frame) == 2
    assert len(read(tmp_path, gzip.compress(ROWS.encode()), "file.csv.gz").frame) == 2


def test_quoted_cells_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name\r\n1,"Smith, ""Bob""\r\nand Sons"\r\n2,Zed\r\n')
    assert found.frame["name"].tolist() == ['Smith, "Bob"\r\nand Sons', "Zed"]


def test_blank_lines_before_the_header_are_no_header(tmp_path: Path) -> None:
    found = read(tmp_path, "\n , \nid,name\n1,Acme\n")
    assert list(found.frame.columns) == ["id", "name"]
    assert len(found.frame) == 1


def test_the_line_in_which_excel_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    found = read(tmp_path, "sep=|\nid|name\n1|a;b\n")
    assert list(found.frame.columns) == ["id", "name"]
    assert found.frame["name"].tolist() == ["a;b"]


def test_cells_stay_text_as_they_are(tmp_path: Path) -> None:
    found = read(tmp_path, "id,zip,x\n007,01067,NA\n1e5,null,nan\n")
    assert found.frame["id"].tolist() == ["007", "1e5"]
    assert found.frame["zip"].tolist() == ["01067", "null"]
    assert found.frame["x"].tolist() == ["NA", "nan"]


def test_ragged_rows_are_told_by_line_and_the_others_go_on(tmp_path: Path) -> None:
    text = 'id,name,city\n1,"A\nB",Rome\n2,B,Bonn,what,else\n3,C\n\n4,D,Oslo,,\n5,E,Bern\n'
    found = read(tmp_path, text)
    assert found.frame["id"].tolist() == ["1", "3", "4", "5"]
    assert found.frame["city"].tolist() == ["Rome", "", "Oslo", "Bern"]
    assert [(row.first_line, row.cells, row.set_aside) for row in found.ragged] == [
        (4, 5, True),
        (5, 2, False),
    ]
    assert any("line 4 (5 cells)" in note and "set aside" in note for note in found.notes)
    assert any("line 5 (2 cells)" in note and "kept" in note for note in found.notes)


def test_rows_keep_their_place_in_the_file_when_one_before_is_set_aside(tmp_path: Path) -> None:
    found = read(tmp_path, "name,city\nA,Rome\nB,Bonn,x\nC,Oslo\n")
    assert found.frame.index.tolist() == [1, 3]


def test_rows_without_any_value_are_left_out_and_counted(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n1,A\n,\n , \n2,B\n")
    assert found.frame["id"].tolist() == ["1", "2"]
    assert any("2 rows without any value" in note for note in found.notes)


def test_a_quotation_mark_that_is_not_closed_is_suspected(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name,city\n1,A,Rome\n2,"B,Bonn\n3,C,Oslo\n')
    assert found.frame["id"].tolist() == ["1", "2"]
    assert found.ragged[0].first_line == 3
    assert any("quotation mark" in note for note in found.notes)


def test_rows_lost_in_the_last_cell_of_one_before_them_are_told(tmp_path: Path) -> None:
    rows = "".join(f"{row},Rome,B{row}\n" for row in range(3, 60))
    found = read(tmp_path, f'id,city,name\n1,Rome,A\n2,Bonn,"B\n{rows}')
    assert found.frame["id"].tolist() == ["1", "2"]
    assert any("goes over 59 lines" in note and "quotation" in note for note in found.notes)


def test_a_cell_without_an_end_is_refused_by_its_line(tmp_path: Path) -> None:
    error = refusal(tmp_path, 'id,name\n1,"' + "x" * 1_100_000 + "\n")
    assert isinstance(error, ConfigError)
    assert "quotation mark" in error.next_step


def test_nul_characters_are_left_out_and_counted(tmp_path: Path) -> None:
    found = read(tmp_path, b"id,name\n1,A\x00cme\n2,Zed\n" + b"3,Long name of a firm\n" * 9)
    assert found.frame["name"].tolist()[:2] == ["Acme", "Zed"]
    assert "NUL characters are left out, in 1 of the lines." in found.notes


def test_columns_of_one_name_and_of_none_are_told_apart(tmp_path: Path) -> None:
    found = read(tmp_path, ",name,name,\n1,A,B,C\n")
    assert list(found.frame.columns) == ["column 1", "name", "name (2)", "column 4"]
    assert any("'name (2)'" in note for note in found.notes)


def test_a_file_that_starts_with_values_loses_no_row(tmp_path: Path) -> None:
    found = read(tmp_path, "1,Acme,info@acme.example\n2,Zed,z@zed.example\n")
    assert list(found.frame.columns) == ["column 1", "column 2", "column 3"]
    assert found.frame["column 2"].tolist() == ["Acme", "Zed"]
    assert any("taken as a row" in note for note in found.notes)


def test_a_header_alone_is_a_file_of_no_rows(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n")
    assert list(found.frame.columns) == ["id", "name"]
    assert found.frame.empty


def test_many_rows_keep_their_order_over_chunks(tmp_path: Path) -> None:
    rows = "".join(f"{number},Firm {number % 7}\n" for number in range(45_000))
    found = read(tmp_path, "id,name\n" + rows + "bad,x,y\nlast,Z\n")
    assert found.frame["id"].iloc[44_999] == "44999"
    assert found.frame["id"].iloc[-1] == "last"
    assert found.ragged[0].first_line == 45_002


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "  \r\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    error = refusal(tmp_path, content)
    assert "is empty" in error.problem
    assert error.next_step


def test_what_is_no_csv_is_named(tmp_path: Path) -> None:
    assert "Excel workbook" in refusal(tmp_path, b"PK\x03\x04" + b"\x00" * 50).problem
    assert "PDF" in refusal(tmp_path, b"%PDF-1.7 ...").problem


def test_a_cut_off_archive_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, gzip.compress(ROWS.encode() * 1000)[:-40])
    assert "damaged or cut off" in error.problem


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no file"):
        read_csv(tmp_path / "none.csv")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_csv(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet='a1,;\t|"\n\r \0=é', max_size=200).map(str.encode),
    )
)
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        found = read_csv(path)
    except MastersyncError:
        return
    assert len(set(found.frame.columns)) == len(found.frame.columns)
    assert not any("\0" in cell for row in found.frame.to_numpy() for cell in row)
