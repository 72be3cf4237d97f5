"""A sync dies by SIGKILL at every boundary there is, once each; the next ones mend it."""

import signal
from collections import Counter
from dataclasses import replace

import pytest

from mastersync.usecases.failpoints import (
    DELIVER_AFTER_ANSWER,
    DELIVER_AFTER_CLAIM_COMMIT,
    DELIVER_AFTER_DEED,
    DELIVER_AFTER_RECORD_COMMIT,
    DELIVER_BEFORE_BISECT,
    DELIVER_BEFORE_DEED,
    DELIVER_BEFORE_RECORD_COMMIT,
    DELIVER_BEFORE_SEND,
    EXTRACT_AFTER_LAND,
    EXTRACT_BEFORE_LAND,
    FAILPOINTS,
)
from worlds import CLIENT, Outcome, World

pytestmark = pytest.mark.chaos

# Which claim of a sync is of which kind: credit orders one by one, then the pushes, creations and
# updates together, and mails one by one.
ORDERS = (1, 3)
PUSHES = 4
MAILS = (5, 7)
# Crossed by every claim of whatever kind; the others for each request to a system.
SENDING = (DELIVER_BEFORE_SEND, DELIVER_AFTER_ANSWER)
DELIVERING = [
    name
    for name in FAILPOINTS
    if name.startswith("deliver.") and name not in {*SENDING, DELIVER_BEFORE_BISECT}
]
# The effects of a claim are in flight when its worker dies at one of these ...
IN_FLIGHT = {
    DELIVER_AFTER_CLAIM_COMMIT,
    DELIVER_BEFORE_DEED,
    DELIVER_AFTER_DEED,
    DELIVER_BEFORE_RECORD_COMMIT,
}
# ... and the outside has them at these.
DONE_OUTSIDE = {DELIVER_AFTER_DEED, DELIVER_BEFORE_RECORD_COMMIT, DELIVER_AFTER_RECORD_COMMIT}
# Boundaries that a sync crosses more than once with something different behind them.
CROSSINGS = {
    EXTRACT_BEFORE_LAND: (1, 2, 4),  # the ERP's first and second page, the shop's
    EXTRACT_AFTER_LAND: (1, 2, 4),
}


def die(world: World, failpoint: str, crossing: int) -> None:
    code = world.exit_code(world.start_sync(failpoint=f"{failpoint}:{crossing}"))
    assert code == -signal.SIGKILL, f"it did not die at {failpoint}:{crossing}"


def test_the_command_dies_where_it_is_told_to_and_the_next_one_mends_it(
    world: World, undisturbed: Outcome
) -> None:
    died = world.command("sync", CLIENT, failpoint=f"{DELIVER_AFTER_DEED}:{PUSHES}")
    assert died.returncode == -signal.SIGKILL, died.stderr

    for _ in range(2):
        world.let_an_hour_pass()
        assert world.command("sync", CLIENT).returncode == 0

    audited = world.command("audit", CLIENT, "--outside")
    assert (audited.returncode, audited.stderr) == (0, ""), audited.stdout
    assert "audit: ok" in audited.stdout
    assert world.outcome() == undisturbed


@pytest.mark.parametrize(
    ("failpoint", "crossing"),
    [
        (name, crossing)
        for name in FAILPOINTS
        if not name.startswith("deliver.")
        for crossing in CROSSINGS.get(name, (1,))
    ],
)
def test_what_a_killed_step_left_is_done_by_the_next_sync(
    world: World, undisturbed: Outcome, failpoint: str, crossing: int
) -> None:
    die(world, failpoint, crossing)

    world.settle()

    assert world.breaches() == ()
    assert world.outcome() == undisturbed


@pytest.mark.parametrize(
    ("failpoint", "crossing"),
    [
        *((name, PUSHES) for name in DELIVERING),
        *((name, nth) for name in SENDING for nth in (1, 9)),
    ],
)
def test_pushes_of_a_killed_worker_are_done_once(
    world: World, undisturbed: Outcome, failpoint: str, crossing: int
) -> None:
    die(world, failpoint, crossing)
    is_in_flight = failpoint in {*IN_FLIGHT, *SENDING}
    assert set(world.effects("inflight")) == ({"push"} if is_in_flight else set())

    world.settle()

    assert world.breaches() == ()
    assert world.outcome() == undisturbed


@pytest.mark.parametrize("failpoint", DELIVERING)
@pytest.mark.parametrize("claim", MAILS)
def test_mails_of_a_killed_worker_go_out_once_or_twice_with_the_same_link(
    world: World, undisturbed: Outcome, failpoint: str, claim: int
) -> None:
    die(world, failpoint, claim)
    in_flight = world.effects("inflight")
    assert in_flight == ({"email": 1} if failpoint in IN_FLIGHT else {}), "one is stranded at most"

    world.settle()

    assert world.breaches() == ()
    ended = world.outcome()
    # Nobody can ask the carrier, and no event came: what the dead had sent goes out once more.
    sent_twice = [mail for mail, count in ended.mails.items() if count > 1]
    assert len(sent_twice) == (in_flight["email"] if failpoint in DONE_OUTSIDE else 0)
    assert max(ended.mails.values()) <= 2
    assert world.effects("inflight", "unknown", "ready", "held") == {}
    assert replace(ended, mails=Counter(ended.mails.keys())) == undisturbed


@pytest.mark.parametrize("failpoint", DELIVERING)
@pytest.mark.parametrize("claim", ORDERS)
def test_credit_orders_of_a_killed_worker_are_never_placed_again(
    world: World, undisturbed: Outcome, failpoint: str, claim: int
) -> None:
    die(world, failpoint, claim)
    lost = world.effects("inflight")["credit_order"]
    assert lost == (failpoint in IN_FLIGHT), "one is stranded at most"

    world.settle()

    assert world.breaches() == ()
    ended = world.outcome()
    assert max(ended.orders.values(), default=0) <= 1
    charged = failpoint in DONE_OUTSIDE
    if not (lost and charged):
        # What was not charged, the agency's meter says so, is placed by the next worker.
        assert ended == undisturbed
        return
    # It was charged, and its report is lost: a person asks, it is not sent again.
    assert ended.orders == undisturbed.orders
    assert world.effects("unknown")["credit_order"] == lost
    asked = {
        cause for cause in ended.tickets if cause.startswith("credit_order:creditsafe:unknown:")
    }
    assert len(asked) == lost
    # These customers wait; all others are as if nothing had happened.
    waiting = world.customers_without_report()
    assert ended.golden == {
        customer_id: fields
        for customer_id, fields in undisturbed.golden.items()
        if customer_id not in waiting
    }
    assert ended.pushes <= undisturbed.pushes
    assert ended.mails <= undisturbed.mails
