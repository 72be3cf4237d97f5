"""Companies and persons of eleven countries, in their own script at home and in Latin abroad.

LOCAL keeps what people there write; GLOBAL what head office types: romanised by one scheme or
another, without marks, the given name first or last.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from faker.providers.person.ja_JP import Provider as Japanese

from benchmarks.matching.generators import noise
from benchmarks.matching.generators.business_set import SIZE_SHARES, SIZES
from benchmarks.matching.generators.transliterate import pair
from benchmarks.matching.generators.vocabulary import (
    fill,
    invented_brand,
    person_names,
)

COLUMNS = (
    "id", "source", "name", "street", "city", "postcode", "country", "phone", "email", "tax_id",
)  # fmt: skip
COUNTRIES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("scripts.toml").read_text("utf-8")
)
OTHER_SCRIPT = ("JP", "CN", "KR", "RU", "GR")
Both = tuple[str, str]  # native, Latin


@dataclass(frozen=True, kw_only=True)
class Customer:
    """One real customer, in its own script and in Latin letters."""

    cluster: int
    kind: str
    country: str
    name: Both
    surname_first: Both | None
    legal: str
    street: Both
    city: Both
    postcode: str
    phone: str
    email: str
    tax_id: str


@cache
def japanese() -> tuple[tuple[Both, ...], tuple[Both, ...]]:
    """Return given names and surnames, each in Chinese and in Latin letters."""
    given = tuple(
        (native, written)
        for native, _, written in (
            *Japanese.first_name_female_pairs,
            *Japanese.first_name_male_pairs,
        )
    )
    return given, tuple((native, written) for native, _, written in Japanese.last_name_pairs)


def person_name(rng: random.Random, code: str) -> tuple[Both, Both]:
    """Return a given name and a surname."""
    country = COUNTRIES[code]
    if code == "JP":
        given, surnames = japanese()
        return rng.choice(given), rng.choice(surnames)
    if code == "KR":
        syllables = "민서지현준우영진수정은미경호성재윤하연희"
        return pair(rng, rng.choice(syllables) + rng.choice(syllables)), pair(
            rng, rng.choice(country["surnames"])
        )
    if code == "CN":
        signs = [pair(rng, rng.choice(country["given"])) for _ in range(rng.choice((1, 2, 2)))]
        given_name = "".join(s[0] for s in signs), "".join(s[1] for s in signs).capitalize()
        return given_name, pair(rng, rng.choice(country["surnames"]))
    names = person_names(country["locale"])
    return pair(rng, rng.choice(names[0])), pair(rng, rng.choice(names[1]))


def company_name(rng: random.Random, code: str) -> Both:
    country = COUNTRIES[code]
    trade = pair(rng, rng.choice(country["industries"]))
    if code == "CN":
        signs = [pair(rng, rng.choice(country["brands"])) for _ in range(rng.choice((2, 2, 3)))]
        place = pair(rng, rng.choice(country["cities"]))
        brand = "".join(s[0] for s in signs), "".join(s[1] for s in signs).capitalize()
        return f"{place[0]}{brand[0]}{trade[0]}", f"{place[1]} {brand[1]} {trade[1]}"
    if "brands" in country and rng.random() < 0.6:
        brand = pair(rng, rng.choice(country["brands"]))
        if rng.random() < 0.4:
            second = person_name(rng, code)[1]
            brand = brand[0] + second[0], f"{brand[1]} {second[1]}"
    elif rng.random() < 0.5:
        brand = person_name(rng, code)[1]
    else:
        brand = (invented_brand(rng),) * 2
    gap = "" if code in ("JP", "RU") and not brand[0].isascii() else " "
    return f"{brand[0]}{gap}{trade[0]}", f"{brand[1]} {trade[1]}"


def make_customer(rng: random.Random, *, cluster: int) -> Customer:
    code = rng.choices(list(COUNTRIES), weights=[c["weight"] for c in COUNTRIES.values()])[0]
    country = COUNTRIES[code]
    native, _, written = country["street"].partition("=")
    numbers = {"n": rng.randrange(1, 120), "m": rng.randrange(1, 30), "u": rng.randrange(1, 40)}
    street = pair(rng, rng.choice(country["streets"]))
    surname_first = None
    if is_person := rng.random() < 0.35:
        given, surname = person_name(rng, code)
        name = given[0] + " " + surname[0], f"{given[1]} {surname[1]}"
        if country["name_order"] == "surname":
            name = surname[0] + given[0], name[1]
        surname_first = surname[0] + " " + given[0], f"{surname[1]} {given[1]}"
    else:
        name = company_name(rng, code)
    slug = "".join(s for s in noise.without_accents(name[1]).lower() if s.isascii() and s.isalnum())
    host = "gmail.com" if is_person else f"{slug[:22]}.{code.lower()}"
    mailbox = (
        f"{slug}{rng.randrange(300)}" if is_person else rng.choice(("info", "sales", "office"))
    )
    return Customer(
        cluster=cluster,
        kind="person" if is_person else "company",
        country=code,
        name=name,
        surname_first=surname_first,
        legal="" if is_person else rng.choice(country["legal"]),
        street=(native.format(s=street[0], **numbers), written.format(s=street[1], **numbers)),
        city=pair(rng, rng.choice(country["cities"])),
        postcode=fill(rng, country["postcode"]),
        phone=f"{fill(rng, rng.choice(country['area'].split('|')))}|{fill(rng, country['local'])}",
        email=f"{mailbox}@{host}",
        tax_id=fill(rng, country["tax"]),
    )


class Office:
    """Writes a customer in one of the two systems, and notes how."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.done: list[str] = []

    def chance(self, share: float, what: str) -> bool:
        if self.rng.random() >= share:
            return False
        self.done.append(what)
        return True

    def record(self, customer: Customer) -> list[str]:
        self.done = []
        rng = self.rng
        abroad = rng.random() < 0.45
        self.done.append("latin" if abroad else "native")
        script = int(abroad)
        street = "" if self.chance(0.08, "street_lost") else customer.street[script]
        city = "" if self.chance(0.06, "city_lost") else customer.city[script]
        values = [self.name(customer, script), street, city]
        if abroad and rng.random() < 0.5:
            values = [noise.without_accents(value).replace("ł", "l") for value in values]
        if self.chance(0.08, "typo"):
            values[0] = noise.typo(rng, values[0])
        return [
            "GLOBAL" if abroad else "LOCAL",
            *values,
            "" if self.chance(0.1, "postcode_lost") else customer.postcode,
            "" if rng.random() < 0.1 else customer.country,
            self.phone(customer),
            "" if self.chance(0.4, "email_lost") else customer.email,
            "" if self.chance(0.6, "tax_id_lost") else customer.tax_id,
        ]

    def name(self, customer: Customer, script: int) -> str:
        rng = self.rng
        name = customer.name[script]
        if customer.surname_first and self.chance(0.3, "surname_first"):
            return customer.surname_first[script]
        if not customer.legal or self.chance(0.15, "legal_form_lost"):
            return name
        side, _, forms = customer.legal.partition("|")
        native, written = forms.split("=")
        if customer.country in OTHER_SCRIPT:
            gap = " " if customer.country in ("RU", "GR") or script else ""
            legal = written if script else native
        else:
            gap, legal = " ", rng.choice((native, native, written))
        before = side == "before" and not (script and customer.country != "RU")
        return f"{legal}{gap}{name}" if before else f"{name}{gap}{legal}"

    def phone(self, customer: Customer) -> str:
        if self.chance(0.3, "phone_lost"):
            return ""
        area, _, local = customer.phone.partition("|")
        if self.chance(0.06, "phone_other_line"):
            local = local[:-3] + fill(self.rng, "###")
        dial = COUNTRIES[customer.country]["dial"]
        return noise.other_phone(self.rng, dial=dial, trunk="0", area=area, local=local)


def records_in_two_scripts(
    *, records: int, seed: int
) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Yield records of COLUMNS without the id, with (cluster, kind, noise)."""
    rng = random.Random(seed)
    office = Office(rng)
    made = cluster = 0
    while made < records:
        cluster += 1
        customer = make_customer(rng, cluster=cluster)
        kind = f"{customer.kind}_{customer.country}"
        for _ in range(min(rng.choices(SIZES, weights=SIZE_SHARES)[0], records - made)):
            yield office.record(customer), (str(cluster), kind, " ".join(office.done))
            made += 1
