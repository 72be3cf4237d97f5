"""What is written is whole or not there, and harmless in a spreadsheet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mastersync.dedupe_files.writing import check_outputs, spreadsheet_safe, write_rows
from mastersync.errors import ConfigError


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_by_a_spreadsheet(start: str) -> None:
    assert spreadsheet_safe(f"{start}1+cmd")[0] not in "=+-@\t\r"


def test_other_cells_stay_as_they_are_on_one_line() -> None:
    assert spreadsheet_safe("Weg 1") == "Weg 1"
    assert spreadsheet_safe("a\r\nb\nc") == "a b c"
    assert spreadsheet_safe("") == ""


def test_what_was_there_stays_when_writing_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")

    def broken() -> Iterator[tuple[str]]:
        yield ("row",)
        raise OSError(28, "No space left on device")

    with pytest.raises(ConfigError, match=r"out.csv cannot be written: No space left"):
        write_rows(path, ("id",), broken())
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_being_interrupted_leaves_nothing_half_done(tmp_path: Path) -> None:
    def interrupted() -> Iterator[tuple[str]]:
        yield ("row",)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(tmp_path / "out.csv", ("id",), interrupted())
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_rows(Path("/dev/null"), ("id",), [("1",)])
    assert Path("/dev/null").is_char_device()


def test_places_where_nothing_can_be_written_are_refused_beforehand(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"--out .* there is no folder .* Nothing was done"):
        check_outputs({"--out": tmp_path / "none" / "x.csv"}, inputs=[])
    with pytest.raises(ConfigError, match="it is a folder"):
        check_outputs({"--out": tmp_path}, inputs=[])


def test_an_output_never_overwrites_an_input_or_another_output(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("id\n")
    with pytest.raises(ConfigError, match="would overwrite the input"):
        check_outputs({"--out": tmp_path / "." / "data.csv"}, inputs=[data])
    with pytest.raises(ConfigError, match="would overwrite what --out writes"):
        check_outputs({"--out": tmp_path / "a", "--pairs": tmp_path / "a"}, inputs=[data])
    assert data.read_text() == "id\n"


def test_checking_leaves_nothing_behind(tmp_path: Path) -> None:
    check_outputs({"--out": tmp_path / "a.csv"}, inputs=[])
    assert list(tmp_path.iterdir()) == []
