"""Matching looks up what is known of records in fewer pages."""

from mastersync.store.migrations.files import run_schema_file

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0025_match_lookups.sql")
