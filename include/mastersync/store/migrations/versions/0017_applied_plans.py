"""Plans that people applied."""

from mastersync.store.migrations.files import run_schema_file

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0017_applied_plans.sql")
