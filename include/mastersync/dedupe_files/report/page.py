"""The report of a dedupe run as one HTML file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mastersync.dedupe_files.outcome import REVIEW, SAME, Outcome
from mastersync.dedupe_files.report import charts, examples
from mastersync.dedupe_files.report.charts import FieldEvidence
from mastersync.dedupe_files.report.geometry import Chart
from mastersync.dedupe_files.wording import names_of, percent, precision_words, recall_words
from mastersync.dedupe_files.writing import writing

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["unbroken"] = lambda text: text.replace(" %", "\u00a0%")
_SAMPLE = 600
_REVIEW_WORDS = {
    True: "Nearest to fifty-fifty. Kept apart until a person has decided.",
    False: "Nearest to fifty-fifty. The clusters follow the likelier answer; a person decides.",
}


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
    said = (
        f"{outcome.record_count:,} records are {outcome.entity_count:,} customers:"
        f" {outcome.duplicate_count:,} are duplicates of another."
    )
    waiting = len(outcome.in_band(REVIEW))
    pairs = "1 pair waits" if waiting == 1 else f"{waiting:,} pairs wait"
    return f"{said} {pairs} for a person." if waiting else said


def _tiles(outcome: Outcome) -> list[Tile]:
    estimate = outcome.resolution.estimate
    review = f"of {outcome.review_record_count:,} records, {percent(outcome.review_share)} of all"
    recall = recall_words(estimate.recall, estimate.recall_low, estimate.recall_high)
    figures = (
        ("Customers", f"{outcome.entity_count:,}", f"of {outcome.record_count:,} records"),
        (
            "Duplicates",
            f"{outcome.duplicate_count:,}",
            f"{percent(outcome.duplicate_share)} of the records",
        ),
        ("Pairs to review", f"{len(outcome.in_band(REVIEW)):,}", review),
        ("Precision", percent(estimate.precision), precision_words(estimate.precision)),
        ("Recall", percent(estimate.joined), recall),
    )
    return [Tile(name=name, figure=figure, aside=aside) for name, figure, aside in figures]


def example_groups(outcome: Outcome) -> list[tuple[str, str, list[examples.Example]]]:
    """Return headings, what each group is for, and its pairs; empty groups are left out."""
    groups = [
        (
            "Hardest to tell",
            _REVIEW_WORDS[outcome.sure_only],
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
        (
            "Related, and kept apart",
            "Sites, groups and households: they belong together, and are not one customer.",
            examples.related_pairs(outcome),
        ),
    ]
    explained = outcome.explained_groups([pairs for _, _, pairs in groups])
    shown = [
        (title, words, examples.show(outcome, pairs))
        for (title, words, _), pairs in zip(groups, explained, strict=True)
    ]
    return [group for group in shown if group[2]]


def _charts(outcome: Outcome) -> list[tuple[str, str, Chart]]:
    found = outcome.resolution
    edges, counts = found.score_counts
    bands = found.bands
    return [
        (
            "How sure the matcher is",
            "All pairs compared, by score. Few should lie between the two hills: those are asked.",
            charts.score_chart(edges, counts, review=bands.review, same=bands.same),
        ),
        (
            "Review load against precision",
            "Merging less alone is safer, and leaves more to look at: --precision moves the dot.",
            _trade_off(outcome),
        ),
        (
            "What decided",
            "What each kind of evidence says for and against, on average, in both bands.",
            charts.evidence_chart(_evidence(outcome)),
        ),
        (
            "Records of a customer",
            "How many customers have how many records.",
            charts.size_chart(outcome.sizes),
        ),
    ]


def _trade_off(outcome: Outcome) -> Chart:
    curve = outcome.resolution.estimate.curve
    points = [(review / outcome.record_count, precision) for _, precision, review in curve]
    at = [bar for bar, _, _ in curve]
    same = outcome.resolution.bands.same
    return charts.trade_off_chart(points, points[at.index(same)] if same in at else None)


def _evidence(outcome: Outcome) -> list[FieldEvidence]:
    """Average the evidence of an even sample of each band's pairs."""
    samples = [_sample(outcome.in_band(band)) for band in (SAME, REVIEW)]
    found = []
    for band, pairs in zip((SAME, REVIEW), outcome.explained_groups(samples), strict=True):
        rows = [
            (item.field, max(item.weight, 0.0), min(item.weight, 0.0))
            for pair in pairs
            for item in pair.why.evidence
        ]
        sums = pd.DataFrame(rows, columns=["field", "pro", "contra"]).groupby("field").sum()
        found += [
            FieldEvidence(
                field=str(field).replace("_", " "),
                band=band,
                pro=float(row["pro"]) / len(pairs),
                contra=float(row["contra"]) / len(pairs),
            )
            for field, row in sums.iterrows()
        ]
    return found


def _sample(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs.iloc[np.linspace(0, len(pairs) - 1, min(len(pairs), _SAMPLE), dtype=int)]
