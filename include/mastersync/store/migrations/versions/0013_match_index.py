"""The index of keys by numbers, with what is counted over it."""

from mastersync.store.migrations.files import run_schema_file

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0013_match_index.sql")
