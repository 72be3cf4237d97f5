"""Links follow a merge by the statement, not by the row."""

from mastersync.store.migrations.files import run_schema_file

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0029_links_by_statement.sql")
