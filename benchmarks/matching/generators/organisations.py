"""Organisations in two guides, each of which names one once: name, address, city and phone only.

One guide writes as its editors do, the other as a register does. Chains have several places under
one name, which are not each other; streets hold several places; some change their number.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.matching.generators import noise
from benchmarks.matching.generators.business import Makers
from benchmarks.matching.generators.vocabulary import COUNTRIES, fill, grown, invented_brand

COLUMNS = ("id", "source", "name", "addr", "city", "phone")
BOTH = 0.3  # of the organisations are in both guides
KINDS = {
    "hospital": ("{s} Memorial Hospital", "St. {g} Medical Center", "{c} General Hospital",
                 "{s} Clinic", "{c} Children's Hospital", "Mercy {s} Health Center"),
    "restaurant": ("{g}'s Grill", "Cafe {b}", "{b} Bistro", "The {a} Kitchen", "{s} & {s2} Deli",
                   "{b}", "La {b}", "{g} {s} Restaurant", "{a} Palace Chinese Restaurant"),
    "school": ("{s} Elementary School", "{c} High School", "{a} Academy", "St. {g} School"),
    "hotel": ("Hotel {b}", "{c} {a} Inn", "The {s} House", "{a} Suites"),
}  # fmt: skip
SHORTER = {
    "Hospital": "Hosp", "Memorial": "Mem", "Medical Center": "Med Ctr", "Saint": "St",
    "Restaurant": "", "Elementary": "Elem", "High School": "H.S.", "Center": "Ctr",
    "General": "Gen",
    "St.": "Saint", "Delicatessen": "Deli", "Grill": "Bar & Grill", "Children's": "Childrens",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Place:
    """One real organisation at one address."""

    cluster: int
    kind: str
    name: str
    number: str
    street: str
    types: tuple[str, ...]
    city: str
    quarter: str
    area: str
    local: str


class Town:
    """Makes places, some of a chain, some next door to another."""

    def __init__(self, rng: random.Random, *, records: int) -> None:
        self.rng = rng
        self.makers = Makers(rng, records=records)
        self.quarters = grown(
            (),
            size=60,
            make=lambda: invented_brand(rng) + rng.choice(("", " Park", " Hills")),
            rng=rng,
        )
        self.known: list[Place] = []

    def place(self, cluster: int) -> Place:
        rng, makers = self.rng, self.makers
        city = makers.cities["US"].pick(rng).split("|")[0]
        kind = rng.choice(tuple(KINDS))
        name = rng.choice(KINDS[kind]).format(
            s=makers.surnames["US"].pick(rng),
            s2=makers.surnames["US"].pick(rng),
            g=makers.given["US"].pick(rng),
            b=makers.brands.pick(rng),
            a=rng.choice(("Golden", "Royal", "Imperial", "Sunset", "Grand", "Lakeside", "Garden")),
            c=city,
        )
        made = Place(
            cluster=cluster,
            kind=kind,
            name=name,
            number=str(rng.randrange(1, 12_000)),
            street=makers.streets["US"].pick(rng),
            types=tuple(rng.choice(COUNTRIES["US"]["types"])),
            city=city,
            quarter=rng.choice(self.quarters),
            area=fill(rng, rng.choice(COUNTRIES["US"]["area"].split("|"))),
            local=fill(rng, "#######"),
        )
        if self.known and rng.random() < 0.12:
            made = self.near(made, rng.choice(self.known))
        self.known.append(made)
        return made

    def near(self, made: Place, other: Place) -> Place:
        """Return another place of the other's chain, or one in the same house."""
        if self.rng.random() < 0.6:
            same_town = self.rng.random() < 0.5
            city = other.city if same_town else made.city
            return replace(made, kind="chain", name=other.name, city=city, area=other.area)
        return replace(
            made, kind="neighbour", number=other.number, street=other.street, types=other.types,
            city=other.city, quarter=other.quarter, area=other.area,
        )  # fmt: skip


class Guide:
    """Writes a place as one guide does, and notes how."""

    def __init__(self, rng: random.Random, source: str, *, terse: bool) -> None:
        self.rng = rng
        self.source = source
        self.terse = terse
        self.done: list[str] = []

    def chance(self, share: float, what: str) -> bool:
        if self.rng.random() >= share:
            return False
        self.done.append(what)
        return True

    def record(self, place: Place) -> list[str]:
        self.done = []
        values = [self.name(place), self.address(place), self.city(place), self.phone(place)]
        return [self.source, *(value.lower() if self.terse else value for value in values)]

    def name(self, place: Place) -> str:
        rng = self.rng
        name = place.name
        if self.terse and self.chance(0.35, "shortened"):
            for long, short in SHORTER.items():
                name = name.replace(long, short)
        words = name.split()
        if len(words) > 1 and self.chance(0.05, "turned_round"):
            words = [*words[1:], words[0]]
        if len(words) > 2 and self.chance(0.06, "word_lost"):
            del words[rng.randrange(1, len(words))]
        if self.chance(0.05, "place_added"):
            words.append(rng.choice((f"of {place.city}", f"- {place.quarter}", f"({place.city})")))
        if self.chance(0.05, "kind_added") and place.kind in KINDS:
            words.append(place.kind.title())
        name = " ".join(words)
        if self.chance(0.12, "apostrophes_lost"):
            name = name.replace("'", "").replace(".", "")
        return noise.typo(rng, name) if self.chance(0.04, "name_typo") else name

    def address(self, place: Place) -> str:
        rng = self.rng
        kind = rng.choice(place.types) if self.terse else place.types[0]
        number = place.number
        if self.chance(0.04, "number_other"):
            number = str(int(number) + rng.choice((-2, 2, 4, 10)))
        text = f"{number} {place.street} {kind}".strip()
        if self.chance(0.08, "crossing_added"):
            crossing = self.rng.choice(COUNTRIES["US"]["street_names"])
            text += rng.choice(
                (f" at {crossing}", f" between {crossing} and Main", f" near {crossing} St")
            )
        if self.chance(0.04, "street_typo"):
            text = noise.typo(rng, text)
        return text

    def city(self, place: Place) -> str:
        if self.chance(0.12, "quarter_as_city"):
            return place.quarter
        return noise.typo(self.rng, place.city) if self.chance(0.02, "city_typo") else place.city

    def phone(self, place: Place) -> str:
        rng = self.rng
        area, local = place.area, place.local
        if self.chance(0.06, "phone_lost"):
            return ""
        if self.chance(0.03, "area_code_other"):
            area = fill(rng, "3##")
        if self.chance(0.06, "phone_other"):
            local = fill(rng, "#######")
        first, second = local[:3], local[3:]
        return f"{area}/{first}-{second}" if self.terse else f"({area}) {first}-{second}"


def records_of_two_guides(
    *, records: int, seed: int
) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Yield records of COLUMNS without the id, with (cluster, kind, noise)."""
    rng = random.Random(seed)
    town = Town(rng, records=records)
    guides = (Guide(rng, "editors", terse=False), Guide(rng, "register", terse=True))
    made = cluster = 0
    while made < records:
        cluster += 1
        place = town.place(cluster)
        in_both = rng.random() < BOTH
        for guide in guides if in_both else (rng.choice(guides),):
            if made < records:
                yield guide.record(place), (str(cluster), place.kind, " ".join(guide.done))
                made += 1
