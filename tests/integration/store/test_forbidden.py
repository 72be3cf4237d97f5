"""What the database itself forbids, whatever a program in front of it does."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import (
    CheckViolation,
    ForeignKeyViolation,
    NotNullViolation,
    UniqueViolation,
)
from psycopg.types.json import Jsonb

from stores import NOON, TestStore

SEARCH = {"engine": "simple-1", "searched_at": "now", "keys_searched": 3, "candidates_found": 0}


@pytest.fixture
def root(store: TestStore) -> Iterator[psycopg.Connection]:
    """A superuser on a store with an open run and one customer."""
    with store.session() as session:
        insert(session, "run", run_id="r1", policy_version="p1", opened_at=NOON)
        add_customer(session, "C-1", SEARCH)
        yield session


def insert(session: psycopg.Connection, table: str, **values: object) -> None:
    values = {"client_id": "acme", **values}
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    adapted = [Jsonb(v) if isinstance(v, dict) else v for v in values.values()]
    session.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", adapted)


def add_customer(session: psycopg.Connection, customer_id: str, evidence: object) -> None:
    insert(
        session,
        "customer",
        customer_id=customer_id,
        search_evidence=evidence,
        created_run_id="r1",
        created_at=NOON,
    )


def add_effect(session: psycopg.Connection, **values: object) -> None:
    terms = {
        "effect_id": uuid4(),
        "kind": "push",
        "target": "erp",
        "idempotency_key": f"key {uuid4()}",
        "run_id": "r1",
        "customer_id": "C-1",
        "body": {"key": "x"},
        "before": {},
        "after": {},
        "not_before": NOON,
        "planned_at": NOON,
    }
    insert(session, "effect", **terms | values)


CREDIT_TERMS = {
    "kind": "credit_order",
    "subject_type": "company",
    "purpose": "trade credit",
    "authority": "agreement",
    "budget": "70 a run",
    "cost": 3,
    "currency": "GBP",
}


@pytest.mark.parametrize("missing", SEARCH)
def test_a_customer_without_all_of_its_search_evidence(
    root: psycopg.Connection, missing: str
) -> None:
    evidence = {key: value for key, value in SEARCH.items() if key != missing}

    with pytest.raises(CheckViolation):
        add_customer(root, "C-2", evidence)


def test_a_customer_without_any_search_evidence(root: psycopg.Connection) -> None:
    with pytest.raises(NotNullViolation):
        add_customer(root, "C-2", None)


def test_a_customer_that_redirects_to_itself_or_nowhere(root: psycopg.Connection) -> None:
    with pytest.raises(CheckViolation), root.transaction():
        root.execute("UPDATE customer SET redirect_to = 'C-1' WHERE customer_id = 'C-1'")
    with pytest.raises(ForeignKeyViolation), root.transaction():
        root.execute("UPDATE customer SET redirect_to = 'C-9' WHERE customer_id = 'C-1'")


@pytest.mark.parametrize("missing", ["subject_type", "purpose", "authority", "budget", "currency"])
def test_a_credit_order_without_one_of_its_terms(root: psycopg.Connection, missing: str) -> None:
    add_effect(root, **CREDIT_TERMS)

    with pytest.raises(CheckViolation):
        add_effect(root, **CREDIT_TERMS | {missing: None})


def test_a_second_use_of_an_idempotency_key(root: psycopg.Connection) -> None:
    add_effect(root, idempotency_key="k", state="cancelled")

    with pytest.raises(UniqueViolation):
        add_effect(root, idempotency_key="k")


@pytest.mark.parametrize("state", ["ready", "held", "unknown", "done"])
def test_two_creations_of_one_customer_in_one_system(root: psycopg.Connection, state: str) -> None:
    add_effect(root, body={"key": None}, state=state)

    with pytest.raises(UniqueViolation):
        add_effect(root, body={"key": None})


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_but_one_that_was_refused_or_withdrawn_leaves_room(
    root: psycopg.Connection, state: str
) -> None:
    add_effect(root, body={"key": None}, state=state)

    add_effect(root, body={"key": None})


def test_an_effect_in_flight_without_a_lease(root: psycopg.Connection) -> None:
    with pytest.raises(CheckViolation):
        add_effect(root, state="inflight")


def test_two_tickets_for_one_cause(root: psycopg.Connection) -> None:
    words = {"title": "t", "cause": "c", "next_step": "n", "opened_at": NOON, "last_seen_at": NOON}
    insert(root, "ticket", cause_key="c", kind="record", **words)

    with pytest.raises(UniqueViolation):
        insert(root, "ticket", cause_key="c", kind="task", **words)


def test_two_open_runs(root: psycopg.Connection) -> None:
    with pytest.raises(UniqueViolation):
        insert(root, "run", run_id="r2", policy_version="p1", opened_at=NOON)


def test_a_run_of_nobody(root: psycopg.Connection) -> None:
    with pytest.raises(ForeignKeyViolation):
        insert(root, "run", client_id="x1", run_id="r2", policy_version="p1", opened_at=NOON)


def test_two_customers_for_one_record(root: psycopg.Connection) -> None:
    add_customer(root, "C-2", SEARCH)
    record = {"system": "crm", "source_key": "a", "first_run_id": "r1", "first_seen_at": NOON}
    insert(root, "source_record", **record)
    (record_id,) = root.execute("SELECT max(record_id) FROM source_record").fetchone()
    link = {"record_id": record_id, "rule": "new", "score": 1, "evidence": {}}
    link |= {"run_id": "r1", "linked_at": NOON}
    insert(root, "link", customer_id="C-1", **link)

    with pytest.raises(UniqueViolation):
        insert(root, "link", customer_id="C-2", **link)


def test_a_page_whose_numbers_do_not_add_up(root: psycopg.Connection) -> None:
    page = {"run_id": "r1", "system": "crm", "page_no": 1, "watermark_to": "", "landed_at": NOON}
    numbers = {"seen_count": 3, "new_count": 1, "unchanged_count": 1, "refused_count": 0}

    with pytest.raises(CheckViolation):
        insert(root, "landing_page", **page, **numbers)


def test_a_version_that_waits_for_nothing_or_is_set_aside_without_a_cause(
    root: psycopg.Connection,
) -> None:
    state = {"record_id": 1, "run_id": "r1", "changed_at": NOON, "version_id": 1}
    for wrong in (
        {"state": "waiting", "cause": "c"},
        {"state": "waiting", "waiting_for": "review"},
        {"state": "set_aside"},
        {"state": "applied", "waiting_for": "review"},
        {"state": "lost"},
    ):
        with pytest.raises(CheckViolation), root.transaction():
            insert(root, "version_state", **state | wrong)


def test_an_audit_entry_that_names_its_own_place_and_seal(root: psycopg.Connection) -> None:
    """The database numbers and seals it, whatever is sent."""
    forged = {"action": "a", "actor": "x", "summary": {}, "happened_at": NOON}
    for seq in (1, 99):
        insert(
            root, "audit_entry", seq=seq, previous_hash=b"\1" * 32, entry_hash=b"\2" * 32, **forged
        )

    entries = root.execute(
        "SELECT seq, entry_hash = audit_hash(audit_entry),"
        " previous_hash = coalesce(lag(entry_hash) OVER (ORDER BY seq), previous_hash)"
        " FROM audit_entry ORDER BY seq"
    )
    assert entries.fetchall() == [(1, True, True), (2, True, True)]


def test_a_client_whose_name_could_be_another_roles(root: psycopg.Connection) -> None:
    for client_id in ("Acme", "a", "acme;drop", "acme-2", "9lives", "x" * 41):
        with pytest.raises(CheckViolation), root.transaction():
            insert(root, "client", client_id=client_id, name="x")
