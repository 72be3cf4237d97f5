"""``mastersync credit statement`` and ``spend``, as an operator runs them against the sandbox."""

import json
import re
from pathlib import Path

import httpx
import pytest

from mastersync.config.connections import JsonConnections
from mastersync.errors import RetryableError
from mastersync.sandbox.connections import agency_password
from mastersync.wiring.statements import compare_all
from worlds import CLIENT, World, write_client

DNB = {
    "agency": "dnb",
    "connection": f"{CLIENT}__dnb",
    "statement": {"path": "/usage", "complete_after_minutes": "30"},
    "soft_budget_per_month": "100",
}


@pytest.fixture
def bought(world: World) -> World:
    """A client that has bought reports from D&B."""
    write_client(world.clients_dir, credit=DNB)
    world.sync()
    assert world.sandbox.ledger("orders", client=CLIENT)
    return world


def buy_behind_our_back(world: World) -> None:
    """Somebody else uses the account."""
    duns = world.sandbox.ledger("orders", client=CLIENT)[0]["company_id"]
    with httpx.Client(base_url=world.sandbox.url + "/dnb", trust_env=False) as http:
        token = http.post(
            "/v3/token",
            auth=(CLIENT, agency_password("dnb", CLIENT)),
            json={"grant_type": "client_credentials"},
        ).json()["access_token"]
        http.get(
            f"/v1/data/duns/{duns}",
            params={"blockIDs": "companyinfo_L2_v1"},
            headers={"Authorization": f"Bearer {token}"},
        ).raise_for_status()


def test_a_statement_that_agrees_ends_with_0_and_one_that_does_not_with_1(bought: World) -> None:
    agreed = bought.command("credit", "statement", CLIENT)
    buy_behind_our_back(bought)
    differs = bought.command("credit", "statement", CLIENT, "--json")

    assert (agreed.returncode, "Both agree." in agreed.stdout) == (0, True), agreed.stderr
    found = json.loads(differs.stdout)
    assert differs.returncode == 1
    assert [one["what"] for one in found["differences"]] == ["charged, not ordered by us"]
    assert found["charged"] == found["orders"] + 1
    causes = bought.store.rows("SELECT cause_key FROM ticket WHERE state = 'open'")
    assert any(cause.startswith("credit:dnb:unknown_charges:") for (cause,) in causes)


def test_a_month_that_is_none_is_a_mistake_of_the_command_line(bought: World) -> None:
    ran = bought.command("credit", "statement", CLIENT, "--month", "November")

    assert ran.returncode == 2
    assert "2026-10" in ran.stderr


def test_the_spend_page_draws_weeks_beside_the_budgets(bought: World, tmp_path: Path) -> None:
    page = tmp_path / "spend.html"

    shown = bought.command("credit", "spend", CLIENT, "--html", str(page))
    as_json = bought.command("credit", "spend", CLIENT, "--weeks", "2", "--json")

    assert shown.returncode == 0, shown.stderr
    html = page.read_text("utf-8")
    assert html.count('<rect class="spent"') == 2 * 13, "for a wide page and for a telephone"
    assert re.search(r"soft budget 100\b", html)
    assert re.search(r"hard budget 200\b", html)
    assert "http://" not in html
    orders = bought.sandbox.ledger("orders", client=CLIENT)
    weeks = json.loads(as_json.stdout)
    assert len(weeks) == 2
    assert sum(week["orders"] for week in weeks) == len(orders)
    assert weeks[-1]["thirty_days"] == f"{3.5 * len(orders):.2f}"


def test_every_night_all_clients_that_buy_are_compared(bought: World) -> None:
    agreed = compare_all(bought.settings, JsonConnections(bought.connections))
    buy_behind_our_back(bought)
    differs = compare_all(bought.settings, JsonConnections(bought.connections))

    orders = len(bought.sandbox.ledger("orders", client=CLIENT)) - 1
    assert agreed == {CLIENT: {"orders": orders, "differing_months": 0}}
    assert differs == {CLIENT: {"orders": orders, "differing_months": 1}}


def test_an_agency_that_cannot_be_asked_at_night_fails_the_task(bought: World) -> None:
    bought.sandbox.order_faults({"path": "/dnb/usage", "kind": "error_before"})

    with pytest.raises(RetryableError):
        compare_all(bought.settings, JsonConnections(bought.connections))
