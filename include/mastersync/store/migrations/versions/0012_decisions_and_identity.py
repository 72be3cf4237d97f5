"""Decisions that end, merges as redirects with a change feed, stricter search evidence."""

from mastersync.store.migrations.files import run_schema_file

revision = "0012"
down_revision = "0001"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0012_decisions_and_identity.sql")
