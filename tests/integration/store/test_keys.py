"""What no role can write, not even a superuser: keys and triggers hold it."""

from collections.abc import Iterator

import pytest
from psycopg import Connection
from psycopg.errors import ForeignKeyViolation, InsufficientPrivilege, RaiseException

from stores import TestStore


@pytest.fixture
def root(filled: TestStore) -> Iterator[Connection]:
    with filled.session() as session:
        yield session


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE link SET customer_id = (
            SELECT min(customer_id) FROM customer WHERE client_id = 'globex'
        ) WHERE client_id = 'acme'""",
        """UPDATE effect SET customer_id = (
            SELECT min(customer_id) FROM customer WHERE client_id = 'globex'
        ) WHERE client_id = 'acme' AND kind = 'email'""",
        """INSERT INTO match_entry (
            client_id, record_id, version_id, prepared_at, keys, terms, contacts, names
        )
        SELECT 'acme', max(record_id), 1, now(), '{}', '{}', '{}', '{}'
        FROM source_record WHERE client_id = 'globex'""",
        """INSERT INTO ticket_event (client_id, ticket_id, event, actor, happened_at)
        SELECT 'acme', max(ticket_id), 'noted', 'x', now() FROM ticket
        WHERE client_id = 'globex'""",
        """INSERT INTO mail_event (client_id, event_id, effect_id, event, occurred_at)
        SELECT 'acme', 'e', effect_id, 'open', now() FROM effect
        WHERE client_id = 'globex' LIMIT 1""",
    ],
)
def test_not_even_a_superuser_links_two_clients(root: Connection, statement: str) -> None:
    with pytest.raises(ForeignKeyViolation):
        root.execute(statement)


def test_an_audit_entry_is_edited_and_deleted_by_nobody(root: Connection) -> None:
    for statement in ("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises((InsufficientPrivilege, RaiseException)), root.transaction():
            root.execute(statement)
