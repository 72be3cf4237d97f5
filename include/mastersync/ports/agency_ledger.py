"""What an agency charged, held against the orders that we placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from mastersync.domain.credit.ledger import Charge, LedgerReading, PlacedOrder
from mastersync.domain.credit.spending import DaySpent


@dataclass(frozen=True, kw_only=True)
class OpenOrders:
    """Whether an order may be placed now, and since when the outcome of one is unknown."""

    is_due: bool
    oldest_unknown: datetime | None


class AgencyLedger(Protocol):
    """The orders, charges and meter readings of one client, within one transaction."""

    def open_orders(self, agency: str, *, now: datetime) -> OpenOrders:
        """Say whether there is anything to order or to ask about."""
        ...

    def orders(self, agency: str, *, since: datetime) -> list[PlacedOrder]:
        """Return the orders that were tried and whose last try ended since then, or goes on."""
        ...

    def keep(self, agency: str, reading: LedgerReading) -> None:
        """Keep a reading: its charges and its meter."""
        ...

    def reading_before(self, agency: str, moment: datetime) -> LedgerReading | None:
        """Return the meter's newest reading before the moment."""
        ...

    def readings(self, agency: str, *, since: datetime, until: datetime) -> list[LedgerReading]:
        """Return the meter's readings, oldest first."""
        ...

    def settle_uncharged(self, effect_ids: Sequence[UUID], *, now: datetime) -> list[UUID]:
        """Make orders of unknown outcome due again that were never placed; returns them."""
        ...

    def settle_charged(self, effect_id: UUID, charge: Charge, *, now: datetime) -> bool:
        """Settle an order of unknown outcome that was charged; its report never came."""
        ...

    def spent_by_day(self, *, currency: str, zone: str, since: datetime) -> list[DaySpent]:
        """Return what placed orders came to, by their day in the zone."""
        ...
