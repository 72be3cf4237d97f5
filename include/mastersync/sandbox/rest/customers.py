"""The customers inside one system: stored documents, their versions, and the ledger of changes."""

import json
import sqlite3
from dataclasses import dataclass, replace

from mastersync.sandbox.clock import http_date, iso, now_us
from mastersync.sandbox.database import Database
from mastersync.sandbox.rest.documents import Document, altered, merged
from mastersync.sandbox.rest.systems import RestSystem

_ONE = """
SELECT id, body, reference, updated_us, version, deleted FROM customer
WHERE client = ? AND system = ? AND id = ?
"""
_BY_REFERENCE = """
SELECT id, body, reference, updated_us, version, deleted FROM customer
WHERE client = ? AND system = ? AND reference = ?
"""
_INSERT = """
INSERT INTO customer (client, system, id, body, reference, updated_us) VALUES (?, ?, ?, ?, ?, ?)
"""
_UPDATE = """
UPDATE customer SET body = ?, updated_us = ?, version = version + 1, deleted = ?
WHERE client = ? AND system = ? AND id = ?
"""
_NEXT_ID = """
INSERT INTO sequence (client, system, last) VALUES (?, ?, 1)
ON CONFLICT (client, system) DO UPDATE SET last = last + 1 RETURNING last
"""
_LEDGER = """
INSERT INTO change
    (at, origin, client, system, method, record_id, idempotency_key, reference, before, after)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who changes a customer: "push" from outside by this product, "inside" by the client."""

    kind: str
    method: str
    idempotency_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Customer:
    """One stored customer; ``body`` has neither its id nor its time."""

    id: str
    body: Document
    reference: str | None
    updated_us: int
    version: int
    deleted: bool

    @property
    def etag(self) -> str:
        return f'"{self.version}-{self.updated_us:x}"'

    def headers(self) -> dict[str, str]:
        return {"ETag": self.etag, "Last-Modified": http_date(self.updated_us)}

    def shown(self, system: RestSystem) -> Document:
        """Returns: the document as the system's API shows it."""
        if self.deleted:
            return {
                system.id_field: self.id,
                "deleted": True,
                system.time_field: iso(self.updated_us),
            }
        return {
            system.id_field: self.id,
            **self.body,
            system.reference_field: self.reference,
            system.time_field: iso(self.updated_us),
        }


def from_row(row: sqlite3.Row) -> Customer:
    return Customer(
        id=row["id"],
        body=json.loads(row["body"]),
        reference=row["reference"],
        updated_us=row["updated_us"],
        version=row["version"],
        deleted=bool(row["deleted"]),
    )


def find(database: Database, system: RestSystem, customer_id: str) -> Customer | None:
    """Returns: the customer, also a deleted one."""
    row = database.row(_ONE, system.client, system.name, customer_id)
    return None if row is None else from_row(row)


def find_by_reference(database: Database, system: RestSystem, reference: str) -> Customer | None:
    row = database.row(_BY_REFERENCE, system.client, system.name, reference)
    return None if row is None else from_row(row)


def create(
    database: Database,
    system: RestSystem,
    body: Document,
    *,
    reference: str | None,
    origin: Origin,
) -> Customer:
    """Keep a new customer; inside a transaction of the caller's."""
    number = database.count(_NEXT_ID, system.client, system.name)
    customer_id = f"N{number:06d}"
    stored = json.dumps(altered(system, body), ensure_ascii=False)
    when = now_us()
    database.run(_INSERT, system.client, system.name, customer_id, stored, reference, when)
    customer = Customer(
        id=customer_id,
        body=json.loads(stored),
        reference=reference,
        updated_us=when,
        version=1,
        deleted=False,
    )
    _record(database, system, origin, known=customer, before=None, after=customer)
    return customer


def update(
    database: Database, system: RestSystem, old: Customer, changes: Document, *, origin: Origin
) -> Customer:
    """Change some fields of a customer; inside a transaction of the caller's."""
    body = merged(old.body, altered(system, changes))
    customer = _write(database, system, old, body=body, deleted=False)
    _record(database, system, origin, known=old, before=old, after=customer)
    return customer


def delete(database: Database, system: RestSystem, old: Customer, *, origin: Origin) -> None:
    """Leave a tombstone; inside a transaction of the caller's."""
    _write(database, system, old, body=old.body, deleted=True)
    _record(database, system, origin, known=old, before=old, after=None)


def _write(
    database: Database, system: RestSystem, old: Customer, *, body: Document, deleted: bool
) -> Customer:
    when = max(now_us(), old.updated_us + 1)
    stored = json.dumps(body, ensure_ascii=False)
    database.run(_UPDATE, stored, when, int(deleted), system.client, system.name, old.id)
    return replace(old, body=body, updated_us=when, version=old.version + 1, deleted=deleted)


def _record(
    database: Database,
    system: RestSystem,
    origin: Origin,
    *,
    known: Customer,
    before: Customer | None,
    after: Customer | None,
) -> None:
    database.run(
        _LEDGER,
        iso(now_us()),
        origin.kind,
        system.client,
        system.name,
        origin.method,
        known.id,
        origin.idempotency_key,
        known.reference,
        _text(before, system),
        _text(after, system),
    )


def _text(customer: Customer | None, system: RestSystem) -> str | None:
    return None if customer is None else json.dumps(customer.shown(system), ensure_ascii=False)
