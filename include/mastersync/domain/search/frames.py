"""Prepared records as the engine reads them: our canonical fields under its columns."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from mastersync.domain.resolution.fields import OTHER
from mastersync.domain.resolution.keys import KEPT, record_keys
from mastersync.domain.resolution.statistics import record_contacts, record_terms
from mastersync.domain.resolution.table import Table, read_table
from mastersync.domain.search.entries import Entries, Ids

# Engine column to canonical field. Segments, terms and limits are of our dealings with a customer
# and say nothing about who it is.
COLUMNS: Final[Mapping[str, str]] = {
    "party_type": "party_type",
    "name": "name",
    "given_name": "given_name",
    "surname": "surname",
    "street": "street",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
    "country": "country",
    "phone": "phone",
    "email": "email",
    "website": "website",
    "tax_id": "tax_id",
    "registration_number": "registration_number",
    "date_of_birth": "date_of_birth",
    f"{OTHER}legal_name": "legal_name",
}


def read_records(records: Sequence[Mapping[str, str]]) -> Table:
    """Return the engine's table of prepared records, a row a record."""
    fields_said = frozenset().union(*records)
    columns = {
        column: [fields.get(field, "") for fields in records]
        for column, field in COLUMNS.items()
        if field in fields_said
    }
    said = {
        column: pd.Series(values, dtype=object) for column, values in columns.items() if any(values)
    }
    return read_table(pd.DataFrame(said, index=range(len(records))))


def entries_of(table: Table, record_ids: Ids) -> Entries:
    """Return what the index is to hold of the table's records."""
    key_rows, keys = record_keys(table, KEPT)
    term_rows, terms = record_terms(table)
    contact_rows, contacts, names = record_contacts(table)
    return Entries(
        record_ids=record_ids,
        key_records=record_ids[key_rows],
        keys=keys.astype(np.int64),
        term_records=record_ids[term_rows],
        terms=terms.astype(np.int64),
        contact_records=record_ids[contact_rows],
        contacts=contacts.astype(np.int64),
        names=names.astype(np.int64),
    )
