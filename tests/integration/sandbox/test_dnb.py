"""The stand-in for D&B answers as the real one does."""

import pytest

from mastersync.sandbox.connections import agency_password
from mastersync.sandbox.seed.companies import agency_numbers, companies
from mastersync.sandbox.seed.records import share

CLIENT = "northwind_industrial"
COMPANIES = {company.id: company for company in companies()}
BLOCKS = "companyinfo_L2_v1,financialstrengthinsight_L2_v1,paymentinsight_L1_v1"


def token(sandbox, client: str = CLIENT):
    return sandbox.http.post(
        "/dnb/v3/token",
        auth=(client, agency_password("dnb", client)),
        json={"grant_type": "client_credentials"},
    )


def headers(sandbox, client: str = CLIENT) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(sandbox, client).json()['access_token']}"}


def duns(country: str, kind: str, *, moved: bool = False) -> tuple[str, object]:

    for number, company in _dnb():
        if (company.country, company.kind) == (country, kind) and (
            share(8, "moved", company.id) == moved
        ):
            return number, company
    raise LookupError(country, kind)


def _dnb():
    for agency, number, company in agency_numbers([*COMPANIES.values()]):
        if agency == "dnb":
            yield number, COMPANIES[company]


def match(sandbox, **query: str):
    return sandbox.http.get("/dnb/v1/match/cleanseMatch", params=query, headers=headers(sandbox))


def data(sandbox, number: str, **query: str):
    return sandbox.http.get(
        f"/dnb/v1/data/duns/{number}",
        params={"blockIDs": BLOCKS, **query},
        headers=headers(sandbox),
    )


def test_a_new_token_ends_the_one_before_it(sandbox) -> None:
    first = headers(sandbox)
    second = headers(sandbox)

    query = {"countryISOAlpha2Code": "GB", "name": "x"}
    ended = sandbox.http.get("/dnb/v1/match/cleanseMatch", params=query, headers=first)
    good = sandbox.http.get("/dnb/v1/match/cleanseMatch", params=query, headers=second)

    assert (ended.status_code, ended.json()["error"]["errorCode"]) == (401, "00004")
    assert good.status_code == 404
    assert token(sandbox).json()["expiresIn"] == 86_400


def test_five_wrong_log_ins_lock_the_account(sandbox) -> None:
    wrong = [
        sandbox.http.post(
            "/dnb/v3/token",
            auth=("bright_bakery", "wrong"),
            json={"grant_type": "client_credentials"},
        )
        for _ in range(5)
    ]

    locked = token(sandbox, "bright_bakery")

    assert {answer.status_code for answer in wrong} == {401}
    assert wrong[0].json()["error"] == "invalid_client"
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "300")


@pytest.mark.parametrize("country", ["GB", "DE", "FR"])
def test_a_company_is_surely_matched_by_number_and_name_and_matching_is_free(
    sandbox, country: str
) -> None:
    number, company = duns(country, "rated")

    found = match(
        sandbox,
        countryISOAlpha2Code=country,
        name=company.name,
        registrationNumber=company.reg_no,
        addressLocality=company.city,
    ).json()["matchCandidates"][0]

    assert found["organization"]["duns"] == number
    assert found["matchQualityInformation"]["confidenceCode"] == 10
    assert sandbox.ledger("orders", client=CLIENT) == []


def test_some_matches_are_doubtful(sandbox) -> None:
    number, company = duns("GB", "rated", moved=True)

    found = match(
        sandbox,
        countryISOAlpha2Code="GB",
        name=company.name,
        registrationNumber=company.reg_no,
        streetAddressLine1=company.street or "1 High Street",
    ).json()["matchCandidates"][0]

    assert found["organization"]["duns"] == number
    assert found["organization"]["registrationNumbers"] == []
    assert 6 <= found["matchQualityInformation"]["confidenceCode"] <= 8


def test_no_candidate_is_a_404_with_an_error(sandbox) -> None:
    answer = match(sandbox, countryISOAlpha2Code="GB", name="No Such Company Of This World")

    assert (answer.status_code, answer.json()["error"]["errorCode"]) == (404, "20505")


def test_a_number_is_text_and_may_begin_with_a_zero(sandbox) -> None:
    number = next(number for number, _ in _dnb() if number.startswith("0"))

    answer = data(sandbox, number, customerReference="ref-1").json()

    assert answer["organization"]["duns"] == number
    orders = sandbox.ledger("orders", client=CLIENT)
    assert [(o["agency"], o["company_id"], o["call_ref"]) for o in orders] == [
        ("dnb", number, "ref-1")
    ]


def test_blocks_are_paid_each_time_and_are_in_the_statement(sandbox) -> None:
    number, _ = duns("DE", "rated")
    before = len(sandbox.ledger("orders", client=CLIENT))
    for ref in ("a", "b"):
        body = data(sandbox, number, customerReference=ref).json()
        assert {block["status"] for block in body["blockStatus"]} == {"ok"}
        assert 1 <= body["organization"]["dnbAssessment"]["failureScore"]["classScore"] <= 5

    usage = sandbox.http.get("/dnb/usage", headers=headers(sandbox)).json()["usage"]

    assert [entry["customerReference"] for entry in usage[before:]] == ["a", "b"]


def test_a_block_can_fail_in_a_200_and_an_unknown_number_or_block_is_refused(sandbox) -> None:
    number, _ = duns("GB", "incomplete")
    answer = data(sandbox, number)
    failed = [b["blockID"] for b in answer.json()["blockStatus"] if b["status"] != "ok"]

    assert answer.status_code == 200
    assert failed == ["financialstrengthinsight_L2_v1"]
    assert "dnbAssessment" not in answer.json()["organization"]
    before = len(sandbox.ledger("orders", client=CLIENT))
    assert data(sandbox, "999999999").status_code == 404
    assert data(sandbox, number, blockIDs="hierarchyconnections_L1_v1").status_code == 403
    assert len(sandbox.ledger("orders", client=CLIENT)) == before
