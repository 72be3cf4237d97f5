"""The index of keys and its counts, in PostgreSQL."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from mastersync.domain.search.entries import NO_ENTRIES, Entries, Ids, IndexChange, index_change
from mastersync.ports.match_index import (
    Counted,
    Holders,
    IndexState,
    ModelVersion,
    StoredModel,
)
from mastersync.ports.matches import DeltaRecord
from mastersync.store.columns import read_numbers
from mastersync.store.database import Session

_TO_COMPARE: Final = -1


@dataclass(frozen=True, kw_only=True)
class _Entries:
    record_ids: bytes | None
    key_records: bytes | None
    keys: bytes | None
    term_records: bytes | None
    terms: bytes | None
    contact_records: bytes | None
    contacts: bytes | None
    names: bytes | None


@dataclass(frozen=True, kw_only=True)
class _Holders:
    keys: bytes | None
    numbers: bytes | None
    record_ids: bytes | None


@dataclass(frozen=True, kw_only=True)
class _Counted:
    numbers: bytes | None
    counts: bytes | None


class PostgresMatchIndex:
    """Implements `ports.match_index.MatchIndex`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def share(self) -> None:
        """Keep linking and rebuilding out; see the port."""
        self._session.execute("match_index/share", client_id=self._client_id)

    def state(self) -> IndexState | None:
        """Return how far the index is; see the port."""
        return self._session.maybe("match_index/get_state", IndexState, client_id=self._client_id)

    def clear(self, *, edition: int) -> None:
        """Empty the index; see the port."""
        for name in (
            "match_index/empty_keys",
            "match_index/empty_terms",
            "match_index/empty_contacts",
            "match_index/empty_entries",
        ):
            self._session.execute(name, client_id=self._client_id)
        self._session.execute(
            "match_index/begin_edition", client_id=self._client_id, edition=edition
        )

    def advance(self, *, indexed_to: int, complete: bool) -> None:
        """Remember how far older records are in; see the port."""
        self._session.execute(
            "match_index/advance",
            client_id=self._client_id,
            indexed_to=indexed_to,
            complete=complete,
        )

    def entries(self, record_ids: Ids) -> Entries:
        """Return what the index holds of records; see the port."""
        found = self._session.one(
            "match_index/list_entries", _Entries, client_id=self._client_id, record_ids=record_ids
        )
        return Entries(
            record_ids=read_numbers(found.record_ids),
            key_records=read_numbers(found.key_records),
            keys=read_numbers(found.keys),
            term_records=read_numbers(found.term_records),
            terms=read_numbers(found.terms),
            contact_records=read_numbers(found.contact_records),
            contacts=read_numbers(found.contacts),
            names=read_numbers(found.names),
        )

    def apply(self, change: IndexChange) -> None:
        """Change the index, the counts last, for others may wait for their rows; see the port."""
        client_id = self._client_id
        if len(change.dropped_keys):
            self._session.execute(
                "match_index/drop_keys",
                client_id=client_id,
                record_ids=change.dropped_records,
                keys=change.dropped_keys,
            )
        if len(change.added_keys):
            self._session.execute(
                "match_index/add_keys",
                client_id=client_id,
                record_ids=change.added_records,
                keys=change.added_keys,
            )
        self._count_terms(change)
        self._count_contacts(change)
        if change.records:
            self._session.execute(
                "match_index/add_records", client_id=client_id, records=change.records
            )

    def keep(self, new: Entries, *, version_ids: Ids, compared: Ids | None) -> None:
        """Keep what the index now holds of records; see the port."""
        if not len(new.record_ids):
            return
        keys = _Slices.of(new.record_ids, new.key_records)
        terms = _Slices.of(new.record_ids, new.term_records)
        contacts = _Slices.of(new.record_ids, new.contact_records)
        self._session.execute(
            "match_index/keep_entries",
            client_id=self._client_id,
            record_ids=new.record_ids,
            version_ids=version_ids,
            key_from=keys.begins,
            key_to=keys.ends,
            keys=new.keys[keys.order],
            term_from=terms.begins,
            term_to=terms.ends,
            terms=new.terms[terms.order],
            contact_from=contacts.begins,
            contact_to=contacts.ends,
            contacts=new.contacts[contacts.order],
            names=new.names[contacts.order],
            compared=np.full(len(new.record_ids), _TO_COMPARE) if compared is None else compared,
        )

    def remove(self, record_ids: Ids) -> None:
        """Take records out of the index."""
        old = self.entries(record_ids)
        if len(old.record_ids):
            self._session.execute(
                "match_index/drop_entries", client_id=self._client_id, record_ids=old.record_ids
            )
            self.apply(index_change(old, NO_ENTRIES))

    def holders(self, keys: Ids, *, most: int) -> Holders:
        """Return who has these keys; see the port."""
        found = self._session.one(
            "match_index/list_holders", _Holders, client_id=self._client_id, keys=keys, most=most
        )
        return Holders(
            keys=np.repeat(read_numbers(found.keys), read_numbers(found.numbers)),
            record_ids=read_numbers(found.record_ids),
        )

    def terms(self, terms: Ids) -> Counted:
        """Return in how many records words occur; see the port."""
        found = self._session.one(
            "match_index/count_terms", _Counted, client_id=self._client_id, terms=terms
        )
        return _sorted(found)

    def contacts(self, contacts: Ids, *, most: int) -> Counted:
        """Return under how many names contacts are used; see the port."""
        found = self._session.one(
            "match_index/count_contacts",
            _Counted,
            client_id=self._client_id,
            contacts=contacts,
            most=most,
        )
        return _sorted(found)

    def model(self) -> StoredModel | None:
        """Return the weights in force; see the port."""
        return self._session.maybe("match_index/get_model", StoredModel, client_id=self._client_id)

    def lock_model(self) -> None:
        """Let nobody else learn weights; see the port."""
        self._session.execute("match_index/lock_model", client_id=self._client_id)

    def models(self) -> list[ModelVersion]:
        """Return all weights that were ever in force; see the port."""
        return self._session.many(
            "match_index/list_models", ModelVersion, client_id=self._client_id
        )

    def keep_model(self, version: ModelVersion) -> bool:
        """Put weights in force; see the port."""
        values = {"now" if name == "made_at" else name: v for name, v in vars(version).items()}
        kept = self._session.execute("match_index/keep_model", client_id=self._client_id, **values)
        return kept == 1

    def sample(self, *, every: int) -> list[DeltaRecord]:
        """Return every so many-th record; see the port."""
        return self._session.many(
            "match_index/sample_records", DeltaRecord, client_id=self._client_id, step=every
        )

    def _count_terms(self, change: IndexChange) -> None:
        if len(change.terms):
            self._session.execute(
                "match_index/change_terms",
                client_id=self._client_id,
                terms=change.terms,
                changes=change.term_changes,
            )
        fewer = change.terms[change.term_changes < 0]
        if len(fewer):
            self._session.execute("match_index/drop_terms", client_id=self._client_id, terms=fewer)

    def _count_contacts(self, change: IndexChange) -> None:
        if len(change.contacts):
            self._session.execute(
                "match_index/change_contacts",
                client_id=self._client_id,
                contacts=change.contacts,
                names=change.names,
                changes=change.contact_changes,
            )
        fewer = change.contacts[change.contact_changes < 0]
        if len(fewer):
            self._session.execute(
                "match_index/drop_contacts", client_id=self._client_id, contacts=np.unique(fewer)
            )


def _sorted(found: _Counted) -> Counted:
    hashes, counts = read_numbers(found.numbers), read_numbers(found.counts)
    order = np.argsort(hashes)
    return Counted(hashes=hashes[order], counts=counts[order])


@dataclass(frozen=True)
class _Slices:
    """Where each record's values lie once they are ordered by record; places count from 1.

    Cut out of one array, they cost PostgreSQL no join that it could plan badly.
    """

    order: Ids
    begins: Ids
    ends: Ids

    @classmethod
    def of(cls, record_ids: Ids, owners: Ids) -> Self:
        order = np.argsort(owners, kind="stable")
        ordered = owners[order]
        return cls(
            order=order,
            begins=np.searchsorted(ordered, record_ids, side="left") + 1,
            ends=np.searchsorted(ordered, record_ids, side="right"),
        )
