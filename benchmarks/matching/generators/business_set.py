"""A set of business customers: which kinds, how many records each, in which order."""

import random
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.matching.generators.business import (
    KEPT,
    Customer,
    Makers,
    branch,
    company,
    make_address,
    namesake,
    person,
    relative,
    subsidiary,
    tenant,
)
from benchmarks.matching.generators.business_records import COLUMNS, RecordMaker

KINDS = ("base", "subsidiary", "branch", "family", "tenant", "namesake")
KIND_SHARES = (81, 6, 5, 4.5, 2.5, 1.5)
SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
SIZE_SHARES = (62.5, 21, 8.5, 4, 2, 1, 0.6, 0.3)
PERSON_SHARE = 0.31
MOVED_SHARE = 0.09
TENANTS_A_BUILDING = 12

__all__ = ["COLUMNS", "business_records"]


class CustomerMaker:
    """Makes customers, some near to earlier ones."""

    def __init__(self, rng: random.Random, *, records: int) -> None:
        self.rng = rng
        self.makers = Makers(rng, records=records)
        self.companies: list[Customer] = []
        self.persons: list[Customer] = []
        self.building: Customer | None = None

    def customer(self, cluster: int) -> Customer:
        rng = self.rng
        kind = rng.choices(KINDS, weights=KIND_SHARES)[0]
        if not self.companies or not self.persons:
            kind = "base"
        if kind == "base":
            made = self.base(cluster)
        elif kind == "tenant":
            made = tenant(rng, self.building_now(), self.makers, cluster=cluster)
        else:
            near = {"subsidiary": subsidiary, "branch": branch, "namesake": namesake}
            others = self.persons if kind == "family" else self.companies
            make = relative if kind == "family" else near[kind]
            made = make(rng, rng.choice(others), self.makers, cluster=cluster)
        if rng.random() < MOVED_SHARE:
            made = replace(made, moved=make_address(rng, made.country, self.makers))
        return made

    def base(self, cluster: int) -> Customer:
        rng = self.rng
        is_person = rng.random() < PERSON_SHARE
        code = self.makers.countries.pick(rng)
        made = (person if is_person else company)(rng, code, self.makers, cluster=cluster)
        kept = self.persons if is_person else self.companies
        if len(kept) < KEPT:
            kept.append(made)
        else:
            kept[rng.randrange(KEPT)] = made
        return made

    def building_now(self) -> Customer:
        """Return who has the building that fills now; each takes a dozen or so."""
        if self.building is None or self.rng.random() < 1 / TENANTS_A_BUILDING:
            self.building = self.rng.choice(self.companies)
        return self.building


def business_records(*, records: int, seed: int) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Yield so many records (COLUMNS without the id) with (cluster, kind, noise), unsorted."""
    rng = random.Random(seed)
    customers = CustomerMaker(rng, records=records)
    maker = RecordMaker(rng)
    made = cluster = 0
    while made < records:
        cluster += 1
        customer = customers.customer(cluster)
        for _ in range(min(rng.choices(SIZES, weights=SIZE_SHARES)[0], records - made)):
            values, done = maker.record(customer)
            yield values, (str(cluster), customer.kind, done)
            made += 1
