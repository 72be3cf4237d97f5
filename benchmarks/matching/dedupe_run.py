"""Running ``mastersync dedupe`` as a person would: a process of its own on raw files."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.matching.processes import Cost, run_measured
from benchmarks.matching.truth import RecordSet

COMMAND = Path(sys.executable).with_name("mastersync")


@dataclass(frozen=True, kw_only=True)
class DedupeRun:
    """What one run of the command left behind.

    Attributes:
        clusters: record id -> cluster.
        pairs: columns id_a, id_b, score, band, why.
        report: what ``--json`` printed.
    """

    clusters: pd.Series
    pairs: pd.DataFrame
    report: dict[str, Any]
    cost: Cost


def write_raw(record_set: RecordSet, folder: Path) -> list[Path]:
    """Write what a person would have: one file, or for a link one of each source."""
    if not record_set.link:
        path = folder / "records.csv"
        record_set.records.to_csv(path, index=False)
        return [path]
    paths = []
    for source, rows in record_set.records.groupby("source", sort=True):
        paths.append(folder / f"{source}.csv")
        rows.to_csv(paths[-1], index=False)
    return paths


def dedupe(files: list[Path], *, folder: Path, options: tuple[str, ...] = ()) -> DedupeRun:
    """Run the command on raw files, and read what it wrote into the folder."""
    clusters, pairs, output = folder / "clusters.csv", folder / "pairs.csv", folder / "output.json"
    arguments = [str(COMMAND), "dedupe", *map(str, files), *options, "--json"]
    arguments += ["--out", str(clusters), "--pairs", str(pairs)]
    cost = run_measured(arguments, output=output, cwd=folder)
    found = pd.read_csv(clusters, dtype=str, keep_default_na=False)
    return DedupeRun(
        clusters=found.set_index("id")["cluster"],
        pairs=pd.read_csv(pairs, dtype=str, keep_default_na=False),
        report=_last_json(output.read_text("utf-8")),
        cost=cost,
    )


def _last_json(text: str) -> dict[str, Any]:
    start = text.find("{")
    found: dict[str, Any] = json.loads(text[start:]) if start >= 0 else {}
    return found
