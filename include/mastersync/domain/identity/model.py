"""Merges and splits as they are kept, and what it takes to undo them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from mastersync.domain.matching.model import SourceKey


class ChangeKind(StrEnum):
    """What happened to who is who; the store's CHECK lists the same."""

    MERGED = "merged"
    UNMERGED = "unmerged"
    SPLIT = "split"


class Withdrawn(StrEnum):
    """Why an effect that had not left was withdrawn when who is who changed, as it is kept."""

    MERGED = "its customer was merged into another"
    UNMERGED = "its customer was unmerged"
    SPLIT = "its record was split off"


@dataclass(frozen=True, kw_only=True)
class CustomerState:
    """A customer as it stands: ``live_id`` is itself unless it was merged."""

    customer_id: str
    live_id: str
    created_at: datetime
    record_count: int

    @property
    def is_live(self) -> bool:
        return self.live_id == self.customer_id


@dataclass(frozen=True, kw_only=True)
class CustomerLink:
    """That a record belongs, or until it ended belonged, to a customer.

    ``matched_with`` are the records whose likeness made the link. ``made_for`` is the customer
    for whom we created the record ourselves.
    """

    link_id: int
    record_id: int
    system: str
    source_key: str
    customer_id: str
    linked_at: datetime
    is_current: bool
    matched_with: tuple[int, ...] = ()
    made_for: str | None = None

    @property
    def key(self) -> SourceKey:
        return SourceKey(system=self.system, key=self.source_key)


@dataclass(frozen=True, kw_only=True)
class EffectBefore:
    """An effect that had not left yet. ``moved`` means that it followed to the survivor.

    What did not move was withdrawn: who is one customer is not created, asked or checked twice.
    """

    effect_id: UUID
    state: str
    moved: bool


@dataclass(frozen=True, kw_only=True)
class SubjectBefore:
    """What a ticket was about; ``renamed_to`` is None where it was about both already."""

    ticket_id: int
    subject: str
    renamed_to: str | None


@dataclass(frozen=True, kw_only=True)
class BeforeImage:
    """All that a merge or split changed, as it was before; ids only."""

    links: tuple[int, ...] = ()
    effects: tuple[EffectBefore, ...] = ()
    requests: tuple[UUID, ...] = ()
    subjects: tuple[SubjectBefore, ...] = ()
    decisions: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as the feed keeps it."""
        return {
            "links": list(self.links),
            "effects": [
                {"effect_id": str(e.effect_id), "state": e.state, "moved": e.moved}
                for e in self.effects
            ],
            "requests": [str(request) for request in self.requests],
            "subjects": [
                {"ticket_id": s.ticket_id, "subject": s.subject, "renamed_to": s.renamed_to}
                for s in self.subjects
            ],
            "decisions": list(self.decisions),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "BeforeImage":
        """Read it back."""
        return cls(
            links=tuple(kept.get("links", ())),
            effects=tuple(
                EffectBefore(effect_id=UUID(e["effect_id"]), state=e["state"], moved=e["moved"])
                for e in kept.get("effects", ())
            ),
            requests=tuple(UUID(request) for request in kept.get("requests", ())),
            subjects=tuple(SubjectBefore(**s) for s in kept.get("subjects", ())),
            decisions=tuple(kept.get("decisions", ())),
        )


@dataclass(frozen=True, kw_only=True)
class IdentityChange:
    """One entry of the change feed. ``undone_by`` is the entry that took it back."""

    change_id: int
    kind: ChangeKind
    from_customer_id: str
    to_customer_id: str
    author: str
    reason: str
    changed_at: datetime
    before: BeforeImage
    undoes: int | None = None
    undone_by: int | None = None
    ticket_id: int | None = None
