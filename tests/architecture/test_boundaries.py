"""No boundary at which a process may die can be forgotten."""

import ast
from pathlib import Path

from mastersync.usecases import failpoints
from mastersync.usecases.failpoints import FAILPOINTS

PACKAGE = Path(__file__).resolve().parents[2] / "include" / "mastersync"
DOOR = PACKAGE / "store" / "database.py"


def modules() -> list[Path]:
    return [file for file in PACKAGE.rglob("*.py") if "sandbox" not in file.parts]


def calls(file: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]


def test_each_failpoint_is_crossed_somewhere() -> None:
    texts = [file.read_text() for file in modules() if file.name != Path(failpoints.__file__).name]
    names = {name for name, value in vars(failpoints).items() if value in FAILPOINTS}

    assert {name for name in names if not any(f"({name})" in text for text in texts)} == set()


def test_whoever_opens_the_store_makes_each_commit_a_boundary() -> None:
    opened = {
        file.name: {keyword.arg for keyword in call.keywords}
        for file in modules()
        for call in calls(file)
        if isinstance(call.func, ast.Name) and call.func.id == "Database"
    }

    assert opened
    assert {name for name, keywords in opened.items() if "failpoint" not in keywords} == set()


def test_transactions_are_opened_by_the_door_alone() -> None:
    others = {"migrate.py"}  # before there is a store to speak of
    engines = [
        file.name
        for file in modules()
        if file != DOOR and file.name not in others and "create_engine" in file.read_text()
    ]

    assert engines == []
