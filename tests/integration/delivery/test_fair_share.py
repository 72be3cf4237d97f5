"""Many clients, few workers: nobody waits for all of another's backlog."""

from concurrent.futures import ThreadPoolExecutor

from backlogs import BATCHED, KEYED, SINGLE, Backlog

BIG, SMALL = BATCHED[0], SINGLE[0]
BATCH = 200


def test_ten_effects_wait_for_one_batch_of_ten_thousand_others(backlog: Backlog) -> None:
    backlog.plant(BATCHED, 10_000)
    backlog.plant(SINGLE, 10)

    backlog.deliver(worker=1, seconds=5)  # begins with the second, the big one

    seen = backlog.seen()
    assert seen.count(BIG) >= BATCH
    assert backlog.states(SMALL) == {"done": 10}
    last_of_the_small = max(place for place, client in enumerate(seen) if client == SMALL)
    assert seen[: last_of_the_small + 1].count(BIG) <= BATCH


def test_a_run_ends_when_its_time_is_over_and_the_next_goes_on(backlog: Backlog) -> None:
    backlog.plant(BATCHED, 1_000)

    backlog.deliver(seconds=0.01)
    after_one = backlog.states(BIG)
    backlog.deliver()

    assert after_one == {"done": BATCH, "ready": 1_000 - BATCH}
    assert backlog.states(BIG) == {"done": 1_000}
    assert set(backlog.references(BIG).values()) == {1}


def test_two_workers_at_once_do_nothing_twice_and_leave_nothing(backlog: Backlog) -> None:
    backlog.plant(BATCHED, 2_000)
    backlog.plant(KEYED, 500)
    backlog.plant(SINGLE, 100)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda worker: backlog.deliver(worker=worker), range(2))

    for (client, _), count in {BATCHED: 2_000, KEYED: 500, SINGLE: 100}.items():
        assert backlog.states(client) == {"done": count}
        assert set(backlog.references(client).values()) == {1}
        assert one[client]["done"] + other[client]["done"] == count


def test_nothing_due_is_nothing_done(backlog: Backlog) -> None:
    assert backlog.deliver() == {}
    assert backlog.sandbox.ledger("pushes") == []


def test_a_client_whose_system_refuses_the_login_has_a_ticket_and_stops_nobody(
    backlog: Backlog,
) -> None:
    backlog.plant(BATCHED, 300)
    backlog.plant(SINGLE, 10)
    backlog.sandbox.order_faults({"path": "/rest/harbor_foods/erp", "kind": "unauthorized"})

    backlog.deliver()

    assert backlog.states(SMALL) == {"done": 10}
    assert backlog.states(BIG) == {"ready": 300}
    assert backlog.tickets() == ["push:erp:stopped"]
    backlog.sandbox.order_faults()
    backlog.let_pass("10 minutes")
    backlog.deliver()
    assert backlog.states(BIG) == {"done": 300}
    assert backlog.tickets() == []


def test_a_client_whose_file_is_wrong_stops_nobody(backlog: Backlog) -> None:
    backlog.plant(BATCHED, 10)
    backlog.plant(SINGLE, 10)
    (backlog.clients_dir / BIG / "client.yaml").write_text("name: Nothing else\n", "utf-8")

    backlog.deliver()

    assert backlog.states(SMALL) == {"done": 10}
    assert backlog.states(BIG) == {"ready": 10}


def test_a_busy_system_is_left_alone_as_long_as_it_asked_for_by_all_workers(
    backlog: Backlog,
) -> None:
    backlog.plant(BATCHED, 1_000)
    backlog.plant(SINGLE, 10)
    rule = {"path": "/rest/harbor_foods/erp", "kind": "rate_limit", "retry_after": 300}
    backlog.sandbox.order_faults(rule)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda worker: backlog.deliver(worker=worker), range(2)))
    backlog.let_pass("4 minutes")
    backlog.deliver()

    # Both may have asked before either was told.
    assert backlog.sandbox.http.get("/control/faults").json()[0]["matched"] <= 2
    assert backlog.states(BIG) == {"ready": 1_000}
    assert backlog.states(SMALL) == {"done": 10}
    backlog.sandbox.order_faults()
    backlog.let_pass("2 minutes")
    backlog.deliver()
    assert backlog.states(BIG) == {"done": 1_000}
