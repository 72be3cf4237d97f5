"""What a client lets credit reports cost: a soft and a hard limit, and when a person is asked."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

BUDGET_MONTH: Final = timedelta(days=30)
# Reports in a flat rate cost nothing each; a run still does not order without end.
FREE_ORDERS: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Limits in one currency, of a run and of thirty days; None is no such limit.

    Over a soft limit a ticket tells, and orders go on; the hard ones no order passes. A run whose
    orders come to more than ``approve_above`` waits for a person's word.
    """

    currency: str
    per_run: Decimal
    per_month: Decimal
    soft_per_run: Decimal | None = None
    soft_per_month: Decimal | None = None
    approve_above: Decimal | None = None

    @property
    def words(self) -> str:
        """The budget as it is stated with each order."""
        return (
            f"{self.per_run} {self.currency} a run, {self.per_month} {self.currency} in thirty days"
        )


@dataclass(frozen=True, kw_only=True)
class Spending:
    """What the orders of a run and of the last thirty days come to, placed or not."""

    run: Decimal
    month: Decimal
    run_orders: int = 0

    def plus(self, price: Decimal) -> "Spending":
        """Return what it comes to with one order more."""
        return Spending(
            run=self.run + price, month=self.month + price, run_orders=self.run_orders + 1
        )


def spent_budget(budget: Budget, spent: Spending, price: Decimal) -> str:
    """Return which hard limit one order more would break, in words; "" for none."""
    if spent.run + price > budget.per_run:
        return f"{budget.per_run} {budget.currency} a run"
    if spent.month + price > budget.per_month:
        return f"{budget.per_month} {budget.currency} in thirty days"
    if not price and spent.run_orders >= FREE_ORDERS:
        return f"{FREE_ORDERS} reports a run"
    return ""


def over_soft_limits(budget: Budget, spent: Spending) -> tuple[str, ...]:
    """Return each soft limit that is passed, in words."""
    limits = (
        (budget.soft_per_run, spent.run, "a run"),
        (budget.soft_per_month, spent.month, "in thirty days"),
    )
    return tuple(
        f"{amount} of {limit} {budget.currency} {period}"
        for limit, amount, period in limits
        if limit is not None and amount > limit
    )


def orders_within(limit: Decimal, price: Decimal) -> int:
    """Return how many reports a limit pays."""
    return int(limit / price) if price else FREE_ORDERS
