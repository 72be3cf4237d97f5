"""Credit reports, kept as facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from mastersync.domain.credit.budget import Spending
from mastersync.domain.credit.model import AgencyReport
from mastersync.domain.effects.model import CreditTerms


@dataclass(frozen=True, kw_only=True)
class AskedThen:
    """What limit was asked for, and what was open, when a report was ordered; None: not noted."""

    report_id: int
    asked_limit: Decimal | None
    exposure: Decimal | None


@dataclass(frozen=True, kw_only=True)
class CreditCheck:
    """What a check of a customer came to; ``outcome`` is a `CheckOutcome`, ``reason`` a need's.

    "" and None are what was not known or not needed; ``report_id`` is the report at hand.
    """

    customer_id: str
    outcome: str
    reason: str
    why: str
    subject_type: str
    report_id: int | None
    checked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UnplacedOrder:
    """An order that nobody tried yet, and as whom the customer was seen when it was planned."""

    customer_id: str
    effect_id: UUID
    subject_type: str
    registration_number: str
    purpose: str
    authority: str
    budget: str
    cost: Decimal
    currency: str
    basis: Mapping[str, object]
    is_held_by_person: bool

    @property
    def terms(self) -> CreditTerms:
        """What it states."""
        return CreditTerms(
            subject_type=self.subject_type,
            purpose=self.purpose,
            authority=self.authority,
            budget=self.budget,
            cost=self.cost,
            currency=self.currency,
            basis=self.basis,
        )


@dataclass(frozen=True, kw_only=True)
class WithdrawnOrder:
    """An order that nobody will place."""

    effect_id: UUID
    target: str
    customer_id: str


class CreditReports(Protocol):
    """The credit reports of one client, within one transaction."""

    def keep(
        self,
        report: AgencyReport,
        *,
        customer_id: str,
        agency: str,
        effect_id: UUID,
        validity: timedelta,
        now: datetime,
    ) -> None:
        """Keep the report; it is the customer's newest."""
        ...

    def lock_budget(self) -> None:
        """Wait until nobody else plans orders, and let nobody until the transaction ends."""
        ...

    def spending(self, run_id: str, *, currency: str, since: datetime) -> Spending:
        """Return what orders come to: those of the run, and all since a moment.

        Of the run are those that it takes over from runs before it. Those not settled count, too.
        """
        ...

    def placed_before(
        self, effect_ids: Sequence[UUID], *, currency: str, since: datetime
    ) -> dict[UUID, Spending]:
        """Return what was spent, by each order's run and since a moment, on all but these orders.

        What is planned and was not placed does not count.
        """
        ...

    def asked(self, report_ids: Sequence[int]) -> Mapping[int, AskedThen]:
        """Return report id → what was noted when it was ordered."""
        ...

    def keep_checks(self, checks: Sequence[CreditCheck], *, run_id: str, now: datetime) -> None:
        """Note what checks came to, where it is not what the customer's last one came to."""
        ...

    def checks(self, customer_ids: Sequence[str]) -> list[CreditCheck]:
        """Return what the newest check of each of these customers came to."""
        ...

    def to_check_again(
        self,
        *,
        first_id: str | None = None,
        last_id: str | None = None,
        with_events: bool,
        most: int,
        now: datetime,
    ) -> list[str]:
        """Return customers whose report has ended, or of whom the agency has told something since.

        Whose next report is ordered already is left out. From ``first_id`` to ``last_id``, both
        included, if they are given; in another order at each ``now``, so that those whose check
        comes to nothing keep nobody from a turn.
        """
        ...

    def used_keys(self, keys: Sequence[str]) -> frozenset[str]:
        """Return those idempotency keys with which no order is planned again.

        Their order is planned, placed or on its way, or was tried and came to nothing.
        """
        ...

    def withdraw_elsewhere(
        self, agency: str | None, *, why: str, now: datetime
    ) -> list[WithdrawnOrder]:
        """Withdraw orders at other agencies that wait to be placed; returns which."""
        ...

    def unplaced_orders(self, customer_ids: Sequence[str]) -> dict[str, UnplacedOrder]:
        """Return customer id → planned order, of those customers whose order nobody tried yet."""
        ...
