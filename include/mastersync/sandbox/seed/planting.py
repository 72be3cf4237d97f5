"""Put the seeds in place, once: a home that has them is left as the runs have changed it."""

import csv
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from mastersync.sandbox.database import Database
from mastersync.sandbox.rest.systems import SYSTEMS
from mastersync.sandbox.seed import bright_bakery, harbor_foods, lumen_lending, northwind_industrial
from mastersync.sandbox.seed.companies import agency_numbers, companies
from mastersync.sandbox.seed.contracts import write_contracts
from mastersync.sandbox.seed.records import Seeded

RECORDS: dict[str, Callable[[], list[Seeded]]] = {
    "harbor_foods": harbor_foods.records,
    "northwind_industrial": northwind_industrial.records,
    "lumen_lending": lumen_lending.records,
    "bright_bakery": bright_bakery.records,
}
_FILES: dict[tuple[str, str], Callable[[Path], None]] = {
    ("harbor_foods", "contracts"): write_contracts,
    ("lumen_lending", "branch_list"): lumen_lending.write_files,
    ("bright_bakery", "shop"): bright_bakery.write_files,
}
_INSERT_CUSTOMER = """
INSERT INTO customer (client, system, id, body, updated_us) VALUES (?, ?, ?, ?, ?)
"""
_INSERT_COMPANY = """
INSERT OR IGNORE INTO company
    (id, country, reg_no, vat_no, name, name_key, postcode, city, street, kind)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_NUMBER = """
INSERT OR IGNORE INTO agency_number (agency, number, company_id) VALUES (?, ?, ?)
"""


def plant(database: Database, home: Path) -> None:
    """Seed systems, agency and files; ``home/truth/<client>.csv`` tells which are the same."""
    for client, records in RECORDS.items():
        if database.setting(f"seeded:{client}") is None:
            seeded = records()
            with database.transaction():
                _insert_customers(database, client, seeded)
                database.keep_setting(f"seeded:{client}", "yes")
            _write_truth(home / "truth" / f"{client}.csv", seeded)
    if database.setting("seeded:companies") is None:
        with database.transaction():
            _insert_companies(database)
            database.keep_setting("seeded:companies", "yes")
    if database.setting("seeded:agency_numbers") is None:
        with database.transaction():
            database.run_many(_INSERT_NUMBER, agency_numbers(companies()))
            database.keep_setting("seeded:agency_numbers", "yes")
    for (client, name), write in _FILES.items():
        folder = home / "files" / client / name
        if not folder.is_dir() or not any(folder.iterdir()):
            write(folder)


def truth(client: str) -> list[tuple[str, str, str]]:
    """Returns: (system, id, cluster) of every record of this client."""
    return [(record.system, record.id, record.cluster) for record in RECORDS[client]()]


def name_key(name: str) -> str:
    """Returns: what the agency's search by name compares."""
    plain = re.sub(r"[^a-z0-9 ]", "", name.lower())
    plain = re.sub(
        r"\b(limited|ltd|llc|inc|gmbh|corp|corporation|co|company|sa|plc|the)\b", "", plain
    )
    return "".join(plain.split())


def _insert_customers(database: Database, client: str, seeded: Iterable[Seeded]) -> None:
    database.run_many(
        _INSERT_CUSTOMER,
        [
            (client, r.system, r.id, json.dumps(r.body, ensure_ascii=False), r.updated_us)
            for r in seeded
            if (client, r.system) in SYSTEMS
        ],
    )


def _insert_companies(database: Database) -> None:
    database.run_many(
        _INSERT_COMPANY,
        [
            (
                c.id,
                c.country,
                c.reg_no,
                c.vat_no,
                c.name,
                name_key(c.name),
                c.postcode,
                c.city,
                c.street,
                c.kind,
            )
            for c in companies()
        ],
    )


def _write_truth(path: Path, seeded: Iterable[Seeded]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("system", "id", "cluster"))
        writer.writerows((r.system, r.id, r.cluster) for r in seeded)
