"""Columns of numbers out of the store: thousands in one value, not a row each."""

import numpy as np
from numpy.typing import NDArray


def read_numbers(column: bytes | None) -> NDArray[np.int64]:
    """Return the 8-byte numbers that ``string_agg(int8send(...), '')`` has strung together."""
    return np.frombuffer(column or b"", dtype=">i8").astype(np.int64)
