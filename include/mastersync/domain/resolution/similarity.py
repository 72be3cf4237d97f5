"""String similarity of distinct pairs: each pair of different strings is compared once."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.process import cpdist

Similarities = NDArray[np.float32]
Indexes = NDArray[np.int32] | NDArray[np.int64]
# All cores: the strings are compared outside of the interpreter's lock.
_WORKERS: Final = -1
_READ: Final = 24
_LETTERS_SHARED: Final = 0.55
_BITS: Final = np.array([0] + [1 << (sign % 64) for sign in range(1, 256)], dtype=np.uint64)


def similarities(
    values: Sequence[str] | NDArray[np.object_],
    left: Indexes,
    right: Indexes,
    *,
    scorer: Callable[..., float],
    least: float = 0.0,
) -> Similarities:
    """Return the similarity, 0.0 to 1.0, of ``values[left]`` and ``values[right]``.

    Args:
        least: What is wanted; pairs that by their letters cannot reach a value like 0.8 are
            not compared, and are 0.0.
    """
    if not len(left):
        return np.zeros(0, np.float32)
    strings = np.asarray(values, dtype=object)
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
    pairs, back = np.unique(low * len(strings) + high, return_inverse=True)
    one, other = pairs // len(strings), pairs % len(strings)
    kept = _may_be_alike(strings, one, other) if least > 0.0 else np.ones(len(pairs), np.bool_)
    one, other = one[kept], other[kept]
    compared = np.zeros(len(pairs), np.float32)
    compared[kept] = cpdist(
        strings[one].tolist(),
        strings[other].tolist(),
        scorer=scorer,
        dtype=np.float32,
        workers=_WORKERS,
    )
    result: Similarities = compared[back]
    return result


def letters(strings: NDArray[np.object_]) -> NDArray[np.uint64]:
    """Return which letters and digits each string has among its first 24, one bit each."""
    if not len(strings):
        return np.zeros(0, np.uint64)
    try:
        read = strings.astype(f"S{_READ}")
    except UnicodeEncodeError:
        plain = [string.encode("ascii", "replace") for string in strings]
        read = np.array(plain, dtype=f"S{_READ}")
    signs = read.view(np.uint8).reshape(len(strings), _READ)
    has: NDArray[np.uint64] = np.bitwise_or.reduce(_BITS[signs], axis=1)
    return has


def _may_be_alike(strings: NDArray[np.object_], one: Indexes, other: Indexes) -> NDArray[np.bool_]:
    used = np.zeros(len(strings), np.bool_)
    used[one] = used[other] = True
    has = np.zeros(len(strings), np.uint64)
    has[used] = letters(strings[used])
    return share_letters(has[one], has[other])


def share_letters(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Say of each pair of ``letters`` whether they are enough alike for their strings to be."""
    shared = np.bitwise_count(left & right)
    most = np.maximum(np.bitwise_count(left), np.bitwise_count(right))
    enough: NDArray[np.bool_] = shared >= _LETTERS_SHARED * most
    return enough
