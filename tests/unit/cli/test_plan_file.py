"""Plan files on disk: readable by their owner alone, and never half written."""

import json
import stat
from pathlib import Path

import pytest

from mastersync.cli.plan_file import check_place, read_document, write_document
from mastersync.errors import ConfigError, RuleError


def test_only_the_owner_can_read_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")
    path.chmod(0o644)

    write_document(path, {"name": "Müller"})

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text()) == {"name": "Müller"}
    assert [one.name for one in tmp_path.iterdir()] == ["plan.json"]


def test_a_plan_is_written_a_row_a_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    rows = [{"key": "Zoë", "after": {"phone": None, "tags": []}}, {"key": 'a "b"', "after": {}}]
    document = {"content": {"writes": rows, "over": [], "totals": {"cost": "1.50"}}, "seal": "x"}

    write_document(path, document)

    assert json.loads(path.read_text()) == document
    assert [line for line in path.read_text().splitlines() if '"key"' in line] == [
        '   {"key": "Zoë", "after": {"phone": null, "tags": []}},',
        '   {"key": "a \\"b\\"", "after": {}}',
    ]


@pytest.mark.parametrize("text", ["", "{", "[" * 200_000, "\x00", "plan: yes"])
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)

    with pytest.raises(RuleError, match="not readable as JSON"):
        read_document(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"\xff\xfe{}")

    with pytest.raises(RuleError, match="not readable as JSON"):
        read_document(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="No such file"):
        read_document(tmp_path / "plan.json")


def test_a_place_where_no_file_can_be_is_told_at_once(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere" / "plan.json"):
        with pytest.raises(ConfigError, match="cannot be written"):
            check_place(place)
