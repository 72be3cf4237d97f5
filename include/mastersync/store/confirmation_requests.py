"""Confirmation requests in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

from mastersync.ports.confirmation_requests import NewRequest, PastRequests, TroubledMailbox
from mastersync.store.database import Session


class PostgresConfirmationRequests:
    """Implements `ports.confirmation_requests.ConfirmationRequests`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def ask(self, requests: Sequence[NewRequest], *, now: datetime) -> None:
        """Keep the requests; see the port."""
        if not requests:
            return
        self._session.execute(
            "confirmations/ask",
            client_id=self._client_id,
            rows=[
                {
                    "request_id": str(request.request_id),
                    "customer_id": request.customer_id,
                    "effect_id": str(request.effect_id),
                    "token_hash": request.token_hash.hex(),
                    "client_name": request.client_name,
                    "language": request.language,
                    "shown": request.shown,
                    "expires_at": request.expires_at.isoformat(),
                }
                for request in requests
            ],
            now=now,
        )

    def candidates(self, *, asked_before: datetime, limit: int) -> list[str]:
        """Return whom to consider asking; see the port."""
        return self._session.values(
            "confirmations/list_candidates",
            client_id=self._client_id,
            asked_before=asked_before,
            max_customers=limit,
        )

    def past(self, customer_ids: Sequence[str], *, now: datetime) -> list[PastRequests]:
        """Return what became of earlier requests; see the port."""
        return self._session.many(
            "confirmations/list_past",
            PastRequests,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            now=now,
        )

    def undeliverable(self) -> list[TroubledMailbox]:
        """Return who cannot be reached; see the port."""
        return self._session.many(
            "confirmations/list_undeliverable", TroubledMailbox, client_id=self._client_id
        )

    def mark_applied(self, answer_ids: Sequence[int]) -> None:
        """Settle answered requests; see the port."""
        if answer_ids:
            self._session.execute(
                "confirmations/mark_applied",
                client_id=self._client_id,
                answer_ids=list(answer_ids),
            )

    def count_asked(self, run_id: str) -> int:
        """Return how many mails the run has planned; see the port."""
        count: int = self._session.value(
            "effects/count_planned", client_id=self._client_id, run_id=run_id, kind="email"
        )
        return count
