"""String similarity of distinct pairs: each pair of different strings is compared once."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.process import cpdist

Similarities = NDArray[np.float32]
Indexes = NDArray[np.int32] | NDArray[np.int64]
_WORKERS: Final = 1


def similarities(
    values: Sequence[str],
    left: Indexes,
    right: Indexes,
    *,
    scorer: Callable[..., float],
) -> Similarities:
    """Return the similarity, 0.0 to 1.0, of ``values[left]`` and ``values[right]``."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
    pairs, back = np.unique(low * len(values) + high, return_inverse=True)
    if not len(pairs):
        return np.zeros(0, np.float32)
    strings = np.asarray(values, dtype=object)
    found: Similarities = cpdist(
        strings[pairs // len(values)].tolist(),
        strings[pairs % len(values)].tolist(),
        scorer=scorer,
        dtype=np.float32,
        workers=_WORKERS,
    )
    return found[back]
