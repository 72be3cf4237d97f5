"""Measure all of the matcher: make sets, judge, time it against Splink, draw, fill in the page.

    python -m benchmarks.matching --peer-python .peers/bin/python --work /tmp/matching [SET ...]
                                  [--names pairs.csv] [--large]

SET are folders of others' records with truth; the sets that we make are added. ``--large`` adds a
million records to the race, some ten minutes. An interpreter with the dependency group
``benchmark`` comes from

    .venv/bin/python -m uv venv .peers
    .venv/bin/python -m uv pip install --python .peers/bin/python --group benchmark
"""

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

from benchmarks.matching.truth import PROJECT

PAGE = PROJECT / "docs" / "matching-results.md"
PICTURES = PROJECT / "docs" / "pictures"
# kind, records, seed
MADE = (
    ("business", 10_000, 101),
    ("business", 110_000, 102),
    ("persons", 1_000, 103),
    ("persons-wide", 5_000, 104),
    ("two-guides", 2_000, 105),
    ("scripts", 5_000, 106),
)
LARGE = ("business", 1_010_000, 107)


def run(*command: str | Path) -> None:
    """Say a command, and run it from the project's folder."""
    words = [str(word) for word in command]
    print(f"\n$ {shlex.join(words)}", flush=True)
    subprocess.run(words, cwd=PROJECT, check=True)  # noqa: S603 (our own)


def make(python: Path, work: Path, *, kind: str, records: int, seed: int) -> Path:
    """Make a set, unless it is there, and return its folder."""
    folder = work / f"{kind}-{records // 1000}k"
    if not (folder / "records.csv").is_file():
        sizes = ("--records", str(records), "--seed", str(seed))
        run(python, "-m", "benchmarks.matching.generators", kind, folder, *sizes)
    return folder


def measure(options: argparse.Namespace, *, peer: Path, work: Path) -> dict[str, Path]:
    """Run every measurement, and return its results by name."""
    made = [make(peer, work, kind=k, records=n, seed=s) for k, n, s in MADE]
    raced = made[:2]
    if options.large:
        kind, records, seed = LARGE
        raced = [*raced, make(peer, work, kind=kind, records=records, seed=seed)]
    wanted: dict[str, tuple[str | Path, ...]] = {
        "made": ("quality", *made),
        "quality": ("quality", *(path.resolve() for path in options.sets)),
        "names": ("names", options.names.resolve() if options.names else ""),
        "speed": ("speed", *raced, "--rounds", str(options.rounds), "--peer-python", peer),
        "steps": ("steps", made[1] / "records.csv"),
    }
    if not options.sets:
        del wanted["quality"]
    if not options.names:
        del wanted["names"]
    results = {name: work / f"{name}.json" for name in wanted}
    for name, (script, *arguments) in wanted.items():
        module = f"benchmarks.matching.{script}"
        run(sys.executable, "-m", module, *arguments, "--json", results[name])
    return results


def main() -> None:
    """Run everything, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--peer-python", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    peer, work = options.peer_python.absolute(), options.work.absolute()
    results = measure(options, peer=peer, work=work)
    given = [word for name, path in results.items() for word in (f"--{name}", path)]
    run(sys.executable, "-m", "benchmarks.matching.publish", "--page", PAGE, *given)
    drawn = [w for name in ("quality", "made", "speed") if name in results
             for w in (f"--{name}", results[name])]  # fmt: skip
    run(peer, "-m", "benchmarks.matching.plots", *drawn, "--out", PICTURES)


if __name__ == "__main__":
    main()
