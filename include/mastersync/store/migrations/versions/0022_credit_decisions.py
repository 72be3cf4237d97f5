"""Credit decisions, what led to them, and the letters on them."""

from mastersync.store.migrations.files import run_schema_file

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0022_credit_decisions.sql")
