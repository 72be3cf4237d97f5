"""What the outside remembers, in one SQLite file, so that a restart resumes.

Every handler runs on the event loop's thread: one connection, one short transaction a request,
nothing to lock. ``synchronous=NORMAL`` under WAL survives a killed process.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS customer (
    client TEXT NOT NULL, system TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, reference TEXT, updated_us INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1, deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (client, system, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS customer_reference
    ON customer (client, system, reference) WHERE reference IS NOT NULL;
CREATE INDEX IF NOT EXISTS customer_changed ON customer (client, system, updated_us, id);
CREATE TABLE IF NOT EXISTS sequence (
    client TEXT NOT NULL, system TEXT NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (client, system)
);
CREATE TABLE IF NOT EXISTS idempotency (
    client TEXT NOT NULL, system TEXT NOT NULL, key TEXT NOT NULL,
    fingerprint TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (client, system, key)
);
CREATE TABLE IF NOT EXISTS change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, origin TEXT NOT NULL,
    client TEXT NOT NULL, system TEXT NOT NULL, method TEXT NOT NULL, record_id TEXT NOT NULL,
    idempotency_key TEXT, reference TEXT, before TEXT, after TEXT
);
CREATE INDEX IF NOT EXISTS change_client ON change (origin, client, seq);
CREATE TABLE IF NOT EXISTS company (
    id TEXT PRIMARY KEY, country TEXT NOT NULL, reg_no TEXT NOT NULL, vat_no TEXT NOT NULL,
    name TEXT NOT NULL, name_key TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL,
    street TEXT NOT NULL, kind TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS company_registration ON company (country, reg_no);
CREATE INDEX IF NOT EXISTS company_vat ON company (country, vat_no);
CREATE TABLE IF NOT EXISTS agency_number (
    agency TEXT NOT NULL, number TEXT NOT NULL, company_id TEXT NOT NULL,
    PRIMARY KEY (agency, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS agency_number_company ON agency_number (company_id, agency);
CREATE TABLE IF NOT EXISTS watched (
    agency TEXT NOT NULL, client TEXT NOT NULL, list TEXT NOT NULL, company TEXT NOT NULL,
    reference TEXT NOT NULL, PRIMARY KEY (agency, client, list, company)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event_rule (
    client TEXT NOT NULL, list TEXT NOT NULL, country TEXT NOT NULL, code INTEGER NOT NULL,
    PRIMARY KEY (client, list, country, code)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS agency_event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, agency TEXT NOT NULL, client TEXT NOT NULL,
    list TEXT NOT NULL, company TEXT NOT NULL, what TEXT NOT NULL, old TEXT NOT NULL,
    new TEXT NOT NULL, happened_us INTEGER NOT NULL, noted_us INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS token (
    token TEXT PRIMARY KEY, client TEXT NOT NULL, expires_us INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS bad_login (username TEXT NOT NULL, at_us INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS credit_order (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, client TEXT NOT NULL,
    company_id TEXT NOT NULL, country TEXT NOT NULL, call_ref TEXT, custom_data TEXT,
    units INTEGER NOT NULL, agency TEXT NOT NULL DEFAULT 'creditsafe'
);
CREATE TABLE IF NOT EXISTS mail (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, client TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE, recipient TEXT NOT NULL, subject TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
# Homes that are older than the column get it.
_HAS_COLUMN = "SELECT count(*) FROM pragma_table_info(?) WHERE name = ?"
_ADD_AGENCY = "ALTER TABLE credit_order ADD COLUMN agency TEXT NOT NULL DEFAULT 'creditsafe'"


class Database:
    """The one connection, and the one way to change anything with it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            self._connection.execute("PRAGMA " + pragma)
        self._connection.executescript(_SCHEMA)
        if not self.count(_HAS_COLUMN, "credit_order", "agency"):
            self.run(_ADD_AGENCY)

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        return self._connection.execute(statement, values).fetchall()

    def named(self, statement: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: object) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return found

    def count(self, statement: str, *values: object) -> int:
        return int(self._connection.execute(statement, values).fetchone()[0])

    def run(self, statement: str, *values: object) -> int:
        """Returns: the row id of what was inserted last."""
        return self._connection.execute(statement, values).lastrowid or 0

    def run_many(self, statement: str, values: Sequence[tuple[object, ...]]) -> None:
        self._connection.executemany(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def setting(self, name: str) -> str | None:
        found = self.row("SELECT value FROM setting WHERE name = ?", name)
        return None if found is None else str(found["value"])

    def keep_setting(self, name: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)

    def close(self) -> None:
        self._connection.close()
