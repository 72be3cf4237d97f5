"""The companies that the credit agencies know: most of the sample clients' customers, not all."""

from collections import defaultdict
from dataclasses import dataclass

from mastersync.sandbox.seed import harbor_foods, northwind_industrial
from mastersync.sandbox.seed.contracts import legal_name
from mastersync.sandbox.seed.countries import registration_number
from mastersync.sandbox.seed.records import Row, digits, number, rows


@dataclass(frozen=True, kw_only=True)
class Company:
    """A company in the agency's register; ``kind`` says how complete its report is."""

    id: str
    country: str
    reg_no: str
    vat_no: str
    name: str
    postcode: str
    city: str
    street: str
    kind: str


def companies() -> list[Company]:
    """Returns: every registered company; about one customer in ten is unknown to them."""
    found = [*_restaurants(), *_from_clusters("northwind_industrial")]
    found += _from_clusters("bright_bakery")
    return [company for company in found if company.kind != "unknown"]


def agency_numbers(known: list[Company]) -> list[tuple[str, str, str]]:
    """Returns: (agency, its number, company); D&B knows all the world, Experian the US.

    About one D-U-N-S number in ten begins with a zero.
    """
    duns = [("dnb", f"{number('duns', c.id) % 10**9:09d}", c.id) for c in known]
    bins = [
        ("experian", f"7{number('bin', c.id) % 10**8:08d}", c.id)
        for c in known
        if c.country == "US"
    ]
    return duns + bins


def _kind(cluster: str) -> str:
    """About 10 % unknown, 6 % not rated, 4 % incomplete, 4 % without limit."""
    draw = number("company-kind", cluster) % 100
    for bound, kind in ((10, "unknown"), (16, "not_rated"), (20, "incomplete"), (24, "no_limit")):
        if draw < bound:
            return kind
    return "rated"


def _from_clusters(name: str) -> list[Company]:
    members: dict[str, list[Row]] = defaultdict(list)
    table = rows(name)
    for row in table:
        members[row["cluster"]].append(row)
    countries = northwind_industrial.country_of_cluster(table)
    if name == "bright_bakery":
        countries = dict.fromkeys(members, "GB")
    return [_company(countries[c], c, group) for c, group in members.items()]


def _company(country: str, cluster: str, group: list[Row]) -> Company:
    reg_no = registration_number(country, cluster)
    return Company(
        id=f"{country}-0-{reg_no.replace(' ', '')}",
        country=country,
        reg_no=reg_no,
        vat_no=_first(group, "tax_id").replace(" ", "").upper(),
        name=max((row["name"] for row in group), key=len).upper(),
        postcode=_first(group, "postcode").upper(),
        city=_first(group, "city").upper(),
        street=_first(group, "street").upper(),
        kind=_kind(cluster),
    )


def _restaurants() -> list[Company]:
    legal_names = {c.id: legal_name(c) for c in harbor_foods.with_contract()}
    members: dict[str, list[Row]] = defaultdict(list)
    for row in rows("fodors_zagats"):
        members[row["cluster"]].append(row)
    found = []
    for cluster, group in members.items():
        in_erp = next((row for row in group if row["source"] == "zagats"), group[0])
        name = legal_names.get(harbor_foods.erp_id(in_erp["id"]), f"{in_erp['name']} LLC")
        reg_no = digits(7, "reg", "harbor", cluster)
        found.append(
            Company(
                id=f"US-X-US{reg_no}",
                country="US",
                reg_no=reg_no,
                vat_no="",
                name=name.upper(),
                postcode="",
                city=in_erp["city"].upper(),
                street=in_erp["addr"].upper(),
                kind=_kind(cluster),
            )
        )
    return found


def _first(group: list[Row], field: str) -> str:
    return next((row[field] for row in group if row[field]), "")
