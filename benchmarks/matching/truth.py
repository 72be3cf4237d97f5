"""Records with known truth, and what clusters are worth against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "include" / "mastersync" / "sandbox" / "data"
TRUTH_COLUMNS = ("cluster", "kind", "noise")  # no raw file has them


@dataclass(frozen=True, kw_only=True)
class RecordSet:
    """Raw records, and which of them are one customer.

    Attributes:
        records: columns as in the raw file, all strings; ``id`` is unique.
        truth: indexed by id: ``cluster``, and where it is known ``kind`` (what the customer is)
            and ``noise`` (what was done to the record).
        link: the records come from two lists that each name a customer once.
    """

    name: str
    records: pd.DataFrame
    truth: pd.DataFrame
    link: bool


@dataclass(frozen=True, kw_only=True)
class PairScore:
    """Pairwise precision and recall of clusters."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _read(folder: Path, stem: str) -> pd.DataFrame:
    for path in (folder / f"{stem}.csv", folder / f"{stem}.csv.gz"):
        if path.is_file():
            return pd.read_csv(path, dtype=str, keep_default_na=False)
    raise FileNotFoundError(f"{folder} has no {stem}.csv or {stem}.csv.gz")


def read_set(path: Path) -> RecordSet:
    """Read a folder of records.csv and truth_clusters.csv (or .gz), or a file that has both."""
    if path.is_dir():
        records = _read(path, "records")
        truth = _read(path, "truth_clusters").set_index("id")
    else:
        both = pd.read_csv(path, dtype=str, keep_default_na=False)
        present = [column for column in TRUTH_COLUMNS if column in both]
        records, truth = both.drop(columns=present), both.set_index("id")[present]
    return RecordSet(
        name=path.name.removesuffix(".csv"),
        records=records,
        truth=truth.loc[records["id"]],
        link=_two_clean_lists(records, truth),
    )


def _two_clean_lists(records: pd.DataFrame, truth: pd.DataFrame) -> bool:
    if "source" not in records or records["source"].nunique() != 2:
        return False
    clusters = truth.loc[records["id"], "cluster"].to_numpy()
    return not pd.DataFrame({"s": records["source"], "c": clusters}).duplicated().any()


def pair_count(*labels: npt.ArrayLike) -> int:
    """Return how many pairs of rows agree in every label."""
    codes = [pd.factorize(np.asarray(label))[0] for label in labels]
    combined = codes[0].astype(np.int64)
    for code in codes[1:]:
        combined = combined * (int(code.max()) + 1) + code
    sizes = np.unique(combined, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def score_clusters(found: npt.ArrayLike, true: npt.ArrayLike) -> PairScore:
    """Compare two labellings of the same rows.

    >>> score_clusters(["a", "a", "a", "b"], [1, 1, 2, 2])
    PairScore(right=1, found=3, true=2)
    """
    return PairScore(right=pair_count(found, true), found=pair_count(found), true=pair_count(true))


def pairs_within(labels: pd.Series) -> Iterator[tuple[str, str]]:
    """Yield every pair of ids under one label; ids are the index."""
    for _, group in labels.groupby(labels, sort=False):
        ids = list(group.index)
        for position, left in enumerate(ids):
            for right in ids[position + 1 :]:
                yield left, right


def join_pairs(ids: pd.Index, clusters: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Return the clusters with further pairs (columns id_a, id_b) joined."""
    parent = {label: label for label in clusters.unique()}

    def root(label: str) -> str:
        while parent[label] != label:
            parent[label] = parent[parent[label]]
            label = parent[label]
        return label

    for left, right in zip(pairs["id_a"], pairs["id_b"], strict=True):
        parent[root(clusters[right])] = root(clusters[left])
    return pd.Series([root(label) for label in clusters], index=ids)
