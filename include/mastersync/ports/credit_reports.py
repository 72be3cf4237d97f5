"""Credit reports, kept as facts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from mastersync.domain.credit.model import AgencyReport


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

    def orders_since(self, moment: datetime) -> int:
        """Return how many orders were planned at or after the moment and not withdrawn."""
        ...

    def orders_of_run(self, run_id: str) -> int:
        """Return how many orders the run has planned or takes over from runs before it."""
        ...

    def unplaced_orders(self, customer_ids: Sequence[str]) -> dict[str, UUID]:
        """Return customer id → planned order, of those customers whose order nobody tried yet."""
        ...
