"""Pauses and waivers of SLA clocks may be taken back."""

from mastersync.store.migrations.files import run_schema_file

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0027_sla_withdrawals.sql")
