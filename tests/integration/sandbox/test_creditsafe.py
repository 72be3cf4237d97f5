import pytest

from mastersync.sandbox.connections import creditsafe_password
from mastersync.sandbox.seed.companies import companies


def headers(sandbox, client: str) -> dict[str, str]:
    login = {"username": client, "password": creditsafe_password(client)}
    answer = sandbox.http.post("/creditsafe/v1/authenticate", json=login)
    assert answer.status_code == 200
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def company(country: str, kind: str):
    return next(c for c in companies() if (c.country, c.kind) == (country, kind))


def test_five_bad_logins_lock_the_user_out_even_with_the_right_password(sandbox) -> None:
    address = "/creditsafe/v1/authenticate"
    wrong = {"username": "lumen_lending", "password": "wrong"}
    bad = [sandbox.http.post(address, json=wrong) for _ in range(5)]
    assert {answer.status_code for answer in bad} == {401}
    assert bad[0].json()["message"] == "Access denied - please check username and password"
    right = {"username": "lumen_lending", "password": creditsafe_password("lumen_lending")}
    assert sandbox.http.post(address, json=right).status_code == 429
    assert headers(sandbox, "harbor_foods")


def test_a_missing_and_a_bad_token_have_their_own_bodies(sandbox) -> None:
    missing = sandbox.http.get("/creditsafe/v1/access")
    bad = sandbox.http.get("/creditsafe/v1/access", headers={"Authorization": "Bearer x"})
    assert (missing.status_code, list(missing.json())) == (401, ["message"])
    assert (bad.status_code, list(bad.json())) == (401, ["error"])


def test_a_company_is_found_by_number_vat_and_name_and_searching_is_free(sandbox) -> None:
    known = next(c for c in companies() if c.country == "GB" and c.vat_no)
    token = headers(sandbox, "northwind_industrial")
    for criterion in (
        {"regNo": known.reg_no},
        {"vatNo": known.vat_no},
        {"name": known.name.lower(), "postCode": known.postcode},
    ):
        answer = sandbox.http.get(
            "/creditsafe/v1/companies", params={"countries": "GB", **criterion}, headers=token
        ).json()
        assert known.id in {found["id"] for found in answer["companies"]}, criterion
        assert answer["totalSize"] == len(answer["companies"])
    assert sandbox.ledger("orders", client="northwind_industrial") == []


def test_nothing_found_is_a_200_that_says_so(sandbox) -> None:
    answer = sandbox.http.get(
        "/creditsafe/v1/companies",
        params={"countries": "GB", "regNo": "00000000"},
        headers=headers(sandbox, "northwind_industrial"),
    )
    assert answer.status_code == 200
    assert answer.json()["totalSize"] == 0
    assert answer.json()["messages"][0]["code"] == "NoResults"


def test_every_report_costs_a_unit_and_is_in_the_ledger_with_its_reference(sandbox) -> None:
    known = company("US", "rated")
    token = headers(sandbox, "harbor_foods")
    address = f"/creditsafe/v1/companies/{known.id}"
    reports = [
        sandbox.http.get(address, params={"callRef": f"ref-{n}"}, headers=token).json()
        for n in range(2)
    ]
    summary = reports[0]["report"]["companySummary"]
    assert summary["companyRegistrationNumber"] == known.reg_no
    assert summary["creditRating"]["commonValue"] in "ABCD"
    assert summary["creditRating"]["creditLimit"]["currency"] == "USD"
    assert isinstance(summary["creditRating"]["creditLimit"]["value"], str)
    assert reports[0]["failedSections"] == []
    assert reports[0]["orderId"] != reports[1]["orderId"]
    assert reports[0]["report"] == reports[1]["report"]
    orders = sandbox.ledger("orders", client="harbor_foods")
    assert [entry["call_ref"] for entry in orders] == ["ref-0", "ref-1"]
    assert [entry["units"] for entry in orders] == [1, 1]
    quota = sandbox.http.get("/creditsafe/v1/access", headers=token).json()
    used = {
        country["countryIso2"]: country["used"]
        for country in quota["countryAccess"]["creditsafeConnectOnlineReports"]
    }
    assert used["US"] == 2
    assert used["GB"] == 0


@pytest.mark.parametrize(("kind", "limit"), [("not_rated", "Not Rated"), ("no_limit", "No Limit")])
def test_a_limit_may_be_words(sandbox, kind, limit) -> None:
    token = headers(sandbox, "harbor_foods")
    known = company("US", kind)
    report = sandbox.http.get(f"/creditsafe/v1/companies/{known.id}", headers=token).json()
    assert report["report"]["companySummary"]["creditRating"]["creditLimit"]["value"] == limit


def test_a_report_can_lack_its_score_and_names_the_failed_sections(sandbox) -> None:
    token = headers(sandbox, "harbor_foods")
    known = company("US", "incomplete")
    answer = sandbox.http.get(f"/creditsafe/v1/companies/{known.id}", headers=token)
    assert answer.status_code == 200
    assert "creditScore" in answer.json()["failedSections"]
    assert "creditScore" not in answer.json()["report"]


def test_india_is_not_included_germany_wants_a_reason_and_a_stranger_is_unknown(sandbox) -> None:
    token = headers(sandbox, "northwind_industrial")

    def order(company_id: str, **query: str):
        return sandbox.http.get(
            f"/creditsafe/v1/companies/{company_id}", params=query, headers=token
        )

    before = len(sandbox.ledger("orders"))
    german = company("DE", "rated").id
    assert order(company("IN", "rated").id).status_code == 403
    assert order(german).status_code == 400
    assert order("GB-0-99999999").status_code == 404
    assert len(sandbox.ledger("orders")) == before
    assert order(german, customData="de_reason_code::1").status_code == 200
    assert len(sandbox.ledger("orders")) == before + 1
