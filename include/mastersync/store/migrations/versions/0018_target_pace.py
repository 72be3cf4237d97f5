"""How fast each target may be asked and whether it is well, for all workers together."""

from mastersync.store.migrations.files import run_schema_file

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0018_target_pace.sql")
