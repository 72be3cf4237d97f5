"""The values that matching takes and gives."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, Self


@dataclass(frozen=True, kw_only=True, order=True)
class SourceKey:
    """A record's identity in its system; what decisions of people are keyed on."""

    system: str
    key: str


@dataclass(frozen=True, kw_only=True)
class MatchRecord:
    """A prepared record as the matcher sees it; ``customer_id`` is None until it is linked."""

    record_id: int
    system: str
    source_key: str
    fields: Mapping[str, str]
    customer_id: str | None = None

    @property
    def key(self) -> SourceKey:
        """The record's source key."""
        return SourceKey(system=self.system, key=self.source_key)


class Band(StrEnum):
    """What a score means."""

    SAME = "same"
    REVIEW = "review"
    NEW = "new"


_OPENINGS: Final = {
    Band.SAME: "Same",
    Band.REVIEW: "Perhaps the same",
    Band.NEW: "Not the same",
}


class Verdict(StrEnum):
    """What a person said of two records; RELATED are never merged (branch, group, household)."""

    SAME = "same"
    NOT_SAME = "not_same"
    RELATED = "related"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A person's verdict on two source records; it survives reruns and edits."""

    left: SourceKey
    right: SourceKey
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class MatchPolicy:
    """A client's bands.

    Args:
        same_at: Score from which two records are the same, 0.0 to 1.0.
        review_at: Score from which a person is asked, below ``same_at``.
        max_group: Records that may form one cluster without a person; more than that is
            what a shared placeholder looks like.
    """

    same_at: float = 0.9
    review_at: float = 0.7
    max_group: int = 100

    @property
    def below_same(self) -> float:
        """The highest score that still asks a person."""
        return math.nextafter(self.same_at, 0.0)

    def band(self, score: float) -> Band:
        """Return the band of a score."""
        if score >= self.same_at:
            return Band.SAME
        return Band.REVIEW if score >= self.review_at else Band.NEW


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that speaks for (weight > 0) or against two records being the same.

    ``weight`` is in natural log-odds; ``words`` read on from "same company: ...".
    """

    field: str
    outcome: str
    weight: float
    words: str


@dataclass(frozen=True, kw_only=True)
class MatchCandidate:
    """Two records that were compared, with left < right by record id, and why the score.

    ``rule`` names what decided: the strongest evidence, such as ``name+place``, or ``judged``.
    """

    left: int
    right: int
    score: float
    band: Band
    rule: str
    evidence: tuple[Evidence, ...]
    noun: str = "customer"

    @cached_property
    def sentence(self) -> str:
        """The evidence in words: what speaks for it, the strongest first, and what against."""
        by_weight = sorted(self.evidence, key=lambda item: -abs(item.weight))
        pro = [item.words for item in by_weight if item.weight > 0]
        contra = [item.words for item in by_weight if item.weight < 0]
        neutral = [item.words for item in by_weight if item.weight == 0]
        said = "; ".join(pro + neutral) or "nothing speaks for it"
        against = f" Against: {'; '.join(contra)}." if contra else ""
        return f"{_OPENINGS[self.band]} {self.noun}: {said}.{against}"

    def between(self, one: int, other: int) -> Self:
        """Return the pair under other numbers of its records."""
        return type(self)(
            left=min(one, other),
            right=max(one, other),
            score=self.score,
            band=self.band,
            rule=self.rule,
            evidence=self.evidence,
            noun=self.noun,
        )


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Where one record of the delta goes.

    SAME joins ``customer_id``, or the new customer that ``leader`` opens. NEW opens a customer
    of its own and is its leader. REVIEW waits for a person: ``reason`` says why, and
    ``candidates`` are what to look at, the strongest first.
    """

    record_id: int
    band: Band
    customer_id: str | None = None
    leader: int | None = None
    reason: str = ""
    candidates: tuple[MatchCandidate, ...] = ()
