"""The desk prolongs the link of a mail that it lets go."""

from mastersync.store.migrations.files import run_schema_file

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Apply it."""
    run_schema_file("0020_prolong_links.sql")
