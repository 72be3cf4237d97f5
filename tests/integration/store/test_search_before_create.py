"""A customer without a search for another: tried as every role, every way round."""

from collections.abc import Iterator

import pytest
from psycopg import Connection
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege
from psycopg.types.json import Jsonb

from mastersync.store.database import DESK_ROLE, PORTAL_ROLE
from mastersync.store.sql_files import SQL_ROOT
from stores import NOON, TestStore

SEARCH = {
    "engine": "simple-1",
    "policy_version": "p1",
    "searched_at": "2026-03-02T12:00:00+00:00",
    "keys_searched": 3,
    "candidates_found": 0,
}
ROLES = ("ms_acme", DESK_ROLE)


@pytest.fixture(params=ROLES)
def role(filled: TestStore, request: pytest.FixtureRequest) -> Iterator[Connection]:
    with filled.session(request.param) as session:
        session.execute("SELECT set_config('mastersync.clients', 'acme', TRUE)")
        yield session


def create(session: Connection, evidence: dict[str, object] | None, **whose: str) -> None:
    values = {"created_run_id": None, "created_by": None, **whose}
    session.execute(
        "INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id,"
        " created_by, created_at) VALUES ('acme', 'C-NEW', %s, %s, %s, %s)",
        [
            None if evidence is None else Jsonb(evidence),
            values["created_run_id"],
            values["created_by"],
            NOON,
        ],
    )


@pytest.mark.parametrize("evidence", [None, {}, SEARCH | {"engine": ""}], ids=str)
def test_nobody_creates_one_without_a_search(
    role: Connection, evidence: dict[str, object] | None
) -> None:
    with pytest.raises(Exception, match="search_evidence"):
        create(role, evidence, created_by="ann")


def test_nobody_creates_one_for_nobody(role: Connection) -> None:
    with pytest.raises(CheckViolation), role.transaction():
        create(role, SEARCH)
    with pytest.raises(ForeignKeyViolation):
        create(role, SEARCH, created_run_id="a run that never was")


def test_nobody_takes_the_evidence_away_afterwards(role: Connection) -> None:
    create(role, SEARCH, created_by="ann")

    for column in (
        *("search_evidence", "customer_id", "created_by", "created_run_id", "created_at"),
        "client_id",
    ):
        with pytest.raises(InsufficientPrivilege), role.transaction():
            role.execute(f"UPDATE customer SET {column} = {column}")
    with pytest.raises(InsufficientPrivilege):
        role.execute(
            "INSERT INTO customer (client_id, customer_id, search_evidence, created_by, created_at)"
            " SELECT client_id, customer_id, '{}', 'ann', now() FROM customer"
            " ON CONFLICT (client_id, customer_id) DO UPDATE SET search_evidence = '{}'"
        )


def test_nobody_makes_an_id_free_again(role: Connection) -> None:
    for statement in ("DELETE FROM customer", "TRUNCATE customer CASCADE"):
        with pytest.raises(InsufficientPrivilege), role.transaction():
            role.execute(statement)


def test_nobody_switches_the_rules_off(role: Connection) -> None:
    for statement in (
        "ALTER TABLE customer DROP CONSTRAINT customer_search_evidence",
        "ALTER TABLE customer DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(InsufficientPrivilege), role.transaction():
            role.execute(statement)


def test_the_portal_creates_none_at_all(filled: TestStore) -> None:
    with filled.session(PORTAL_ROLE) as session, pytest.raises(InsufficientPrivilege):
        create(session, SEARCH, created_by="ann")


def test_copying_in_is_no_way_round(role: Connection) -> None:
    with (
        pytest.raises(Exception, match=r"row-level security|permission denied"),
        role.cursor().copy("COPY customer (client_id, customer_id) FROM STDIN") as copy,
    ):
        copy.write_row(("acme", "C-NEW"))


def test_these_statements_create_customers_and_each_takes_the_evidence() -> None:
    creating = {
        str(file.relative_to(SQL_ROOT)): file.read_text()
        for file in SQL_ROOT.rglob("*.sql")
        if file.parent.name != "schema" and "INSERT INTO customer (" in file.read_text()
    }

    assert set(creating) == {"identity/create_customer.sql", "matches/create_customers.sql"}
    assert all("search_evidence" in text for text in creating.values())
