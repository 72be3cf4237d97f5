"""What the database itself forbids, whatever a program in front of it does."""

import threading
import time
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

from credit_policies import BASIS
from stores import NOON, TestStore

SEARCH = {
    "engine": "simple-1",
    "policy_version": "p1",
    "searched_at": "2026-03-02T12:00:00+00:00",
    "keys_searched": 3,
    "candidates_found": 0,
}


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


def redirect(session: psycopg.Connection, customer_id: str, target: str) -> None:
    insert(
        session,
        "identity_change",
        kind="merged",
        from_customer_id=customer_id,
        to_customer_id=target,
        author="ann",
        reason="one company",
        before={},
        changed_at=NOON,
    )
    session.execute(
        "UPDATE customer SET redirect_to = %s WHERE customer_id = %s", [target, customer_id]
    )


def add_link(session: psycopg.Connection, customer_id: str) -> None:
    record = {"system": "crm", "source_key": "a", "first_run_id": "r1", "first_seen_at": NOON}
    insert(session, "source_record", **record)
    (record_id,) = session.execute("SELECT max(record_id) FROM source_record").fetchone()
    link = {"record_id": record_id, "rule": "new", "score": 1, "evidence": {}}
    insert(session, "link", customer_id=customer_id, run_id="r1", linked_at=NOON, **link)


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
    "basis": BASIS,
}


@pytest.mark.parametrize("missing", SEARCH)
def test_a_customer_without_all_of_its_search_evidence(
    root: psycopg.Connection, missing: str
) -> None:
    evidence = {key: value for key, value in SEARCH.items() if key != missing}

    with pytest.raises(CheckViolation):
        add_customer(root, "C-2", evidence)


@pytest.mark.parametrize(
    "wrong",
    [
        {"engine": ""},
        {"engine": 1},
        {"policy_version": ""},
        {"policy_version": None},
        {"searched_at": "now"},
        {"searched_at": 1772452800},
        {"keys_searched": "3"},
        {"keys_searched": -1},
        {"keys_searched": True},
        {"candidates_found": None},
        {"candidates_found": 0.5},
    ],
    ids=str,
)
def test_a_customer_whose_search_evidence_says_nothing(
    root: psycopg.Connection, wrong: dict[str, object]
) -> None:
    with pytest.raises(CheckViolation):
        add_customer(root, "C-2", SEARCH | wrong)


def test_a_customer_that_belongs_to_no_run_and_no_person(root: psycopg.Connection) -> None:
    made = {"customer_id": "C-2", "search_evidence": SEARCH, "created_at": NOON}

    for wrong in ({}, {"created_by": ""}, {"created_by": "ann", "created_run_id": "r1"}):
        with pytest.raises(CheckViolation), root.transaction():
            insert(root, "customer", **made, **wrong)
    with pytest.raises(ForeignKeyViolation), root.transaction():
        insert(root, "customer", **made, created_run_id="r9")
    insert(root, "customer", **made, created_by="ann")


def test_a_customer_without_any_search_evidence(root: psycopg.Connection) -> None:
    with pytest.raises(NotNullViolation):
        add_customer(root, "C-2", None)


def test_a_customer_that_redirects_to_itself_or_nowhere(root: psycopg.Connection) -> None:
    with pytest.raises(CheckViolation), root.transaction():
        root.execute("UPDATE customer SET redirect_to = 'C-1' WHERE customer_id = 'C-1'")
    with pytest.raises(ForeignKeyViolation), root.transaction():
        root.execute("UPDATE customer SET redirect_to = 'C-9' WHERE customer_id = 'C-1'")


def test_redirects_that_would_go_round_in_a_circle(root: psycopg.Connection) -> None:
    for name in ("C-2", "C-3"):
        add_customer(root, name, SEARCH)
    redirect(root, "C-1", "C-2")
    redirect(root, "C-2", "C-3")

    for target in ("C-1", "C-2"):
        with pytest.raises(CheckViolation), root.transaction():
            redirect(root, "C-3", target)
    with pytest.raises(CheckViolation), root.transaction():
        insert(
            root,
            "customer",
            customer_id="C-4",
            search_evidence=SEARCH,
            created_by="ann",
            created_at=NOON,
            redirect_to="C-1",
        )
    assert root.execute("SELECT live_customer('acme', 'C-1')").fetchone() == ("C-3",)


