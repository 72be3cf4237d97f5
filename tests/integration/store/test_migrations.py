"""The schema from nothing, again, and without a superuser."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url

from databases import temporary_database
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import _MIGRATIONS as MIGRATIONS
from mastersync.store.migrate import migrate, register_clients
from stores import NOON, SECRET

ADMIN = "hosted_admin"
_SHAPE = """
SELECT 'column',
    format('%s.%s %s %s', c.oid::regclass, a.attname, a.atttypid::regtype, a.attnotnull)
FROM pg_class AS c INNER JOIN pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relnamespace = 'mastersync'::regnamespace AND a.attnum > 0
UNION ALL SELECT 'owner', format('%s %s', oid::regclass, relowner::regrole)
FROM pg_class WHERE relnamespace = 'mastersync'::regnamespace
UNION ALL SELECT 'policy', format('%s %s %s', polrelid::regclass, polname, polroles)
FROM pg_policy
UNION ALL SELECT 'routine', format('%s %s %s', oid::regprocedure, proowner::regrole, proacl)
FROM pg_proc WHERE pronamespace = 'mastersync'::regnamespace
UNION ALL SELECT 'rights', format('%s %s', oid::regclass, relacl)
FROM pg_class WHERE relnamespace = 'mastersync'::regnamespace
UNION ALL SELECT 'role', format('%s %s %s %s', rolname, rolcanlogin, rolsuper, rolbypassrls)
FROM pg_roles WHERE rolname LIKE 'mastersync%' OR rolname LIKE 'ms\\_%'
UNION ALL SELECT 'client', format('%s %s', client_id, name) FROM mastersync.client
UNION ALL SELECT 'revision', version_num FROM mastersync.alembic_version
ORDER BY 1, 2
"""


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def shape(url: str) -> list[tuple]:
    with psycopg.connect(_plain(url)) as session:
        return session.execute(_SHAPE).fetchall()


def set_up(url: str) -> None:
    migrate(admin_url=url, secret_key=SECRET)
    register_clients(admin_url=url, secret_key=SECRET, names={"acme": "Acme"})


def test_doing_it_again_changes_nothing(postgres_server: EmbeddedServer) -> None:
    with temporary_database(postgres_server) as url:
        set_up(url)
        once = shape(url)

        set_up(url)

        assert shape(url) == once
        assert len(once) > 100


def test_a_store_of_the_first_release_is_brought_up_to_date_with_all_that_is_in_it(
    postgres_server: EmbeddedServer,
) -> None:
    with temporary_database(postgres_server) as url:
        _migrate_to("0001", url)
        with psycopg.connect(_plain(url)) as session:
            session.execute("SET search_path = mastersync")
            session.execute("INSERT INTO client (client_id, name) VALUES ('acme', 'Acme')")
            session.execute(_OLD_CUSTOMER)
            session.execute(_OLD_FACTS)
            session.commit()

        set_up(url)

        assert ("revision", "0001") not in shape(url)
        with psycopg.connect(_plain(url)) as session:
            kept = session.execute("SELECT kind FROM mastersync.decision ORDER BY 1").fetchall()
            customers = session.execute("SELECT customer_id FROM mastersync.customer").fetchall()
        assert kept == [("related",), ("same",)]
        assert customers == [("C-1",)]


def test_what_a_guard_held_before_the_upgrade_is_held_by_it_after(
    postgres_server: EmbeddedServer,
) -> None:
    with temporary_database(postgres_server) as url:
        _migrate_to("0013", url)
        with psycopg.connect(_plain(url)) as session:
            session.execute("SET search_path = mastersync")
            session.execute("INSERT INTO client (client_id, name) VALUES ('acme', 'Acme')")
            session.execute(_OLD_CUSTOMER)
            session.execute(_HELD_WRITE)
            session.commit()

        set_up(url)

        with psycopg.connect(_plain(url)) as session:
            held = session.execute("SELECT state, held_for FROM mastersync.effect").fetchall()
            (secured,) = session.execute(
                "SELECT relforcerowsecurity FROM pg_class WHERE oid = 'mastersync.effect'::regclass"
            ).fetchone()
        assert held == [("held", "guard")]
        assert secured


_OLD_CUSTOMER = """
INSERT INTO run (client_id, run_id, policy_version, opened_at) VALUES ('acme', 'r1', 'p1', now());
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
VALUES ('acme', 'C-1', '{"engine": "simple-1", "policy_version": "p1", "keys_searched": 9,
    "searched_at": "2026-03-02T12:00:00+00:00", "candidates_found": 0}', 'r1', now());
"""
_OLD_FACTS = """
INSERT INTO decision (client_id, kind, left_system, left_key, right_system, right_key, author,
    reason, decided_at)
VALUES ('acme', 'same', 'crm', 'a', 'erp', 'x', 'ann', '', now()),
    ('acme', 'related', 'crm', 'a', 'erp', 'y', 'ann', '', now());
"""
_HELD_WRITE = """
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id,
    body, before, after, state, not_before, planned_at)
VALUES ('acme', gen_random_uuid(), 'push', 'erp', 'k1', 'r1', 'C-1', '{}', '{}', '{"phone": "1"}',
    'held', now(), now());
"""


def _migrate_to(revision: str, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA mastersync")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_a_client_that_was_renamed_keeps_its_id(postgres_server: EmbeddedServer) -> None:
    with temporary_database(postgres_server) as url:
        set_up(url)

        register_clients(admin_url=url, secret_key=SECRET, names={"acme": "Acme Holding"})

        assert ("client", "acme Acme Holding") in shape(url)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: roles belong to servers, and here nobody made ours yet."""
    home: Path = tmp_path_factory.mktemp("hosted")
    server = embedded.start(home / "pg", options=embedded.THROW_AWAY_OPTIONS)
    with psycopg.connect(_plain(server.url("postgres")), autocommit=True) as root:
        root.execute(f"CREATE ROLE {ADMIN} LOGIN PASSWORD 'toy' CREATEROLE")
        root.execute(f"CREATE DATABASE hosted OWNER {ADMIN}")
    url = make_url(server.url("hosted")).set(username=ADMIN, password="toy")
    yield url.render_as_string(hide_password=False)
    server.stop()


def test_an_admin_who_is_no_superuser_can_set_it_up_and_again(hosted: str) -> None:
    set_up(hosted)
    once = shape(hosted)

    set_up(hosted)

    assert shape(hosted) == once


def test_clients_work_in_a_store_that_no_superuser_set_up(hosted: str) -> None:
    set_up(hosted)
    database = Database(role_url(hosted, client_role("acme"), secret_key=SECRET))

    with PostgresStore(database, "acme").begin() as unit:
        unit.runs.open("r1", policy_version="p1", now=NOON)
        unit.audit.append("run.opened", actor="a", run_id="r1", summary={}, now=NOON)
        assert unit.audit.verify() == []

    database.close()


def test_its_admin_reads_no_client(hosted: str) -> None:
    set_up(hosted)

    with psycopg.connect(_plain(hosted)) as session:
        assert session.execute("SELECT count(*) FROM mastersync.run").fetchone() == (0,)
