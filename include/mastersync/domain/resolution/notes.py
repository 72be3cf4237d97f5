"""What to know about a result, in sentences."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.resolution.compare import Comparison
from mastersync.domain.resolution.fields import OTHER
from mastersync.domain.resolution.learn import can_learn, telling_aspects


def evidence_notes(comparison: Comparison) -> Iterator[str]:
    """Say where there was too little to compare, or to learn from."""
    if not len(comparison):
        yield "No two records share a key: nothing was compared."
    elif not can_learn(comparison):
        compared = [aspect.removeprefix(OTHER) for aspect in telling_aspects(comparison)]
        yield (
            f"Thin evidence: only {' and '.join(compared) or 'nothing'} could be compared, too"
            " little to learn from; the weights are those of the table. Look at the review list"
            " before you trust a merge."
        )


def group_notes(sure: NDArray[np.int64], *, most: int) -> Iterator[str]:
    """Say which groups are too large to be one customer."""
    largest = int(np.bincount(sure).max()) if len(sure) else 0
    if largest > most:
        yield f"A group of {largest:,} records is larger than {most}: look at it."


def linking_notes(clean: frozenset[str] | None) -> Iterator[str]:
    """Return how sources were linked."""
    if clean is None:
        return
    if clean:
        yield f"Linked one-to-one between {', '.join(sorted(clean))}: free of duplicates."
    else:
        yield "Linked across sources; no source is free of duplicates."


def relation_notes(related: pd.DataFrame) -> Iterator[str]:
    """Return how many pairs belong together without being the same."""
    counts = related["relation"].value_counts().to_dict()
    if counts:
        said = ", ".join(f"{count:,} {relation}" for relation, count in sorted(counts.items()))
        yield f"Related, not the same, and never merged by a rule (pairs): {said}."
