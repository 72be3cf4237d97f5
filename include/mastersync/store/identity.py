"""Who is who, in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mastersync.domain.identity.model import (
    BeforeImage,
    ChangeKind,
    CustomerLink,
    CustomerState,
    EffectBefore,
    IdentityChange,
    SubjectBefore,
)
from mastersync.ports.identity import Children, Related, RestoredEffect, SplitOff, UnsentEffect
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Change:
    change_id: int
    kind: str
    from_customer_id: str
    to_customer_id: str
    undoes: int | None
    undone_by: int | None
    author: str
    reason: str
    before: Mapping[str, Any]
    ticket_id: int | None
    changed_at: datetime

    def change(self) -> IdentityChange:
        return IdentityChange(
            change_id=self.change_id,
            kind=ChangeKind(self.kind),
            from_customer_id=self.from_customer_id,
            to_customer_id=self.to_customer_id,
            undoes=self.undoes,
            undone_by=self.undone_by,
            author=self.author,
            reason=self.reason,
            before=BeforeImage.from_json(self.before),
            ticket_id=self.ticket_id,
            changed_at=self.changed_at,
        )


class PostgresIdentity:
    """Implements `ports.identity.Identity`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def lock(self, customer_ids: Sequence[str]) -> Mapping[str, CustomerState]:
        """Return customers, held; see the port."""
        self._session.execute(
            "identity/lock_customers",
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        return self.find(customer_ids)

    def find(self, customer_ids: Sequence[str]) -> Mapping[str, CustomerState]:
        """Return customers; see the port."""
        found = self._session.many(
            "identity/find_customers",
            CustomerState,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        return {state.customer_id: state for state in found}

    def within(self, customer_id: str) -> list[str]:
        """Return the customer and all that were merged into it."""
        return self._session.values(
            "identity/list_within", client_id=self._client_id, customer_id=customer_id
        )

    def occupied(self, customer_ids: Sequence[str]) -> list[str]:
        """Return those of the ids that stand for somebody; see the port."""
        return self._session.values(
            "identity/list_occupied",
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def links(self, customer_id: str) -> list[CustomerLink]:
        """Return all links of a customer; see the port."""
        return self._session.many(
            "identity/list_links",
            CustomerLink,
            client_id=self._client_id,
            customer_id=customer_id,
        )

    def children(self, customer_ids: Sequence[str]) -> Children:
        """Count what hangs on these customers."""
        return self._session.one(
            "identity/count_children",
            Children,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )

    def move_links(self, link_ids: Sequence[int], *, to: str) -> None:
        """Let links belong to another customer; see the port."""
        if link_ids:
            self._session.execute(
                "identity/move_links",
                client_id=self._client_id,
                link_ids=list(link_ids),
                to_id=to,
            )

    def unsent(self, customer_id: str) -> list[UnsentEffect]:
        """Return effects that were never tried; see the port."""
        return self._session.many(
            "identity/list_unsent",
            UnsentEffect,
            client_id=self._client_id,
            customer_id=customer_id,
        )

    def move_effects(self, effect_ids: Sequence[UUID], *, from_id: str, to: str) -> None:
        """Let effects belong to another customer; see the port."""
        if effect_ids:
            self._session.execute(
                "identity/move_effects",
                client_id=self._client_id,
                effect_ids=list(effect_ids),
                from_id=from_id,
                to_id=to,
            )

    def withdraw_effects(self, effect_ids: Sequence[UUID], *, why: str, now: datetime) -> None:
        """Cancel effects that were never tried."""
        if effect_ids:
            self._session.execute(
                "identity/withdraw_effects",
                client_id=self._client_id,
                effect_ids=list(effect_ids),
                why=why,
                now=now,
            )

    def restore_effects(self, effects: Sequence[EffectBefore], *, why: str) -> list[RestoredEffect]:
        """Give withdrawn effects their state back; see the port."""
        if not effects:
            return []
        return self._session.many(
            "identity/restore_effects",
            RestoredEffect,
            client_id=self._client_id,
            effect_ids=[effect.effect_id for effect in effects],
            states=[effect.state for effect in effects],
            why=why,
        )

    def revoke_requests(self, effect_ids: Sequence[UUID]) -> list[UUID]:
        """Revoke open questions; see the port."""
        if not effect_ids:
            return []
        return self._session.values(
            "identity/revoke_requests", client_id=self._client_id, effect_ids=list(effect_ids)
        )

    def restore_requests(self, request_ids: Sequence[UUID]) -> None:
        """Open revoked questions again."""
        if request_ids:
            self._session.execute(
                "identity/restore_requests",
                client_id=self._client_id,
                request_ids=list(request_ids),
            )

    def rename_subjects(self, from_id: str, *, to: str, now: datetime) -> list[SubjectBefore]:
        """Let open tickets be about another customer; see the port."""
        return self._session.many(
            "identity/rename_subjects",
            SubjectBefore,
            client_id=self._client_id,
            from_id=from_id,
            to_id=to,
            now=now,
        )

    def restore_subjects(
        self, subjects: Sequence[SubjectBefore], *, merges: Sequence[IdentityChange]
    ) -> None:
        """Let tickets be about what they were about; see the port."""
        if subjects:
            self._session.execute(
                "identity/restore_subjects",
                client_id=self._client_id,
                rows=[
                    {
                        "ticket_id": subject.ticket_id,
                        "subject": subject.subject,
                        "was_renamed": subject.renamed_to is not None,
                    }
                    for subject in subjects
                ],
                from_id=merges[0].from_customer_id,
                path=[merge.to_customer_id for merge in merges],
                merged_at=[merge.changed_at for merge in merges],
            )

    def redirect(self, customer_id: str, *, to: str | None) -> None:
        """Let a customer stand for another one, or for itself again."""
        self._session.execute(
            "identity/redirect_customer",
            client_id=self._client_id,
            customer_id=customer_id,
            to_id=to,
        )

    def create(self, customer: SplitOff, *, now: datetime) -> bool:
        """Create a customer on a person's word; see the port."""
        return bool(
            self._session.execute(
                "identity/create_customer",
                client_id=self._client_id,
                customer_id=customer.customer_id,
                search_evidence=customer.search_evidence,
                author=customer.author,
                now=now,
            )
        )

    def tell(self, change: IdentityChange) -> int:
        """Append a change to the feed; see the port."""
        change_id: int = self._session.value(
            "identity/append_change",
            client_id=self._client_id,
            kind=change.kind,
            from_customer_id=change.from_customer_id,
            to_customer_id=change.to_customer_id,
            undoes=change.undoes,
            author=change.author,
            reason=change.reason,
            before=change.before.as_json(),
            ticket_id=change.ticket_id,
            now=change.changed_at,
        )
        return change_id

    def changes(
        self, *, customer_ids: Sequence[str] = (), after: int = 0, limit: int = 1_000
    ) -> list[IdentityChange]:
        """Return the feed; see the port."""
        found = self._session.many(
            "identity/list_changes",
            _Change,
            client_id=self._client_id,
            customer_ids=list(customer_ids) or None,
            after_id=after,
            max_changes=None if customer_ids else limit,
        )
        return [row.change() for row in found]

    def relations(self, *, customer_id: str | None = None, now: datetime) -> list[Related]:
        """Return who is related to whom; see the port."""
        return self._session.many(
            "identity/list_relations",
            Related,
            client_id=self._client_id,
            customer_id=customer_id,
            now=now,
        )

    def violations(self, *, now: datetime) -> list[str]:
        """Return what does not hold together; see the port."""
        return self._session.values("identity/find_violations", client_id=self._client_id, now=now)
