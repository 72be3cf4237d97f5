"""Tries that ended before anything was sent are told apart."""

from mastersync.store.migrations.files import run_schema_file

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0030_withdrawn_attempts.sql")
