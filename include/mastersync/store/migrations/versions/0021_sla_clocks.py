"""SLA clocks: the history of versions, what people said of a case, and the clocks."""

from mastersync.store.migrations.files import run_schema_file

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0021_sla_clocks.sql")
