"""Draw what the other scripts measured.

    PYTHON -m benchmarks.matching.plots --quality Q.json --speed S.json --out FOLDER

PYTHON is an interpreter with the dependency group ``benchmark``.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

OURS, GREY = "#1f6f8b", "#8a8f98"
PROGRAMS = {"mastersync": OURS, "splink 5": "#d98032", "splink 5, wide": "#a8472e"}

mpl.use("Agg")
mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})


def draw_quality(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw F1 of each set, beside precision, recall and the share in review."""
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(9, 0.35 * len(rows) + 1.2), width_ratios=(3, 1), sharey=True
    )
    places = range(len(rows))
    left.hlines(
        places, [row["recall"] for row in rows], [row["precision"] for row in rows], color="#d5d9de"
    )
    for key, color, marker in (("precision", GREY, "|"), ("recall", GREY, "x"), ("f1", OURS, "o")):
        left.scatter(
            [row[key] for row in rows], places, color=color, marker=marker, label=key, zorder=3
        )
    left.set_yticks(list(places), [f"{row['set']} ({row['records']:,})" for row in rows])
    left.set_xlabel("pairs in one cluster, without labels")
    worst = min(min(row["recall"], row["precision"]) for row in rows)
    left.set_xlim(worst - 0.02, 1.005)
    left.legend(frameon=False, loc="upper left", fontsize=8)
    left.invert_yaxis()
    right.barh(places, [100 * row["review"] for row in rows], color=OURS, height=0.5)
    right.set_xlabel("% of records in review")
    figure.tight_layout()
    figure.savefig(path, dpi=130)


def draw_estimates(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw what the command tells of itself without truth against what is true."""
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.6))
    pairs = (
        ("merge_precision", "told_precision", "precision of merges"),
        ("recall", "told_recall", "recall"),
    )
    for axis, (key, told, name) in zip(axes, pairs, strict=True):
        known = [row for row in rows if row.get(told) is not None]
        _agreement(axis, [row[key] for row in known], [row[told] for row in known], name)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


def _agreement(axis: Axes, true: list[float], told: list[float], name: str) -> None:
    low = min([*true, *told, 0.9]) - 0.01
    axis.plot([low, 1], [low, 1], color="#d5d9de", zorder=1)
    axis.scatter(true, told, color=OURS, zorder=2)
    axis.set(xlabel=f"true {name}", ylabel=f"{name} as told without truth")


def draw_speed(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw CPU seconds and memory over the number of records."""
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.4))
    shown = (("cpu_seconds", "CPU seconds, raw file to clusters"), ("peak_mb", "peak memory, MB"))
    for axis, (key, label) in zip(axes, shown, strict=True):
        for program, color in PROGRAMS.items():
            mine = sorted((row["records"], row[key]) for row in rows if row["program"] == program)
            if mine:
                axis.plot(*zip(*mine, strict=True), "o-", color=color, label=program)
        axis.set(xscale="log", yscale="log", xlabel="records", ylabel=label)
        for scale in (axis.xaxis, axis.yaxis):
            scale.set_major_formatter("{x:,.0f}")
            scale.set_minor_formatter("")
        axis.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


def main() -> None:
    """Draw what is given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quality", type=Path)
    parser.add_argument("--made", type=Path)
    parser.add_argument("--speed", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    given = [path for path in (options.quality, options.made) if path]
    if given:
        rows = [row for path in given for row in json.loads(path.read_text("utf-8"))]
        draw_quality(rows, options.out / "matching_quality.png")
        draw_estimates(rows, options.out / "matching_estimates.png")
    if options.speed:
        draw_speed(
            json.loads(options.speed.read_text("utf-8"))["rows"], options.out / "matching_speed.png"
        )


if __name__ == "__main__":
    main()
