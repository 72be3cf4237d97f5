"""The report of a dedupe run as one HTML file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mastersync.dedupe_files.outcome import REVIEW, SAME, Outcome
from mastersync.dedupe_files.report import charts, examples, trade_off
from mastersync.dedupe_files.report.charts import FieldEvidence
from mastersync.dedupe_files.wording import interval, names_of, percent
from mastersync.dedupe_files.writing import writing

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_SAMPLE = 600


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure of the page's head."""

    name: str
    figure: str
    aside: str


def write_report(path: Path, outcome: Outcome) -> int:
    """Write the report; return how many examples it shows."""
    groups = example_groups(outcome)
    page = _PAGES.get_template("report.html").render(
        title=f"Duplicates in {names_of(outcome.record_set.files)}",
        lead=_lead(outcome),
        tiles=_tiles(outcome),
        notes=outcome.notes,
        charts=_charts(outcome) if len(outcome.pairs) else [],
        groups=groups,
        largest=examples.largest_customers(outcome),
        files=outcome.record_set.files,
    )
    with writing(path) as stream:
        stream.write(page)
    return sum(len(shown) for _, _, shown in groups)


def _lead(outcome: Outcome) -> str:
    duplicates = outcome.record_count - outcome.entity_count
    said = (
        f"{outcome.record_count:,} records are {outcome.entity_count:,} customers:"
        f" {duplicates:,} are duplicates of another."
    )
    waiting = len(outcome.in_band(REVIEW))
    return f"{said} {waiting:,} pairs wait for a person." if waiting else said


def _tiles(outcome: Outcome) -> list[Tile]:
    estimate = outcome.resolution.estimate
    duplicates = outcome.record_count - outcome.entity_count
    share = duplicates / outcome.record_count if outcome.record_count else 0.0
    return [
        Tile(
            name="Customers",
            figure=f"{outcome.entity_count:,}",
            aside=f"of {outcome.record_count:,} records",
        ),
        Tile(name="Duplicates", figure=f"{duplicates:,}", aside=f"{percent(share)} of the records"),
        Tile(
            name="To review",
            figure=f"{len(outcome.in_band(REVIEW)):,}",
            aside=f"pairs, of {outcome.review_record_count:,} records ({percent(outcome.review_share)})",
        ),
        Tile(
            name="Precision",
            figure=percent(estimate.precision),
            aside="of automatic merges, estimated",
        ),
        Tile(
            name="Recall",
            figure=percent(estimate.recall),
            aside=f"estimated {interval(estimate.recall_low, estimate.recall_high)}".strip(),
        ),
    ]


def example_groups(outcome: Outcome) -> list[tuple[str, str, list[examples.Example]]]:
    """Return headings, what each group is for, and its pairs; empty groups are left out."""
    groups = [
        (
            "Hardest to tell",
            "Nearest to fifty-fifty. A person decides; nothing was merged.",
            examples.hardest_reviews(outcome),
        ),
        (
            "Merged on the least",
            "If these are right, so are the others: the place to look for wrong merges.",
            examples.weakest_merges(outcome),
        ),
        (
            "Near misses",
            "Kept apart, just below review: the place to look for what was missed.",
            examples.near_misses(outcome),
        ),
        (
            "Sure merges",
            "High scores, although they are written differently.",
            examples.sure_merges(outcome),
        ),
    ]
    return [group for group in groups if group[2]]


def _charts(outcome: Outcome) -> list[tuple[str, str, object]]:
    pairs, records = outcome.pairs, outcome.record_count
    return [
        (
            "How sure the matcher is",
            "Pairs compared, by score. Few should lie between the hills; those are reviewed.",
            charts.score_chart(
                pairs["log_odds"].to_numpy(dtype=np.float64), pairs["band"].to_numpy(dtype=object)
            ),
        ),
        (
            "Review load against precision",
            "Merging less by itself is safer and leaves more to look at. --precision moves the dot.",
            trade_off.trade_off_chart(
                trade_off.trade_offs(pairs, records=records),
                trade_off.chosen_trade_off(pairs, records=records),
            ),
        ),
        (
            "What decided",
            "How much each field says for and against, on average, in pairs merged and to review.",
            charts.evidence_chart(_evidence(outcome)),
        ),
        (
            "Records of a customer",
            "How many customers have how many records.",
            charts.size_chart(outcome.sizes),
        ),
    ]


def _evidence(outcome: Outcome) -> list[FieldEvidence]:
    """Average the evidence of an even sample of each band's pairs."""
    found = []
    for band in (SAME, REVIEW):
        pairs = outcome.in_band(band)
        sample = pairs.iloc[np.linspace(0, len(pairs) - 1, min(len(pairs), _SAMPLE), dtype=int)]
        rows = [
            (item.field, max(item.weight, 0.0), min(item.weight, 0.0))
            for candidate in outcome.explained(sample)
            for item in candidate.evidence
        ]
        sums = pd.DataFrame(rows, columns=["field", "pro", "contra"]).groupby("field").sum()
        found += [
            FieldEvidence(
                field=str(field).replace("_", " "),
                band=band,
                pro=float(row["pro"]) / len(sample),
                contra=float(row["contra"]) / len(sample),
            )
            for field, row in sums.iterrows()
        ]
    return found
