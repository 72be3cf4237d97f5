"""A large plan tells the planner what it has put into the outbox."""

from mastersync.store.migrations.files import run_schema_file

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0028_effect_statistics.sql")
