"""What a plan adds up to: what a person looks at first."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class TargetTotals:
    """The writes to one system.

    ``fields`` counts values written, ``clears`` those of them that are emptied, ``customers``
    whose records they are, ``held`` the writes that may not leave yet.
    """

    target: str
    creates: int
    updates: int
    fields: int
    clears: int
    customers: int
    held: int

    @property
    def writes(self) -> int:
        return self.creates + self.updates


@dataclass(frozen=True, kw_only=True)
class CreditTotals:
    """The paid orders; ``cost`` is of all of them, in ``currency`` ("" when there is none)."""

    orders: int = 0
    cost: Decimal = Decimal(0)
    currency: str = ""
    held: int = 0


@dataclass(frozen=True, kw_only=True)
class RunTotals:
    """What a run makes of customers, mails and what waits; counted from what is not yet done.

    ``golden`` counts golden records of which a value changes; ``waiting`` and ``set_aside``
    source records; ``tickets`` those that the run opened or opened again.
    """

    created: int = 0
    merged: int = 0
    split: int = 0
    golden: int = 0
    mails: int = 0
    held_mails: int = 0
    waiting: int = 0
    set_aside: int = 0
    tickets: int = 0


@dataclass(frozen=True, kw_only=True)
class PlanTotals:
    """A plan in numbers."""

    run: RunTotals
    credit: CreditTotals
    targets: tuple[TargetTotals, ...]

    @property
    def writes(self) -> int:
        return sum(target.writes for target in self.targets)

    @property
    def clears(self) -> int:
        return sum(target.clears for target in self.targets)

    @property
    def effects(self) -> int:
        """How many changes to the outside world: writes, mails and orders."""
        return self.writes + self.run.mails + self.credit.orders

    @property
    def held(self) -> int:
        """How many of these may not leave yet."""
        return self.run.held_mails + self.credit.held + sum(one.held for one in self.targets)
