"""${message}."""

from mastersync.store.migrations.files import run_schema_file

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Apply it."""
    run_schema_file("NNNN_name.sql")
