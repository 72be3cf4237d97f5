"""Customers: their inputs, their golden records, and how the target systems hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mastersync.domain.credit.standing import MadeDecision
from mastersync.domain.decisions.pins import PinDecision, PinWord
from mastersync.domain.golden.model import GoldenRecord


@dataclass(frozen=True, kw_only=True)
class LinkedVersion:
    """The version in force of one record of a customer, and what we last wrote to it.

    ``said_at`` is when others than we last changed each field (ISO 8601). ``is_pending`` means
    that this run is to apply it. ``pushed`` is target path → value. ``own_fields`` is what it
    said before a merge that was undone: what was written to it meanwhile was another customer's.
    """

    customer_id: str
    record_id: int
    version_id: int
    system: str
    source_key: str
    fields: Mapping[str, str]
    payload: Mapping[str, object]
    guard: str | None
    observed_at: datetime
    said_at: Mapping[str, str]
    is_pending: bool
    pushed: Mapping[str, object]
    own_fields: Mapping[str, str] = field(default_factory=dict)
    own_said_at: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CustomerAnswer:
    """A customer's answer. ``confirmed`` is what was shown in full and not corrected."""

    customer_id: str
    answer_id: int
    verdict: str
    confirmed: Mapping[str, str]
    corrections: Mapping[str, str]
    answered_at: datetime
    is_applied: bool


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A value that an operator pinned. Without ``expires_at`` it holds until it is withdrawn."""

    customer_id: str
    decision_id: int
    field: str
    value: str
    author: str
    reason: str
    decided_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HeldReport:
    """The credit report in force for a customer."""

    customer_id: str
    report_id: int
    agency: str
    rating: str
    credit_limit: str
    currency: str
    ordered_at: datetime
    valid_until: datetime


@dataclass(frozen=True, kw_only=True)
class HeldDecision(MadeDecision):
    """The decision on a customer's credit that holds."""

    customer_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StoredGolden:
    """The newest golden version of a customer; ``disputed`` fields are written nowhere."""

    customer_id: str
    version_no: int
    fields: Mapping[str, str]
    fingerprint: bytes
    disputed: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class GoldenVersion:
    """A golden version as it is kept; ``provenance`` is what `Provenance` says, by field."""

    customer_id: str
    version_no: int
    fields: Mapping[str, str]
    provenance: Mapping[str, Mapping[str, object]]
    input_version_ids: Sequence[int]
    policy_version: str
    run_id: str
    formed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What of a customer went to whom; ``fields`` are paths of the recipient.

    ``transformation`` is the version of the rules that gave a push its values.
    """

    recipient: str
    kind: str
    fields: Sequence[str]
    authority: str
    disclosed_at: datetime
    run_id: str
    transformation: str | None = None


@dataclass(frozen=True, kw_only=True)
class FormedGolden:
    """A customer's golden record, and the source versions that it was formed from."""

    customer_id: str
    golden: GoldenRecord
    input_version_ids: Sequence[int]


class Customers(Protocol):
    """The customers of one client, within one transaction."""

    def due_for_forming(
        self,
        run_id: str,
        *,
        first_id: str | None = None,
        last_id: str | None = None,
        now: datetime,
    ) -> list[str]:
        """Return, in order, the customers whose golden record new facts, or time, may change.

        From ``first_id`` to ``last_id``, both included, if they are given.
        """
        ...

    def inputs(
        self, customer_ids: Sequence[str], *, with_waiting: bool = False
    ) -> list[LinkedVersion]:
        """Return the linked versions in force; waiting ones are left out unless they are asked."""
        ...

    def answers(self, customer_ids: Sequence[str]) -> list[CustomerAnswer]:
        """Return all answers of these customers, oldest first."""
        ...

    def pins(self, customer_ids: Sequence[str], *, now: datetime) -> list[Pin]:
        """Return the pins in force at that time, oldest first."""
        ...

    def record_pin(self, word: PinWord, *, now: datetime) -> int:
        """Keep a pin as a fact; returns its decision id."""
        ...

    def pin_history(
        self, customer_ids: Sequence[str] | None = None, *, limit: int = 1_000
    ) -> list[PinDecision]:
        """Return all pins there ever were on these customers, or on all, the newest first."""
        ...

    def reports(
        self, customer_ids: Sequence[str], *, ordered_by: datetime | None = None
    ) -> list[HeldReport]:
        """Return the newest credit report of each customer that has one; or had one by then."""
        ...

    def credit_decisions(
        self, customer_ids: Sequence[str], *, decided_by: datetime | None = None
    ) -> list[HeldDecision]:
        """Return the decision on the credit of each customer that has one; or had one by then."""
        ...

    def newest(self, customer_ids: Sequence[str]) -> list[StoredGolden]:
        """Return the newest golden version of each customer that has one."""
        ...

    def versions(
        self, customer_ids: Sequence[str], *, known_at: datetime, limit: int = 1_000
    ) -> list[GoldenVersion]:
        """Return the golden versions formed until a time, the newest first."""
        ...

    def inputs_as_of(self, version: GoldenVersion, *, true_at: datetime) -> list[LinkedVersion]:
        """Return what the records of a golden version said at a time, by their own clocks.

        As far as that version knew. A record that said nothing yet is left out.
        """
        ...

    def disclosures(self, customer_ids: Sequence[str], *, limit: int = 1_000) -> list[Disclosure]:
        """Return what of these customers went to whom, the newest first."""
        ...

    def deleted_in(self, customer_ids: Sequence[str]) -> frozenset[tuple[str, str]]:
        """Return (customer, system) where the system deleted its record of the customer."""
        ...

    def form(
        self, formed: Sequence[FormedGolden], *, policy_version: str, run_id: str, now: datetime
    ) -> int:
        """Keep golden records, each as the next version of its customer; returns how many.

        One of which the newest version says the same is not kept again.
        """
        ...

    def mark_considered(self, due_at: Mapping[str, datetime | None], *, now: datetime) -> None:
        """Note that customers were formed from all facts, and when time changes them next."""
        ...

    def apply(self, version_ids: Sequence[int], *, now: datetime) -> None:
        """Settle versions as applied, and those they replace as superseded."""
        ...

    def live(self, *, first_id: str | None = None, last_id: str | None = None) -> list[str]:
        """Return, in order, all who have a golden record, of a range if one is given."""
        ...

    def touched(self, run_id: str) -> list[str]:
        """Return, in order, the customers that this run formed or re-read.

        Those of earlier runs that never got to their plan are among them.
        """
        ...
