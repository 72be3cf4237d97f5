"""Brings the store's schema and roles up to date."""

from collections.abc import Mapping
from pathlib import Path

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from psycopg import sql
from psycopg.types.json import Jsonb

from mastersync.domain.credit.packs import PACKS
from mastersync.store import sql_files
from mastersync.store.database import (
    CLIENT_ROLE_PREFIX,
    DESK_ROLE,
    PLATFORM,
    PORTAL_ROLE,
    client_role,
    role_password,
)

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(*, admin_url: str, secret_key: str) -> None:
    """Apply the migrations that are missing and set the passwords of the serving roles.

    Safe to run at every start. ``admin_url`` must be of a role that may create roles.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    engine = sqlalchemy.create_engine(admin_url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7223091)")
        connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS mastersync")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with _admin(admin_url) as connection:
        for role in (DESK_ROLE, PORTAL_ROLE):
            _set_login(connection, role, secret_key=secret_key)
        _insert_client(connection, PLATFORM, name="mastersync itself")
        _keep_credit_rules(connection)


def register_clients(*, admin_url: str, secret_key: str, names: Mapping[str, str]) -> None:
    """Give each client (id → name) its row and its login role. Safe to run again."""
    with _admin(admin_url) as connection:
        known = {
            row[0]
            for row in connection.execute(
                "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [CLIENT_ROLE_PREFIX]
            )
        }
        for client_id, name in names.items():
            role = client_role(client_id)
            if role not in known:
                connection.execute(
                    sql.SQL("CREATE ROLE {} INHERIT IN ROLE mastersync_pipeline").format(
                        sql.Identifier(role)
                    )
                )
            _set_login(connection, role, secret_key=secret_key)
            _insert_client(connection, client_id, name=name)


def _admin(admin_url: str) -> psycopg.Connection:
    url = sqlalchemy.make_url(admin_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))


def _set_login(connection: psycopg.Connection, role: str, *, secret_key: str) -> None:
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(role_password(secret_key, role))
        )
    )


def _keep_credit_rules(connection: psycopg.Connection) -> None:
    """Give the database the law that this release knows, for it to refuse orders by."""
    rows = [
        {
            "country": country,
            "subject_type": subject_type,
            "purposes": sorted(rule.purposes),
            "on_record": sorted(rule.on_record),
            "of_bureaus": sorted(rule.of_bureaus),
            "bureaus": sorted(pack.bureaus),
        }
        for country, pack in PACKS.items()
        for subject_type, rule in pack.rules.items()
    ]
    connection.execute("SET ROLE mastersync_owner")
    connection.execute(sql_files.load("clients/keep_credit_rules").text, {"rows": Jsonb(rows)})
    connection.execute("RESET ROLE")


def _insert_client(connection: psycopg.Connection, client_id: str, *, name: str) -> None:
    connection.execute("SET ROLE mastersync_owner")
    connection.execute(
        sql_files.load("clients/register_client").text, {"client_id": client_id, "name": name}
    )
    connection.execute("RESET ROLE")
