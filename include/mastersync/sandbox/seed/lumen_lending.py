"""Lumen Lending: persons in a CRM and in lists that the branches send as CSV files."""

import csv
from functools import cache
from pathlib import Path

from mastersync.sandbox.clock import iso
from mastersync.sandbox.rest.documents import Document, nested
from mastersync.sandbox.seed.hostile import chosen, hostile
from mastersync.sandbox.seed.records import (
    Row,
    Seeded,
    changed_at,
    choice,
    digits,
    or_none,
    rows,
    share,
    slug,
)

_HEADER = (
    "Ref,Given Name,Family Name,Birth Date,Street,Suburb,State,Postcode,Phone,Email,TFN,"
    "Branch,Changed"
)
_FILES = {
    "Adelaide": ("adelaide.csv", "utf-8"),
    "Sydney": ("sydney.csv", "utf-8"),
    "Brisbane": ("brisbane_cp1252.csv", "cp1252"),
}
_ACCENTED = (("Renée", "Müller"), ("José", "Núñez"), ("Zoë", "Brontë"), ("Søren", "Østergård"))


def records() -> list[Seeded]:
    """Returns: every person of the CRM, and every row of the branch lists."""
    persons = rows("febrl1")
    crm = [_crm(row) for row in persons if not _in_branch_list(row)]
    branch = [_branch(row) for row in persons if _in_branch_list(row)]
    return [*crm, *_bad_crm(), *branch, *_accented(), *_bad_branch()]


def write_files(folder: Path) -> None:
    """Write the branch lists, one of them in Windows-1252."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = [record.body for record in records() if record.system == "branch_list"]
    for branch, (name, encoding) in _FILES.items():
        with (folder / name).open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, fieldnames=_HEADER.split(","))
            writer.writeheader()
            writer.writerows(row for row in listed if row["Branch"] == branch)


def _in_branch_list(row: Row) -> bool:
    """Mostly the second record of a person; some persons are twice in one system."""
    second = "-dup-" in row["id"]
    return second != share(12, "other-system", row["id"])


def _email(row: Row) -> str | None:
    if not share(60, "person-mail", row["cluster"]) or not share(80, "mail", row["id"]):
        return None
    return f"{_mailboxes()[row['cluster']]}@post.example"


@cache
def _mailboxes() -> dict[str, str]:
    """A person's own name and a number, the same in every record of the person."""
    return {
        row["cluster"]: slug(f"{row['given_name']} {row['surname']} {row['cluster'][4:]}")
        for row in rows("febrl1")
        if row["id"].endswith("-org")
    }


def _mobile(row: Row) -> str | None:
    if not share(75, "mobile", row["cluster"]) or not share(85, "mobile", row["id"]):
        return None
    plain = digits(8, "mobile", row["cluster"])
    spaced = f"04{plain[:2]} {plain[2:5]} {plain[5:]}"
    return choice((spaced, f"+614{plain}", f"04{plain}"), row["id"])


def _street(row: Row) -> str | None:
    return or_none(f"{row['street_number']} {row['address_1']}")


def _crm(row: Row) -> Seeded:
    born = row["date_of_birth"]
    body = nested(
        {
            "given_name": or_none(row["given_name"].title()),
            "surname": or_none(row["surname"].title()),
            "date_of_birth": f"{born[:4]}-{born[4:6]}-{born[6:]}" if born else None,
            "address.street": _street(row),
            "address.suburb": or_none(row["suburb"].title()),
            "address.state": or_none(row["state"].upper()),
            "address.postcode": or_none(row["postcode"]),
            "address.country": "AU",
            "mobile": _mobile(row),
            "email": _email(row),
            "tax_number": or_none(row["soc_sec_id"]),
            "rating": None,
        }
    )
    return Seeded(
        system="crm",
        id=row["id"],
        cluster=row["cluster"],
        body=body,
        updated_us=changed_at("lumen", row["id"]),
    )


def _branch(row: Row) -> Seeded:
    return _listed(
        row["id"],
        row["cluster"],
        {
            "Given Name": row["given_name"],
            "Family Name": row["surname"],
            "Birth Date": row["date_of_birth"],
            "Street": _street(row) or "",
            "Suburb": row["suburb"],
            "State": row["state"],
            "Postcode": row["postcode"],
            "Phone": _mobile(row) or "",
            "Email": _email(row) or "",
            "TFN": row["soc_sec_id"],
            "Branch": choice(tuple(_FILES), "branch", row["id"]),
        },
    )


def _accented() -> list[Seeded]:
    """Names that only survive when the declared encoding is used."""
    return [
        _listed(
            f"br-{index}",
            f"br-{index}",
            {
                "Given Name": given,
                "Family Name": family,
                "Birth Date": f"19{60 + index}0412",
                "Street": f"{index + 3} Café Lane",
                "Suburb": "West End",
                "State": "qld",
                "Postcode": "4101",
                "Phone": f"04{digits(8, given)}",
                "Email": f"{slug(family)}{index}@post.example",
                "TFN": digits(7, "tfn", given),
                "Branch": "Brisbane",
            },
        )
        for index, (given, family) in enumerate(_ACCENTED)
    ]


def _listed(row_id: str, cluster: str, body: Document) -> Seeded:
    when = changed_at("lumen", row_id)
    whole = {"Ref": row_id, **body, "Changed": iso(when)}
    return Seeded(system="branch_list", id=row_id, cluster=cluster, body=whole, updated_us=when)


def _bad_crm() -> list[Seeded]:
    return [
        Seeded(
            system="crm",
            id=bad.id,
            cluster=bad.id,
            body={
                "given_name": "Odd",
                "surname": bad.name,
                "date_of_birth": "1980-01-01",
                "address": {
                    "street": "1 Odd Street",
                    "suburb": "Sydney",
                    "state": "NSW",
                    "postcode": "2000",
                    "country": bad.country or "AU",
                },
                "mobile": f"0491 57{digits(1, bad.id)} {digits(3, bad.id)}",
                "email": bad.email,
            },
            updated_us=changed_at("lumen", bad.id),
        )
        for bad in hostile()
    ]


def _bad_branch() -> list[Seeded]:
    return [
        _listed(
            f"list-{bad.id}",
            f"list-{bad.id}",
            {
                "Given Name": "Odd",
                "Family Name": bad.name or "",
                "Birth Date": "19800101",
                "Street": "1 Odd Street",
                "Suburb": "adelaide",
                "State": bad.country or "sa",
                "Postcode": "5000",
                "Phone": "",
                "Email": bad.email,
                "TFN": "",
                "Branch": "Adelaide",
            },
        )
        for bad in chosen("FORMULA", "EMAIL", "COUNTRY")
    ]
