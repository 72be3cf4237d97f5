"""Northwind Industrial: companies of six countries in a CRM and an ERP, many known to agencies."""

from mastersync.sandbox.rest.documents import nested
from mastersync.sandbox.seed.countries import CURRENCIES, country_code, registration_number
from mastersync.sandbox.seed.hostile import hostile
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

_TERMS = ("00D", "14D", "30D", "30D", "60D")
_LIMITS = (2500, 5000, 10000, 15000, 25000, 40000, 75000)


def records() -> list[Seeded]:
    """Returns: every customer of both systems."""
    companies = rows("northwind_industrial")
    countries = country_of_cluster(companies)
    seeded = [
        _crm(row, countries) if row["source"].startswith("CRM") else _erp(row, countries)
        for row in companies
    ]
    return seeded + _bad_crm()


def country_of_cluster(companies: list[Row]) -> dict[str, str]:
    """Returns: the country said most often by the rows of each cluster, US when none says it."""
    said: dict[str, list[str]] = {}
    for row in companies:
        said.setdefault(row["cluster"], [])
        if code := country_code(row["country"]):
            said[row["cluster"]].append(code)
    return {c: max(sorted(set(v)), key=v.count) if v else "US" for c, v in said.items()}


def registration(row: Row, countries: dict[str, str], *, percent: int) -> str | None:
    """Returns: the customer's registration number, if this record happens to hold it."""
    cluster = row["cluster"]
    if share(70, "registered", cluster) and share(percent, "holds-reg", row["id"]):
        return registration_number(countries[cluster], cluster)
    return None


def _crm(row: Row, countries: dict[str, str]) -> Seeded:
    cluster = row["cluster"]
    asks = share(40, "asks", row["id"])
    body: dict[str, object] = {
        "name": row["name"],
        "registered_name": None,
        "street": or_none(row["street"]),
        "city": or_none(row["city"]),
        "region": or_none(row["region"]),
        "postcode": or_none(row["postcode"]),
        "country": or_none(row["country"]),
        "phone": or_none(row["phone"]),
        "email": or_none(row["email"]),
        "vat_number": or_none(row["tax_id"]),
        "registration_no": registration(row, countries, percent=35),
        "requested_credit_limit": choice(_LIMITS, "limit", cluster) if asks else None,
        "currency": CURRENCIES[countries[cluster]] if asks else None,
        "rating": None,
    }
    return Seeded(
        system="crm",
        id=f"C{int(row['id']):05d}",
        cluster=cluster,
        body=body,
        updated_us=changed_at("northwind", row["id"]),
    )


def _erp(row: Row, countries: dict[str, str]) -> Seeded:
    cluster = row["cluster"]
    limit = f"{choice(_LIMITS, 'limit', cluster)}.00"
    owed = standing(limit, "northwind", cluster)
    body = nested(
        {
            "name": row["name"][:60],
            "address.street": or_none(row["street"]),
            "address.city": or_none(row["city"]),
            "address.region": or_none(row["region"]),
            "address.zip": or_none(row["postcode"]),
            "address.country": or_none(row["country"]),
            "communication.telephone": or_none(row["phone"]),
            "communication.mail": or_none(row["email"]),
            "tax.vat": or_none(row["tax_id"]),
            "tax.registration": registration(row, countries, percent=75),
            "terms.payment": choice(_TERMS, "terms", cluster),
            "terms.limit": limit,
            "terms.currency": CURRENCIES[countries[cluster]],
            "terms.rating": None,
            "ledger.open": owed.open,
            "ledger.overdue": owed.overdue,
            "ledger.disputed": owed.disputed,
            "ledger.days_late": owed.days_late,
        }
    )
    return Seeded(
        system="erp",
        id=f"E{int(row['id']):05d}",
        cluster=cluster,
        body=body,
        updated_us=changed_at("northwind", row["id"]),
    )


def _bad_crm() -> list[Seeded]:
    return [
        Seeded(
            system="crm",
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
            },
            updated_us=changed_at("northwind", bad.id),
        )
        for bad in hostile()
    ]
