"""The engine's own judgement of two names, with nothing else known."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from mastersync.domain.resolution.compare import compare
from mastersync.domain.resolution.model import DEFAULT_MODEL
from mastersync.domain.resolution.statistics import count_statistics
from mastersync.domain.resolution.table import read_table


def our_scores(pairs: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the log-odds of each pair of names (columns schema, name1, name2)."""
    party = np.where(pairs["schema"] == "Person", "person", "company")
    sides = [
        pd.DataFrame({"name": pairs[column], "party_type": party}) for column in ("name1", "name2")
    ]
    table = read_table(pd.concat(sides, ignore_index=True))
    left = np.arange(len(pairs))
    comparison = compare(table, left, left + len(pairs), count_statistics(table))
    return DEFAULT_MODEL.score(comparison)
