"""Two hundred writes in one request, and what becomes of each when something goes wrong."""

import time

import pytest

from backlogs import BATCHED, KEYED, SINGLE, Backlog

BIG = BATCHED[0]
BATCH = "/rest/harbor_foods/erp/$batch"
PATHS = {
    BATCHED: BATCH,
    KEYED: "/rest/northwind_industrial/erp/$batch",
    SINGLE: "/rest/bright_bakery/erp/customers",
}


def poisoned(backlog: Backlog, name: str) -> str:
    """Plant a batch with one customer of that name; returns that customer's id."""
    backlog.plant(BATCHED, 200, names={77: name})
    return f"C-{1000 + 77}"


def requests(backlog: Backlog) -> int:
    return backlog.sandbox.http.get("/control/faults").json()[0]["matched"]


def test_a_record_that_a_batch_is_refused_for_is_cut_out_of_it(backlog: Backlog) -> None:
    poison = poisoned(backlog, "N" * 5_000)
    backlog.sandbox.order_faults({"path": BATCH, "kind": "latency", "ms": 0})

    backlog.deliver()

    assert backlog.states(BIG) == {"done": 199, "failed": 1}
    references = backlog.references(BIG)
    assert poison not in references
    assert (len(references), set(references.values())) == (199, {1})
    (cause,) = backlog.tickets()
    assert cause.startswith("push:erp:refused:")
    assert requests(backlog) <= 2 * 8 + 1, "it is cut in two each time"


def test_a_record_that_breaks_off_every_batch_is_soon_alone_and_a_dead_letter(
    backlog: Backlog,
) -> None:
    poison = poisoned(backlog, "ALDGATE \x1a LTD")

    backlog.deliver()
    assert backlog.states(BIG) == {"ready": 200}, "nobody knows what was done of them"
    for _ in range(3):
        backlog.let_pass("1 hour")
        backlog.deliver()
    assert backlog.states(BIG) == {"done": 199, "ready": 1}
    for _ in range(4):
        backlog.let_pass("1 hour")
        backlog.deliver()

    assert backlog.states(BIG) == {"done": 199, "failed": 1}
    references = backlog.references(BIG)
    assert poison not in references
    assert (len(references), set(references.values())) == (199, {1})
    assert len(backlog.tickets()) == 1
    backlog.let_pass("2 hours")
    assert backlog.deliver() == {}, "a dead letter is not sent again by itself"


@pytest.mark.parametrize("system", PATHS, ids="/".join)
@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "error_after"},  # done, then 500
        {"kind": "error_before"},
        {"kind": "cut_after"},
        {"kind": "cut_mid_body"},
        {"kind": "hang", "effect": "before", "ms": 4500},  # done, then silence
        {"kind": "hang", "effect": "after", "ms": 4500},  # silence, then done
        {"kind": "html"},
        {"kind": "short_page"},  # the answers of some are missing
    ],
    ids=lambda rule: "-".join(str(value) for value in rule.values()),
)
def test_a_lost_answer_is_asked_about_before_anything_is_sent_again(
    backlog: Backlog, system: tuple[str, str], rule: dict[str, object]
) -> None:
    client = system[0]
    backlog.plant(system, 60)
    given = {"path": PATHS[system], "method": "POST", "times": 1, **rule}
    backlog.sandbox.order_faults(given)

    backlog.deliver()
    if rule["kind"] == "hang":
        time.sleep(3)  # longer than the longest request, as the settling time is
    backlog.sandbox.order_faults()
    taken = backlog.references(client)
    for _ in range(2):
        backlog.let_pass("2 minutes")
        backlog.deliver()

    assert backlog.states(client) == {"done": 60}
    assert backlog.references(client) >= taken
    assert set(backlog.references(client).values()) == {1}
    assert len(backlog.references(client)) == 60
    assert backlog.tickets() == []


def test_what_was_found_done_is_not_sent_at_all(backlog: Backlog) -> None:
    backlog.plant(BATCHED, 200)
    backlog.sandbox.order_faults({"path": BATCH, "kind": "cut_after", "times": 1})
    backlog.deliver()
    backlog.let_pass("2 minutes")
    backlog.sandbox.order_faults({"path": BATCH, "kind": "latency", "ms": 0})

    backlog.deliver()

    assert backlog.states(BIG) == {"done": 200}
    assert requests(backlog) == 1, "they were looked up in one request"
