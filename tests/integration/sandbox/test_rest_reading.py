import httpx
import pytest

from mastersync.sandbox.rest.systems import SYSTEMS, PageStyle
from mastersync.sandbox.seed.planting import truth

KEYS = sorted(SYSTEMS)


def read_all(client: httpx.Client, key: tuple[str, str], **query: str) -> list[dict]:
    """Page to the end in the system's own way."""
    system = SYSTEMS[key]
    found: list[dict] = []
    params: dict = {system.size_parameter: 100, **query}
    address = "/customers"
    for turn in range(1, 200):
        if system.page_style is PageStyle.PAGE:
            params[system.position_parameter] = turn
        elif system.page_style is PageStyle.OFFSET:
            params[system.position_parameter] = len(found)
        answer = client.get(address, params=params)
        answer.raise_for_status()
        body = answer.json()
        match system.page_style:
            case PageStyle.CURSOR:
                found += body["items"]
                params[system.position_parameter] = body["next_cursor"]
                done = body["next_cursor"] is None
            case PageStyle.PAGE:
                found += body["data"]
                done = body["page"] == body["pages"]
            case PageStyle.OFFSET:
                found += body["results"]
                done = len(found) >= body["total"]
            case PageStyle.LINK:
                found += body
                done = "next" not in answer.links
                address, params = answer.links.get("next", {"url": ""})["url"], None
        if done:
            return found
    raise AssertionError("the list never ends")


@pytest.mark.parametrize("key", KEYS)
def test_paging_shows_every_customer_exactly_once(sandbox, key) -> None:
    ids = [item[SYSTEMS[key].id_field] for item in read_all(sandbox.system(*key), key)]
    expected = [row[1] for row in truth(key[0]) if row[0] == key[1]]
    assert len(expected) > 30
    assert sorted(ids) == sorted(expected)


@pytest.mark.parametrize("key", KEYS)
def test_changes_since_a_time_are_inclusive_and_in_order_of_time(sandbox, key) -> None:
    system = SYSTEMS[key]
    client = sandbox.system(*key)
    everything = read_all(client, key)
    times = sorted(item[system.time_field] for item in everything)
    middle = times[len(times) * 2 // 3]
    changed = read_all(client, key, **{system.since_parameter: middle})
    assert [item[system.time_field] for item in changed] == [t for t in times if t >= middle]
    assert len({item[system.id_field] for item in changed}) == len(changed)


@pytest.mark.parametrize("key", KEYS)
def test_without_its_token_a_system_shows_nothing(sandbox, key) -> None:
    answer = sandbox.http.get(f"{SYSTEMS[key].path}/customers")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "unauthorized"


def test_a_wrong_api_key_is_refused(sandbox) -> None:
    answer = sandbox.http.get(
        "/rest/northwind_industrial/crm/customers",
        headers={"X-Api-Key": "wrong", "Authorization": "Bearer sandbox-northwind_industrial-crm"},
    )
    assert answer.status_code == 401


def test_a_deleted_customer_is_a_tombstone_in_the_list_of_changes(sandbox) -> None:
    key = ("northwind_industrial", "erp")
    client = sandbox.system(*key)
    victim = client.get("/customers", params={"limit": 1}).json()[0]["id"]
    sandbox.http.delete(f"/control/northwind_industrial/erp/customers/{victim}").raise_for_status()
    assert client.get(f"/customers/{victim}").status_code == 404
    assert victim not in {item["id"] for item in read_all(client, key)}
    changed = read_all(client, key, changed_since="2026-11-01T00:00:00Z")
    tombstone = next(item for item in changed if item["id"] == victim)
    assert tombstone["deleted"] is True
    assert set(tombstone) == {"id", "deleted", "last_changed"}


def test_a_malformed_query_is_a_400_that_says_what_is_wrong(sandbox) -> None:
    client = sandbox.system("harbor_foods", "crm")
    for query in ({"cursor": "x"}, {"limit": "0"}, {"limit": "201"}, {"updated_since": "soon"}):
        answer = client.get("/customers", params=query)
        assert answer.status_code == 400, query
        assert answer.json()["error"]["message"]


def test_the_page_for_people_escapes_what_customers_are_called(sandbox) -> None:
    page = sandbox.http.get("/rest/harbor_foods/crm/", params={"q": "BAD-HTML"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_a_change_by_form_inside_the_clients_system_shows_in_its_api(sandbox) -> None:
    client = sandbox.system("harbor_foods", "crm")
    before = client.get("/customers/f540")
    answer = sandbox.http.post(
        "/control/harbor_foods/crm/customers/f540", data={"company.name": "Renamed By A Clerk"}
    )
    assert answer.status_code == 303
    after = client.get("/customers/f540")
    assert after.json()["company"]["name"] == "Renamed By A Clerk"
    assert after.json()["address"] == before.json()["address"]
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.json()["updatedAt"] > before.json()["updatedAt"]
    assert sandbox.ledger("pushes", client="harbor_foods") == []
    assert sandbox.ledger("changes", client="harbor_foods")[-1]["record_id"] == "f540"
