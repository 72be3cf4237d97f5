"""Customers and golden records in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mastersync.domain.golden.fingerprint import fingerprint
from mastersync.domain.golden.model import Provenance
from mastersync.ports.customers import (
    CustomerAnswer,
    FormedGolden,
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
        self, formed: Sequence[FormedGolden], *, policy_version: str, run_id: str, now: datetime
    ) -> int:
        """Keep golden records; see the port."""
        if not formed:
            return 0
        return self._session.execute(
            "customers/form_golden",
            client_id=self._client_id,
            records=[_row(one) for one in formed],
            policy_version=policy_version,
            run_id=run_id,
            now=now,
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


def _row(formed: FormedGolden) -> dict[str, Any]:
    """The golden record as form_golden reads it."""
    golden = formed.golden
    return {
        "customer_id": formed.customer_id,
        "fields": golden.fields,
        "provenance": {name: _source(found) for name, found in golden.provenance.items()},
        "input_version_ids": sorted(formed.input_version_ids),
        "fingerprint": fingerprint(golden).hex(),
    }


def _source(found: Provenance) -> dict[str, Any]:
    # By hand: asdict copies deeply, which is most of the time of a large load.
    return {
        "system": found.system,
        "source_key": found.source_key,
        "version_id": found.version_id,
        "observed_at": found.observed_at.isoformat(),
        "rule": found.rule,
    }
