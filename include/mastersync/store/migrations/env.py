"""Alembic environment: runs on the connection that ``store.migrate`` hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema="mastersync",
    transaction_per_migration=False,
)
context.run_migrations()
