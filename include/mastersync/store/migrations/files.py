"""Runs one file of ``include/sql/schema`` in the migration's transaction."""

from alembic import op

from mastersync.store.sql_files import SQL_ROOT


def run_schema_file(name: str) -> None:
    """Run the whole file; it may hold many statements."""
    source = (SQL_ROOT / "schema" / name).read_text(encoding="utf-8")
    op.get_bind().connection.driver_connection.execute(source)  # type: ignore[union-attr]
