"""Facts as they were known when golden records were formed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.replay.model import ReplayCase
from mastersync.ports.customers import (
    CustomerAnswer,
    HeldDecision,
    HeldReport,
    LinkedVersion,
    Pin,
)


@dataclass(frozen=True, kw_only=True)
class InputThen(LinkedVersion):
    """A source version that a golden version was formed from; ``fields`` by which policy."""

    version_no: int
    prepared_by: str


@dataclass(frozen=True, kw_only=True)
class AnswerThen(CustomerAnswer):
    """An answer that a golden version may have been formed from."""

    version_no: int


@dataclass(frozen=True, kw_only=True)
class PinThen(Pin):
    """A pin in force when a golden version was formed."""

    version_no: int


@dataclass(frozen=True, kw_only=True)
class ReportThen(HeldReport):
    """The credit report in force when a golden version was formed."""

    version_no: int


@dataclass(frozen=True, kw_only=True)
class CreditDecisionThen(HeldDecision):
    """The decision on a customer's credit that held when a golden version was formed."""

    version_no: int


class Replays(Protocol):
    """The past derivations of one client, within one transaction; nothing here writes."""

    def cases(
        self,
        window: tuple[datetime, datetime],
        *,
        after: tuple[str, int],
        limit: int,
    ) -> list[ReplayCase]:
        """Return golden versions formed in the window, its end not included.

        In the order of customers and versions, beginning behind the one named.
        """
        ...

    def inputs(self, cases: Sequence[ReplayCase]) -> list[InputThen]:
        """Return the source versions that these were formed from."""
        ...

    def answers(self, cases: Sequence[ReplayCase]) -> list[AnswerThen]:
        """Return what had been answered by then, oldest first."""
        ...

    def pins(self, cases: Sequence[ReplayCase]) -> list[PinThen]:
        """Return the pins that were in force then, oldest first."""
        ...

    def reports(self, cases: Sequence[ReplayCase]) -> list[ReportThen]:
        """Return the credit reports that were in force then."""
        ...

    def credit_decisions(self, cases: Sequence[ReplayCase]) -> list[CreditDecisionThen]:
        """Return the decisions on credit that held then."""
        ...

    def places(self, cases: Sequence[ReplayCase]) -> dict[tuple[str, int], frozenset[str]]:
        """Return (customer, version) → the systems that had or once had a record of it."""
        ...
