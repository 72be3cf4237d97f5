"""How common words and contacts are: what makes agreement on one of them mean something."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.table import Table
from mastersync.domain.resolution.words import Codes, Hashes, hash_words, mix, salted

_EMAIL = salted("contact:email")
_DOMAIN = salted("contact:domain")
_PHONE = salted("contact:phone")


@dataclass(frozen=True)
class Counts:
    """How often each hash was counted; ``hashes`` ascend."""

    hashes: Hashes
    counts: NDArray[np.int64]

    def of(self, hashes: Hashes) -> NDArray[np.int64]:
        """Return the count of each hash, 0 where none is known."""
        if not len(self.hashes):
            return np.zeros(len(hashes), np.int64)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, self.counts[at], 0)


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """What is common among a client's records.

    Args:
        records: How many records were counted.
        terms: In how many records each word of a name or street occurs.
        contacts: Under how many distinct names each phone, mailbox and mail domain is used.
    """

    records: int
    terms: Counts
    contacts: Counts

    @cached_property
    def log_records(self) -> float:
        """Natural logarithm of the number of records, at least that of two."""
        return float(np.log(max(self.records, 2)))


def name_hashes(table: Table) -> Hashes:
    """Return one hash of each distinct name, whatever the order of its words; 0 for none."""
    words = table.names.vocabulary.hashes
    core = table.names.core
    with np.errstate(over="ignore"):
        known = np.append(words, 0)
        total: Hashes = known[core].sum(axis=1, dtype=np.int64)
    return total


def email_hashes(table: Table) -> Hashes:
    """Return the contact hash of each distinct mailbox."""
    return mix(hash_words(table.mailboxes.address.values, salt="email"), _EMAIL)


def domain_hashes(table: Table) -> Hashes:
    """Return the contact hash of each distinct mail domain."""
    return mix(hash_words(table.mailboxes.domain.values, salt="domain"), _DOMAIN)


def phone_hashes(table: Table) -> Hashes:
    """Return the contact hash of each distinct phone."""
    return mix(hash_words(table.phone.values, salt="phone"), _PHONE)


def record_terms(table: Table) -> tuple[Codes, Hashes]:
    """Return each record's distinct words: rows, and the hash of a word."""
    parts = [
        _terms(table.names.codes, table.names.core, table.names.vocabulary.hashes),
        _terms(table.places.street, table.places.words, table.places.hashes),
    ]
    return (
        np.concatenate([rows for rows, _ in parts]),
        np.concatenate([terms for _, terms in parts]),
    )


def _terms(codes: Codes, words: Codes, hashes: Hashes) -> tuple[Codes, Hashes]:
    rows = np.flatnonzero(codes >= 0).astype(np.int32)
    found = words[codes[rows]]
    row, column = np.nonzero(found >= 0)
    return rows[row], hashes[found[row, column]]


def record_contacts(table: Table) -> tuple[Codes, Hashes, Hashes]:
    """Return each record's contacts: rows, the hash of a contact and of the record's name."""
    names = np.append(name_hashes(table), 0)[table.names.codes]
    rows, contacts = [], []
    for column, hashes in (
        (table.mailboxes.address, email_hashes(table)),
        (table.mailboxes.domain, domain_hashes(table)),
        (table.phone, phone_hashes(table)),
    ):
        said = np.flatnonzero(column.codes >= 0).astype(np.int32)
        rows.append(said)
        contacts.append(hashes[column.codes[said]])
    row = np.concatenate(rows)
    return row, np.concatenate(contacts), names[row]


def count_statistics(table: Table) -> Statistics:
    """Count the table's own words and contacts."""
    _, terms = record_terms(table)
    hashes, counts = np.unique(terms, return_counts=True)
    _, contacts, names = record_contacts(table)
    order = np.lexsort((names, contacts))
    contacts, names = contacts[order], names[order]
    new = np.ones(len(contacts), np.bool_)
    new[1:] = (contacts[1:] != contacts[:-1]) | (names[1:] != names[:-1])
    used, under = np.unique(contacts[new], return_counts=True)
    return Statistics(
        records=len(table), terms=Counts(hashes, counts), contacts=Counts(used, under)
    )
