"""Past derivations in PostgreSQL, with the facts as they were known then."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mastersync.domain.credit.standing import holding
from mastersync.domain.replay.model import ReplayCase
from mastersync.ports.replays import (
    AnswerThen,
    CreditDecisionThen,
    InputThen,
    PinThen,
    ReportThen,
)
from mastersync.store.database import Session

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Place:
    customer_id: str
    version_no: int
    system: str


class PostgresReplays:
    """Implements `ports.replays.Replays`; each method, see the port."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def cases(
        self, window: tuple[datetime, datetime], *, after: tuple[str, int], limit: int
    ) -> list[ReplayCase]:
        """Return golden versions formed in the window."""
        return self._session.many(
            "replays/list_cases",
            ReplayCase,
            client_id=self._client_id,
            formed_from=window[0],
            formed_before=window[1],
            after_customer=after[0],
            after_version=after[1],
            page_size=limit,
        )

    def inputs(self, cases: Sequence[ReplayCase]) -> list[InputThen]:
        """Return their source versions."""
        return self._of("replays/list_inputs", InputThen, cases)

    def answers(self, cases: Sequence[ReplayCase]) -> list[AnswerThen]:
        """Return what had been answered."""
        return self._of("replays/list_answers", AnswerThen, cases)

    def pins(self, cases: Sequence[ReplayCase]) -> list[PinThen]:
        """Return the pins in force."""
        return self._of("replays/list_pins", PinThen, cases)

    def reports(self, cases: Sequence[ReplayCase]) -> list[ReportThen]:
        """Return the credit reports in force."""
        return self._of("replays/list_reports", ReportThen, cases)

    def credit_decisions(self, cases: Sequence[ReplayCase]) -> list[CreditDecisionThen]:
        """Return the decisions on credit that held."""
        made: dict[tuple[str, int], list[CreditDecisionThen]] = defaultdict(list)
        for decision in self._of("replays/list_credit_decisions", CreditDecisionThen, cases):
            made[decision.customer_id, decision.version_no].append(decision)
        return [held for held in map(holding, made.values()) if held is not None]

    def places(self, cases: Sequence[ReplayCase]) -> dict[tuple[str, int], frozenset[str]]:
        """Return where the customers had records."""
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for place in self._of("replays/list_places", _Place, cases):
            found[place.customer_id, place.version_no].add(place.system)
        return {case: frozenset(systems) for case, systems in found.items()}

    def _of(self, name: str, row: type[T], cases: Sequence[ReplayCase]) -> list[T]:
        return self._session.many(
            name,
            row,
            client_id=self._client_id,
            customer_ids=[case.customer_id for case in cases],
            version_nos=[case.version_no for case in cases],
        )
