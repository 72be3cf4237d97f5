"""Measure CPU time and memory from raw file to clusters, alternated with Splink 5.

    python -m benchmarks.matching.speed FOLDER ... [--peer-python PYTHON] [--rounds 3] [--json FILE]

Each folder has records.csv(.gz), and truth_clusters.csv(.gz) to say what the speed was worth.
Both read the same raw file and normalise it themselves. Seconds are of CPU, user and system, of
the whole process tree, with the start of the interpreter; of several rounds the median.
PYTHON is an interpreter with the dependency group ``benchmark``; without it Splink is left out.
"""

import argparse
import gzip
import json
import platform
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.matching.dedupe_run import COMMAND
from benchmarks.matching.processes import Cost, run_measured
from benchmarks.matching.quality import table
from benchmarks.matching.truth import PairScore, read_set, score_clusters

PEER = Path(__file__).with_name("splink_peer.py")
COLUMNS = {
    "set": "set",
    "records": "records",
    "program": "program",
    "cpu_seconds": "CPU s",
    "ours_of_it": "mastersync of it",
    "wall_seconds": "wall s",
    "peak_mb": "peak MB",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
}


def raw_file(folder: Path, scratch: Path) -> Path:
    """Return the folder's records as a plain file."""
    plain, zipped = folder / "records.csv", folder / "records.csv.gz"
    if plain.is_file():
        return plain
    target = scratch / f"{folder.name}.csv"
    with gzip.open(zipped) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)
    return target


def programs(peer_python: Path | None) -> dict[str, list[str]]:
    """Return what to run, before the file and --out."""
    found = {"mastersync": [str(COMMAND), "dedupe"]}
    if peer_python:
        found["splink 5"] = [str(peer_python), str(PEER)]
        found["splink 5, wide"] = [str(peer_python), str(PEER), "--wide"]
    return found


def score(clusters: Path, truth: pd.Series) -> PairScore:
    found = pd.read_csv(clusters, dtype=str).set_index("id")["cluster"]
    return score_clusters(found.loc[truth.index], truth)


def measure(folder: Path, commands: dict[str, list[str]], *, rounds: int) -> list[dict[str, Any]]:
    """Run all programs on one folder, in turn, and return a row for each."""
    truth = read_set(folder).truth["cluster"]
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    scores: dict[str, PairScore] = {}
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as name:
        scratch = Path(name)
        raw = raw_file(folder, scratch)
        for number in range(rounds):
            for program, command in commands.items():
                out = scratch / "clusters.csv"
                arguments = [*command, str(raw), "--out", str(out)]
                cost = run_measured(arguments, output=scratch / "output.txt", cwd=scratch)
                costs[program].append(cost)
                if number == 0:
                    scores[program] = score(out, truth)
                print(f"{folder.name} {program}: {cost}", file=sys.stderr, flush=True)
                out.unlink()
    rows = [
        row(folder.name, program, costs[program], scores[program]) | {"records": len(truth)}
        for program in commands
    ]
    ours = rows[0]["cpu_seconds"]
    for found in rows[1:]:
        found["ours_of_it"] = ours / found["cpu_seconds"]
    return rows


def row(name: str, program: str, costs: list[Cost], found: PairScore) -> dict[str, Any]:
    """Return the medians of one program's runs."""
    return {
        "set": name,
        "program": program,
        "cpu_seconds": statistics.median(cost.cpu_seconds for cost in costs),
        "wall_seconds": statistics.median(cost.wall_seconds for cost in costs),
        "peak_mb": max(cost.peak_mb for cost in costs),
        "precision": found.precision,
        "recall": found.recall,
        "f1": found.f1,
        "runs": [cost.to_json() for cost in costs],
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--peer-python", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    commands = programs(options.peer_python and options.peer_python.absolute())
    rows = []
    for folder in options.folders:
        rows += measure(folder.resolve(), commands, rounds=options.rounds)
    print(table(rows, COLUMNS))
    if options.json:
        found = {"machine": platform.processor() or platform.machine(), "rows": rows}
        options.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
