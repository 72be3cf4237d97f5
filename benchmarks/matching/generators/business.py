"""Customers of a trading house: companies and persons of six countries, in four systems.

Near each other on purpose: subsidiaries and branches under their parent's name, strangers under one
name, tenants of one building with one switchboard, families at one address. Each customer is known
to one to eight records of CRM_A, CRM_B, ERP and WEB, each with a life of its own.
"""

import random
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.matching.generators import noise
from benchmarks.matching.generators.vocabulary import (
    ADJECTIVES,
    COUNTRIES,
    Pool,
    fill,
    grown,
    invented_brand,
    invented_surname,
    person_names,
)

MAIL_HOSTS = (
    "gmail.com yahoo.com hotmail.com outlook.com web.de orange.fr btinternet.com rediffmail.com"
).split()
ROLES = "info info info sales contact accounts office".split()
KEPT = 4000  # customers that later ones may be near to


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a customer is.

    Attributes:
        kind: spellings of the street's type, the usual first.
        city_names: other names of the city.
    """

    number: str
    street: str
    kind: tuple[str, ...]
    unit: str
    city: str
    city_names: tuple[str, ...]
    region: str
    postcode: str


@dataclass(frozen=True, kw_only=True)
class Customer:
    """One real customer.

    Attributes:
        words: of a company's name, without its legal form; of a person: given names, surname.
        legal: spellings of the legal form; () for a person.
        area: of the telephone number, without trunk digit.
        former: another name that some systems still have.
        moved: another address that some systems have.
    """

    cluster: int
    kind: str
    party_type: str
    country: str
    words: tuple[str, ...]
    legal: tuple[str, ...]
    address: Address
    area: str
    phone: str
    email: str
    tax_id: str
    former: tuple[str, ...] = ()
    moved: Address | None = None
    shared: dict[str, str] = field(default_factory=dict)


class Makers:
    """What each country's customers are drawn from, grown to the number of records."""

    def __init__(self, rng: random.Random, *, records: int) -> None:
        self.countries = Pool.weighted(COUNTRIES, (c["weight"] for c in COUNTRIES.values()))
        self.brands = Pool.ranked(
            grown((), size=300 + records // 25, make=lambda: invented_brand(rng), rng=rng),
            steepness=0.4,
        )
        self.given: dict[str, Pool] = {}
        self.surnames: dict[str, Pool] = {}
        self.streets: dict[str, Pool] = {}
        self.cities: dict[str, Pool] = {}
        for code, country in COUNTRIES.items():
            given, surnames = person_names(country["locale"])
            ending = {"DE": "de", "FR": "fr", "IN": "IN"}.get(code, "en")
            size = 0 if code == "HK" else len(surnames) + records // 100
            surnames = grown(
                surnames, size=size, make=lambda e=ending: invented_surname(rng, e), rng=rng
            )
            self.given[code] = Pool.ranked(given, steepness=0.3)
            self.surnames[code] = Pool.ranked(surnames, steepness=0.4)
            self.streets[code] = Pool.ranked((*country["street_names"], *surnames), steepness=0.5)
            self.cities[code] = Pool.weighted(
                country["cities"], (float(city.split("|")[3]) for city in country["cities"])
            )


def make_address(rng: random.Random, code: str, makers: Makers) -> Address:
    country: dict[str, Any] = COUNTRIES[code]
    city, region, postcode, _, *names = makers.cities[code].pick(rng).split("|")
    units = country["unit"]
    unit = ""
    if units and rng.random() < (0.55 if code == "HK" else 0.15):
        floor = rng.randrange(1, 40)
        unit = rng.choice(units).format(u=rng.randrange(1, 400), f=floor)
    return Address(
        number=str(int(rng.paretovariate(0.6)) % 900 + 1),
        street=makers.streets[code].pick(rng),
        kind=tuple(rng.choice(country["types"])),
        unit=unit,
        city=city,
        city_names=tuple(names[0].split(";")) if names else (),
        region=region,
        postcode=fill(rng, postcode),
    )


def company_words(rng: random.Random, code: str, makers: Makers) -> tuple[str, ...]:
    """Return what a company is called, without its legal form."""
    country = COUNTRIES[code]
    trade = rng.choice(country["industries"])
    surname = makers.surnames[code].pick(rng)
    brand = makers.brands.pick(rng)
    forms = (
        (brand, trade),
        (brand, makers.brands.pick(rng), trade),
        (surname, trade),
        (rng.choice(ADJECTIVES), brand, trade),
        (surname, "&", makers.surnames[code].pick(rng)),
        (fill(rng, "@@@"), trade),
        (makers.cities[code].pick(rng).split("|")[0], trade),
        (rng.choice(ADJECTIVES), trade),
    )
    return rng.choices(forms, weights=(22, 16, 16, 16, 8, 12, 5, 5))[0]


def slug(words: tuple[str, ...]) -> str:
    return noise.without_accents("".join(words)).lower().replace("&", "").replace(" ", "")


def company(rng: random.Random, code: str, makers: Makers, *, cluster: int) -> Customer:
    country = COUNTRIES[code]
    words = company_words(rng, code, makers)
    ending = rng.choice((".com", "." + {"GB": "co.uk", "HK": "com.hk"}.get(code, code.lower())))
    distinct = f"-{rng.randrange(100)}" if rng.random() < 0.25 else ""
    domain = slug(words).replace("'", "")[:24] + distinct + ending.replace(".us", ".com")
    contact = rng.choice(ROLES)
    if rng.random() < 0.35:
        contact = rng.choice("abcdefghijklmnprstw") + "." + slug((makers.surnames[code].pick(rng),))
    return Customer(
        cluster=cluster,
        kind="base",
        party_type="C",
        country=code,
        words=words,
        legal=tuple(rng.choice(country["legal"])),
        address=make_address(rng, code, makers),
        area=fill(rng, rng.choice(country["area"].split("|"))),
        phone=fill(rng, country["local"]),
        email=f"{contact}@{domain}",
        tax_id=fill(rng, country["tax"]),
        former=company_words(rng, code, makers) if rng.random() < 0.04 else (),
    )


def person(rng: random.Random, code: str, makers: Makers, *, cluster: int) -> Customer:
    country = COUNTRIES[code]
    given, surname = makers.given[code].pick(rng), makers.surnames[code].pick(rng)
    return Customer(
        cluster=cluster,
        kind="base",
        party_type="P",
        country=code,
        words=(given, surname),
        legal=(),
        address=make_address(rng, code, makers),
        area=fill(rng, rng.choice(country["area"].split("|"))),
        phone=fill(rng, country["local"]),
        email=personal_mailbox(rng, given, surname),
        tax_id=fill(rng, country["tax"]),
        former=(given, makers.surnames[code].pick(rng)) if rng.random() < 0.04 else (),
    )


def personal_mailbox(rng: random.Random, given: str, surname: str) -> str:
    first, last = slug((given,)), slug((surname,))
    local = rng.choice((f"{first}{last}", f"{first}.{last}", f"{first[:1]}{last}"))
    number = str(rng.randrange(1000)) if rng.random() < 0.6 else ""
    return f"{local}{number}@{rng.choice(MAIL_HOSTS)}"


def subsidiary(rng: random.Random, parent: Customer, makers: Makers, *, cluster: int) -> Customer:
    """Return a company of the same group: another legal person under nearly the same name."""
    country = COUNTRIES[parent.country]
    own = company(rng, parent.country, makers, cluster=cluster)
    words = parent.words
    if rng.random() < 0.35 and len(words) > 1:
        words = (*words[:-1], rng.choice(country["industries"]))
    else:
        words = (*words, rng.choice(country["regions_after"]))
    child = replace(own, kind="subsidiary", words=words, former=())
    if rng.random() < 0.4:
        child = replace(child, address=parent.address)
    if rng.random() < 0.5:
        child = replace(child, area=parent.area, phone=parent.phone[:-3] + fill(rng, "###"))
    if rng.random() < 0.6:
        child = replace(child, email=rng.choice(ROLES) + "@" + parent.email.split("@")[1])
    return child


def branch(rng: random.Random, parent: Customer, makers: Makers, *, cluster: int) -> Customer:
    """Return a site of its own of the same legal person."""
    address = make_address(rng, parent.country, makers)
    place = address.city
    ending: tuple[str, ...] = rng.choice(
        (("-", place), ("-", place, "Branch"), (f"({place})",), (place,), ())
    )
    mailbox = rng.choice(("info.", "branch.", "sales.", "office.")) + slug((place,))
    return replace(
        parent,
        cluster=cluster,
        kind="branch",
        address=address,
        phone=parent.phone[:-3] + fill(rng, "###"),
        email=f"{mailbox}@{parent.email.split('@')[1]}",
        former=(),
        shared={"suffix": " ".join(ending)},
    )


def namesake(rng: random.Random, other: Customer, makers: Makers, *, cluster: int) -> Customer:
    """Return a stranger under the same name, often of another country or town."""
    code = other.country if rng.random() < 0.6 else makers.countries.pick(rng)
    make = company if other.party_type == "C" else person
    own = make(rng, code, makers, cluster=cluster)
    return replace(own, kind="namesake", words=other.words, former=())


def relative(rng: random.Random, other: Customer, makers: Makers, *, cluster: int) -> Customer:
    """Return somebody of the same household."""
    own = person(rng, other.country, makers, cluster=cluster)
    junior = rng.random() < 0.12
    given = other.words[0] if junior else own.words[0]
    surname = other.words[1] if rng.random() < 0.85 else own.words[1]
    same = {"area": other.area, "phone": other.phone} if rng.random() < 0.6 else {}
    email = other.email if rng.random() < 0.12 else personal_mailbox(rng, given, surname)
    return replace(
        own,
        kind="family",
        words=(given, surname),
        address=other.address,
        email=email,
        former=(),
        shared={"suffix": "Jr"} if junior else {},
        **same,
    )


def tenant(rng: random.Random, building: Customer, makers: Makers, *, cluster: int) -> Customer:
    """Return a company in a building where many are, some behind one switchboard or accountant."""
    own = company(rng, building.country, makers, cluster=cluster)
    own = replace(own, kind="tenant", address=building.address, area=building.area)
    if rng.random() < 0.35:
        own = replace(own, phone=building.phone)
    elif rng.random() < 0.5:
        own = replace(own, phone=building.phone[:-3] + fill(rng, "###"))
    if rng.random() < 0.2:
        own = replace(own, email=building.email)
    return own
