"""Customers and golden records in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from mastersync.domain.golden.fingerprint import fingerprint
from mastersync.domain.golden.model import GoldenRecord
from mastersync.ports.customers import (
    CustomerAnswer,
    HeldReport,
    LinkedVersion,
    Pin,
    StoredGolden,
)
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _DeletedIn:
    customer_id: str
    system: str


class PostgresCustomers:
    """Implements `ports.customers.Customers`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def due_for_forming(
        self, run_id: str, *, first_id: str | None = None, last_id: str | None = None
    ) -> list[str]:
        """Return the customers with a new fact; see the port."""
        return self._session.values(
            "customers/list_due",
            client_id=self._client_id,
            run_id=run_id,
            first_id=first_id,
            last_id=last_id,
        )

    def inputs(self, customer_ids: Sequence[str]) -> list[LinkedVersion]:
        """Return the linked versions in force; see the port."""
        return self._session.many(
            "customers/list_inputs",
            LinkedVersion,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def answers(self, customer_ids: Sequence[str]) -> list[CustomerAnswer]:
        """Return what customers answered; see the port."""
        return self._session.many(
            "customers/list_answers",
            CustomerAnswer,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def pins(self, customer_ids: Sequence[str], *, now: datetime) -> list[Pin]:
        """Return the pins in force; see the port."""
        return self._session.many(
            "customers/list_pins",
            Pin,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            now=now,
        )

    def reports(self, customer_ids: Sequence[str]) -> list[HeldReport]:
        """Return the newest credit reports; see the port."""
        return self._session.many(
            "customers/list_reports",
            HeldReport,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def newest(self, customer_ids: Sequence[str]) -> list[StoredGolden]:
        """Return the newest golden versions; see the port."""
        return self._session.many(
            "customers/list_newest",
            StoredGolden,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def deleted_in(self, customer_ids: Sequence[str]) -> frozenset[tuple[str, str]]:
        """Return where customers were deleted; see the port."""
        found = self._session.many(
            "customers/list_deleted_in",
            _DeletedIn,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        return frozenset((row.customer_id, row.system) for row in found)

    def form(
        self,
        customer_id: str,
        golden: GoldenRecord,
        *,
        input_version_ids: Sequence[int],
        policy_version: str,
        run_id: str,
        now: datetime,
    ) -> bool:
        """Keep the golden record; see the port."""
        return bool(
            self._session.execute(
                "customers/form_golden",
                client_id=self._client_id,
                customer_id=customer_id,
                fields=golden.fields,
                provenance={
                    field: asdict(source) | {"observed_at": source.observed_at.isoformat()}
                    for field, source in golden.provenance.items()
                },
                input_version_ids=sorted(input_version_ids),
                fingerprint=fingerprint(golden),
                policy_version=policy_version,
                run_id=run_id,
                now=now,
            )
        )

    def apply(self, version_ids: Sequence[int], *, now: datetime) -> None:
        """Settle versions as applied; see the port."""
        if version_ids:
            self._session.execute(
                "customers/apply_versions",
                client_id=self._client_id,
                version_ids=list(version_ids),
                now=now,
            )

    def touched(self, run_id: str) -> list[str]:
        """Return the customers of the run; see the port."""
        return self._session.values(
            "customers/list_touched", client_id=self._client_id, run_id=run_id
        )
