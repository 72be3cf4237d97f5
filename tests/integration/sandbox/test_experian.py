"""The stand-in for Experian answers as the real one does."""

import pytest

from mastersync.sandbox.connections import (
    EXPERIAN_SUBCODE,
    agency_password,
    experian_application,
)
from mastersync.sandbox.seed.companies import agency_numbers, companies
from mastersync.sandbox.seed.records import share

CLIENT = "harbor_foods"
BUSINESSES = "/experian/businessinformation/businesses/v1"
COMPANIES = {company.id: company for company in companies()}
BINS = {
    number: COMPANIES[company]
    for agency, number, company in agency_numbers([*COMPANIES.values()])
    if agency == "experian" and company.startswith("US-X-")
}


def token(sandbox, client: str = CLIENT, password: str = ""):
    return sandbox.http.post(
        "/experian/oauth2/v1/token",
        headers={"grant_type": "password", **experian_application(client)},
        json={"username": client, "password": password or agency_password("experian", client)},
    )


def post(sandbox, name: str, /, **body: object):
    bearer = {"Authorization": f"Bearer {token(sandbox).json()['access_token']}"}
    return sandbox.http.post(
        f"{BUSINESSES}/{name}", json={"subcode": EXPERIAN_SUBCODE, **body}, headers=bearer
    )


def one(kind: str, *, moved: bool = False):
    return next(
        (number, company)
        for number, company in BINS.items()
        if company.kind == kind and share(8, "moved", company.id) == moved
    )


def test_a_token_lasts_half_an_hour_and_five_wrong_log_ins_lock_the_account(sandbox) -> None:
    assert token(sandbox).json()["expires_in"] == "1800"
    wrong = [token(sandbox, "lumen_lending", "wrong") for _ in range(5)]

    locked = token(sandbox, "lumen_lending")

    assert {answer.status_code for answer in wrong} == {401}
    assert wrong[0].json()["success"] is False
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "300")


def test_a_search_is_free_and_says_how_reliable_it_is(sandbox) -> None:
    number, company = one("rated")
    doubtful, moved = one("rated", moved=True)

    found = post(
        sandbox, "search", name=company.name, city=company.city, street=company.street
    ).json()["results"][0]
    unsure = post(sandbox, "search", name=moved.name, city="SEATTLE", street=moved.street).json()[
        "results"
    ][0]

    assert (found["bin"], found["reliabilityCode"] > 95) == (number, True)
    assert (unsure["bin"], unsure["reliabilityCode"] < 80) == (doubtful, True)
    assert post(sandbox, "search", name="No Such Place", city="NOWHERE").json()["results"] == []
    assert sandbox.ledger("orders", client=CLIENT) == []


def test_scores_are_billed_each_time_with_our_comments(sandbox) -> None:
    number, _ = one("rated")

    body = post(sandbox, "scores", bin=number, modelCode="000224", comments="ref-1").json()

    score = body["results"]["scoreInformation"]["commercialScore"]
    assert (body["success"], body["comments"]) == (True, "ref-1")
    assert body["results"]["businessHeader"]["bin"] == number
    assert (score["modelCode"], 0 < score["score"] <= 100) == ("000224", True)
    orders = sandbox.ledger("orders", client=CLIENT)
    assert [(o["agency"], o["company_id"], o["call_ref"]) for o in orders] == [
        ("experian", number, "ref-1")
    ]


def test_another_model_has_another_scale(sandbox) -> None:
    number, _ = one("rated")

    body = post(sandbox, "scores", bin=number, modelCode="000226").json()

    assert body["results"]["scoreInformation"]["commercialScore"]["score"] >= 300


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"bin": "700000000", "modelCode": "000224"}, 404),
        ({"bin": "700000000", "modelCode": "9"}, 400),
        ({"bin": "700000000", "modelCode": "000224", "subcode": "1111111"}, 403),
    ],
)
def test_a_refusal_costs_nothing_and_says_success_false(sandbox, body, status) -> None:
    before = len(sandbox.ledger("orders", client=CLIENT))

    answer = post(sandbox, "scores", **body)

    assert (answer.status_code, answer.json()["success"]) == (status, False)
    assert len(sandbox.ledger("orders", client=CLIENT)) == before
