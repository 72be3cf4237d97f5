"""What the client's index holds of records, in columns, and what changes when they change."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
_NONE: Final[Ids] = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Entries:
    """The keys, words and contacts of records, as hashes; a row a record and hash.

    ``names[i]`` is the name that ``contacts[i]`` is used under.
    """

    record_ids: Ids
    key_records: Ids
    keys: Ids
    term_records: Ids
    terms: Ids
    contact_records: Ids
    contacts: Ids
    names: Ids


NO_ENTRIES: Final = Entries(
    record_ids=_NONE,
    key_records=_NONE,
    keys=_NONE,
    term_records=_NONE,
    terms=_NONE,
    contact_records=_NONE,
    contacts=_NONE,
    names=_NONE,
)


@dataclass(frozen=True, kw_only=True)
class IndexChange:
    """What to do to the index so that it holds the new entries in place of the old ones.

    ``term_changes`` and ``contact_changes`` are numbers of records to add, below zero to take off.
    """

    records: int
    added_records: Ids
    added_keys: Ids
    dropped_records: Ids
    dropped_keys: Ids
    terms: Ids
    term_changes: Ids
    contacts: Ids
    names: Ids
    contact_changes: Ids


def index_change(old: Entries, new: Entries) -> IndexChange:
    """Return the change from ``old`` to ``new`` entries; what is in both is left alone."""
    (keys, key_records), key_changes = _changes(
        (old.keys, old.key_records), (new.keys, new.key_records)
    )
    (terms,), term_changes = _changes((old.terms,), (new.terms,))
    (contacts, names), contact_changes = _changes(
        (old.contacts, old.names), (new.contacts, new.names)
    )
    return IndexChange(
        records=len(new.record_ids) - len(old.record_ids),
        added_records=key_records[key_changes > 0],
        added_keys=keys[key_changes > 0],
        dropped_records=key_records[key_changes < 0],
        dropped_keys=keys[key_changes < 0],
        terms=terms,
        term_changes=term_changes,
        contacts=contacts,
        names=names,
        contact_changes=contact_changes,
    )


def _changes(old: tuple[Ids, ...], new: tuple[Ids, ...]) -> tuple[tuple[Ids, ...], Ids]:
    """Return the distinct rows of both sides, in order, whose number differs, and by how much."""
    columns = tuple(np.concatenate(pair) for pair in zip(old, new, strict=True))
    sign = np.concatenate((np.full(len(old[0]), -1), np.ones(len(new[0]), dtype=np.int64)))
    if not len(sign):
        return columns, sign.astype(np.int64)
    order = np.lexsort(columns[::-1])
    columns = tuple(column[order] for column in columns)
    first = np.ones(len(sign), dtype=np.bool_)
    first[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    sums = np.add.reduceat(sign[order], np.flatnonzero(first)).astype(np.int64)
    return tuple(column[first][sums != 0] for column in columns), sums[sums != 0]
