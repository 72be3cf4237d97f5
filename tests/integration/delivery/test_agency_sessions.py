"""One token for an account, whoever asks; a refused login is remembered by all workers."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import pytest

from agency_accounts import LOGIN, SEARCH, Account, open_account, registered
from mastersync.domain.credit.agencies import AGENCIES
from mastersync.errors import ConfigError, RetryableError
from mastersync.ports.connections import ConnectionDetails
from mastersync.store.database import Database, client_role, role_url
from mastersync.wiring.token_shelf import StoreShelf
from sandboxes import Sandbox, running_sandbox
from stores import SECRET, TestStore

Open = Callable[..., Account]
RIGHT = ConnectionDetails(host="http://agency", login="acme", password="right")


@pytest.fixture(scope="module")
def sandbox_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sessions")) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_of_module: Sandbox) -> Iterator[Sandbox]:
    yield sandbox_of_module
    sandbox_of_module.order_faults()


@pytest.fixture
def database(store: TestStore) -> Iterator[Database]:
    database = Database(role_url(store.url, client_role("acme"), secret_key=SECRET), pool_size=6)
    yield database
    database.close()


@pytest.fixture
def worker(database: Database, sandbox: Sandbox) -> Iterator[Open]:
    """Opens the account as one more worker would, with the session that the store keeps."""
    with ExitStack() as stack:

        def open_one(agency: str, *, password: str = "") -> Account:
            shelf = StoreShelf(
                database, "acme", agency, replace(RIGHT, password=password or "right"), SECRET
            )
            return stack.enter_context(
                open_account(agency, sandbox, password=password, shelf=shelf)
            )

        yield open_one


@pytest.fixture(params=AGENCIES)
def agency(request: pytest.FixtureRequest) -> str:
    return request.param


def test_workers_one_after_the_other_and_at_once_log_in_once(worker: Open, agency: str) -> None:
    worker(agency).fault(LOGIN, "latency", ms=200)
    accounts = [worker(agency) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: one.agency.find(registered(agency).subject), accounts))

    assert all(found)
    assert worker(agency).agency.find(registered(agency).subject)
    assert accounts[0].matched() == 1


def test_a_refused_login_is_not_tried_again_by_any_worker(worker: Open, agency: str) -> None:
    first = worker(agency, password="not-the-one")
    first.fault(LOGIN, "latency", ms=0)

    for _ in range(6):
        with pytest.raises(ConfigError) as caught:
            worker(agency, password="not-the-one").agency.find(registered(agency).subject)

    assert first.matched() == 1
    assert "Correct the login or password" in caught.value.next_step


def test_a_corrected_password_is_tried_at_once(worker: Open, agency: str) -> None:
    with pytest.raises(ConfigError):
        worker(agency, password="not-the-one").agency.find(registered(agency).subject)

    assert worker(agency).agency.find(registered(agency).subject)


def test_a_token_that_the_agency_ended_is_fetched_anew_by_one_for_all(
    worker: Open, agency: str
) -> None:
    one, other = worker(agency), worker(agency)
    one.agency.find(registered(agency).subject)
    other.agency.find(registered(agency).subject)
    one.sandbox.order_faults(
        {"path": SEARCH[agency], "kind": "unauthorized", "times": 1},
        {"path": LOGIN[agency], "kind": "latency", "ms": 0},
    )

    assert one.agency.find(registered(agency).subject)
    assert other.agency.find(registered(agency).subject)

    rules = one.sandbox.http.get("/control/faults").json()
    assert rules[1]["matched"] == 1


def test_neither_token_nor_password_stands_in_the_store(
    worker: Open, store: TestStore, agency: str
) -> None:
    worker(agency).agency.find(registered(agency).subject)

    ((kept,),) = store.rows("SELECT row_to_json(one)::text FROM agency_session AS one")

    token = worker(agency).agency.tokens.using(lambda headers: headers["Authorization"])
    assert token.removeprefix("Bearer ") not in kept
    assert "right" not in kept


def test_a_worker_that_died_while_logging_in_lets_another_try_after_a_while(
    database: Database, store: TestStore
) -> None:
    StoreShelf(database, "acme", "dnb", RIGHT, SECRET).take(other_than="")
    shelf = StoreShelf(database, "acme", "dnb", RIGHT, SECRET)
    store.change("UPDATE agency_session SET logging_in_until = now() + interval '1 second'")

    assert shelf.take(other_than="") == ""


def test_an_agency_that_is_away_is_asked_again_by_the_next(worker: Open, agency: str) -> None:
    one = worker(agency)
    one.fault(LOGIN, "error_before", times=1)
    with pytest.raises(RetryableError):
        one.agency.find(registered(agency).subject)

    assert worker(agency).agency.find(registered(agency).subject)
