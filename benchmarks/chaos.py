"""Run random schedules of kills, crashes and faults over real processes, and keep a ledger of them.

    python -m benchmarks.chaos [--schedules 200] [--first-seed 1] [--ledger chaos.jsonl]

Each line of the ledger is a schedule: its seed, what was done to it, and what was found wrong.
Seeds that the ledger has already are not run again. Exits 1 when anything was found wrong.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "include"), str(PROJECT / "tests")]

from chaos_schedules import Report, open_arena  # noqa: E402 (the tests are no package)


def main() -> None:
    arguments = _arguments()
    known = _read(arguments.ledger)
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.schedules)
    with (
        tempfile.TemporaryDirectory(prefix="mastersync-chaos-") as home,
        open_arena(Path(home)) as arena,
        arguments.ledger.open("a", encoding="utf-8") as ledger,
    ):
        for seed in seeds:
            if seed in known:
                continue
            try:
                report = arena.run(seed, Path(home) / f"seed-{seed}")
            except Exception as error:  # noqa: BLE001 (the others are run all the same)
                report = Report(seed=seed, violations=[f"the schedule broke off: {error!r}"])
            ledger.write(json.dumps(_line(report)) + "\n")
            ledger.flush()
            if report.violations:
                print(report, flush=True)
    print(summary(list(_read(arguments.ledger).values())))
    sys.exit(any(line["violations"] for line in _read(arguments.ledger).values()))


def summary(lines: list[dict]) -> str:
    """The ledger as a Markdown table."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line["counts"])
    rows = [("schedules", len(lines)), *sorted(counts.items())]
    rows.append(("violations", sum(len(line["violations"]) for line in lines)))
    return "\n".join(["| what | number |", "|---|---:|", *(f"| {a} | {b:,} |" for a, b in rows)])


def _line(report: Report) -> dict[str, object]:
    return {
        "seed": report.seed,
        "seconds": round(report.seconds, 1),
        "deeds": report.deeds,
        "counts": dict(report.counts),
        "violations": report.violations,
    }


def _read(ledger: Path) -> dict[int, dict]:
    lines = ledger.read_text("utf-8").splitlines() if ledger.exists() else []
    return {line["seed"]: line for line in map(json.loads, lines)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schedules", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--ledger", type=Path, default=Path("chaos.jsonl"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
