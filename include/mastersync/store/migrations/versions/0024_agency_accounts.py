"""What agencies tell and charge, and the token of an account there, are kept."""

from mastersync.store.migrations.files import run_schema_file

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0024_agency_accounts.sql")
