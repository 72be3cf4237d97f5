"""Each statement file against the real schema: its header says what PostgreSQL says."""

import re
from collections.abc import Iterator

import psycopg
import pytest

from mastersync.store.embedded import EmbeddedServer
from mastersync.store.sql_files import SQL_ROOT, load
from stores import store_copy

STATEMENTS = sorted(
    str(path.relative_to(SQL_ROOT).with_suffix(""))
    for path in SQL_ROOT.rglob("*.sql")
    if path.parent.name != "schema"
)
_COLUMN = re.compile(r"^-- column\s+(\w+)\s+(\S+)", re.MULTILINE)
_INDEX = re.compile(r"^-- index\s+(.+)$", re.MULTILINE)
_PACKAGE = SQL_ROOT.parent / "mastersync"


@pytest.fixture(scope="module")
def session(postgres_server: EmbeddedServer, store_template: str) -> Iterator[psycopg.Connection]:
    with store_copy(postgres_server, store_template) as store, store.session() as connection:
        yield connection


def source(name: str) -> str:
    return (SQL_ROOT / f"{name}.sql").read_text(encoding="utf-8")


def type_names(session: psycopg.Connection, oids: list[int]) -> list[str]:
    found = session.execute("SELECT format_type(oid, NULL) FROM unnest(%s::oid[]) oid", [oids])
    return [name for (name,) in found]


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_what_its_header_says(session: psycopg.Connection, name: str) -> None:
    statement = load(name)
    text = statement.text.rstrip(";")
    for number, parameter in enumerate(statement.parameters, start=1):
        text = text.replace(f"%({parameter})s", f"${number}")

    session.pgconn.prepare(b"", text.encode())
    described = session.pgconn.describe_prepared(b"")

    assert described.error_message == b""
    parameter_oids = [described.param_type(n) for n in range(described.nparams)]
    asked = type_names(session, parameter_oids)
    wanted = session.execute(
        "SELECT format_type(to_regtype(t), NULL) FROM unnest(%s::text[]) t",
        [list(statement.parameters.values())],
    )
    assert asked == [name for (name,) in wanted]
    declared = [list(found) for found in _COLUMN.findall(source(name))]
    if declared:
        columns = [described.fname(n).decode() for n in range(described.nfields)]
        types = type_names(session, [described.ftype(n) for n in range(described.nfields)])
        given = session.execute(
            "SELECT format_type(to_regtype(t), NULL) FROM unnest(%s::text[]) t",
            [[kind for _, kind in declared]],
        )
        assert dict(zip(columns, types, strict=True)) == dict(
            zip([column for column, _ in declared], [kind for (kind,) in given], strict=True)
        )


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_names_indexes_that_exist(session: psycopg.Connection, name: str) -> None:
    named = {index.strip() for line in _INDEX.findall(source(name)) for index in line.split(",")}
    known = session.execute("SELECT indexname FROM pg_indexes WHERE schemaname = 'mastersync'")

    assert named <= {index for (index,) in known}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_used(name: str) -> None:
    users = [
        module.name
        for module in _PACKAGE.rglob("*.py")
        if f'"{name}"' in module.read_text(encoding="utf-8")
    ]

    assert users, f"nobody runs {name}.sql"


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_that_returns_rows_says_which(name: str) -> None:
    statement = load(name)
    if statement.rows == "exec" or name.startswith("portal/"):
        return

    assert _COLUMN.findall(source(name)), f"{name}.sql has no '-- column' line"


def test_a_header_that_disagrees_with_its_statement_is_refused(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mastersync.store.sql_files.SQL_ROOT", tmp_path)
    (tmp_path / "wrong.sql").write_text("-- name: other :many\nSELECT 1;\n")
    (tmp_path / "more.sql").write_text("-- name: more :one\n-- param  a  text\nSELECT %(b)s;\n")

    with pytest.raises(ValueError, match="the header must be"):
        load("wrong")
    with pytest.raises(ValueError, match="differ in"):
        load("more")
