"""Blast-radius guards: how much one run may change outside before a person looks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

EVERYWHERE = ""  # in the place of a target: all of them together


class Measure(StrEnum):
    """What is counted of a plan."""

    UPDATES = "updates"
    CREATES = "creates"
    CLEARS = "clears"  # writes that empty a field
    MERGES = "merges"  # customers who were merged into others since the last plan
    MAILS = "mails"
    ORDERS = "orders"  # of credit reports


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most of each measure: None is no limit, 0 lets none through.

    Shares are fractions of all customers. ``max_share_of_base`` is of customers updated, however
    many of their records are. ``max_money`` is what the credit orders of a run may cost.
    """

    max_updates: int | None = None
    max_creates: int | None = None
    max_clears: int | None = None
    max_merges: int | None = None
    max_mails: int | None = None
    max_orders: int | None = None
    max_share_of_base: float | None = None
    max_creates_share: float | None = None
    max_clears_share: float | None = None
    max_merges_share: float | None = None
    max_mails_share: float | None = None
    max_orders_share: float | None = None
    max_money: Decimal | None = None

    def of(self, measure: Measure) -> tuple[int | None, float | None]:
        """Return the most of a measure: how many, and of which share of the base."""
        return {
            Measure.UPDATES: (self.max_updates, self.max_share_of_base),
            Measure.CREATES: (self.max_creates, self.max_creates_share),
            Measure.CLEARS: (self.max_clears, self.max_clears_share),
            Measure.MERGES: (self.max_merges, self.max_merges_share),
            Measure.MAILS: (self.max_mails, self.max_mails_share),
            Measure.ORDERS: (self.max_orders, self.max_orders_share),
        }[measure]


@dataclass(frozen=True, kw_only=True)
class GuardPolicy(Limits):
    """Limits of one run of one client, all targets together, and those of single targets."""

    targets: Mapping[str, Limits] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    """How much of one measure a plan has, at one target or everywhere.

    ``customers`` are those whom it concerns, each counted once.
    """

    measure: Measure
    target: str = EVERYWHERE
    count: int
    customers: int
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class PlanSize:
    """What a plan has of each measure, and how many customers the client has."""

    base: int = 0
    parts: tuple[PlanPart, ...] = ()
    currency: str = ""

    def of(self, measure: Measure, target: str = EVERYWHERE) -> PlanPart:
        """Return one part; of nothing, none."""
        for part in self.parts:
            if (part.measure, part.target) == (measure, target):
                return part
        return PlanPart(measure=measure, target=target, count=0, customers=0)

    @property
    def targets(self) -> tuple[str, ...]:
        """The systems written to."""
        writes = {Measure.UPDATES, Measure.CREATES}
        found = {part.target for part in self.parts if part.measure in writes}
        return tuple(sorted(found - {EVERYWHERE}))

    @property
    def effects(self) -> int:
        """How many changes to the outside world."""
        outside = (Measure.UPDATES, Measure.CREATES, Measure.MAILS, Measure.ORDERS)
        return sum(self.of(measure).count for measure in outside)


def tripped(size: PlanSize, policy: GuardPolicy) -> tuple[str, ...]:
    """Return, in words, each limit that the plan is over; empty when it may go out."""
    over = [*_over(size, policy, EVERYWHERE)]
    for target, limits in policy.targets.items():
        over += _over(size, limits, target)
    return tuple(over)


def _over(size: PlanSize, limits: Limits, target: str) -> Iterator[str]:
    where = f"{target}: " if target else ""
    for measure in Measure:
        part = size.of(measure, target)
        most, most_share = limits.of(measure)
        share = part.customers / size.base if size.base else 0.0
        if most is not None and part.count > most:
            yield f"{where}{part.count} {measure}, limit {most}"
        if most_share is not None and share > most_share:
            yield f"{where}{measure} for {share:.1%} of all customers, limit {most_share:.1%}"
    orders = size.of(Measure.ORDERS, target)
    if limits.max_money is not None and orders.cost > limits.max_money:
        yield (
            f"{where}orders for {orders.cost} {size.currency}, "
            f"limit {limits.max_money} {size.currency}"
        )
