"""Ids that tell all records of all files apart; no row is lost over its id."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import pandas as pd

SHOWN = 5


def distinct_ids(ids: "pd.Series[str]") -> tuple["pd.Series[str]", tuple[str, ...]]:
    """Return ids with a suffix where they repeat (``7``, ``7#2``), and what was done, in words.

    A row without an id gets ``row <n>`` by its index, which is its place in the file.

    >>> distinct_ids(pd.Series(["7", "7", ""], index=[1, 2, 3]))[0].tolist()
    ['7', '7#2', 'row 3']
    """
    ids = stripped(ids)
    notes: list[str] = []
    missing = ids == ""
    if missing.any():
        rows = [str(row) for row in ids.index[missing]]
        ids = ids.mask(missing, pd.Series([f"row {row}" for row in rows], index=ids.index[missing]))
        notes.append(f"{_rows(len(rows))} without an id, called 'row <number>': {_some(rows)}.")
    repeated = ids.duplicated()
    if repeated.any():
        again = ids[repeated]
        notes.append(
            f"{_rows(len(again))} with an id that a row before has ({_some(again.unique())}):"
            " all are kept, the second as '<id>#2' and so on."
        )
        ids = ids.mask(repeated, _suffixed(again, taken=set(ids)))
    return ids, tuple(notes)


def stripped(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Return cells without blanks around them."""
    return pd.Series([cell.strip() for cell in cells], index=cells.index, dtype=object)


def _suffixed(again: "pd.Series[str]", *, taken: set[str]) -> "pd.Series[str]":
    seen: Counter[str] = Counter()
    found = []
    for name in again:
        seen[name] += 1
        while (candidate := f"{name}#{seen[name] + 1}") in taken:
            seen[name] += 1
        taken.add(candidate)
        found.append(candidate)
    return pd.Series(found, index=again.index, dtype=again.dtype)


def qualified_ids(
    by_file: Sequence[tuple[str, "pd.Series[str]"]],
) -> tuple["pd.Series[str]", tuple[str, ...]]:
    """Join the ids of files, each distinct in its own; those in several become ``file:id``."""
    joined = pd.concat([ids for _, ids in by_file], ignore_index=True)
    shared = joined.duplicated(keep=False)
    if not shared.any():
        return joined, ()
    files = pd.concat(
        [pd.Series(name, index=range(len(ids)), dtype=joined.dtype) for name, ids in by_file],
        ignore_index=True,
    )
    examples = _some(joined[shared].unique())
    joined = joined.mask(shared, files + ":" + joined)
    joined, _ = distinct_ids(joined)
    note = (
        f"{_rows(int(shared.sum()))} with an id that occurs in several files ({examples}):"
        " called '<file>:<id>'."
    )
    return joined, (note,)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _some(values: Iterable[str]) -> str:
    first = list(islice(values, SHOWN + 1))
    return ", ".join(first[:SHOWN]) + (", …" if len(first) > SHOWN else "")
