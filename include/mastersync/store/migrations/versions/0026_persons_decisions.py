"""A person's decision on credit stands for a time."""

from mastersync.store.migrations.files import run_schema_file

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0026_persons_decisions.sql")
