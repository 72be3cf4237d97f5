import pytest


def northwind_erp(sandbox):
    return sandbox.system("northwind_industrial", "erp")


def test_a_partial_update_leaves_the_rest_and_is_in_the_ledger_with_both_sides(sandbox) -> None:
    client = sandbox.system("harbor_foods", "crm")
    before = client.get("/customers/f600").json()
    answer = client.patch(
        "/customers/f600", json={"account": {"credit_limit": "900.00", "payment_terms": "N14"}}
    )
    assert answer.status_code == 200
    after = client.get("/customers/f600").json()
    assert after["account"]["credit_limit"] == "900.00"
    assert after["account"]["tax_id"] is None
    assert after["company"] == before["company"]
    entry = sandbox.ledger("pushes", client="harbor_foods", system="crm")[-1]
    assert (entry["record_id"], entry["method"]) == ("f600", "PATCH")
    assert entry["before"] == before
    assert entry["after"] == after


def test_a_stale_etag_is_refused_and_nothing_is_changed(sandbox) -> None:
    client = sandbox.system("bright_bakery", "erp")
    customer = client.get("/customers", params={"per_page": 1}).json()["data"][0]
    address = f"/customers/{customer['id']}"
    etag = client.get(address).headers["ETag"]
    first = client.patch(address, json={"city": "Leeds"}, headers={"If-Match": etag})
    second = client.patch(address, json={"city": "Hull"}, headers={"If-Match": etag})
    assert (first.status_code, second.status_code) == (200, 412)
    read_back = client.get(address)
    assert read_back.json()["city"] == "Leeds"
    assert read_back.headers["ETag"] == first.headers["ETag"]


def test_if_unmodified_since_refuses_what_changed_in_a_later_second(sandbox) -> None:
    client = sandbox.system("northwind_industrial", "crm")
    customer = client.get("/customers", params={"limit": 1}).json()["results"][0]
    address = f"/customers/{customer['customer_id']}"
    seen = client.get(address).headers["Last-Modified"]
    guard = {"If-Unmodified-Since": seen}
    assert client.put(address, json={"city": "Leeds"}, headers=guard).status_code == 200
    assert client.put(address, json={"city": "Hull"}, headers=guard).status_code == 412
    assert client.patch(address, json={"city": "Hull"}).status_code == 405


def test_a_reference_makes_a_second_create_a_conflict_that_names_the_first(sandbox) -> None:
    client = sandbox.system("harbor_foods", "erp")
    new = {"CUSTNAME": "Newcomer Deli", "CTRY": "US", "EXTREF": "ms-1"}
    first = client.post("/customers", json=new)
    assert first.status_code == 201
    assert first.headers["Location"].endswith(first.json()["CUSTNO"])
    second = client.post("/customers", json=new)
    assert second.status_code == 409
    assert second.json()["error"]["existing_id"] == first.json()["CUSTNO"]
    found = client.get("/customers", params={"external_ref": "ms-1"}).json()["data"]
    assert [item["CUSTNO"] for item in found] == [first.json()["CUSTNO"]]
    assert client.get("/customers", params={"external_ref": "none"}).json()["data"] == []
    pushes = sandbox.ledger("pushes", system="erp", client="harbor_foods")
    assert [entry["reference"] for entry in pushes] == ["ms-1"]


def test_the_same_idempotency_key_replays_the_first_answer_and_changes_nothing(sandbox) -> None:
    client = northwind_erp(sandbox)
    before = len(sandbox.ledger("pushes", client="northwind_industrial", system="erp"))
    new = {"name": "Keyed Ltd", "external_ref": "ms-keyed"}
    key = {"Idempotency-Key": "effect-1"}
    first = client.post("/customers", json=new, headers=key)
    again = client.post("/customers", json=new, headers=key)
    other = client.post("/customers", json={**new, "name": "Other"}, headers=key)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.json()["error"]["code"] == "idempotency_key_reused"
    pushes = sandbox.ledger("pushes", client="northwind_industrial", system="erp")[before:]
    assert [entry["idempotency_key"] for entry in pushes] == ["effect-1"]


def test_one_erp_keeps_capitals_and_another_cuts_long_names(sandbox) -> None:
    capitals = sandbox.system("harbor_foods", "erp")
    answer = capitals.patch(
        "/customers/40001", json={"CUSTNAME": "Apple Pan", "EMAIL": "a@b.example"}
    )
    assert answer.json()["CUSTNAME"] == "APPLE PAN"
    assert answer.json()["EMAIL"] == "a@b.example"
    long_name = "N" * 75
    cut = northwind_erp(sandbox).post("/customers", json={"name": long_name})
    assert cut.json()["name"] == long_name[:60]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"company": {"name": "x" * 81}}, "company.name", "too_long"),
        ({"company": {"name": None}}, "company.name", "required"),
        ({"account": {"payment_terms": "N31"}}, "account.payment_terms", "unknown_code"),
        ({"address": {"country": "Utopia"}}, "address.country", "unknown_code"),
        ({"contact": {"email": "nobody"}}, "contact.email", "invalid"),
        ({"account": {"credit_limit": "lots"}}, "account.credit_limit", "invalid"),
        ({"nickname": "x"}, "nickname", "unknown_field"),
    ],
)
def test_a_value_that_the_system_does_not_take_is_named(sandbox, change, field, code) -> None:
    client = sandbox.system("harbor_foods", "crm")
    answer = client.patch("/customers/f700", json=change)
    assert answer.status_code == 422
    refused = answer.json()["error"]["fields"]
    assert [(entry["field"], entry["code"]) for entry in refused] == [(field, code)]


def test_unknown_customers_bad_bodies_and_wrong_types_have_their_own_status(sandbox) -> None:
    client = sandbox.system("harbor_foods", "crm")
    assert client.get("/customers/nobody").status_code == 404
    assert client.patch("/customers/nobody", json={"segment": "x"}).status_code == 404
    assert client.patch("/customers/f700", content=b"{}").status_code == 415
    json_type = {"Content-Type": "application/json"}
    assert client.patch("/customers/f700", content=b"{", headers=json_type).status_code == 400
    assert client.delete("/customers/f700").status_code == 405
