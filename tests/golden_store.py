"""The whole store of a client as one value, to be compared before and after."""

from stores import TestStore

# What happened, and what people said of it, is told on and never taken back.
HISTORY = {"identity_change", "audit_entry", "decision", "decision_withdrawal"}


def snapshot(store: TestStore) -> dict[str, list[str]]:
    """Every row of every table but the history, in order; pins, which are decisions, included."""
    with store.session() as session:
        tables = [
            name
            for (name,) in session.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'mastersync'::regnamespace"
                " AND relkind = 'r' AND relname <> 'alembic_version'"
            )
        ]
        found = {
            table: [
                row
                for (row,) in session.execute(f"SELECT t::text FROM {table} AS t ORDER BY t::text")
            ]
            for table in sorted(set(tables) - HISTORY)
        }
        found["pin"] = [
            row
            for (row,) in session.execute(
                "SELECT d::text FROM decision AS d WHERE kind = 'pin' ORDER BY d::text"
            )
        ]
        return found


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """What only one of the two has, by table; empty when they are the same."""
    return {
        table: sorted(set(before[table]) ^ set(after[table]))
        for table in before
        if before[table] != after[table]
    }
