"""The audit trail: what is tampered with is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from databases import temporary_database
from mastersync.store.audit_entries import PostgresAuditTrail
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "k" * 40


@pytest.fixture
def store_url(postgres_server: EmbeddedServer) -> Iterator[str]:
    with temporary_database(postgres_server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names={"acme": "A", "globex": "G"})
        yield url


@pytest.fixture
def acme(store_url: str) -> Iterator[Database]:
    database = Database(role_url(store_url, client_role("acme"), secret_key=SECRET), pool_size=8)
    yield database
    database.close()


def append(database: Database, number: int, *, client_id: str = "acme") -> None:
    with database.begin() as session:
        PostgresAuditTrail(session, client_id).append(
            "run.closed",
            actor="mastersync",
            run_id=None if number % 2 else f"r{number}",
            summary={"landed": number, "names": ["ä", "b"]},
            now=NOON + timedelta(microseconds=number),
        )


def verify(database: Database) -> list[str]:
    with database.begin() as session:
        return PostgresAuditTrail(session, "acme").verify()


def tamper(store_url: str, statement: str) -> None:
    """As a superuser who switches the triggers off."""
    with psycopg.connect(store_url.replace("+psycopg", "")) as session:
        session.execute("SET session_replication_role = replica")
        session.execute(statement)


def test_a_chain_holds_also_when_many_write_at_once(acme: Database) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: append(acme, number), range(40)))

    assert verify(acme) == []
    with acme.begin() as session:
        seqs = session._connection.exec_driver_sql("SELECT seq FROM audit_entry ORDER BY seq")
        assert list(seqs.scalars()) == list(range(1, 41))


@pytest.mark.parametrize(
    "change",
    [
        """summary = '{"landed": 3}'""",
        "actor = 'somebody'",
        "run_id = NULL",
        "run_id = 'r9'",
        "happened_at = happened_at + interval '1 microsecond'",
        "action = 'run.opened'",
    ],
)
def test_an_altered_entry_is_found(acme: Database, store_url: str, change: str) -> None:
    for number in range(4):
        append(acme, number)

    tamper(store_url, f"UPDATE mastersync.audit_entry SET {change} WHERE seq = 3")

    assert verify(acme) == ["acme: audit entry 3 was altered after it was written"]


def test_an_altered_entry_that_is_sealed_again_no_longer_fits_the_next(
    acme: Database, store_url: str
) -> None:
    for number in range(4):
        append(acme, number)

    tamper(store_url, "UPDATE mastersync.audit_entry SET actor = 'x' WHERE seq = 2")
    tamper(
        store_url,
        "UPDATE mastersync.audit_entry AS e SET entry_hash = mastersync.audit_hash(e)"
        " WHERE seq = 2",
    )

    assert verify(acme) == ["acme: audit entry 3 is not sealed to its predecessor"]


def test_a_removed_entry_is_found(acme: Database, store_url: str) -> None:
    for number in range(4):
        append(acme, number)

    tamper(store_url, "DELETE FROM mastersync.audit_entry WHERE seq = 2")

    assert verify(acme) == [
        "acme: audit entry 2 is missing before 3",
        "acme: audit entry 3 is not sealed to its predecessor",
    ]


def test_a_first_entry_that_was_removed_is_found(acme: Database, store_url: str) -> None:
    append(acme, 1)
    append(acme, 2)

    tamper(store_url, "DELETE FROM mastersync.audit_entry WHERE seq = 1")

    assert verify(acme)[0] == "acme: audit entry 1 is missing before 2"


def test_swapped_entries_are_found(acme: Database, store_url: str) -> None:
    for number in range(4):
        append(acme, number)

    tamper(
        store_url,
        "UPDATE mastersync.audit_entry SET seq = CASE seq WHEN 2 THEN 30 ELSE 2 END"
        " WHERE seq IN (2, 3)",
    )
    tamper(store_url, "UPDATE mastersync.audit_entry SET seq = 3 WHERE seq = 30")

    assert len(verify(acme)) >= 3


def test_the_application_can_neither_change_nor_remove_an_entry(acme: Database) -> None:
    append(acme, 1)

    for statement in ("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(Exception, match="permission denied"), acme.begin() as session:
            session._connection.exec_driver_sql(statement)
    assert verify(acme) == []


def test_each_client_has_a_chain_of_its_own(acme: Database, store_url: str) -> None:
    globex = Database(role_url(store_url, client_role("globex"), secret_key=SECRET))
    append(acme, 1)
    append(globex, 1, client_id="globex")
    append(acme, 2)

    assert verify(acme) == []
    with acme.begin() as session:
        assert PostgresAuditTrail(session, "globex").verify() == []
    globex.close()
