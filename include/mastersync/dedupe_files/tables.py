"""The files that a dedupe run leaves: clusters, pairs, and pairs for people to review."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from mastersync.dedupe_files.outcome import REVIEW, Outcome
from mastersync.dedupe_files.writing import spreadsheet_safe, write_rows
from mastersync.domain.resolution.fields import OTHER


def write_clusters(path: Path, outcome: Outcome) -> int:
    """Write ``id,cluster`` in the order of the records; return the number of rows."""
    write_rows(
        path,
        ("id", "cluster"),
        zip(outcome.ids.tolist(), outcome.entities.tolist(), strict=True),
    )
    return outcome.record_count


def write_pairs(path: Path, outcome: Outcome) -> int:
    """Write every pair that is the same or to be reviewed, with the reason, strongest first."""
    write_rows(path, ("id_a", "id_b", "score", "band", "why"), _pair_rows(outcome))
    return len(outcome.pairs)


def write_review(path: Path, outcome: Outcome) -> int:
    """Write the pairs to review, both records side by side, for a spreadsheet."""
    review = outcome.in_band(REVIEW)
    sides = [(f"{_heading(field)}_a", f"{_heading(field)}_b") for field in _shown(outcome)]
    header = ["id_a", "id_b", "score", *(name for both in sides for name in both), "why", "verdict"]
    # With its mark, spreadsheets take it for UTF-8.
    write_rows(path, header, _review_rows(outcome, review), encoding="utf-8-sig")
    return len(review)


def score_text(score: float) -> str:
    """Return a score with as many digits for all, so that they sort as text."""
    return f"{score:.6f}"


def _pair_rows(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    ids = outcome.ids
    for pair in outcome.explained(outcome.pairs):
        score = score_text(pair.score)
        yield ids[pair.left], ids[pair.right], score, pair.band, pair.why.sentence


def _review_rows(outcome: Outcome, review: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    ids = outcome.ids
    columns = [outcome.record_set.frame[field].to_numpy(dtype=object) for field in _shown(outcome)]
    for pair in outcome.explained(review):
        sides = (pair.left, pair.right)
        cells = (str(column[side]) for column in columns for side in sides)
        yield (
            *(spreadsheet_safe(str(ids[side])) for side in sides),
            score_text(pair.score),
            *map(spreadsheet_safe, cells),
            spreadsheet_safe(pair.why.sentence),
            "",
        )


def _shown(outcome: Outcome) -> list[str]:
    return [field for field in outcome.record_set.frame.columns if field != "id"]


def _heading(field: str) -> str:
    return field.removeprefix(OTHER)