def test_two_redirects_at_once_that_would_go_round_in_a_circle(store: TestStore) -> None:
    with store.session() as session:
        insert(session, "run", run_id="r1", policy_version="p1", opened_at=NOON)
        for name in ("C-1", "C-2"):
            add_customer(session, name, SEARCH)
        session.commit()
    refused: list[Exception] = []

    def other() -> None:
        with store.session() as session:
            try:
                redirect(session, "C-2", "C-1")
                session.commit()
            except psycopg.Error as error:
                refused.append(error)

    with store.session() as session:
        redirect(session, "C-1", "C-2")
        meanwhile = threading.Thread(target=other)
        meanwhile.start()
        time.sleep(0.2)
        session.commit()
        meanwhile.join(timeout=20)

    assert [type(error) for error in refused] == [CheckViolation]


def test_a_redirect_that_is_not_in_the_change_feed(root: psycopg.Connection) -> None:
    add_customer(root, "C-2", SEARCH)
    root.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(CheckViolation), root.transaction():
        root.execute("UPDATE customer SET redirect_to = 'C-2' WHERE customer_id = 'C-1'")

    redirect(root, "C-1", "C-2")
    with pytest.raises(CheckViolation), root.transaction():
        root.execute("UPDATE customer SET redirect_to = NULL WHERE customer_id = 'C-1'")


def test_a_link_to_a_customer_that_was_merged_is_one_to_who_it_is_now(
    root: psycopg.Connection,
) -> None:
    for name in ("C-2", "C-3"):
        add_customer(root, name, SEARCH)
    redirect(root, "C-1", "C-2")
    redirect(root, "C-2", "C-3")

    add_link(root, "C-1")

    assert root.execute("SELECT customer_id FROM link").fetchall() == [("C-3",)]


def test_a_merge_that_is_undone_twice(root: psycopg.Connection) -> None:
    add_customer(root, "C-2", SEARCH)
    redirect(root, "C-1", "C-2")
    (merge,) = root.execute("SELECT max(change_id) FROM identity_change").fetchone()
    undo = {"kind": "unmerged", "from_customer_id": "C-2", "to_customer_id": "C-1"}
    undo |= {"author": "ann", "reason": "r", "before": {}, "changed_at": NOON}
    with pytest.raises(CheckViolation), root.transaction():
        insert(root, "identity_change", **undo)
    insert(root, "identity_change", **undo, undoes=merge)

    with pytest.raises(UniqueViolation):
        insert(root, "identity_change", **undo, undoes=merge)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"relation": None}, "related"),
        ({"relation": "cousin"}, "related"),
        ({"relation": "branch"}, "same"),
        ({"right_key": "a"}, "not_same"),
        ({"right_key": None}, "same"),
        ({"expires_at": NOON}, "same"),
    ],
    ids=str,
)
def test_a_decision_that_says_too_little(
    root: psycopg.Connection, wrong: dict[str, object], kind: str
) -> None:
    said = {"left_system": "crm", "left_key": "a", "right_system": "crm", "right_key": "b"}
    said |= {"kind": kind, "author": "ann", "reason": "r", "decided_at": NOON}
    said |= {"relation": "branch"} if kind == "related" else {}

    with pytest.raises(CheckViolation):
        insert(root, "decision", **said | wrong)


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
    add_link(root, "C-1")
    (record_id,) = root.execute("SELECT max(record_id) FROM source_record").fetchone()
    link = {"record_id": record_id, "rule": "new", "score": 1, "evidence": {}}

    with pytest.raises(UniqueViolation):
        insert(root, "link", customer_id="C-2", run_id="r1", linked_at=NOON, **link)


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
