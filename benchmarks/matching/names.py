"""Measure the comparison of names alone, against the scorers of rapidfuzz.

    python -m benchmarks.matching.names pairs.csv [--json names.json]

The file has columns schema (Company, Person, ...), name1, name2 and is_match. AUC is the chance
that a true pair scores above a false one. F1 is at a threshold chosen on four fifths of the pairs
and counted on the other, over five folds, so that no pair helps to choose its own threshold.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler

from benchmarks.matching.our_names import our_scores
from benchmarks.matching.quality import table

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
FOLDS = 5
PLAIN: dict[str, Callable[..., float]] = {
    "ratio": fuzz.ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "WRatio": fuzz.WRatio,
    "JaroWinkler": JaroWinkler.normalized_similarity,
}


def plain_scores(pairs: pd.DataFrame, scorer: Callable[..., float]) -> Floats:
    """Return a scorer's values, with rapidfuzz's own way of folding case and punctuation."""
    values = zip(pairs["name1"], pairs["name2"], strict=True)
    return np.array([scorer(a, b, processor=utils.default_process) for a, b in values])


def auc(scores: Floats, right: Bools) -> float:
    """Return the area under the curve of true over false positives, ties counted half."""
    ranks = pd.Series(scores).rank().to_numpy()
    positives, negatives = int(right.sum()), int((~right).sum())
    if not positives or not negatives:
        return float("nan")
    above = ranks[right].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def best_threshold(scores: Floats, right: Bools) -> float:
    """Return the threshold of the best F1."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + right.sum())
    last_of_value = np.append(np.diff(scores[order]) != 0, True)
    return float(scores[order][np.argmax(np.where(last_of_value, f1, 0))])


def folded_f1(scores: Floats, right: Bools) -> float:
    """Return F1 at thresholds that no pair helped to choose for itself."""
    fold = np.random.default_rng(1).permutation(len(scores)) % FOLDS
    called = np.zeros(len(scores), bool)
    for number in range(FOLDS):
        test = fold == number
        called[test] = scores[test] >= best_threshold(scores[~test], right[~test])
    hits = int((called & right).sum())
    return 2 * hits / max(1, int(called.sum()) + int(right.sum()))


def measure(pairs: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each scorer."""
    rows = []
    scorers: dict[str, Floats] = {"mastersync": our_scores(pairs)}
    scorers |= {f"rapidfuzz {name}": plain_scores(pairs, s) for name, s in PLAIN.items()}
    right = pairs["is_match"].to_numpy(bool)
    for name, scores in scorers.items():
        row: dict[str, Any] = {"scorer": name}
        for schema in ("all", *sorted(pairs["schema"].unique())):
            chosen = np.ones(len(pairs), bool) if schema == "all" else pairs["schema"] == schema
            chosen = np.asarray(chosen)
            row[f"{schema} AUC"] = auc(scores[chosen], right[chosen])
            row[f"{schema} F1"] = folded_f1(scores[chosen], right[chosen])
        rows.append(row)
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    pairs = pd.read_csv(options.file, dtype=str, keep_default_na=False)
    pairs["is_match"] = pairs["is_match"].str.lower() == "true"
    rows = measure(pairs)
    counts = pairs["schema"].value_counts().to_dict()
    print(f"{len(pairs)} pairs, {int(pairs['is_match'].sum())} of them true; {counts}\n")
    print(table(rows, {name: name for name in rows[0]}))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
