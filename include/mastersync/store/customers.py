"""Customers and golden records in PostgreSQL."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from mastersync.domain.credit.standing import holding
from mastersync.domain.decisions.model import Withdrawal
from mastersync.domain.decisions.pins import PinDecision, PinWord
from mastersync.domain.golden.fingerprint import fingerprint
from mastersync.domain.golden.model import Provenance
from mastersync.ports.customers import (
    CustomerAnswer,
    Disclosure,
    FormedGolden,
    GoldenVersion,
    HeldDecision,
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


@dataclass(frozen=True, kw_only=True)
class _PinDecision:
    decision_id: int
    customer_id: str
    field: str
    value: str
    author: str
    reason: str
    ticket_id: int | None
    decided_at: datetime
    expires_at: datetime | None
    withdrawn_by: str | None
    withdrawal_reason: str | None
    withdrawn_at: datetime | None

    def decision(self) -> PinDecision:
        return PinDecision(
            decision_id=self.decision_id,
            word=PinWord(
                customer_id=self.customer_id,
                field=self.field,
                value=self.value,
                author=self.author,
                reason=self.reason,
                expires_at=self.expires_at,
                ticket_id=self.ticket_id,
            ),
            decided_at=self.decided_at,
            withdrawal=None
            if self.withdrawn_at is None
            else Withdrawal(
                author=self.withdrawn_by or "",
                reason=self.withdrawal_reason or "",
                withdrawn_at=self.withdrawn_at,
            ),
        )


class PostgresCustomers:
    """Implements `ports.customers.Customers`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def due_for_forming(
        self,
        run_id: str,
        *,
        first_id: str | None = None,
        last_id: str | None = None,
        now: datetime,
    ) -> list[str]:
        """Return the customers that may change; see the port."""
        return self._session.values(
            "customers/list_due",
            client_id=self._client_id,
            run_id=run_id,
            first_id=first_id,
            last_id=last_id,
            now=now,
        )

    def inputs(
        self, customer_ids: Sequence[str], *, with_waiting: bool = False
    ) -> list[LinkedVersion]:
        """Return the linked versions in force; see the port."""
        return self._session.many(
            "customers/list_inputs",
            LinkedVersion,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            with_waiting=with_waiting,
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

    def record_pin(self, word: PinWord, *, now: datetime) -> int:
        """Keep a pin; see the port."""
        decision_id: int = self._session.value(
            "customers/record_pin", client_id=self._client_id, **asdict(word), now=now
        )
        return decision_id

    def pin_history(
        self, customer_ids: Sequence[str] | None = None, *, limit: int = 1_000
    ) -> list[PinDecision]:
        """Return all pins; see the port."""
        found = self._session.many(
            "customers/list_pin_history",
            _PinDecision,
            client_id=self._client_id,
            customer_ids=None if customer_ids is None else list(customer_ids),
            max_pins=limit,
        )
        return [row.decision() for row in found]

    def reports(
        self, customer_ids: Sequence[str], *, ordered_by: datetime | None = None
    ) -> list[HeldReport]:
        """Return the newest credit reports; see the port."""
        return self._session.many(
            "customers/list_reports",
            HeldReport,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            ordered_by=ordered_by,
        )

    def credit_decisions(
        self, customer_ids: Sequence[str], *, decided_by: datetime | None = None
    ) -> list[HeldDecision]:
        """Return the credit decisions that hold; see the port."""
        made: dict[str, list[HeldDecision]] = defaultdict(list)
        for decision in self._session.many(
            "customers/list_credit_decisions",
            HeldDecision,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            decided_by=decided_by,
        ):
            made[decision.customer_id].append(decision)
        return [held for held in map(holding, made.values()) if held is not None]

    def newest(self, customer_ids: Sequence[str]) -> list[StoredGolden]:
        """Return the newest golden versions; see the port."""
        return self._session.many(
            "customers/list_newest",
            StoredGolden,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def versions(
        self, customer_ids: Sequence[str], *, known_at: datetime, limit: int = 1_000
    ) -> list[GoldenVersion]:
        """Return golden versions; see the port."""
        return self._session.many(
            "customers/list_versions",
            GoldenVersion,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            known_at=known_at,
            max_versions=limit,
        )

    def inputs_as_of(self, version: GoldenVersion, *, true_at: datetime) -> list[LinkedVersion]:
        """Return what records said at a time; see the port."""
        return self._session.many(
            "customers/list_inputs_as_of",
            LinkedVersion,
            client_id=self._client_id,
            customer_id=version.customer_id,
            version_ids=list(version.input_version_ids),
            true_at=true_at,
        )

    def disclosures(self, customer_ids: Sequence[str], *, limit: int = 1_000) -> list[Disclosure]:
        """Return what went to whom; see the port."""
        return self._session.many(
            "customers/list_disclosures",
            Disclosure,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            max_disclosures=limit,
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

    def mark_considered(self, due_at: Mapping[str, datetime | None], *, now: datetime) -> None:
        """Note what was considered; see the port."""
        # In one order, so that two transactions never wait for each other.
        customer_ids = sorted(due_at)
        if customer_ids:
            self._session.execute(
                "customers/mark_considered",
                client_id=self._client_id,
                customer_ids=customer_ids,
                due_at=[due_at[customer_id] for customer_id in customer_ids],
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

    def live(self, *, first_id: str | None = None, last_id: str | None = None) -> list[str]:
        """Return all who have a golden record; see the port."""
        return self._session.values(
            "customers/list_live", client_id=self._client_id, first_id=first_id, last_id=last_id
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
        "said_at": found.said_at.isoformat(),
        "rule": found.rule,
    } | ({"disputed": True} if found.disputed else {})
