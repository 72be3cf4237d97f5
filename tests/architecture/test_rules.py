"""House rules that no linter has."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "include" / "mastersync"
LONGEST_FILE = 400
LIGHT_PARTS = ("mastersync.orchestration", "mastersync.config.schedules", "mastersync.errors")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service"}


def tracked(*patterns: str) -> list[Path]:
    """Files under version control, and those that are about to be."""
    argv = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    answer = subprocess.run(argv, cwd=PROJECT, capture_output=True, text=True, check=True)
    return [path for line in answer.stdout.splitlines() if (path := PROJECT / line).is_file()]


def module_imports(file: Path) -> set[str]:
    """What a file imports when it is parsed, without what its functions import."""
    names: set[str] = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_no_python_file_is_too_long_to_read() -> None:
    lengths = {file: len(file.read_text().splitlines()) for file in tracked("*.py")}
    assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [file for file in PACKAGE.rglob("*.py") if file.stem in VAGUE_NAMES] == []


def test_parsing_a_dag_file_imports_nothing_heavy() -> None:
    light = {*sys.stdlib_module_names, "airflow", "mastersync"}
    for file in (PROJECT / "dags").glob("*.py"):
        for name in module_imports(file):
            assert name.split(".")[0] in light, f"{file.name} imports {name}"
            if name.startswith("mastersync"):
                assert name.startswith(LIGHT_PARTS), f"{file.name} imports {name}"
            if name.startswith("airflow"):
                assert name.startswith("airflow.sdk"), f"{file.name} imports {name}"


def test_airflow_would_not_overlook_a_dag_file() -> None:
    # Its discovery skips a file, even a broken one, that lacks either word.
    for file in (PROJECT / "dags").glob("*.py"):
        text = file.read_text().lower()
        assert "dag" in text, file.name
        assert "airflow" in text, file.name


def test_nothing_names_a_package_index_or_somebodys_machine() -> None:
    telling = re.compile(
        r"pypi\.org|pythonhosted|/(?:work|root|home/[a-z]+)/(?!airflow)|index-url\s*=",
        re.IGNORECASE,
    )
    found = {}
    for file in tracked():
        if file == Path(__file__) or file.suffix in {".png", ".pdf", ".xlsx", ".gz", ".csv"}:
            continue
        if match := telling.search(file.read_text(errors="replace")):
            found[file.relative_to(PROJECT)] = match.group()
    assert found == {}


def test_the_lock_has_a_hash_for_every_package() -> None:
    lines = (PROJECT / "requirements.lock").read_text().splitlines()
    packages = [number for number, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
    assert len(packages) > 100
    assert [lines[number] for number in packages if "--hash=" not in lines[number + 1]] == []


def test_pre_commit_fetches_nothing() -> None:
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text())
    assert {repository["repo"] for repository in hooks["repos"]} == {"local"}


@pytest.mark.parametrize(
    "target", ["help", "setup", "run", "up", "test", "lint", "types", "bench", "fmt", "lock"]
)
def test_make_lists_and_knows_each_target(target: str) -> None:
    listed = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert re.search(rf"^  {target} ", listed.stdout, re.MULTILINE)
    argv = ["make", "--dry-run", target]
    subprocess.run(argv, cwd=PROJECT, capture_output=True, check=True, timeout=30)


def test_make_without_a_python_says_what_it_needs(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text((PROJECT / name).read_text())
    argv = ["make", "setup", "PYTHON="]
    answer = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "needs Python 3.11" in answer.stderr


def test_ci_is_a_program_that_stops_at_the_first_mistake() -> None:
    ci = PROJECT / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    assert "set -euo pipefail" in ci.read_text()
    subprocess.run(["bash", "-n", str(ci)], check=True)
