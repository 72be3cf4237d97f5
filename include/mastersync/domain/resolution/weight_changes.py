"""Which weights differ between two models, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mastersync.domain.resolution.compare import Comparison
from mastersync.domain.resolution.explain import aspect_label, level_words
from mastersync.domain.resolution.model import Model

PRIOR = "prior"


@dataclass(frozen=True, kw_only=True)
class WeightChange:
    """A level that weighs otherwise, in natural log-odds.

    ``pairs`` is how many ended in it; None when nobody looked.
    """

    aspect: str
    level: int
    words: str
    old: float
    new: float
    pairs: int | None

    @property
    def label(self) -> str:
        """The aspect in words."""
        return aspect_label(self.aspect)

    @property
    def is_seen(self) -> bool:
        """Whether there is a pair that it matters to, as far as anybody looked."""
        return self.pairs != 0


def weight_changes(
    old: Model, new: Model, seen: Comparison | None = None
) -> tuple[WeightChange, ...]:
    """Return what weighs otherwise by a hundredth or more, the largest change first."""
    found = sorted(_changes(old, new, seen), key=lambda change: -abs(change.new - change.old))
    return tuple(change for change in found if change.old != change.new)


def _changes(old: Model, new: Model, seen: Comparison | None) -> Iterator[WeightChange]:
    yield WeightChange(
        aspect=PRIOR,
        level=0,
        words="before anything is compared",
        old=round(old.prior, 2),
        new=round(new.prior, 2),
        pairs=None if seen is None else len(seen),
    )
    for aspect in sorted({*old.weights, *new.weights}):
        before, after = old.of(aspect), new.of(aspect)
        counts = None if seen is None else _counts(seen, aspect, len(after))
        for level, (one, other) in enumerate(zip(before, after, strict=True)):
            if words := level_words(aspect, level):
                yield WeightChange(
                    aspect=aspect,
                    level=level,
                    words=words,
                    old=round(float(one), 2),
                    new=round(float(other), 2),
                    pairs=None if counts is None else counts[level],
                )


def _counts(seen: Comparison, aspect: str, size: int) -> list[int]:
    """Return in how many pairs each level of an aspect was seen."""
    levels = seen.levels.get(aspect, np.zeros(0, np.int8))
    counts: list[int] = np.bincount(levels, minlength=size).tolist()
    return counts
