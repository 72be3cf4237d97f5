"""Credit orders that say too little are refused, and what checks came to is noted."""

from mastersync.store.migrations.files import run_schema_file

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0023_credit_orders.sql")
