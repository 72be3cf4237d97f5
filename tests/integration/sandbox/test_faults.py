import time

import httpx
import pytest

PATH = "/rest/harbor_foods/crm"


@pytest.fixture
def crm(sandbox):
    return sandbox.system("harbor_foods", "crm")


def limit_of(sandbox, customer: str) -> str:
    """As the ledger of the outside shows it last, whatever the network told the writer."""
    entries = sandbox.ledger("pushes", client="harbor_foods", system="crm")
    mine = [entry for entry in entries if entry["record_id"] == customer]
    return mine[-1]["after"]["account"]["credit_limit"] if mine else ""


def write(crm, customer: str) -> httpx.Response:
    return crm.patch(f"/customers/{customer}", json={"account": {"credit_limit": "77.00"}})


def test_a_rate_limit_for_the_next_two_calls_says_when_to_come_back(sandbox, crm) -> None:
    sandbox.order_faults({"path": PATH, "kind": "rate_limit", "times": 2, "retry_after": 7})
    answers = [crm.get("/customers/f600") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "7"


def test_every_third_call_fails_and_other_paths_and_methods_do_not(sandbox, crm) -> None:
    sandbox.order_faults({"path": PATH, "method": "GET", "kind": "error_before", "every": 3})
    codes = [crm.get("/customers/f600").status_code for _ in range(6)]
    assert codes == [200, 200, 500, 200, 200, 500]
    assert write(crm, "f601").status_code == 200
    assert sandbox.system("harbor_foods", "erp").get("/customers").status_code == 200
    assert sandbox.http.get("/control/faults").json()[0]["fired"] == 2


@pytest.mark.parametrize(
    ("kind", "customer", "done"),
    [("error_before", "f610", ""), ("error_after", "f611", "77.00")],
)
def test_a_server_error_comes_before_or_after_the_deed(
    sandbox, crm, *, kind, customer, done
) -> None:
    sandbox.order_faults({"path": PATH, "kind": kind, "status": 503, "times": 1})
    assert write(crm, customer).status_code == 503
    assert limit_of(sandbox, customer) == done


@pytest.mark.parametrize(
    ("kind", "customer", "done"),
    [
        ("cut_before", "f620", ""),
        ("cut_after", "f621", "77.00"),
        ("cut_mid_body", "f622", "77.00"),
    ],
)
def test_a_cut_connection_is_seen_as_one_by_the_client(
    sandbox, crm, *, kind, customer, done
) -> None:
    sandbox.order_faults({"path": PATH, "kind": kind, "times": 1})
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        write(crm, customer)
    assert limit_of(sandbox, customer) == done
    assert crm.get(f"/customers/{customer}").status_code == 200


@pytest.mark.parametrize(
    ("effect", "customer", "at_once", "later"),
    [
        ("before", "f630", "77.00", "77.00"),
        ("after", "f631", "", "77.00"),
        ("none", "f632", "", ""),
    ],
)
def test_a_hanging_server_does_the_deed_when_told(
    sandbox, crm, *, effect, customer, at_once, later
) -> None:
    sandbox.order_faults({"path": PATH, "kind": "hang", "ms": 600, "times": 1, "effect": effect})
    crm.timeout = httpx.Timeout(0.2)
    with pytest.raises(httpx.ReadTimeout):
        write(crm, customer)
    assert limit_of(sandbox, customer) == at_once
    time.sleep(0.7)
    assert limit_of(sandbox, customer) == later


def test_latency_only_delays(sandbox, crm) -> None:
    sandbox.order_faults({"path": PATH, "kind": "latency", "ms": 150})
    before = time.monotonic()
    assert crm.get("/customers/f600").status_code == 200
    assert time.monotonic() - before >= 0.15


def test_a_short_page_keeps_its_cursor_and_a_repeated_page_is_the_one_before(sandbox, crm) -> None:
    whole = crm.get("/customers", params={"limit": 10}).json()
    sandbox.order_faults({"path": PATH, "kind": "short_page", "times": 1})
    short = crm.get("/customers", params={"limit": 10}).json()
    assert short["items"] == whole["items"][:5]
    assert short["next_cursor"] == whole["next_cursor"]
    sandbox.order_faults({"path": PATH, "kind": "repeat_page", "skip": 1, "times": 1})
    first = crm.get("/customers", params={"limit": 10}).json()
    onward = {"limit": 10, "cursor": first["next_cursor"]}
    assert crm.get("/customers", params=onward).json() == first
    assert crm.get("/customers", params=onward).json() != first


def test_html_and_an_expired_token_come_in_place_of_an_answer(sandbox, crm) -> None:
    sandbox.order_faults(
        {"path": PATH, "kind": "html", "times": 1}, {"path": PATH, "kind": "unauthorized"}
    )
    page = crm.get("/customers/f600")
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert crm.get("/customers/f600").status_code == 401
    sandbox.http.delete("/control/faults")
    assert crm.get("/customers/f600").status_code == 200


def test_a_trickling_answer_is_whole_but_late(sandbox, crm) -> None:
    whole = crm.get("/customers/f600").json()
    sandbox.order_faults({"path": PATH, "kind": "trickle", "ms": 400, "times": 1})
    before = time.monotonic()
    assert crm.get("/customers/f600", timeout=0.3).json() == whole
    assert time.monotonic() - before >= 0.35


def test_an_answer_can_be_about_another_record(sandbox, crm) -> None:
    rule = {"path": f"{PATH}/customers/f600", "kind": "other_answer"}
    sandbox.order_faults({**rule, "instead": f"{PATH}/customers/f601"})
    assert crm.get("/customers/f600").json()["id"] == "f601"


def test_a_field_can_disappear_from_every_record(sandbox, crm) -> None:
    sandbox.order_faults({"path": PATH, "kind": "lost_field", "field": "phone"})
    items = crm.get("/customers").json()["items"]
    assert len(items) == 50
    assert not [item for item in items if "phone" in item["contact"]]
    assert all("email" in item["contact"] for item in items)


def test_a_huge_answer_is_as_large_as_ordered(sandbox, crm) -> None:
    sandbox.order_faults({"path": PATH, "kind": "huge", "megabytes": 3})
    with crm.stream("GET", "/customers") as answer:
        size = sum(len(piece) for piece in answer.iter_bytes())
    assert size > 3 * 1024 * 1024


def test_a_rule_that_makes_no_sense_is_refused(sandbox) -> None:
    for rule in ({"kind": "explode"}, {"kind": "html", "when": "now"}, {}):
        assert sandbox.http.put("/control/faults", json=[rule]).status_code == 400
