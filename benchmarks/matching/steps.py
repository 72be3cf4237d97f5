"""Measure what each step of the engine costs, from raw file to clusters.

    python -m benchmarks.matching.steps records.csv [--json FILE]

CPU seconds of each step in one process, with memory at its end and the peak so far.
"""

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks.matching.quality import table
from mastersync.dedupe_files.reading import read_csv
from mastersync.domain.resolution.resolve import resolve
from mastersync.domain.resolution_input.record_set import CustomerFile, form_record_set

COLUMNS = {
    "step": "step",
    "cpu_seconds": "CPU s",
    "share": "share",
    "held_mb": "MB held",
    "peak_mb": "peak MB",
}


class Steps:
    """Notes what passed since the last step began."""

    def __init__(self) -> None:
        self.process = psutil.Process()
        self.rows: list[dict[str, Any]] = []
        self.name = "start"
        self.began = time.process_time()

    def next(self, name: str, share: float | None = None) -> None:
        """End the step under way, and begin another."""
        now = time.process_time()
        self.rows.append(
            {
                "step": self.name,
                "cpu_seconds": now - self.began,
                "held_mb": self.process.memory_info().rss / 2**20,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
        self.name, self.began = name, now


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    steps = Steps()
    steps.next("reading the file")
    frame = read_csv(options.file).frame
    steps.next("recognising columns")
    records = form_record_set([CustomerFile(name="records", frame=frame)]).frame
    resolve(records, progress=steps.next)
    steps.next("end")
    rows = [row for row in steps.rows[1:] if row["step"] != "done" or row["cpu_seconds"] > 0]
    total = sum(row["cpu_seconds"] for row in rows)
    rows = [row | {"share": row["cpu_seconds"] / total} for row in rows]
    print(f"{len(records):,} records, {total:.1f} CPU s\n\n{table(rows, COLUMNS)}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
