"""Why effects are held, and what was rolled back."""

from mastersync.store.migrations.files import run_schema_file

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0015_release_and_undo.sql")
