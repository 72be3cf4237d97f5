"""Log-odds, probabilities, and what people's verdicts make of them."""

import math
from collections.abc import Sequence
from dataclasses import replace

from mastersync.domain.matching.model import (
    Band,
    Evidence,
    Judgement,
    MatchCandidate,
    SourceKey,
    Verdict,
)

_SUREST = 20.0
_JUDGED_WORDS = {
    Verdict.SAME: "a person judged them the same",
    Verdict.NOT_SAME: "a person judged them not the same",
    Verdict.RELATED: "a person judged them related, but not the same",
}


def probability(log_odds: float) -> float:
    """Return the probability, 0.0 to 1.0, that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(-_SUREST, min(_SUREST, log_odds))))


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, bounded at both ends."""
    bounded = min(max(probability, 1e-9), 1.0 - 1e-9)
    return math.log(bounded / (1.0 - bounded))


def verdicts_by_pair(judgements: Sequence[Judgement]) -> dict[frozenset[SourceKey], Verdict]:
    """Return the verdict of each judged pair, in either order; the last judgement stands."""
    return {frozenset((j.left, j.right)): j.verdict for j in judgements}


def judged(candidate: MatchCandidate, verdict: Verdict) -> MatchCandidate:
    """Return the candidate as a person's verdict has it; the evidence stays beside it."""
    same = verdict is Verdict.SAME
    word = Evidence(
        field="judgement",
        outcome=verdict,
        weight=_SUREST if same else -_SUREST,
        words=_JUDGED_WORDS[verdict],
    )
    return replace(
        candidate,
        score=1.0 if same else 0.0,
        band=Band.SAME if same else Band.NEW,
        rule="judged",
        evidence=(word, *candidate.evidence),
    )
