"""Learn the weights from the records, without labels: EM that starts from the table."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.resolution.compare import Comparison, NumberOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome
from mastersync.domain.resolution.model import (
    DEFAULT_MODEL,
    LOUDEST,
    LogOdds,
    Model,
    contradicts,
)

_ROUNDS: Final = 25
_TRUST: Final = 40.0
_STILL: Final = 1e-3
_PRIORS: Final = (-6.0, -1.0)
_LESS, _MORE, _KEPT = 3.0, 4.0, 0.3
# Who is the same and what each aspect is worth cannot both be told from two aspects.
_FEWEST_ASPECTS: Final = 3
_LABEL: Final = 5.0
_MINOR: Final = frozenset({"kind", "legal_form"})
_MOST_NUMBERS: Final = 1 << 62


def can_learn(comparison: Comparison) -> bool:
    """Say whether enough different things were compared for the records to teach weights."""
    return len(telling_aspects(comparison)) >= _FEWEST_ASPECTS


def telling_aspects(comparison: Comparison) -> list[str]:
    """Return the aspects in which records were compared at all."""
    return [a for a, levels in comparison.levels.items() if a not in _MINOR and levels.any()]


@dataclass(frozen=True)
class _Patterns:
    """The distinct patterns of levels, and how many pairs have each."""

    levels: dict[str, NDArray[np.int8]]
    counts: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Compared pairs that people judged: the same (True) or not."""

    comparison: Comparison
    same: NDArray[np.bool_]


def learn(
    comparison: Comparison,
    *,
    start: Model = DEFAULT_MODEL,
    trust: float = _TRUST,
    labels: Labels | None = None,
) -> Model:
    """Return the model that the compared pairs teach.

    Args:
        labels: What people said; each of them counts as several pairs, and stands.
        start: The weights to begin from; what the pairs say little about stays near them.
        trust: How many pairs the start is worth.
    """
    aspects = [a for a, levels in comparison.levels.items() if a == "name" or levels.any()]
    if not len(comparison) or not aspects:
        return start
    patterns, given = _patterns(comparison, aspects), None
    if labels is not None and len(labels.comparison):
        patterns, given = _with_labels(patterns, labels)
    model = start
    odds = _score(model, patterns)
    never = _never(patterns)
    enough = can_learn(comparison)
    for _ in range(_ROUNDS):
        chance = np.where(never, 0.0, 1.0 / (1.0 + np.exp(-odds)))
        if given is not None:
            chance[-len(given) :] = given
        taught = _maximise(patterns, chance, start=start, trust=trust)
        model = taught if enough else Model(prior=taught.prior, weights=start.weights)
        before, odds = odds, _score(model, patterns)
        if np.abs(before - odds).max() < _STILL:
            break
    return model


def _patterns(comparison: Comparison, aspects: list[str]) -> _Patterns:
    """Count the distinct patterns of levels; a pattern is one number, a digit an aspect."""
    code = np.zeros(len(comparison), np.int64)
    numbers = 1
    for aspect in aspects:
        base = int(comparison.levels[aspect].max()) + 1
        if numbers * base > _MOST_NUMBERS:
            # Dozens of aspects: what there is so far is numbered anew, so that it fits.
            seen, code = np.unique(code, return_inverse=True)
            numbers = len(seen)
        code = code * base + comparison.levels[aspect]
        numbers *= base
    _, counts = np.unique(code, return_counts=True)
    first = np.flatnonzero(~pd.Series(code).duplicated())
    first = first[np.argsort(code[first])]
    levels = {aspect: comparison.levels[aspect][first] for aspect in aspects}
    return _Patterns(levels, counts.astype(np.float64))


def _with_labels(patterns: _Patterns, labels: Labels) -> tuple[_Patterns, LogOdds]:
    """Return the patterns with the judged pairs at the end, and what those are.

    A column that no judged record has is missing in all of their pairs.
    """
    missing = np.zeros(len(labels.same), np.int8)
    levels = {
        aspect: np.concatenate((found, labels.comparison.levels.get(aspect, missing)))
        for aspect, found in patterns.levels.items()
    }
    weight = np.full(len(labels.same), _LABEL)
    joined = _Patterns(levels, np.concatenate((patterns.counts, weight)))
    return joined, labels.same.astype(np.float64)


def _never(patterns: _Patterns) -> NDArray[np.bool_]:
    """Return the anchors of "not the same": names that conflict, and sites of a company.

    Without them EM learns from households and subsidiaries that sharing a phone is being one.
    """
    explained = np.zeros(len(patterns.counts), np.bool_)
    for aspect in ("tax_id", "registration_number", "date_of_birth"):
        if aspect in patterns.levels:
            level = patterns.levels[aspect]
            explained |= (level > NumberOutcome.MISSING) & (level < NumberOutcome.DIFFERENT)
    never = contradicts(patterns.levels) & ~explained
    if "place" in patterns.levels:
        never |= patterns.levels["place"] == PlaceOutcome.OTHER_SITE
    return never


def _score(model: Model, patterns: _Patterns) -> LogOdds:
    rows = np.arange(len(patterns.counts), dtype=np.int32)
    return model.score(Comparison(left=rows, right=rows, levels=patterns.levels))


def _maximise(patterns: _Patterns, chance: LogOdds, *, start: Model, trust: float) -> Model:
    same = patterns.counts * chance
    other = patterns.counts * (1.0 - chance)
    weights = {}
    for aspect, levels in patterns.levels.items():
        table = start.of(aspect)
        found = np.bincount(levels, weights=same, minlength=len(table))
        lost = np.bincount(levels, weights=other, minlength=len(table))
        # A level that nobody saw stays at the table's weight; missing never weighs.
        share = (found + lost + 1.0) / (found + lost + 1.0).sum()
        m = found + trust * share * np.exp(np.clip(table, -4, 4) / 2)
        u = lost + trust * share * np.exp(-np.clip(table, -4, 4) / 2)
        m[0] = u[0] = 0.0
        learned = np.log(m / m.sum(), where=m > 0, out=np.zeros(len(m))) - np.log(
            u / u.sum(), where=u > 0, out=np.zeros(len(u))
        )
        learned[0] = 0.0
        weights[aspect] = _hold(learned, table)
    prior = float(np.log((same.sum() + 1.0) / (other.sum() + 1.0)))
    return Model(prior=float(np.clip(prior, *_PRIORS)), weights=weights)


def _hold(learned: LogOdds, table: LogOdds) -> LogOdds:
    """Keep what was learned near the table, and on its side of nothing.

    A level may turn out to say less than the table holds, but not the opposite: a chance
    pattern in the data must not make of a conflict a reason to merge.
    """
    held = np.clip(learned, table - _LESS, table + _MORE)
    held = np.where(table < 0, np.minimum(held, _KEPT * table), held)
    held = np.where(table > 0, np.maximum(held, _KEPT * table), held)
    return np.clip(held, -LOUDEST, LOUDEST)
