"""Why two records of a dedupe run are one customer or not: in words, and in numbers."""

import difflib
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mastersync.dedupe_files.wording import percent
from mastersync.domain.matching.model import MatchCandidate
from mastersync.domain.resolution_input.record_set import RecordSet
from mastersync.errors import NotFoundError


def rows_of(ids: Sequence[str], records: RecordSet) -> list[int]:
    """Return the rows of records by their ids.

    Raises:
        NotFoundError: an id is not there.
    """
    row_of = {name: row for row, name in enumerate(records.frame["id"])}
    for name in ids:
        if name not in row_of:
            near = difflib.get_close_matches(name, list(row_of)[:100_000], n=3)
            raise NotFoundError(
                f"There is no record with the id '{name}' (--why).",
                next_step=f"Near to it are: {', '.join(near)}."
                if near
                else "Name two ids as --out writes them.",
            )
    return [row_of[name] for name in ids]


def show_why(console: Console, ids: Sequence[str], why: MatchCandidate) -> None:
    """Print the sentence, then each piece of evidence with its weight, the weightiest first."""
    console.print(f"{' and '.join(ids)}: {percent(why.score)}", style="bold", markup=False)
    console.print(why.sentence, markup=False)
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column(style="bold")
    table.add_column()
    for item in sorted(why.evidence, key=lambda item: -abs(item.weight)):
        # As texts: in a string, rich would take brackets for its markup.
        field, words = Text(item.field.replace("_", " ")), Text(item.words)
        table.add_row(f"  {item.weight:+.1f}", field, words)
    console.print(table)
    console.print()


def why_as_json(ids: Sequence[str], why: MatchCandidate) -> dict[str, Any]:
    """Return the same as plain values; weights are in natural log-odds."""
    return {
        "id_a": ids[0],
        "id_b": ids[1],
        "score": why.score,
        "band": str(why.band),
        "sentence": why.sentence,
        "evidence": [
            {
                "field": item.field,
                "outcome": item.outcome,
                "weight": item.weight,
                "words": item.words,
            }
            for item in why.evidence
        ],
    }
