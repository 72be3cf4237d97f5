"""Measure ``mastersync dedupe`` on records with known truth, whole chain from the raw file.

    python -m benchmarks.matching.quality [FOLDER ...] [--json quality.json]

A folder holds ``records.csv`` (id, source, any columns) and ``truth_clusters.csv`` (id, cluster),
either of them gzipped or not; a CSV file with a column ``cluster`` does too. Left out, it takes the
sandbox's records. Two sources that each name a customer once are linked as two files; all others
are deduped as one. The command gets no labels, no threshold and no setting.

Precision, recall and F1 are of pairs in the same cluster of ``clusters.csv``, which is the
likeliest answer to every question; "merged" is what the command joins without asking, its pairs of
the band "same", and "answered" the same after a person has answered all pairs in review rightly.
"Told" is what the command estimated of its merges and of its clusters without the truth.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.matching.dedupe_run import DedupeRun, dedupe, write_raw
from benchmarks.matching.truth import (
    SAMPLES,
    PairScore,
    RecordSet,
    join_pairs,
    read_set,
    score_clusters,
)

COLUMNS = {
    "set": "set",
    "records": "records",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "merge_precision": "merged: precision",
    "told_precision": "told",
    "merge_recall": "merged: recall",
    "review": "records in review",
    "told_recall": "told recall",
    "answered_f1": "answered: F1",
    "cpu_seconds": "CPU s",
}


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What one run was worth.

    Attributes:
        clusters: of the clusters written, which are the likeliest.
        merges: of what the command merges without a person: its pairs of the band "same".
        answered: of the clusters, had a person answered every pair in review rightly.
        review: share of the records that wait for a person.
    """

    clusters: PairScore
    merges: PairScore
    answered: PairScore
    review: float


def judge(record_set: RecordSet, run: DedupeRun) -> Quality:
    """Hold a run against the truth."""
    true = record_set.truth["cluster"]
    missing = true.index.difference(run.clusters.index)
    if len(missing) or len(run.clusters) != len(true):
        raise ValueError(f"{record_set.name}: {len(missing)} records have no cluster")
    found = run.clusters.loc[true.index]
    pairs = run.pairs
    pairs = pairs.assign(
        right=true.loc[pairs["id_a"]].to_numpy() == true.loc[pairs["id_b"]].to_numpy()
    )
    same, review = pairs[pairs["band"] == "same"], pairs[pairs["band"] == "review"]
    apart = pd.Series(true.index, index=true.index)
    merged = join_pairs(true.index, apart, same)
    answered = join_pairs(true.index, merged, review[review["right"]])
    return Quality(
        clusters=score_clusters(found, true),
        merges=score_clusters(merged, true),
        answered=score_clusters(answered, true),
        review=len(set(review["id_a"]) | set(review["id_b"])) / len(true),
    )


def measure(path: Path, *, options: tuple[str, ...], keep: Path | None) -> dict[str, Any]:
    """Run the command on one set and return its row."""
    record_set = read_set(path)
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as scratch:
        folder = keep / record_set.name if keep else Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        run = dedupe(write_raw(record_set, folder), folder=folder, options=options)
    quality = judge(record_set, run)
    estimate = run.report.get("estimate", {})
    return {
        "set": record_set.name,
        "mode": "link" if record_set.link else "dedupe",
        "records": len(record_set.records),
        "precision": quality.clusters.precision,
        "recall": quality.clusters.recall,
        "f1": quality.clusters.f1,
        "merge_precision": quality.merges.precision,
        "merge_recall": quality.merges.recall,
        "review": quality.review,
        "answered_f1": quality.answered.f1,
        "told_precision": estimate.get("precision"),
        "told_recall": estimate.get("joined"),
        "told_review": told_review(estimate, records=len(record_set.records)),
        **run.cost.to_json(),
        "report": run.report,
    }


def told_review(estimate: dict[str, Any], *, records: int) -> float | None:
    """Return the share of records in review that the command told."""
    waiting = estimate.get("review_records")
    return None if waiting is None else waiting / records


AMOUNTS = {"cpu_seconds": ".1f", "wall_seconds": ".1f", "held_mb": ",.0f", "peak_mb": ",.0f"}


def _cell(column: str, value: object) -> str:
    if isinstance(value, float):
        return format(value, AMOUNTS.get(column, ".4f"))
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def table(rows: list[dict[str, Any]], columns: dict[str, str]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| " + " | ".join(columns.values()) + " |", "|---" * len(columns) + "|"]
    lines += [
        "| " + " | ".join(_cell(column, row.get(column)) for column in columns) + " |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure each set, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(SAMPLES.glob("*.csv")))
    parser.add_argument("--json", type=Path, help="write the rows, with the command's own report")
    parser.add_argument("--keep", type=Path, help="keep each set's raw file and results here")
    parser.add_argument(
        "--option", action="append", default=[], help="an option of dedupe, as =--x"
    )
    options = parser.parse_args()
    rows = []
    for path in options.paths:
        rows.append(
            measure(
                path.resolve(),
                options=tuple(options.option),
                keep=options.keep and options.keep.resolve(),
            )
        )
        print(_progress(rows[-1]), file=sys.stderr, flush=True)
    print(table(rows, COLUMNS))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def _progress(row: dict[str, Any]) -> str:
    return f"{row['set']}: F1 {row['f1']:.4f}, {row['cpu_seconds']:.1f} CPU s"


if __name__ == "__main__":
    main()
