"""The engine of `domain.resolution` over prepared records: what comparing pairs of them says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.matching.model import (
    Band,
    Evidence,
    Judgement,
    MatchCandidate,
    MatchPolicy,
    MatchRecord,
)
from mastersync.domain.matching.scores import judged, log_odds, probability, verdicts_by_pair
from mastersync.domain.resolution.compare import Comparison, compare
from mastersync.domain.resolution.explain import Explainer, noun
from mastersync.domain.resolution.model import LogOdds, Model
from mastersync.domain.resolution.statistics import Statistics
from mastersync.domain.resolution.table import Table
from mastersync.domain.search.doubts import needs_a_person
from mastersync.domain.search.entries import Ids

ENGINE: Final = "resolution-1"
EDITION: Final = 4  # of the keys: another one, and every index is made anew


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Compared pairs of a table's rows, with their scores; candidates are made when asked for."""

    table: Table
    comparison: Comparison
    log_odds: LogOdds
    doubtful: NDArray[np.bool_]
    model: Model
    policy: MatchPolicy

    def __len__(self) -> int:
        return len(self.log_odds)

    @property
    def probable(self) -> NDArray[np.bool_]:
        """Which pairs are the same or may be."""
        found: NDArray[np.bool_] = self.log_odds >= log_odds(self.policy.review_at)
        return found

    def by(self, model: Model) -> Self:
        """Return the same pairs by other weights."""
        return replace(self, model=model, log_odds=model.score(self.comparison))

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.table, self.comparison, self.model)

    def candidate(
        self, position: int, record_ids: Ids, *, explained: bool = True
    ) -> MatchCandidate:
        """Return a pair with its evidence; ``record_ids`` are those of the table's rows.

        Unless ``explained``, what is improbable comes without its evidence.
        """
        left, right = int(self.comparison.left[position]), int(self.comparison.right[position])
        score = probability(float(self.log_odds[position]))
        if self.doubtful[position]:
            score = min(score, self.policy.below_same)
        band = self.policy.band(score)
        evidence: tuple[Evidence, ...] = ()
        if explained or band is not Band.NEW:
            evidence = self._explainer.evidence(position)
        one, other = int(record_ids[left]), int(record_ids[right])
        return MatchCandidate(
            left=min(one, other),
            right=max(one, other),
            score=score,
            band=band,
            rule=_rule(evidence),
            evidence=evidence,
            noun=noun(self.table, left, right),
        )


def compare_rows(
    table: Table,
    left: Ids,
    right: Ids,
    *,
    statistics: Statistics,
    model: Model,
    policy: MatchPolicy,
) -> Compared:
    """Compare rows ``left`` and ``right`` of the table, pair by pair."""
    comparison = compare(table, left.astype(np.int32), right.astype(np.int32), statistics)
    return Compared(
        table=table,
        comparison=comparison,
        log_odds=model.score(comparison),
        doubtful=needs_a_person(comparison),
        model=model,
        policy=policy,
    )


def with_judgements(
    candidates: Iterable[MatchCandidate],
    records: Mapping[int, MatchRecord],
    judgements: Sequence[Judgement],
) -> Iterator[MatchCandidate]:
    """Yield the candidates as people's verdicts have them."""
    verdicts = verdicts_by_pair(judgements)
    if not verdicts:
        yield from candidates
        return
    for candidate in candidates:
        keys = frozenset((records[candidate.left].key, records[candidate.right].key))
        verdict = verdicts.get(keys)
        yield candidate if verdict is None else judged(candidate, verdict)


def bare_candidate(left: int, right: int) -> MatchCandidate:
    """Return a pair of which nothing is known: one that was never compared."""
    return MatchCandidate(
        left=min(left, right),
        right=max(left, right),
        score=0.5,
        band=Band.NEW,
        rule="nothing",
        evidence=(),
    )


def _rule(evidence: Sequence[Evidence]) -> str:
    """Return the fields that spoke loudest for it, or ``nothing``."""
    pro = sorted((p for p in evidence if p.weight > 0), key=lambda piece: -piece.weight)
    return "+".join(piece.field for piece in pro[:2]) or "nothing"
