"""How far each customer's golden record was considered, and when time changes it next."""

from mastersync.store.migrations.files import run_schema_file

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0016_golden_considered.sql")
