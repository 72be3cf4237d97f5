"""Bright Bakery, the small example: a web shop's spreadsheet and an ERP."""

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from mastersync.sandbox.clock import to_datetime
from mastersync.sandbox.seed.countries import registration_number
from mastersync.sandbox.seed.hostile import chosen, hostile
from mastersync.sandbox.seed.ledgers import standing
from mastersync.sandbox.seed.records import (
    Row,
    Seeded,
    changed_at,
    choice,
    digits,
    or_none,
    rows,
    share,
)

HEADER = (
    "Customer No",
    "Company",
    "Street",
    "Town",
    "Postcode",
    "Country",
    "Telephone",
    "E-mail",
    "Payment terms",
    "Last changed",
)
_WORDS = {"NET7": "7 days", "NET14": "14 days", "NET30": "30 days"}
_TERMS = tuple(_WORDS)
_LIMITS = ("250.00", "500.00", "1000.00", "2000.00")


def records() -> list[Seeded]:
    """Returns: every customer of the shop and of the ERP."""
    customers = rows("bright_bakery")
    shop = [_shop(row) for row in customers if row["source"].startswith("CRM")]
    erp = [_erp(row) for row in customers if not row["source"].startswith("CRM")]
    return [*shop, *_bad_shop(), *erp, *_bad_erp()]


def write_files(folder: Path) -> None:
    """Write the shop's export, ``customers.xlsx``."""
    folder.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Customers")
    sheet.append(HEADER)
    for record in records():
        if record.system == "shop":
            sheet.append([_cell(sheet, record.body[title]) for title in HEADER])
    book.save(folder / "customers.xlsx")


def _cell(sheet: WriteOnlyWorksheet, value: object) -> Cell:
    text = f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else str(value or "")
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # else a text that starts with "=" becomes a live formula
    return cell


def _shop(row: Row) -> Seeded:
    when = changed_at("bright", row["id"])
    body: dict[str, object] = {
        "Customer No": f"S{row['id']}",
        "Company": row["name"],
        "Street": row["street"],
        "Town": row["city"],
        "Postcode": row["postcode"],
        "Country": row["country"],
        "Telephone": row["phone"],
        "E-mail": row["email"],
        "Payment terms": _WORDS[choice(_TERMS, "terms", row["cluster"])],
        "Last changed": to_datetime(when),
    }
    return Seeded(
        system="shop", id=f"S{row['id']}", cluster=row["cluster"], body=body, updated_us=when
    )


def _bad_shop() -> list[Seeded]:
    found = []
    for bad in chosen("FORMULA", "NULL-NAME"):
        when = changed_at("bright", bad.id)
        body: dict[str, object] = {
            **dict.fromkeys(HEADER, ""),
            "Customer No": bad.id,
            "Company": bad.name,
            "Town": "Leeds",
            "Country": "GB",
            "E-mail": bad.email,
            "Payment terms": "14 days",
            "Last changed": to_datetime(when),
        }
        found.append(
            Seeded(system="shop", id=bad.id, cluster=f"shop-{bad.id}", body=body, updated_us=when)
        )
    return found


def _erp(row: Row) -> Seeded:
    cluster = row["cluster"]
    has_number = share(70, "registered", cluster)
    limit = choice(_LIMITS, "limit", cluster)
    owed = standing(limit, "bright", cluster)
    body: dict[str, object] = {
        "name": row["name"],
        "street": or_none(row["street"]),
        "city": or_none(row["city"]),
        "postcode": or_none(row["postcode"]),
        "country": "GB",
        "phone": or_none(row["phone"]),
        "email": or_none(row["email"]),
        "payment_terms": choice(_TERMS, "terms", cluster),
        "credit_limit": limit,
        "category": "STANDARD",
        "currency": "GBP",
        "registration_number": registration_number("GB", cluster) if has_number else None,
        "tax_id": or_none(row["tax_id"]),
        "rating": None,
        "ledger": {
            "open": owed.open,
            "overdue": owed.overdue,
            "disputed": owed.disputed,
            "days_late": owed.days_late,
        },
    }
    return Seeded(
        system="erp",
        id=f"B{row['id']}",
        cluster=cluster,
        body=body,
        updated_us=changed_at("bright", row["id"]),
    )


def _bad_erp() -> list[Seeded]:
    return [
        Seeded(
            system="erp",
            id=bad.id,
            cluster=bad.id,
            body={
                "name": bad.name,
                "street": "1 Odd Street",
                "city": "Leeds",
                "postcode": "LS1 1AA",
                "country": bad.country or "GB",
                "phone": f"0113 496 {digits(4, bad.id)}",
                "email": bad.email,
                "payment_terms": "NET14",
            },
            updated_us=changed_at("bright", bad.id),
        )
        for bad in hostile()
    ]
