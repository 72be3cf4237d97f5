"""What the sandbox leaves under its home: files of the clients, the truth, and its own state."""

import csv
import json
from pathlib import Path

import httpx
import openpyxl
import pypdfium2
import pytest

from mastersync.sandbox.app import create_app
from mastersync.sandbox.connections import airflow_connections
from mastersync.sandbox.rest.systems import SYSTEMS
from mastersync.sandbox.seed.contracts import CORRUPT, SCAN, contract_terms, write_contracts
from mastersync.sandbox.seed.harbor_foods import with_contract
from sandboxes import serve_in_thread


def text_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_contracts_read_back_what_the_schedule_says_but_for_two(sandbox) -> None:
    folder = sandbox.home / "files" / "harbor_foods" / "contracts"
    customers = with_contract()
    assert len(list(folder.glob("*.pdf"))) == len(customers) == 40
    for position, customer in enumerate(customers):
        path = folder / f"contract-{customer.id}.pdf"
        if position == CORRUPT:
            with pytest.raises(pypdfium2.PdfiumError):
                text_of(path)
        elif position == SCAN:
            assert "".join(text_of(path)).strip() == ""
        else:
            first, second = text_of(path)
            for label, value in contract_terms(customer).items():
                assert f"{label}: {value}" in first.splitlines()
            assert "General terms" in second


def test_contracts_are_byte_for_byte_the_same_each_time(tmp_path) -> None:
    write_contracts(tmp_path / "a")
    write_contracts(tmp_path / "b")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_branch_lists_need_their_declared_encodings(sandbox) -> None:
    folder = sandbox.home / "files" / "lumen_lending" / "branch_list"
    found = {}
    for name, encoding in (
        ("adelaide.csv", "utf-8"),
        ("sydney.csv", "utf-8"),
        ("brisbane_cp1252.csv", "cp1252"),
    ):
        with (folder / name).open(encoding=encoding, newline="") as file:
            found[name] = list(csv.DictReader(file))
    assert all(len(people) > 100 for people in found.values())
    brisbane = {row["Family Name"] for row in found["brisbane_cp1252.csv"]}
    assert {"Müller", "Østergård"} <= brisbane
    with pytest.raises(UnicodeDecodeError):
        (folder / "brisbane_cp1252.csv").read_text(encoding="utf-8")
    references = [row["Ref"] for people in found.values() for row in people]
    assert len(references) == len(set(references))


def test_the_shops_export_is_a_sheet_of_texts_without_live_formulas(sandbox) -> None:
    path = sandbox.home / "files" / "bright_bakery" / "shop" / "customers.xlsx"
    sheet = openpyxl.load_workbook(path)["Customers"]
    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header][:2] == ["Customer No", "Company"]
    assert len(rows) > 70
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]
    assert any(str(row[1].value).startswith("=HYPERLINK") for row in rows)


def test_the_truth_names_every_record_that_the_systems_show(sandbox) -> None:
    with (sandbox.home / "truth" / "bright_bakery.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    erp = {row["id"] for row in rows if row["system"] == "erp"}
    shown = sandbox.system("bright_bakery", "erp").get("/customers", params={"per_page": 200})
    assert {item["id"] for item in shown.json()["data"]} == erp


def test_every_connection_of_the_samples_opens_its_system(sandbox) -> None:
    connections = airflow_connections(sandbox.url, sandbox.home)
    for (client, name), system in SYSTEMS.items():
        connection = json.loads(connections[f"{client}__{name}"])
        headers = (
            {system.api_key_header: connection["password"]}
            if system.api_key_header
            else {"Authorization": f"Bearer {connection['password']}"}
        )
        answer = httpx.get(f"{connection['host']}/customers", headers=headers, trust_env=False)
        assert answer.status_code == 200
    for client, name in (("lumen_lending", "branch_list"), ("bright_bakery", "shop")):
        connection = json.loads(connections[f"{client}__{name}"])
        assert any(Path(connection["extra"]["path"]).iterdir())
    agency = json.loads(connections["harbor_foods__creditsafe"])
    login = {"username": agency["login"], "password": agency["password"]}
    answer = httpx.post(f"{agency['host']}/authenticate", json=login, trust_env=False)
    assert answer.status_code == 200


def test_a_restart_goes_on_where_the_sandbox_was(tmp_path) -> None:
    bearer = {"Authorization": "Bearer sandbox-bright_bakery-erp"}
    address = "/rest/bright_bakery/erp/customers"
    for turn, status in ((1, 201), (2, 409)):
        served = serve_in_thread(create_app(tmp_path))
        new = {"name": "Kept Across Restarts", "external_ref": "ms-kept"}
        answer = httpx.post(served.url + address, json=new, headers=bearer, trust_env=False)
        ledger = httpx.get(f"{served.url}/ledger/pushes", trust_env=False).json()
        served.stop()
        assert (turn, answer.status_code, ledger["count"]) == (turn, status, 1)
