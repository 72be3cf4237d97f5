"""Which credit orders the database itself refuses, whatever a program in front of it says."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege
from psycopg.types.json import Jsonb

import credit_policies
from mastersync.domain.credit.packs import PACKS
from stores import NOON, TestStore

PIPELINE = "ms_acme"
BASIS = credit_policies.BASIS | {"run_budget": "7.00", "month_budget": "10.50"}
NOTICE = {"kind": "notice", "reference": "v3", "valid_until": None}
MEMBERSHIP = {"kind": "membership", "reference": "SCOR", "valid_until": "2026-03-02"}
SEARCH = {
    "engine": "simple-1",
    "policy_version": "p1",
    "searched_at": "2026-03-02T12:00:00+00:00",
    "keys_searched": 3,
    "candidates_found": 0,
}


@pytest.fixture
def ready(store: TestStore) -> TestStore:
    """A store with two runs and a customer."""
    with store.session(PIPELINE) as session:
        for run_id, state in (("r1", "done"), ("r2", "open")):
            session.execute(
                "INSERT INTO run (client_id, run_id, policy_version, opened_at, state, closed_at)"
                " VALUES ('acme', %s, 'p1', %s, %s, %s)",
                [run_id, NOON, state, NOON if state == "done" else None],
            )
        session.execute(
            "INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id,"
            " created_at) VALUES ('acme', 'C-1', %s, 'r1', %s)",
            [Jsonb(SEARCH), NOON],
        )
        session.commit()
    return store


@pytest.fixture
def session(ready: TestStore) -> Iterator[psycopg.Connection]:
    """A bare connection as the client's own pipeline role."""
    with ready.session(PIPELINE) as session:
        yield session


def order(session: psycopg.Connection, *, basis: object = None, **values: object) -> None:
    values = {
        "client_id": "acme",
        "effect_id": uuid4(),
        "kind": "credit_order",
        "target": "creditsafe",
        "idempotency_key": f"key {uuid4()}",
        "run_id": "r2",
        "customer_id": "C-1",
        "body": Jsonb({}),
        "before": Jsonb({}),
        "after": Jsonb({}),
        "not_before": NOON,
        "planned_at": NOON,
        "subject_type": "company",
        "purpose": "Trade credit",
        "authority": "Agreement 2026",
        "budget": "7 a run",
        "cost": Decimal("3.50"),
        "currency": "GBP",
        "state": "held",
        "basis": Jsonb(BASIS) if basis is None else basis,
        **values,
    }
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    session.execute(f"INSERT INTO effect ({columns}) VALUES ({places})", list(values.values()))


def resting_on(**changes: object) -> Jsonb:
    return Jsonb({**BASIS, **changes})


def test_an_order_that_says_everything_is_taken(session: psycopg.Connection) -> None:
    order(session)
    order(
        session,
        subject_type="sole_trader",
        basis=resting_on(documents=[NOTICE, MEMBERSHIP]),
    )


@pytest.mark.parametrize("name", ["subject_type", "purpose", "authority", "budget", "currency"])
@pytest.mark.parametrize("value", [None, ""])
def test_an_order_without_one_of_its_terms(
    session: psycopg.Connection, name: str, value: str | None
) -> None:
    with pytest.raises(CheckViolation):
        order(session, **{name: value})


@pytest.mark.parametrize("missing", BASIS)
def test_an_order_that_does_not_say_what_it_rests_on(
    session: psycopg.Connection, missing: str
) -> None:
    rest = {name: value for name, value in BASIS.items() if name != missing}

    with pytest.raises(CheckViolation):
        order(session, basis=Jsonb(rest))


def test_an_order_that_rests_on_nothing(session: psycopg.Connection) -> None:
    with pytest.raises(CheckViolation):
        order(session, basis=Jsonb(None))


