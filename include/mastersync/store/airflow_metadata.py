"""What the start needs to know about Airflow's own database, without waiting for Airflow."""

import psycopg
import sqlalchemy


def schema_revision(metadata_url: str) -> str | None:
    """The migration that Airflow's database is at; None when it has none."""
    url = sqlalchemy.make_url(metadata_url).set(drivername="postgresql")
    try:
        with psycopg.connect(url.render_as_string(hide_password=False)) as session:
            row = session.execute("SELECT version_num FROM alembic_version").fetchone()
    except psycopg.Error:
        return None
    return None if row is None else str(row[0])
