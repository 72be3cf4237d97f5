"""Persons whose records are badly kept: fields missing, swapped, misspelt, misheard, mistyped.

Narrow, as in a list of subscribers: first name, surname, date of birth, city, mail; or wide, with
street, postcode, telephone and a number that the state gives as well. Twins, parents of the same
name and families in one place are in it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.matching.generators import noise
from benchmarks.matching.generators.business import Makers, personal_mailbox
from benchmarks.matching.generators.vocabulary import COUNTRIES, NICKNAMES, fill

NARROW = ("id", "source", "first_name", "surname", "dob", "city", "email")
WIDE = (
    "id", "source", "given_name", "surname", "street_number", "address_1", "suburb", "postcode",
    "date_of_birth", "phone", "email", "soc_sec_id",
)  # fmt: skip
SIZES = (1, 2, 3, 4, 5, 6)
SIZE_SHARES = (30, 22, 18, 14, 10, 6)
HEARD = (("ph", "f"), ("ck", "k"), ("ie", "y"), ("ee", "ea"), ("ll", "l"), ("nn", "n"), ("th", "t"))
FIRST_DAY = date(1930, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One real person."""

    cluster: int
    kind: str
    given: str
    surname: str
    other_surname: str
    born: date
    number: str
    street: str
    city: str
    postcode: str
    phone: str
    email: str
    state_number: str


class Crowd:
    """Makes persons of one country, some close to earlier ones."""

    def __init__(self, rng: random.Random, *, records: int, code: str = "GB") -> None:
        self.rng = rng
        self.code = code
        self.makers = Makers(rng, records=records)
        self.known: list[Person] = []

    def person(self, cluster: int) -> Person:
        rng, makers, code = self.rng, self.makers, self.code
        given, surname = makers.given[code].pick(rng), makers.surnames[code].pick(rng)
        city, _, postcode, *_ = makers.cities[code].pick(rng).split("|")
        kind = rng.choice(COUNTRIES[code]["types"])[0]
        made = Person(
            cluster=cluster,
            kind="base",
            given=given,
            surname=surname,
            other_surname=makers.surnames[code].pick(rng) if rng.random() < 0.05 else "",
            born=FIRST_DAY + timedelta(days=rng.randrange(28_000)),
            number=str(rng.randrange(1, 200)),
            street=f"{makers.streets[code].pick(rng)} {kind}",
            city=city,
            postcode=fill(rng, postcode),
            phone=fill(rng, "07#########"),
            email=personal_mailbox(rng, given, surname),
            state_number=fill(rng, "#######"),
        )
        if self.known and rng.random() < 0.12:
            made = self.relative(made, rng.choice(self.known))
        if len(self.known) < 3000 or rng.random() < 0.1:
            self.known.append(made)
        return made

    def relative(self, made: Person, other: Person) -> Person:
        """Return somebody of the other's household: twin, parent of the same name, or any."""
        rng = self.rng
        draw = rng.random()
        kind = "twin" if draw < 0.15 else "junior" if draw < 0.3 else "family"
        given = other.given if kind == "junior" else made.given
        born = other.born if kind == "twin" else made.born
        if kind == "junior":
            born = other.born + timedelta(days=rng.randrange(6_500, 13_000))
        return replace(
            made,
            kind=kind,
            given=given,
            surname=other.surname,
            born=born,
            number=other.number,
            street=other.street,
            city=other.city,
            postcode=other.postcode,
            phone=other.phone if rng.random() < 0.4 else made.phone,
            email=personal_mailbox(rng, given, other.surname),
        )


