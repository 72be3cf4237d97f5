"""Records that say exactly the same: found at once, and compared with others as one."""

from collections.abc import Sequence

import numpy as np

from mastersync.domain.resolution.statistics import name_hashes
from mastersync.domain.resolution.table import Table
from mastersync.domain.resolution.words import Codes, Hashes, Longs, mix


def first_copies(table: Table, *, apart: Sequence[int] = ()) -> Longs:
    """Return, of each row, the first row that says the same in every column but its source.

    Args:
        apart: Rows that are nobody's copy, as more is known of them.
    """
    names = name_hashes(table)
    signature = np.append(names, 0)[table.names.codes]
    places = table.places
    for codes in (
        places.street,
        places.city.codes,
        places.region.codes,
        places.postcode.codes,
        places.country.codes,
        table.phone.codes,
        table.mailboxes.address.codes,
        table.website.codes,
        table.tax_id.column.codes,
        table.registration_number.column.codes,
        table.date_of_birth.column.codes,
        table.kind,
        _generations(table),
        *(column.codes for column in table.others.values()),
    ):
        signature = mix(signature, codes.astype(np.int64))
    alone = np.array(sorted(set(apart)), dtype=np.int64)
    signature[alone] = mix(signature[alone], alone)
    return _first_of_each(signature)


def _generations(table: Table) -> Codes:
    generation: Codes = np.append(table.names.generation, np.int32(0))[table.names.codes]
    return generation


def _first_of_each(signature: Hashes) -> Longs:
    _, first, back = np.unique(signature, return_index=True, return_inverse=True)
    rows: Longs = first[back].astype(np.int64)
    return rows
