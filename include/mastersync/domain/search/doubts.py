"""What no score may outweigh: pairs that only a person may join, however much else agrees."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.compare import Comparison, NumberOutcome

_IDENTIFIERS: Final = ("tax_id", "registration_number")


def needs_a_person(comparison: Comparison) -> NDArray[np.bool_]:
    """Return which pairs contradict each other in what a customer has only one of.

    Two registration numbers are two companies, and a father and his son share name, address and
    phone but no date of birth; unless another identifier says that it is the same one.
    """
    same = np.zeros(len(comparison), dtype=np.bool_)
    differs = np.isin(
        comparison.levels["date_of_birth"], (NumberOutcome.DIFFERENT, NumberOutcome.FAR)
    )
    for aspect in _IDENTIFIERS:
        same |= comparison.levels[aspect] == NumberOutcome.SAME
        differs = differs | (comparison.levels[aspect] == NumberOutcome.DIFFERENT)
    doubtful: NDArray[np.bool_] = differs & ~same
    return doubtful
