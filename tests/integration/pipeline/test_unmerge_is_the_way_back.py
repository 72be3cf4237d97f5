"""Whatever hangs on whom: merging and taking it back, in any order, leaves the store as it was."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid5

import psycopg
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from credit_policies import BASIS
from golden_store import differences, snapshot
from mastersync.domain.decisions.model import Person
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases.merge_customers import merge_customers
from mastersync.usecases.unmerge_customer import unmerge_customer
from stores import NOON, SECRET, TestStore, store_copy

SEARCH = {
    "engine": "simple-1",
    "policy_version": "p1",
    "searched_at": "2026-03-02T12:00:00+00:00",
    "keys_searched": 3,
    "candidates_found": 0,
}
NAMESPACE = UUID("5b0f6a0e-7f0a-4f6e-9c38-3d0c6f3f2f11")
EFFECT_STATES = ("ready", "held", "unknown", "done", "failed", "cancelled")

# One customer: its links (is each still current?), and what hangs on it.
customers = st.fixed_dictionaries(
    {
        "links": st.lists(st.booleans(), min_size=0, max_size=4),
        "updates": st.lists(st.sampled_from(EFFECT_STATES), max_size=3),
        "creation": st.none() | st.sampled_from(EFFECT_STATES),
        "order": st.none() | st.sampled_from(EFFECT_STATES),
        "mail": st.none() | st.sampled_from(("ready", "held", "done")),
        "answered": st.booleans(),
        "report": st.booleans(),
        "pin": st.booleans(),
        "golden": st.integers(min_value=0, max_value=2),
        "tickets": st.lists(st.sampled_from(("own", "shared", "settled")), max_size=3),
    }
)
stores = st.lists(customers, min_size=2, max_size=5)
# Which two of the live ones to merge, by turns, and in which order to take it back.
programs = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=4)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # each try is a database: shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=stores, program=programs, order=st.randoms(use_true_random=False))
def test_merges_that_are_all_undone_leave_the_store_as_it_was(
    postgres_server: EmbeddedServer, store_template: str, *, content, program, order
) -> None:
    with store_copy(postgres_server, store_template) as store:
        fill(store, content)
        before = snapshot(store)
        with desk(store) as acme:
            clock = count(1)
            merges = [merge for pair in program if (merge := merge_two(store, acme, pair, clock))]
            assert violations(acme) == []
            order.shuffle(merges)
            for gone, change_id in merges:
                unmerge_customer(
                    acme,
                    customer_id=gone,
                    merge_id=change_id,
                    person=Person(by="ann", reason="r", insist=True),
                    now=NOON + timedelta(hours=next(clock)),
                )
                assert violations(acme) == []

        assert differences(before, snapshot(store)) == {}


def merge_two(
    store: TestStore, acme: PostgresStore, pair: tuple[int, int], clock: Iterator[int]
) -> tuple[str, int] | None:
    """Merge two live customers; None when only one is left."""
    live = [
        customer_id
        for (customer_id,) in store.rows(
            "SELECT customer_id FROM customer WHERE redirect_to IS NULL ORDER BY 1"
        )
    ]
    if len(live) < 2:
        return None
    keep = live.pop(pair[0] % len(live))
    gone = live[pair[1] % len(live)]
    moved = merge_customers(
        acme,
        keep=keep,
        other=gone,
        person=Person(by="ann", reason="r", insist=True),
        now=NOON + timedelta(hours=next(clock)),
    )
    return gone, moved.change.change_id


def violations(acme: PostgresStore) -> list[str]:
    with acme.begin() as unit:
        return list(unit.identity.violations(now=NOON + timedelta(days=9)))


@contextmanager
def desk(store: TestStore) -> Iterator[PostgresStore]:
    database = Database(role_url(store.url, DESK_ROLE, secret_key=SECRET))
    try:
        yield PostgresStore(database, "acme", states_client=True)
    finally:
        database.close()


# --- the store that a test wants --------------------------------------------------------------


def fill(store: TestStore, content: list[dict]) -> None:
    with store.session() as session:
        insert(session, "run", run_id="r1", policy_version="p1", opened_at=NOON, planned_at=NOON)
        shared = add_ticket(session, "shared")
        # What is held has its ticket, as the law of the store wants it.
        add_subject(session, add_ticket(session, "guard:r1"), "plan:r1", settled=False)
        records = count(1)
        for number, customer in enumerate(content):
            customer_id = f"C-{number}"
            insert(
                session,
                "customer",
                customer_id=customer_id,
                search_evidence=SEARCH,
                created_run_id="r1",
                created_at=NOON,
            )
            own = [
                add_link(session, customer_id, next(records), ended=ends)
                for ends in customer["links"]
            ]
            add_effects(session, customer_id, customer, own)
            add_facts(session, customer_id, customer)
            for turn, kind in enumerate(customer["tickets"]):
                ticket = shared if kind == "shared" else add_ticket(session, f"{number}-{turn}")
                add_subject(session, ticket, f"write:erp:{customer_id}", settled=kind == "settled")
        session.commit()


def insert(session: psycopg.Connection, table: str, **values: object) -> int | None:
    values = {"client_id": "acme", **values}
    adapted = [json.dumps(v) if isinstance(v, dict) else v for v in values.values()]
    places = ", ".join(["%s"] * len(values))
    session.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places}) ON CONFLICT DO NOTHING",
        adapted,
    )
    return None


def newest(session: psycopg.Connection, table: str, column: str) -> int:
    return session.execute(f"SELECT max({column}) FROM {table}").fetchone()[0]


def add_link(session: psycopg.Connection, customer_id: str, number: int, *, ended: bool) -> int:
    insert(
        session,
        "source_record",
        system="crm",
        source_key=f"k{number}",
        first_run_id="r1",
        first_seen_at=NOON,
    )
    record_id = newest(session, "source_record", "record_id")
    insert(
        session,
        "link",
        record_id=record_id,
        customer_id=customer_id,
        rule="name",
        score=0.9,
        evidence={"with_records": [record_id, 1]},
        run_id="r1",
        linked_at=NOON,
        ended_at=NOON if ended else None,
        ended_reason="deleted at the source" if ended else None,
    )
    return record_id


def add_effects(
    session: psycopg.Connection, customer_id: str, customer: dict, records: list[int]
) -> None:
    planned: list[tuple[str, str, dict]] = [
        ("push", state, {"body": {"key": "k"}, "record_id": records[0] if records else None})
        for state in customer["updates"]
        if records
    ]
    if customer["creation"]:
        planned.append(("push", customer["creation"], {"body": {"key": None}}))
    if customer["mail"]:
        planned.append(("email", customer["mail"], {"body": {}}))
    if customer["order"]:
        terms = {"subject_type": "company", "purpose": "p", "authority": "a", "budget": "b"}
        terms["basis"] = BASIS
        planned.append(
            ("credit_order", customer["order"], {"body": {}, "currency": "GBP", **terms})
        )
    for turn, (kind, state, rest) in enumerate(planned):
        effect_id = uuid5(NAMESPACE, f"{customer_id}{turn}")
        tried = state in {"unknown", "done", "failed"}
        insert(
            session,
            "effect",
            effect_id=effect_id,
            kind=kind,
            target="erp",
            idempotency_key=f"{customer_id} {turn}",
            run_id="r1",
            customer_id=customer_id,
            before={},
            after={},
            state=state,
            attempt_count=int(tried),
            not_before=NOON,
            planned_at=NOON,
            settled_at=NOON if tried or state == "cancelled" else None,
            problem="a newer plan took its place" if state == "cancelled" else None,
            **rest,
        )
        if kind == "email":
            ask(session, customer_id, effect_id, answered=customer["answered"] and tried)


def ask(session: psycopg.Connection, customer_id: str, effect_id: UUID, *, answered: bool) -> None:
    insert(
        session,
        "confirmation_request",
        request_id=effect_id,
        customer_id=customer_id,
        effect_id=effect_id,
        token_hash=effect_id.bytes * 2,
        client_name="Acme",
        language="en",
        shown={},
        state="answered" if answered else "planned",
        created_at=NOON,
        expires_at=NOON + timedelta(days=30),
    )
    if answered:
        insert(
            session,
            "confirmation_answer",
            request_id=effect_id,
            customer_id=customer_id,
            verdict="all_correct",
            answered_at=NOON,
        )


def add_facts(session: psycopg.Connection, customer_id: str, customer: dict) -> None:
    if customer["report"]:
        insert(
            session,
            "credit_report",
            customer_id=customer_id,
            agency="creditsafe",
            company_reference="GB-1",
            effect_id=uuid5(NAMESPACE, f"report {customer_id}"),
            payload={},
            ordered_at=NOON,
            valid_until=NOON,
        )
    if customer["pin"]:
        pin = {"field": "phone", "value": "1", "author": "ann", "reason": "r", "decided_at": NOON}
        insert(session, "decision", kind="pin", customer_id=customer_id, **pin)
    for version_no in range(1, customer["golden"] + 1):
        insert(
            session,
            "golden_version",
            customer_id=customer_id,
            version_no=version_no,
            fields={"name": customer_id},
            provenance={},
            input_version_ids=[],
            fingerprint=b"x",
            policy_version="p1",
            run_id="r1",
            formed_at=NOON,
        )


def add_ticket(session: psycopg.Connection, cause: str) -> int:
    insert(
        session,
        "ticket",
        cause_key=cause,
        kind="effect",
        title="t",
        cause="c",
        next_step="n",
        opened_at=NOON,
        last_seen_at=NOON,
    )
    return newest(session, "ticket", "ticket_id")


def add_subject(
    session: psycopg.Connection, ticket_id: int, subject: str, *, settled: bool
) -> None:
    insert(
        session,
        "ticket_subject",
        ticket_id=ticket_id,
        subject=subject,
        added_at=NOON,
        cleared_at=NOON if settled else None,
    )
