"""The matcher: which records to compare, and what comparing them says."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from mastersync.domain.matching.evidence import gather_evidence, needs_a_person
from mastersync.domain.matching.features import Features, read_features
from mastersync.domain.matching.keys import blocking_keys
from mastersync.domain.matching.model import (
    Band,
    Evidence,
    Judgement,
    MatchCandidate,
    MatchPolicy,
    MatchRecord,
    SourceKey,
    Verdict,
)
from mastersync.domain.matching.weights import PRIOR

_JUDGED_WORDS = {
    Verdict.SAME: "a person judged them the same",
    Verdict.NOT_SAME: "a person judged them not the same",
    Verdict.RELATED: "a person judged them related, but not the same",
}
_SUREST = 20.0


class Matcher(Protocol):
    """What the match step needs of an engine."""

    def keys(self, fields: Mapping[str, str]) -> frozenset[str]:
        """Return the blocking keys of a record, to be kept in the client's index."""
        ...

    def compare(
        self,
        pairs: Iterable[tuple[MatchRecord, MatchRecord]],
        *,
        judgements: Sequence[Judgement] = (),
    ) -> list[MatchCandidate]:
        """Return one candidate a pair, whatever its band, in the order of the pairs."""
        ...


class SimpleMatcher:
    """Weighs evidence by one table, without learning from the records.

    The score is the probability that the summed log-odds stand for; a judgement overrides it.
    """

    def __init__(self, policy: MatchPolicy) -> None:
        self._policy = policy

    def keys(self, fields: Mapping[str, str]) -> frozenset[str]:
        """Return the blocking keys of a record."""
        return blocking_keys(fields)

    def compare(
        self,
        pairs: Iterable[tuple[MatchRecord, MatchRecord]],
        *,
        judgements: Sequence[Judgement] = (),
    ) -> list[MatchCandidate]:
        """Return one candidate a pair, whatever its band, in the order of the pairs."""
        verdicts = verdicts_by_pair(judgements)
        features: dict[int, Features] = {}
        candidates = []
        for one, other in pairs:
            left, right = (one, other) if one.record_id < other.record_id else (other, one)
            for record in (left, right):
                if record.record_id not in features:
                    features[record.record_id] = read_features(record.fields)
            verdict = verdicts.get(frozenset((left.key, right.key)))
            candidates.append(
                self._candidate(
                    left,
                    right,
                    seen=(features[left.record_id], features[right.record_id]),
                    verdict=verdict,
                )
            )
        return candidates

    def _candidate(
        self,
        left: MatchRecord,
        right: MatchRecord,
        *,
        seen: tuple[Features, Features],
        verdict: Verdict | None,
    ) -> MatchCandidate:
        one, other = seen
        evidence = gather_evidence(one, other)
        kinds = {one.kind, other.kind} - {""}
        noun = kinds.pop() if len(kinds) == 1 else "customer"
        if verdict is None:
            score = probability(PRIOR + sum(piece.weight for piece in evidence))
            if needs_a_person(evidence):
                score = min(score, self._policy.below_same)
            band, rule = self._policy.band(score), _rule(evidence)
        else:
            score, band = (1.0, Band.SAME) if verdict is Verdict.SAME else (0.0, Band.NEW)
            rule = "judged"
            weight = _SUREST if verdict is Verdict.SAME else -_SUREST
            words = _JUDGED_WORDS[verdict]
            judged = Evidence(field="judgement", outcome=verdict, weight=weight, words=words)
            evidence = (judged, *evidence)
        return MatchCandidate(
            left=left.record_id,
            right=right.record_id,
            score=score,
            band=band,
            rule=rule,
            evidence=evidence,
            noun=noun,
        )


def verdicts_by_pair(judgements: Sequence[Judgement]) -> dict[frozenset[SourceKey], Verdict]:
    """Return the verdict of each judged pair, in either order; the last judgement stands."""
    return {frozenset((j.left, j.right)): j.verdict for j in judgements}


def probability(log_odds: float) -> float:
    """Return the probability, 0.0 to 1.0, that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(-_SUREST, min(_SUREST, log_odds))))


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, bounded at both ends."""
    bounded = min(max(probability, 1e-9), 1.0 - 1e-9)
    return math.log(bounded / (1.0 - bounded))


def _rule(evidence: Sequence[Evidence]) -> str:
    """Return the fields that spoke loudest for it, or ``nothing``."""
    pro = sorted((p for p in evidence if p.weight > 0), key=lambda piece: -piece.weight)
    return "+".join(piece.field for piece in pro[:2]) or "nothing"
