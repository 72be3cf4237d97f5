"""What a plan is made of: one row for each thing that would change or has to wait."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from mastersync.domain.golden.shown import OpenPaths
from mastersync.domain.plan.totals import PlanTotals


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCustomer:
    """A customer that would be created; ``records`` are its source records, ``system:key``."""

    customer_id: str
    records: list[str]
    candidates: int  # records that the search compared it with


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityStep:
    """A merge, a merge taken back or a split: ``from_customer_id`` became ``to_customer_id``."""

    kind: str
    from_customer_id: str
    to_customer_id: str
    author: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldenChange:
    """A golden value that changes, or that wins against others in a new golden record.

    ``before`` and ``after`` are None where there is none. ``lost`` are the values of the
    customer's other records: ``system``, ``source_key`` and ``value``. ``rule`` is provenance's.
    """

    customer_id: str
    field: str
    before: str | None
    after: str | None
    is_new: bool
    system: str
    source_key: str
    rule: str
    lost: list[Mapping[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedOrder:
    """A credit report that would be bought."""

    agency: str
    customer_id: str
    cost: Decimal
    currency: str
    purpose: str
    budget: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CreditBudget:
    """What the client's budget leaves after this plan, in reports and in money."""

    price: Decimal
    currency: str
    run_limit: int
    run_left: int
    month_limit: int
    month_left: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MailSample:
    """One of the mails as it would read; its link is left out, since it opens the page."""

    customer_id: str
    subject: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteRow:
    """A write: by path, what the record holds and what it would hold (None is emptied).

    ``key`` is None for a record that is created.
    """

    target: str
    key: str | None
    customer_id: str
    before: Mapping[str, object]
    after: Mapping[str, object]

    @property
    def clears(self) -> list[str]:
        """The paths that are emptied."""
        return [path for path, value in self.after.items() if value is None]


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRow:
    """A ticket that would be opened, or opened again."""

    kind: str
    title: str
    cause: str
    next_step: str
    subjects: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingRow:
    """Source records that wait or are set aside for one reason; ``examples`` are some of them."""

    state: str
    waiting_for: str
    why: str
    records: int
    examples: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedClock:
    """The SLA clocks of one clause that the plan's changes have started.

    ``next_due`` is when the first of those not over is due, in words; "" when all are.
    """

    clause: str
    scope: str
    promise: str
    running: int
    paused: int
    late: int
    next_due: str


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What is not of this plan and may leave beside it, and what waited before it."""

    due: int = 0
    held: int = 0
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """Everything that the plan changes. Equal facts and rules give equal content.

    ``formed`` are all golden records formed, and those that mails tell, customer id → what stands
    for its fields: ``golden`` leaves out values of new records for which nothing competes, and
    ``mailed`` what is written to whom. ``over`` are limits passed, in words.
    """

    totals: PlanTotals
    created: list[NewCustomer]
    identity: list[IdentityStep]
    golden: list[GoldenChange]
    formed: Mapping[str, str]
    orders: list[PlannedOrder]
    mailed: list[str]
    writes: list[WriteRow]
    tickets: list[TicketRow]
    waiting: list[WaitingRow]
    over: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all would change, inside or outside."""
        run = self.totals.run
        changes = run.created + run.merged + run.split + run.golden + self.totals.effects
        return changes == 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan with where it comes from, and what is good to know beside it.

    ``run_id`` is None for a plan that was derived for it alone, and can be applied. ``store``
    marks the store that it was derived from, ``configuration`` the client's rules and templates.
    ``open_paths`` are by target those whose values are not sensitive. ``everyone``: all customers
    were formed and planned, not only those who had changed.
    """

    client_id: str
    client_name: str
    store: str
    configuration: str
    made_at: datetime
    made_by: str
    content: PlanContent
    names: Mapping[str, str] = field(default_factory=dict)
    run_id: str | None = None
    budget: CreditBudget | None = None
    sample: MailSample | None = None
    open_paths: OpenPaths = field(default_factory=dict)
    backlog: Backlog = Backlog()
    clocks: tuple[PlannedClock, ...] = ()
    everyone: bool = False
