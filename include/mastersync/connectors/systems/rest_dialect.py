"""Writes as one system wants to be asked for them, and what its answers mean.

The same whether a request goes alone or in a batch with others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import quote

from mastersync.connectors.http_answers import Answer
from mastersync.connectors.json_paths import nested, value_at
from mastersync.connectors.systems.rest_options import GuardHeader, RestReading, RestWriting
from mastersync.connectors.systems.rest_outcomes import outcome_of, refused
from mastersync.connectors.systems.rest_rows import guard_of, key_text, read_row
from mastersync.connectors.times import parse_time
from mastersync.errors import PermanentError
from mastersync.ports.systems import (
    Recovery,
    RefusedRow,
    SourceRow,
    Write,
    WriteOutcome,
    WriteState,
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request; ``path`` is relative to the connection's host."""

    verb: str
    path: str
    document: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)


class RestDialect:
    """How records of one system are written and looked up."""

    def __init__(self, reading: RestReading, writing: RestWriting) -> None:
        self.reading = reading
        self.writing = writing

    @property
    def recovery(self) -> Recovery:
        """What may be done after an unknown outcome."""
        writing = self.writing
        if writing.idempotency_header:
            return Recovery.KEY
        can_find_new = bool(writing.reference_parameter) or not writing.create_path
        can_find_old = bool(writing.one_path) or not writing.update_path
        return Recovery.LOOKUP if can_find_new and can_find_old else Recovery.BLIND

    def is_compared(self, write: Write) -> bool:
        """Whether the record is fetched first, for its guard to be compared."""
        is_update = write.key is not None and bool(self.writing.update_path)
        return is_update and self.writing.compare_before_write and write.guard is not None

    def fetch(self, key: str) -> Request:
        """The request for a record as it is now."""
        return Request(verb="GET", path=_with_id(self.writing.one_path, key))

    def search(self, reference: str) -> Request:
        """The request for the list of records that have our reference: one or none."""
        parameters = {**self.reading.parameters, self.writing.reference_parameter: reference}
        return Request(verb="GET", path=self.reading.list_path, params=parameters)

    def lookup(self, write: Write) -> Request:
        """The request that tells whether a write of unknown outcome is there."""
        return self.search(write.reference) if write.key is None else self.fetch(write.key)

    def request(self, write: Write) -> Request | WriteOutcome:
        """The request that writes a record; an outcome when this system cannot do it."""
        writing = self.writing
        if write.key is not None:
            if not writing.update_path:
                return refused("This system's records cannot be updated.")
            return self._update(write, write.key, self._guard_headers(write.guard))
        if not writing.create_path:
            return refused("This system takes no new records.")
        document = nested(write.values)
        if writing.reference_field:
            document |= nested({writing.reference_field: write.reference})
        return Request(
            verb=writing.create_verb,
            path=writing.create_path,
            document=document,
            headers=self._own_headers(write),
        )

    def compared(self, write: Write, answer: Answer) -> Request | WriteOutcome:
        """The request that writes a record that was fetched; an outcome when it has changed."""
        item = value_at(answer.body, self.writing.one_item_path)
        guard = guard_of(item, self.reading)
        if guard != write.guard:
            if all(value_at(item, path) == value for path, value in write.values.items()):
                return WriteOutcome(state=WriteState.DONE, key=write.key, guard=guard)
            words = "The record was changed in the system after it was read."
            return WriteOutcome(
                state=WriteState.CONFLICT, key=write.key, guard=guard, problem=words
            )
        header = self.writing.guard_header
        if header is GuardHeader.NONE:
            return self._update(write, str(write.key), {})
        given = "etag" if header is GuardHeader.IF_MATCH else "last-modified"
        if given not in answer.headers:
            return refused(f"The system gave no {given} to guard the write with; it was not sent.")
        return self._update(write, str(write.key), {header.value: answer.headers[given]})

    def outcome(self, write: Write, answer: Answer) -> WriteOutcome:
        """What an answer to a write means."""
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            words = f"{answer.call} answered {answer.status}: it may or may not have been done."
            return WriteOutcome(state=WriteState.UNKNOWN, problem=words)
        if not answer.is_success:
            return outcome_of(answer, write, self.writing)
        item = value_at(answer.body, self.writing.one_item_path)
        key = key_text(value_at(item, self.reading.id_path)) or write.key
        if key is None:
            words = f"{answer.call} went well but did not name the new record."
            return WriteOutcome(state=WriteState.UNKNOWN, problem=words)
        guard = guard_of(item, self.reading)
        sends_etag = self.writing.guard_header is GuardHeader.IF_MATCH
        if guard is None and sends_etag and not self.writing.compare_before_write:
            guard = answer.headers.get("etag")
        return WriteOutcome(state=WriteState.DONE, key=key, guard=guard)

    def existing_key(self, write: Write, answer: Answer) -> str | None:
        """The key of the record that an earlier try of ours made, where a refusal names it."""
        if write.key is not None or answer.status != HTTPStatus.CONFLICT:
            return None
        return key_text(value_at(answer.body, self.writing.existing_id_path))

    def row(self, write: Write, answer: Answer) -> SourceRow | None:
        """The record that a lookup found, None when there is none.

        Raises:
            PermanentError: The answer does not say.
        """
        if write.key is not None:
            row = self._row(value_at(answer.body, self.writing.one_item_path))
            return None if row.deleted else row
        items = value_at(answer.body, self.reading.items_path)
        listed = items if isinstance(items, list) else []
        field_name = self.writing.reference_field
        ours = [item for item in listed if value_at(item, field_name) == write.reference]
        if not isinstance(items, list) or len(ours) > 1 or (listed and not ours):
            # Some systems ignore a parameter that they do not know, and list everybody.
            raise PermanentError(
                f"{answer.call} did not answer with the one record that has our reference.",
                next_step="Check reference_parameter and reference_field in client.yaml.",
            )
        return self._row(ours[0]) if ours else None

    def _row(self, item: object) -> SourceRow:
        row = read_row(item, self.reading, place="the record asked for")
        if isinstance(row, RefusedRow):
            raise PermanentError(
                f"The system holds the record in a form that cannot be taken ({row.code}).",
                next_step="Look at the record in the system.",
            )
        return row

    def _update(self, write: Write, key: str, headers: Mapping[str, str]) -> Request:
        return Request(
            verb=self.writing.update_verb,
            path=_with_id(self.writing.update_path, key),
            document=nested(write.values),
            headers={**headers, **self._own_headers(write)},
        )

    def _own_headers(self, write: Write) -> dict[str, str]:
        header = self.writing.idempotency_header
        return {header: write.idempotency_key} if header else {}

    def _guard_headers(self, guard: str | None) -> dict[str, str]:
        header = self.writing.guard_header
        if guard is None or header is GuardHeader.NONE or self.writing.compare_before_write:
            return {}
        moment = parse_time(guard)
        if header is GuardHeader.IF_UNMODIFIED_SINCE and moment is not None:
            return {header.value: format_datetime(moment, usegmt=True)}
        return {header.value: guard}


def _with_id(path: str, key: str) -> str:
    return path.replace("{id}", quote(key, safe=""))
