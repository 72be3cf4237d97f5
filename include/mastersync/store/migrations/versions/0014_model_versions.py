"""Versions of a client's weights: who put them in force, why, and the way back."""

from mastersync.store.migrations.files import run_schema_file

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0014_model_versions.sql")
