"""Writes docs/sql.md: every statement of include/sql by its header. `make sqldoc`."""

import re
from itertools import groupby
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SQL = PROJECT / "include" / "sql"
PAGE = PROJECT / "docs" / "sql.md"
TABLE = "| statement | rows | what it does | index |\n|---|---|---|---|"
HEAD = """# SQL

Every statement that mastersync runs, one a file under [`include/sql`](../include/sql), as its
header describes it. `make sqldoc` writes this page; a test holds it to the files.

`many`, `one`, `maybe` and `exec` say how many rows come back: any number, exactly one, at most one,
none.

## Schema

Migrations, in order; Alembic runs each once.

"""


def page() -> str:
    """Return the page as the files stand now."""
    migrations = sorted((SQL / "schema").glob("*.sql"))
    lines = [f"- {link(file)}: {tables(file)}" for file in migrations]
    statements = sorted(set(SQL.rglob("*.sql")) - set(migrations))
    parts = [HEAD + "\n".join(lines) + "\n"]
    for folder, files in groupby(statements, key=lambda file: file.parent.name):
        rows = "\n".join(row(file) for file in files)
        parts.append(f"\n## {folder}\n\n{TABLE}\n{rows}\n")
    return "".join(parts)


def row(file: Path) -> str:
    header = [line[3:] for line in file.read_text().splitlines() if line.startswith("-- ")]
    kind = header[0].rpartition(":")[2]
    index = next((line.split(maxsplit=1)[1] for line in header if line.startswith("index")), "")
    return f"| {link(file)} | {kind} | {sentence(file)} | {index} |"


def link(file: Path) -> str:
    return f"[{file.stem}](../{file.relative_to(PROJECT)})"


def tables(file: Path) -> str:
    """Return the tables that a migration makes, or else what its first comment says."""
    made = re.findall(r"^CREATE TABLE mastersync\.(\w+)", file.read_text(), re.MULTILINE)
    return ", ".join(f"`{name}`" for name in made) or sentence(file)


def sentence(file: Path) -> str:
    """Return what the header says in words, on one line."""
    words = []
    for line in file.read_text().splitlines():
        if re.match(r"-- (name:|column|param|index)", line):
            if words:
                break
        elif line.startswith("-- "):
            words.append(line[3:])
        elif words:
            break
    return " ".join(words).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page())
