"""Statistics that nobody waits for."""

from mastersync.store.migrations.files import run_schema_file

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0019_statistics_without_waiting.sql")
