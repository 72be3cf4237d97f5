"""The outside fails while a sync is at work, then is well again: nothing is lost or doubled."""

import pytest

from mastersync.errors import ConfigError, MastersyncError, PermanentError, RetryableError
from worlds import Outcome, World, write_client

pytestmark = pytest.mark.chaos

ERP = "/rest/bright_bakery/erp/customers"
ORDER = "/creditsafe/v1/companies/GB"
MAIL = "/sendgrid/v3/mail/send"


def run_under(world: World, rule: dict[str, object]) -> type[MastersyncError] | None:
    """Sync while the rule is in force; returns the kind of error that ended it, if one did."""
    world.sandbox.order_faults(rule)
    try:
        world.sync()
    except MastersyncError as error:
        return type(error)
    finally:
        fired = world.sandbox.http.get("/control/faults").json()[0]["fired"]
        world.sandbox.order_faults()
    assert fired, "the fault never struck"
    return None


def case(name: str, raises: type[MastersyncError] | None = None, **rule: object):
    return pytest.param(rule, raises, id=name)


@pytest.mark.parametrize(
    ("rule", "raises"),
    [
        case("busy for a moment", kind="rate_limit", times=2, retry_after=0),
        case("busy for long", RetryableError, kind="rate_limit", retry_after=600),
        case("broken for a moment", kind="error_before", times=1),
        case("broken", RetryableError, kind="error_before", skip=1, times=4),
        case("cut for a moment", kind="cut_mid_body", skip=1, times=1),
        case("cut", RetryableError, kind="cut_before", skip=2, times=4),
        case("a page for people", PermanentError, kind="html", skip=1, times=1),
        case("a page cut short", kind="short_page", skip=1, times=1),
        case("a page twice", kind="repeat_page", skip=1, times=1),
        case("token gone mid-run", ConfigError, kind="unauthorized", skip=1),
    ],
)
def test_reading_fails_cleanly_and_is_made_up_for(
    world: World,
    undisturbed: Outcome,
    rule: dict[str, object],
    raises: type[MastersyncError] | None,
) -> None:
    ended_with = run_under(world, {"path": ERP, "method": "GET", **rule})

    assert (ended_with is None) == (raises is None)
    assert raises is None or issubclass(ended_with, raises)
    world.settle()
    world.assert_as_if_nothing_had_happened(undisturbed)


@pytest.mark.parametrize("method", ["PATCH", "POST"])
@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "rate_limit", "retry_after": 60},
        {"kind": "rate_limit", "retry_after": 1, "times": 1},
        {"kind": "error_before", "every": 2},
        {"kind": "error_after", "every": 2},
        {"kind": "error_after"},
        {"kind": "cut_before", "every": 2},
        {"kind": "cut_after", "every": 2},
        {"kind": "html", "every": 2},
        {"kind": "unauthorized", "skip": 1},
    ],
    ids=lambda rule: "-".join(map(str, rule.values())),
)
def test_writing_is_done_once_whatever_the_answer(
    world: World, undisturbed: Outcome, method: str, rule: dict[str, object]
) -> None:
    run_under(world, {"path": ERP, "method": method, **rule})

    world.settle()
    world.assert_as_if_nothing_had_happened(undisturbed)


@pytest.mark.parametrize("method", ["PATCH", "POST"])
@pytest.mark.parametrize("effect", ["before", "after"])
def test_a_write_that_outlives_our_patience_is_done_once(
    world: World, undisturbed: Outcome, method: str, effect: str
) -> None:
    write_client(world.clients_dir, seconds=0.5)
    rule = {"path": ERP, "method": method, "kind": "hang", "effect": effect}

    run_under(world, {**rule, "ms": 1500, "times": 1})

    world.settle()  # more than a minute later: longer than the hang
    world.assert_as_if_nothing_had_happened(undisturbed)


@pytest.mark.parametrize(
    ("rule", "unknown"),
    [
        ({"kind": "rate_limit", "times": 1}, 0),
        ({"kind": "unauthorized", "times": 1}, 0),
        # The agency's meter says that nothing was charged: it is placed again.
        ({"kind": "error_before", "times": 1}, 0),
        ({"kind": "cut_before", "times": 1}, 0),
        ({"kind": "html", "times": 1}, 0),
        # It moved, and nobody can say for which order.
        ({"kind": "error_after", "times": 1}, 1),
        ({"kind": "cut_after"}, 3),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_a_credit_order_is_never_placed_twice(
    world: World, undisturbed: Outcome, rule: dict[str, object], unknown: int
) -> None:
    run_under(world, {"path": ORDER, "method": "GET", **rule})

    world.settle()

    assert world.effects("unknown")["credit_order"] == unknown
    world.assert_as_if_nothing_had_happened(undisturbed)


def test_an_agency_that_refuses_the_login_charges_nothing_and_is_asked_again(
    world: World, undisturbed: Outcome
) -> None:
    ended_with = run_under(world, {"path": "/creditsafe/v1/authenticate", "kind": "unauthorized"})

    assert ended_with is not None
    assert issubclass(ended_with, ConfigError)
    assert world.sandbox.ledger("orders") == []
    world.settle()
    world.assert_as_if_nothing_had_happened(undisturbed)


def test_orders_placed_before_the_login_is_refused_stay_placed(
    world: World, undisturbed: Outcome
) -> None:
    run_under(world, {"path": ORDER, "kind": "unauthorized", "skip": 1})
    assert len(world.sandbox.ledger("orders")) == 1

    world.settle()

    assert world.effects("unknown") == {}
    world.assert_as_if_nothing_had_happened(undisturbed)


@pytest.mark.parametrize(
    ("rule", "twice"),
    [
        ({"kind": "rate_limit", "every": 2}, 0),
        ({"kind": "error_before", "every": 5}, 0),
        ({"kind": "cut_before", "every": 5}, 0),
        ({"kind": "error_after", "every": 5}, 3),
        ({"kind": "cut_after", "every": 5}, 3),
        ({"kind": "html", "every": 5}, 0),
        ({"kind": "unauthorized", "skip": 3}, 0),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_a_mail_is_sent_twice_only_when_nobody_knows_whether_it_went(
    world: World, undisturbed: Outcome, rule: dict[str, object], twice: int
) -> None:
    run_under(world, {"path": MAIL, "method": "POST", **rule})

    world.settle()

    sent_twice = [mail for mail, count in world.outcome().mails.items() if count > 1]
    assert len(sent_twice) == twice
    world.assert_as_if_nothing_had_happened(undisturbed)