@pytest.mark.parametrize(
    ("subject_type", "changes", "lacks"),
    [
        ("person", {}, "effect_credit_basis"),
        ("company", {"purpose": "curiosity"}, "GB: not for curiosity"),
        ("company", {"purpose": "consumer_credit"}, "GB: not for consumer_credit"),
        ("company", {"customer_country": ""}, "no rule for company"),
        ("company", {"month_budget": "-1"}, "effect_credit_basis"),
        ("sole_trader", {}, "GB: membership, GB: notice"),
        ("sole_trader", {"documents": [NOTICE]}, "GB: membership"),
        ("individual", {"documents": [NOTICE | {"reference": ""}, MEMBERSHIP]}, "GB: notice"),
        (
            "individual",
            {"documents": [NOTICE, MEMBERSHIP | {"valid_until": "2026-03-01"}]},
            "GB: membership",
        ),
        ("individual", {"customer_country": "US"}, "US: applicant_authority, US: certification"),
        (
            "individual",
            {"customer_country": "GB", "client_country": "US", "documents": [NOTICE, MEMBERSHIP]},
            "US: applicant_authority, US: certification",
        ),
        ("individual", {"customer_country": "BR"}, "BR: no rule for individual"),
    ],
)
def test_an_order_that_lacks_what_the_law_wants(
    session: psycopg.Connection, subject_type: str, changes: dict[str, object], lacks: str
) -> None:
    with pytest.raises(CheckViolation, match=lacks):
        order(session, subject_type=subject_type, basis=resting_on(**changes))


def test_a_credit_bureau_is_asked_in_india_only_by_a_specified_user(
    session: psycopg.Connection,
) -> None:
    order(session, basis=resting_on(customer_country="IN"))
    with pytest.raises(CheckViolation, match="IN: specified_user"), session.transaction():
        order(session, target="experian", basis=resting_on(customer_country="IN"))
    admitted = {"kind": "specified_user", "reference": "RBI 7", "valid_until": "2027-03-31"}

    order(session, target="experian", basis=resting_on(customer_country="IN", documents=[admitted]))


def test_an_order_over_the_budget_of_a_run(session: psycopg.Connection) -> None:
    order(session)
    order(session)

    with pytest.raises(CheckViolation, match="over the budget"):
        order(session)


def test_an_order_over_the_budget_of_thirty_days(session: psycopg.Connection) -> None:
    month_ago = NOON - timedelta(days=31)
    for settled_at in (NOON - timedelta(days=29), month_ago):
        order(session, run_id="r1", state="done", settled_at=settled_at, planned_at=month_ago)
    order(session)
    order(session)

    with pytest.raises(CheckViolation, match="over the budget"):
        order(session, run_id="r1")


def test_one_that_was_withdrawn_frees_its_money_until_it_is_planned_again(
    session: psycopg.Connection,
) -> None:
    order(session, idempotency_key="first")
    session.execute("UPDATE effect SET state = 'cancelled', settled_at = %s", [NOON])
    order(session)
    order(session)

    with pytest.raises(CheckViolation, match="over the budget"):
        session.execute(
            "UPDATE effect SET state = 'held', settled_at = NULL, planned_at = %s"
            " WHERE idempotency_key = 'first'",
            [NOON],
        )


def test_a_budget_that_many_workers_spend_at_once_is_never_overspent(ready: TestStore) -> None:
    """Ten connections, none of which takes the lock itself; the budget pays two of them."""

    def spend(_: int) -> bool:
        with ready.session(PIPELINE) as session:
            try:
                order(session)
                session.commit()
            except CheckViolation:
                return False
        return True

    with ThreadPoolExecutor(10) as workers:
        placed = list(workers.map(spend, range(10)))

    assert sum(placed) == 2
    assert ready.rows("SELECT sum(cost) FROM effect") == [(Decimal("7.00"),)]


def test_the_law_in_the_database_is_the_law_of_this_release(store: TestStore) -> None:
    held = store.rows("SELECT country, subject_type, purposes, on_record FROM credit_rule")

    assert sorted(held) == sorted(
        (country, kind, sorted(rule.purposes), sorted(rule.on_record))
        for country, pack in PACKS.items()
        for kind, rule in pack.rules.items()
    )


def test_no_pipeline_writes_itself_another_law(session: psycopg.Connection) -> None:
    with pytest.raises(InsufficientPrivilege):
        session.execute("UPDATE credit_rule SET on_record = '{}'")


def test_what_a_check_came_to_is_never_changed(session: psycopg.Connection) -> None:
    with pytest.raises(InsufficientPrivilege):
        session.execute("UPDATE credit_check SET why = 'no reason'")
