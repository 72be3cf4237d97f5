"""Two workers on one client at once, and workers that are lost in the middle of a deed."""

import os
import signal

import pytest

from mastersync.usecases.failpoints import DELIVER_BEFORE_CLAIM_COMMIT
from worlds import Outcome, World

pytestmark = pytest.mark.chaos

ERP = "/rest/bright_bakery/erp/customers"
DEEDS = {
    "credit_order": (1, {"path": "/creditsafe/v1/companies/GB", "method": "GET"}),
    "push": (4, {"path": ERP, "method": "POST"}),
    "email": (5, {"path": "/sendgrid/v3/mail/send", "method": "POST"}),
}


def fill_outbox(world: World, kind: str) -> None:
    """Let a sync die when it is about to deliver what is of this kind."""
    claim, _ = DEEDS[kind]
    died = world.start_sync(failpoint=f"{DELIVER_BEFORE_CLAIM_COMMIT}:{claim}")
    assert world.exit_code(died) == -signal.SIGKILL
    assert world.effects("ready")[kind] > 1


def slow(world: World, *rules: dict[str, object], ms: int) -> None:
    world.sandbox.order_faults(*({**rule, "kind": "latency", "ms": ms} for rule in rules))


def stop_with_a_request_in_the_air(world: World, kind: str) -> int:
    """Start a worker on a full outbox, and stop it while the outside is at its first deed."""
    fill_outbox(world, kind)
    _, rule = DEEDS[kind]
    slow(world, {**rule, "times": 1}, ms=300)
    worker = world.start_delivery()
    world.wait_for_fault()
    os.kill(worker.pid, signal.SIGSTOP)
    world.sandbox.order_faults()
    return worker.pid


@pytest.mark.parametrize("kind", ["push", "email"])
def test_two_workers_share_an_outbox(world: World, undisturbed: Outcome, kind: str) -> None:
    fill_outbox(world, kind)
    slow(world, DEEDS[kind][1], ms=20)  # so that both have work

    workers = [world.start_delivery(), world.start_delivery()]

    assert [world.exit_code(worker) for worker in workers] == [0, 0]
    assert world.effects("ready", "inflight")[kind] == 0
    world.settle()
    assert world.breaches() == ()
    assert world.outcome() == undisturbed


def test_two_syncs_of_a_client_at_once_do_what_one_does(world: World, undisturbed: Outcome) -> None:
    slow(world, {"path": "/"}, ms=10)

    syncs = [world.start_sync(), world.start_sync()]
    assert [world.exit_code(sync) for sync in syncs] == [0, 0]
    world.settle()
    assert world.breaches() == ()
    assert world.outcome() == undisturbed


@pytest.mark.parametrize("kind", DEEDS)
def test_a_worker_killed_with_a_request_in_the_air_is_made_up_for(
    world: World, undisturbed: Outcome, kind: str
) -> None:
    os.kill(stop_with_a_request_in_the_air(world, kind), signal.SIGKILL)

    world.settle()

    world.assert_as_if_nothing_had_happened(undisturbed)
    assert sum(world.outcome().mails.values()) <= sum(undisturbed.mails.values()) + 1


@pytest.mark.parametrize("kind", DEEDS)
def test_a_worker_that_slept_past_its_lease_records_nothing_and_doubles_nothing(
    world: World, undisturbed: Outcome, kind: str
) -> None:
    pid = stop_with_a_request_in_the_air(world, kind)
    (worker,) = [process for process in world.started if process.pid == pid]
    held_by_the_sleeper = world.effects("inflight")[kind]

    world.let_an_hour_pass()
    world.deliver()  # takes over what the sleeper held
    world.hours_passed.value = 1
    os.kill(pid, signal.SIGCONT)
    assert world.exit_code(worker) == 0

    attempts = world.store.rows("SELECT outcome FROM effect_attempt WHERE outcome = 'lost'")
    assert len(attempts) == held_by_the_sleeper
    world.settle()
    world.assert_as_if_nothing_had_happened(undisturbed)
    # Only the deed that was in the air may be there twice, and only where nobody can be asked.
    assert sum(world.outcome().mails.values()) <= sum(undisturbed.mails.values()) + 1
    assert len(world.sandbox.ledger("orders")) <= sum(undisturbed.orders.values())
