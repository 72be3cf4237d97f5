"""A client's rules for credit checks: of whom, on what occasion, for how much, by what right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mastersync.domain.credit.budget import Budget, orders_within
from mastersync.domain.credit.entity_match import MatchGate
from mastersync.domain.credit.internal import InternalSource, StopRules
from mastersync.domain.credit.packs import Purpose
from mastersync.domain.credit.purpose import BasisDocument
from mastersync.domain.credit.subjects import SubjectSigns


@dataclass(frozen=True, kw_only=True)
class Occasions:
    """What wants a new report while one is still good.

    ``limit_rise`` and ``exposure_share`` are fractions of the limit; None is no occasion.
    """

    limit_rise: Decimal | None = None
    exposure_share: Decimal | None = None
    events: bool = True


@dataclass(frozen=True, kw_only=True)
class CreditPolicy:
    """A client's rules for credit checks.

    ``price`` is for one report, ``prices`` where a country has another. ``purpose`` is stated in
    the client's words, ``permissible_purpose`` in the law's; ``authority`` is the clause of the
    client's contract. ``waits_when_unknown``: a customer that the agency does not know waits for
    a person; ``waits_when_refused``: so does one whom the law does not let be checked.
    """

    agency: str
    countries: frozenset[str]
    party_types: frozenset[str]
    minimum_requested_limit: Decimal
    valid_for_days: int
    price: Decimal
    currency: str
    budget: Budget
    purpose: str
    authority: str
    client_country: str
    permissible_purpose: Purpose = Purpose.TRADE_CREDIT
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    basis: tuple[BasisDocument, ...] = ()
    signs: SubjectSigns = field(default_factory=SubjectSigns)
    occasions: Occasions = field(default_factory=Occasions)
    internal: InternalSource | None = None
    stop_when: StopRules = field(default_factory=StopRules)
    match: MatchGate = field(default_factory=MatchGate)
    waits_when_unknown: bool = True
    waits_when_refused: bool = True

    def price_in(self, country: str) -> Decimal:
        """Return what a report on a customer of this country costs."""
        return self.prices.get(country, self.price)

    @property
    def max_orders_per_run(self) -> int:
        """How many reports at the usual price a run may buy."""
        return orders_within(self.budget.per_run, self.price)

    @property
    def max_orders_per_month(self) -> int:
        """How many reports at the usual price thirty days may buy."""
        return orders_within(self.budget.per_month, self.price)
