"""The documents say what is there."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from mastersync.cli.registry import COMMANDS

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for folder in (PROJECT, PROJECT / "docs", PROJECT / "docs" / "adr")
    for page in folder.glob("*.md")
)
LARGEST_PICTURE = 200_000  # bytes


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PROJECT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def links(page: Path) -> list[str]:
    """Relative links and pictures of a page, without their anchors."""
    found = re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", page.read_text())
    targets = [one or other for one, other in found]
    return [target.partition("#")[0] for target in targets if "://" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = [link for link in links(page) if link and not (page.parent / link).exists()]
    assert broken == []


def test_the_sql_page_is_current() -> None:
    written = (PROJECT / "docs" / "sql.md").read_text()
    assert written == script("sql_index").page(), "run: make sqldoc"


def test_every_decision_is_listed() -> None:
    listed = (PROJECT / "docs" / "adr" / "README.md").read_text()
    decisions = [page.name for page in PAGES if re.match(r"\d{4}-", page.name)]
    assert [name for name in decisions if name not in listed] == []


def test_the_documents_name_only_commands_that_exist() -> None:
    known = {entry.name for entry in COMMANDS}
    for page in PAGES:
        named = set(re.findall(r"`(?:\.venv/bin/)?mastersync ([a-z]+)", page.read_text()))
        assert named <= known, page.name


def test_the_documents_name_only_make_targets_that_exist() -> None:
    known = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)", page.read_text()))
        assert named <= known, page.name


def test_pictures_are_small() -> None:
    pictures = list((PROJECT / "docs" / "pictures").glob("*.png"))
    assert pictures
    assert [file.name for file in pictures if file.stat().st_size > LARGEST_PICTURE] == []


def test_every_setting_is_in_the_example() -> None:
    settings = (PROJECT / "include" / "mastersync" / "config" / "settings.py").read_text()
    example = (PROJECT / ".env.example").read_text()
    fields = re.findall(r"^    (\w+): [^=\n]+ = ", settings, re.MULTILINE)
    assert fields
    missing = [name for name in fields if f"MASTERSYNC_{name.upper()}=" not in example]
    # One kills the process, for tests only; the other goes by its name in Airflow.
    assert set(missing) <= {"failpoint", "airflow_database_url"}
