"""The first schema: facts, identity, golden records, effects, tickets, audit, row security."""

from mastersync.store.migrations.files import run_schema_file

revision = "0001"
down_revision = None

_FILES = (
    "0001_roles.sql",
    "0002_clients_and_runs.sql",
    "0003_facts.sql",
    "0004_identity_and_golden.sql",
    "0005_effects.sql",
    "0006_confirmations.sql",
    "0007_tickets.sql",
    "0008_audit.sql",
    "0009_portal_functions.sql",
    "0010_row_security.sql",
    "0011_statistics.sql",
)


def upgrade() -> None:
    """Apply it."""
    for name in _FILES:
        run_schema_file(name)
