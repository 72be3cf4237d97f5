"""Harbor Foods, a food wholesaler: its CRM has one restaurant guide, its ERP another."""

import re
from collections import defaultdict
from dataclasses import dataclass
from string import capwords

from mastersync.sandbox.rest.documents import nested
from mastersync.sandbox.seed.hostile import hostile
from mastersync.sandbox.seed.ledgers import standing
from mastersync.sandbox.seed.records import (
    Row,
    Seeded,
    changed_at,
    choice,
    digits,
    number,
    or_none,
    rows,
    share,
    slug,
)

REFUSED_ADDRESS = "refused@mailbox.example"
_REFUSED_ID = "f534"

_STATES = {"212": "NY", "718": "NY", "917": "NY", "404": "GA", "770": "GA", "702": "NV"}
_SEGMENTS = {
    "COFFEE": r"coffee|delis|desserts|sandwich|bakery",
    "FAST": r"hamburger|fast food|hot dogs|pizza|chicken|diners|cafeteria",
    "ASIAN": r"asian|chinese|japanese|thai|vietnamese|noodle|indian|pacific",
    "EUROPE": r"french|italian|continental|mediterranean|greek|russian|european|spanish",
    "GRILL": r"steak|barbecue|bbq|seafood",
}
_LIMITS = ("1000.00", "2500.00", "5000.00", "7500.00", "12500.00", "20000.00")
TERMS = ("N07", "N14", "N14", "N30", "N30", "N30", "N60", "COD")


@dataclass(frozen=True, kw_only=True)
class ErpCustomer:
    """What the ERP knows of a customer and a contract repeats."""

    id: str
    name: str
    registration_number: str
    payment_terms: str
    credit_limit: str


def records() -> list[Seeded]:
    """Returns: every customer of both systems."""
    guides = rows("fodors_zagats")
    mailboxes = _mailboxes(guides)
    crm = [_crm(row, mailboxes) for row in guides if row["source"] == "fodors"]
    erp = [_erp(row, mailboxes) for row in guides if row["source"] == "zagats"]
    return [*crm, *erp, *_bad_crm()]


def erp_customer(record: Seeded) -> ErpCustomer:
    body = record.body
    return ErpCustomer(
        id=record.id,
        name=str(body["CUSTNAME"]),
        registration_number=str(body["REGNO"]),
        payment_terms=str(body["PAYTERM"]),
        credit_limit=str(body["CRLIMIT"]),
    )


def with_contract() -> list[ErpCustomer]:
    """Returns: the 40 ERP customers that have a contract on file."""
    candidates = [r for r in records() if r.system == "erp" and r.body["REGNO"]]
    candidates.sort(key=lambda record: number("contract", record.id))
    return [erp_customer(record) for record in candidates[:40]]


def erp_id(row_id: str) -> str:
    return f"{40000 + int(row_id[1:])}"


def _mailboxes(guides: list[Row]) -> dict[str, str]:
    """A customer's address comes from its name, unless two customers have that name."""
    clusters_of = defaultdict(set)
    name_of: dict[str, str] = {}
    for row in guides:
        name_of.setdefault(row["cluster"], slug(row["name"]))
    for cluster, name in name_of.items():
        clusters_of[name].add(cluster)
    return {c: f"office@{n}.example" for c, n in name_of.items() if len(clusters_of[n]) == 1}


def _crm(row: Row, mailboxes: dict[str, str]) -> Seeded:
    has_mail = share(60, "crm-mail", row["id"])
    email = mailboxes.get(row["cluster"]) if has_mail else None
    body = nested(
        {
            "company.name": capwords(row["name"]),
            "company.legal_name": None,
            "address.line1": capwords(row["addr"]),
            "address.city": capwords(row["city"]),
            "address.state": _state(row),
            "address.postal_code": None,
            "address.country": "US",
            "contact.phone": row["phone"],
            "contact.email": REFUSED_ADDRESS if row["id"] == _REFUSED_ID else email,
            "contact.website": None,
            "segment": or_none(_cuisine(row)),
            "account.payment_terms": None,
            "account.credit_limit": None,
            "account.credit_currency": None,
            "account.credit_rating": None,
            "account.registration_number": None,
            "account.tax_id": None,
        }
    )
    return Seeded(
        system="crm",
        id=row["id"],
        cluster=row["cluster"],
        body=body,
        updated_us=changed_at("harbor", row["id"]),
    )


def _erp(row: Row, mailboxes: dict[str, str]) -> Seeded:
    cluster = row["cluster"]
    email = mailboxes.get(cluster) if share(35, "erp-mail", row["id"]) else None
    limit = choice(_LIMITS, "limit", cluster)
    owed = standing(limit, "harbor", cluster)
    body: dict[str, object] = {
        "CUSTNAME": " ".join(row["name"].upper().split()),
        "ADDR1": row["addr"].upper(),
        "CITY": row["city"].upper(),
        "STATE": _state(row),
        "ZIP": None,
        "CTRY": "US",
        "TEL": row["phone"],
        "EMAIL": email,
        "PAYTERM": choice(TERMS, "terms", cluster),
        "CRLIMIT": limit,
        "CURR": "USD",
        "REGNO": digits(7, "reg", "harbor", cluster) if share(70, "has-reg", cluster) else None,
        "TAXNO": None,
        "SEGM": _segment(row),
        "RATING": None,
        "OPENAMT": owed.open,
        "OVERDUE": owed.overdue,
        "DISPUTED": owed.disputed,
        "DAYSLATE": owed.days_late,
    }
    return Seeded(
        system="erp",
        id=erp_id(row["id"]),
        cluster=cluster,
        body=body,
        updated_us=changed_at("harbor", row["id"]),
    )


def _bad_crm() -> list[Seeded]:
    found = []
    for bad in hostile():
        flat: dict[str, object] = {
            "company.name": bad.name,
            "address.line1": "1 Odd Street",
            "address.city": "Los Angeles",
            "address.state": "CA",
            "address.country": bad.country or "US",
            "contact.phone": f"310/555-{digits(4, bad.id)}",
            "contact.email": bad.email,
            "segment": "american",
        }
        found.append(
            Seeded(
                system="crm",
                id=bad.id,
                cluster=bad.id,
                body=nested(flat),
                updated_us=changed_at("harbor", bad.id),
            )
        )
    return found


def _state(row: Row) -> str:
    if row["city"] in {"new york", "new york city", "brooklyn", "queens"}:
        return "NY"
    return _STATES.get(row["phone"][:3], "CA")


def _cuisine(row: Row) -> str:
    return re.sub(r"^(and|or|ext|tel)( [\d/-]+)? ", "", row["type"])


def _segment(row: Row) -> str:
    for code, words in _SEGMENTS.items():
        if re.search(words, row["type"]):
            return code
    return "CASUAL"