class BadClerk:
    """Writes a person down, and notes what went wrong."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.done: list[str] = []

    def chance(self, share: float, what: str) -> bool:
        if self.rng.random() >= share:
            return False
        self.done.append(what)
        return True

    def text(self, text: str, what: str) -> str:
        """Return a field as heard, typed or scanned; or nothing."""
        rng = self.rng
        if self.chance(0.09, f"{what}_lost"):
            return ""
        if self.chance(0.14, f"{what}_typo"):
            text = noise.typo(rng, text)
            if rng.random() < 0.3:
                text = noise.typo(rng, text)
        if self.chance(0.03, f"{what}_scan"):
            text = noise.scanned(rng, text, share=0.2)
        if self.chance(0.05, f"{what}_heard"):
            for old, new in HEARD:
                text = text.replace(old, new)
        return text

    def names(self, person: Person) -> tuple[str, str]:
        rng = self.rng
        given, surname = person.given, person.surname
        if given in NICKNAMES and self.chance(0.3, "nickname"):
            given = rng.choice(NICKNAMES[given].split())
        if self.chance(0.05, "initial"):
            given = given[0]
        if person.other_surname and self.chance(0.4, "other_surname"):
            surname = person.other_surname
        given, surname = self.text(given, "given"), self.text(surname, "surname")
        if self.chance(0.05, "names_swapped"):
            given, surname = surname, given
        return given, surname

    def born(self, born: date) -> str:
        rng = self.rng
        if self.chance(0.08, "birth_lost"):
            return ""
        if self.chance(0.06, "birth_day_and_month_swapped") and born.day <= 12:
            born = born.replace(month=born.day, day=born.month)
        if self.chance(0.06, "birth_other_day"):
            born = born.replace(day=rng.randrange(1, 29))
        if self.chance(0.03, "birth_other_year"):
            born = born.replace(
                day=min(born.day, 28), year=born.year + rng.choice((-10, -1, 1, 10))
            )
        text = born.isoformat()
        if self.chance(0.03, "birth_typo"):
            at = rng.choice((2, 3, 5, 6, 8, 9))
            text = text[:at] + str(rng.randrange(10)) + text[at + 1 :]
        return text

    def email(self, person: Person) -> str:
        if self.chance(0.2, "email_lost"):
            return ""
        if self.chance(0.05, "email_other"):
            return personal_mailbox(self.rng, person.given, person.surname)
        if self.chance(0.12, "email_typo"):
            return noise.typo(self.rng, person.email)
        return person.email

    def narrow(self, person: Person) -> list[str]:
        given, surname = self.names(person)
        city = "" if self.chance(0.2, "city_lost") else self.text(person.city, "city")
        return ["A", given, surname, self.born(person.born), city, self.email(person)]

    def wide(self, person: Person) -> list[str]:
        given, surname = self.names(person)
        number = "" if self.chance(0.08, "number_lost") else person.number
        street = self.text(person.street, "street").lower()
        postcode = "" if self.chance(0.05, "postcode_lost") else person.postcode
        if self.chance(0.08, "postcode_typo"):
            postcode = noise.typo(self.rng, postcode)
        phone = "" if self.chance(0.35, "phone_lost") else person.phone
        state = "" if self.chance(0.5, "state_number_lost") else person.state_number
        if self.chance(0.05, "state_number_typo"):
            state = noise.typo(self.rng, state)
        city = self.text(person.city, "city").lower()
        born = self.born(person.born).replace("-", "")
        return [
            "A", given.lower(), surname.lower(), number, street, city, postcode, born, phone,
            self.email(person), state,
        ]  # fmt: skip


def _records(*, records: int, seed: int, wide: bool) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    rng = random.Random(seed)
    crowd, clerk = Crowd(rng, records=records, code="US" if wide else "GB"), BadClerk(rng)
    write = clerk.wide if wide else clerk.narrow
    made = cluster = 0
    while made < records:
        cluster += 1
        person = crowd.person(cluster)
        for _ in range(min(rng.choices(SIZES, weights=SIZE_SHARES)[0], records - made)):
            clerk.done = []
            yield write(person), (str(cluster), person.kind, " ".join(clerk.done))
            made += 1


def narrow_records(*, records: int, seed: int) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Yield records of NARROW without the id, with (cluster, kind, noise)."""
    return _records(records=records, seed=seed, wide=False)


def wide_records(*, records: int, seed: int) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Yield records of WIDE without the id, with (cluster, kind, noise)."""
    return _records(records=records, seed=seed, wide=True)
