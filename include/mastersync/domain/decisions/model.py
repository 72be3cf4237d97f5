"""A person's word on two source records."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mastersync.domain.matching.model import SourceKey, Verdict

_SAYS = {
    Verdict.SAME: "is the same as",
    Verdict.NOT_SAME: "is not the same as",
    Verdict.RELATED: "is related to, but not the same as,",
}


class Relation(StrEnum):
    """How two customers are related, read from left to right; the store's CHECK lists the same."""

    BRANCH = "branch"  # left is a site of right: the same legal entity, another place
    GROUP = "group"  # left belongs to right, its parent
    HOUSEHOLD = "household"  # two persons under one roof
    BROKER = "broker"  # left acts for right: accountant, agent, registered office
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who decides, why, and on which ticket; ``insist`` withdraws decisions that say otherwise."""

    by: str
    reason: str
    insist: bool = False
    ticket_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PairWord:
    """What a person says of two records. ``relation`` goes with RELATED, and only with it.

    Without ``expires_at`` it holds until it is withdrawn.
    """

    verdict: Verdict
    left: SourceKey
    right: SourceKey
    author: str
    reason: str
    relation: Relation | None = None
    expires_at: datetime | None = None
    ticket_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Who took a decision back, when and why."""

    author: str
    reason: str
    withdrawn_at: datetime


@dataclass(frozen=True, kw_only=True)
class PairDecision:
    """A word as it is kept."""

    decision_id: int
    word: PairWord
    decided_at: datetime
    withdrawal: Withdrawal | None = None

    @property
    def pair(self) -> frozenset[SourceKey]:
        """The two records, in no order."""
        return frozenset((self.word.left, self.word.right))

    @property
    def is_same(self) -> bool:
        return self.word.verdict is Verdict.SAME

    def is_in_force(self, now: datetime) -> bool:
        """Say whether it is neither withdrawn nor expired."""
        ends = self.word.expires_at
        return self.withdrawal is None and (ends is None or ends > now)

    @property
    def sentence(self) -> str:
        """The decision in words, without anything that the records hold."""
        return (
            f"{spoken(self.word.left)} {_SAYS[self.word.verdict]} {spoken(self.word.right)} "
            f"(decision {self.decision_id}, {self.word.author})"
        )


def spoken(key: SourceKey) -> str:
    """Return a record's key as people type it.

    >>> spoken(SourceKey(system="crm", key="17"))
    'crm:17'
    """
    return f"{key.system}:{key.key}"
