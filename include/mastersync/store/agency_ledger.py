"""What agencies charged in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from mastersync.domain.credit.ledger import Charge, LedgerReading, PlacedOrder
from mastersync.domain.credit.spending import DaySpent
from mastersync.ports.agency_ledger import OpenOrders
from mastersync.store.database import Session


class PostgresAgencyLedger:
    """Implements `ports.agency_ledger.AgencyLedger`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def open_orders(self, agency: str, *, now: datetime) -> OpenOrders:
        """Look for open orders; see the port."""
        return self._session.one(
            "agency_ledger/find_open",
            OpenOrders,
            client_id=self._client_id,
            agency=agency,
            now=now,
        )

    def orders(self, agency: str, *, since: datetime) -> list[PlacedOrder]:
        """Return the orders; see the port."""
        return self._session.many(
            "agency_ledger/list_orders",
            PlacedOrder,
            client_id=self._client_id,
            agency=agency,
            since=since,
        )

    def keep(self, agency: str, reading: LedgerReading) -> None:
        """Keep a reading; see the port."""
        self._session.execute(
            "agency_ledger/keep_reading",
            client_id=self._client_id,
            agency=agency,
            used_units=reading.used_units,
            read_at=reading.read_at,
        )
        charges = reading.charges or ()
        if charges:
            self._session.execute(
                "agency_ledger/keep_charges",
                client_id=self._client_id,
                agency=agency,
                charge_ids=[charge.charge_id for charge in charges],
                company_references=[charge.company_reference for charge in charges],
                our_references=[charge.our_reference for charge in charges],
                units=[charge.units for charge in charges],
                charged_at=[charge.charged_at for charge in charges],
                now=reading.read_at,
            )

    def reading_before(self, agency: str, moment: datetime) -> LedgerReading | None:
        """Return the newest reading; see the port."""
        return self._session.maybe(
            "agency_ledger/find_reading_before",
            LedgerReading,
            client_id=self._client_id,
            agency=agency,
            before=moment,
        )

    def readings(self, agency: str, *, since: datetime, until: datetime) -> list[LedgerReading]:
        """Return the readings; see the port."""
        return self._session.many(
            "agency_ledger/list_readings",
            LedgerReading,
            client_id=self._client_id,
            agency=agency,
            since=since,
            until=until,
        )

    def settle_uncharged(self, effect_ids: Sequence[UUID], *, now: datetime) -> list[UUID]:
        """Make them due again; see the port."""
        if not effect_ids:
            return []
        return self._session.values(
            "agency_ledger/settle_uncharged",
            client_id=self._client_id,
            effect_ids=list(effect_ids),
            now=now,
        )

    def settle_charged(self, effect_id: UUID, charge: Charge, *, now: datetime) -> bool:
        """Settle it; see the port."""
        count = self._session.execute(
            "agency_ledger/settle_charged",
            client_id=self._client_id,
            effect_id=effect_id,
            charge_id=charge.charge_id,
            now=now,
        )
        return count == 1

    def spent_by_day(self, *, currency: str, zone: str, since: datetime) -> list[DaySpent]:
        """Return the spending; see the port."""
        return self._session.many(
            "agency_ledger/total_by_day",
            DaySpent,
            client_id=self._client_id,
            currency=currency,
            zone=zone,
            since=since,
        )
