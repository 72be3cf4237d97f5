"""A clock that jumps, workers that are thought to be lost, and requests that are under way."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest

from backlogs import BATCHED, SINGLE, Backlog
from mastersync.connectors.rate_limit import RateLimit
from mastersync.errors import RetryableError
from mastersync.store.database import Database, client_role, role_url
from mastersync.wiring.clock import StoreClock
from mastersync.wiring.lines import Lines
from stores import SECRET

BIG = BATCHED[0]
PATHS = {BATCHED: "/rest/harbor_foods/erp/$batch", SINGLE: "/rest/bright_bakery/erp/customers"}


@contextmanager
def database(backlog: Backlog, client: str = BIG):
    opened = Database(role_url(backlog.store.url, client_role(client), secret_key=SECRET))
    yield opened
    opened.close()


def start_and_wait_for_a_request(
    backlog: Backlog, pool: ThreadPoolExecutor, system: tuple[str, str]
) -> Future:
    rule = {"path": PATHS[system], "method": "POST", "kind": "hang", "ms": 1500, "times": 1}
    backlog.sandbox.order_faults(rule)
    worker = pool.submit(backlog.deliver)
    until = time.monotonic() + 30
    while not backlog.sandbox.http.get("/control/faults").json()[0]["fired"]:
        assert time.monotonic() < until
        time.sleep(0.01)
    return worker


@pytest.mark.parametrize("system", PATHS, ids="/".join)
def test_a_clock_that_jumps_a_day_ahead_ends_leases_and_doubles_nothing(
    backlog: Backlog, system: tuple[str, str]
) -> None:
    backlog.plant(system, 20)

    with ThreadPoolExecutor(1) as pool:
        worker = start_and_wait_for_a_request(backlog, pool, system)
        backlog.let_pass("1 day")  # for the store: every lease is over at once
        backlog.deliver()  # takes over what the other one still works at
        states = backlog.states(system[0])
        worker.result()

    assert states == {"ready": 20}, "nothing is looked at while its request may be under way"
    late = sum(backlog.references(system[0]).values())
    assert late == (20 if system == BATCHED else 1), "the other one sent nothing more"
    outcomes = backlog.store.rows("SELECT DISTINCT outcome FROM effect_attempt")
    assert outcomes == [("lost",)], "its late word is not taken"
    backlog.let_pass("2 minutes")
    backlog.deliver()
    assert backlog.states(system[0]) == {"done": 20}
    assert set(backlog.references(system[0]).values()) == {1}


def test_a_clock_that_goes_back_a_day_strands_nothing(backlog: Backlog) -> None:
    backlog.plant(BATCHED, 300)
    with backlog.client(BIG) as client, client.store.begin() as unit:
        lost = unit.effects.claim(
            "push", target="erp", size=200, lease=timedelta(minutes=10), now=client.clock()
        )
        unit.paces.note_failure("erp")
        unit.paces.rest("erp", until=client.clock() + timedelta(minutes=1))
    backlog.store.change(
        "UPDATE effect SET lease_until = lease_until + interval '1 day' WHERE state = 'inflight'",
        "UPDATE target_pace SET rests_until = now() + interval '3 days',"
        " free_at = now() + interval '1 day'",
    )

    backlog.deliver()
    assert backlog.states(BIG) == {"done": 100, "ready": 200}, "no rest, no line, no lease is"
    backlog.let_pass("2 minutes")
    backlog.deliver()

    assert len(lost) == 200
    assert backlog.states(BIG) == {"done": 300}
    assert set(backlog.references(BIG).values()) == {1}


def test_workers_go_by_the_stores_clock(backlog: Backlog) -> None:
    with database(backlog) as one, database(backlog) as other:
        clocks = StoreClock(one), StoreClock(other)
        first = [clock() for clock in clocks]
        time.sleep(0.05)
        second = [clock() for clock in clocks]
    ((now,),) = backlog.store.rows("SELECT clock_timestamp()")

    assert abs(first[0] - first[1]) < timedelta(seconds=2)
    assert all(
        later - earlier >= timedelta(seconds=0.05)
        for earlier, later in zip(first, second, strict=True)
    )
    assert timedelta(0) <= now - second[1] < timedelta(seconds=5)


def test_two_processes_in_one_line_ask_no_oftener_than_one_may(backlog: Backlog) -> None:
    with database(backlog) as one, database(backlog) as other:
        limits = [
            RateLimit(per_second=40, burst=40, line=Lines(shared, BIG).to("erp", per_second=40))
            for shared in (one, other)
        ]
        until = time.monotonic() + 2

        def ask(limit: RateLimit) -> int:
            count = 0
            while time.monotonic() < until:
                limit.wait()
                count += 1
            return count

        with ThreadPoolExecutor(2) as pool:
            asked = sum(pool.map(ask, limits))

    assert asked <= 40 + 2 * 40 + 4, "a second's worth saved up, and what two seconds give"
    assert asked >= 40


def test_a_pause_that_one_was_asked_for_is_kept_by_all(backlog: Backlog) -> None:
    with database(backlog) as one, database(backlog) as other:
        told, untold = (
            RateLimit(per_second=100, burst=100, line=Lines(shared, BIG).to("erp", per_second=100))
            for shared in (one, other)
        )
        told.wait()
        told.defer(300)

        for limit in (told, untold):
            with pytest.raises(RetryableError) as refused:
                limit.wait()
            assert 290 < refused.value.retry_after < 310
