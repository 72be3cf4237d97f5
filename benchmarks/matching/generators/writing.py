"""Writing made records to a folder, in an order that tells nothing."""

import csv
import random
from collections.abc import Iterable
from pathlib import Path

TRUTH_COLUMNS = ("id", "cluster", "kind", "noise")


def write_set(
    folder: Path,
    columns: Iterable[str],
    made: Iterable[tuple[list[str], tuple[str, ...]]],
    *,
    seed: int,
) -> int:
    """Shuffle records and write records.csv and truth_clusters.csv; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(made)
    random.Random(seed).shuffle(rows)
    with (
        (folder / "records.csv").open("w", newline="", encoding="utf-8") as records,
        (folder / "truth_clusters.csv").open("w", newline="", encoding="utf-8") as truth,
    ):
        record_rows, truth_rows = csv.writer(records), csv.writer(truth)
        record_rows.writerow(columns)
        truth_rows.writerow(TRUTH_COLUMNS)
        for number, (values, told) in enumerate(rows, start=1):
            record_rows.writerow([number, *values])
            truth_rows.writerow([number, *told])
    return len(rows)
