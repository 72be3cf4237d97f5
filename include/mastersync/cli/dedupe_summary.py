"""What ``mastersync dedupe`` found: in a few lines for people, in JSON for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mastersync.dedupe_files.outcome import REVIEW, SAME, Outcome
from mastersync.dedupe_files.reading import ReadFile
from mastersync.dedupe_files.wording import percent, precision_words, recall_words, rows
from mastersync.domain.resolution.fields import OTHER
from mastersync.domain.resolution.resolve import ResolveSettings
from mastersync.domain.resolution_input.record_set import FileColumns


@dataclass(frozen=True, kw_only=True)
class Written:
    """A file that was written: rows without its header, or examples in a report."""

    option: str
    path: Path
    rows: int


def show_outcome(console: Console, outcome: Outcome, written: Sequence[Written]) -> None:
    """Print the figures, what the columns were taken for, and what else a reader must know."""
    figures = Table.grid(padding=(0, 2))
    figures.add_column()
    figures.add_column(justify="right", style="bold")
    figures.add_column(style="dim")
    for row in _figures(outcome):
        figures.add_row(*row)
    console.print(figures)
    for found in outcome.record_set.files:
        console.print()
        console.print(f"Columns of {found.file}", style="bold", markup=False)
        console.print(_columns(found))
    if outcome.notes:
        console.print("\nNotes", style="bold")
        for note in outcome.notes:
            console.print(f"  - {note}", markup=False)
    console.print()
    for one in written:
        what = f"{one.rows} examples" if one.option == "--report" else rows(one.rows)
        console.print(f"{one.path}: {what}", markup=False)
    if not written:
        console.print("Nothing was written: name files with --out, --pairs, --review, --report.")


def as_json(
    outcome: Outcome,
    read: Sequence[ReadFile],
    settings: ResolveSettings,
    written: Sequence[Written],
) -> dict[str, Any]:
    """Return everything that was found as plain values; shares are fractions."""
    estimate = outcome.resolution.estimate
    return {
        "records": outcome.record_count,
        "entities": outcome.entity_count,
        "entities_by_automatic_merges": outcome.sure_count,
        "duplicates": outcome.duplicate_count,
        "sizes": {str(size): count for size, count in outcome.sizes.items()},
        "pairs": {band: len(outcome.in_band(band)) for band in (SAME, REVIEW)},
        "related": {
            str(relation): int(count)
            for relation, count in sorted(
                outcome.resolution.related["relation"].value_counts().items()
            )
        },
        "review": {"records": outcome.review_record_count, "share": outcome.review_share},
        "estimate": asdict(estimate),
        "settings": {
            "precision": settings.precision,
            "link": settings.link,
            "sure": outcome.sure_only,
        },
        "files": [
            {
                "path": str(one.path),
                "name": found.file,
                "rows": len(one.frame),
                "columns": [asdict(use) for use in found.columns],
                "ragged": [asdict(row) for row in one.ragged],
            }
            for one, found in zip(read, outcome.record_set.files, strict=True)
        ],
        "notes": outcome.notes,
        "written": {one.option.lstrip("-"): str(one.path) for one in written},
    }


def _figures(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    estimate = outcome.resolution.estimate
    yield "Records", f"{outcome.record_count:,}", ""
    merged = f"{outcome.sure_count:,} by automatic merges alone"
    yield "Customers", f"{outcome.entity_count:,}", "" if outcome.sure_only else f"likely; {merged}"
    yield "Duplicates", f"{outcome.duplicate_count:,}", percent(outcome.duplicate_share)
    review = len(outcome.in_band(REVIEW))
    records = f"{outcome.review_record_count:,} records, {percent(outcome.review_share)}"
    yield "Pairs to review", f"{review:,}", records
    yield "Precision", percent(estimate.precision), precision_words(estimate.precision)
    compared = recall_words(estimate.recall, estimate.recall_low, estimate.recall_high)
    yield "Recall", percent(estimate.joined), compared


def _columns(found: FileColumns) -> Table:
    table = Table.grid(padding=(0, 2))
    for use in found.columns:
        table.add_row(
            Text(f"  {use.column}"),
            Text(use.field or "not used", style=_style(use.field)),
            Text(use.reason, style="dim"),
        )
    return table


def _style(field: str) -> str:
    if not field:
        return "dim"
    return "yellow" if field.startswith(OTHER) else "green"
