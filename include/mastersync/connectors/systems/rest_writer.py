"""Writing records to a system that speaks JSON over HTTP, one guarded request a record."""

from collections.abc import Sequence
from dataclasses import replace
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import quote

from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import AccessRefused, Answer
from mastersync.connectors.json_paths import nested, value_at
from mastersync.connectors.systems.rest_options import GuardHeader, RestReading, RestWriting
from mastersync.connectors.systems.rest_outcomes import outcome_of, refused
from mastersync.connectors.systems.rest_rows import guard_of, key_text, read_row
from mastersync.connectors.times import parse_time
from mastersync.errors import (
    ConfigError,
    MastersyncError,
    NotFoundError,
    PermanentError,
    RetryableError,
    UnknownOutcomeError,
)
from mastersync.ports.systems import (
    Recovery,
    RefusedRow,
    SourceRow,
    Write,
    WriteOutcome,
    WriteState,
)

_UNKNOWN_IN_A_ROW = 3


class RestWriter:
    """Implements ``ports.SystemWriter``."""

    def __init__(self, api: HttpApi, reading: RestReading, writing: RestWriting) -> None:
        self._api = api
        self._reading = reading
        self._writing = writing

    @property
    def recovery(self) -> Recovery:
        writing = self._writing
        if writing.idempotency_header:
            return Recovery.KEY
        can_find_new = bool(writing.reference_parameter) or not writing.create_path
        can_find_old = bool(writing.one_path) or not writing.update_path
        return Recovery.LOOKUP if can_find_new and can_find_old else Recovery.BLIND

    def write(self, writes: Sequence[Write]) -> list[WriteOutcome]:
        """Write one after the other; what was not tried because the system is ill is RETRY."""
        outcomes: list[WriteOutcome] = []
        for write in writes:
            try:
                outcomes.append(self._outcome(write))
            except ConfigError as error:
                if not outcomes:
                    raise
                outcomes.append(WriteOutcome(state=WriteState.RETRY, problem=error.problem))
                break
            if _is_ill(outcomes):
                break
        return outcomes + [_not_tried(outcomes)] * (len(writes) - len(outcomes))

    def find(self, write: Write) -> SourceRow | None:
        """Return the record as the system holds it now; see the port.

        Raises:
            RetryableError, ConfigError, PermanentError: as for reading.
        """
        if write.key is None:
            return self._find_by_reference(write.reference)
        try:
            item = self._fetch(write.key)[1]
        except NotFoundError:
            return None
        row = self._row(item)
        return None if row.deleted else row

    def _outcome(self, write: Write) -> WriteOutcome:
        """Errors here come from looking before the write: it was surely not sent."""
        try:
            return self._write_one(write)
        except NotFoundError:
            return refused("The record is gone from the system.")
        except RetryableError as error:
            return WriteOutcome(
                state=WriteState.RETRY, problem=error.problem, retry_after=error.retry_after
            )
        except PermanentError as error:
            return refused(error.problem)

    def _write_one(self, write: Write) -> WriteOutcome:
        if write.key is None:
            return self._create(write)
        if not self._writing.update_path:
            return refused("This system's records cannot be updated.")
        if self._writing.compare_before_write and write.guard is not None:
            return self._compare_and_update(write, write.key)
        return self._update(write, write.key, self._guard_headers(write.guard))

    def _create(self, write: Write) -> WriteOutcome:
        writing = self._writing
        if not writing.create_path:
            return refused("This system takes no new records.")
        document = nested(write.values)
        if writing.reference_field:
            document |= nested({writing.reference_field: write.reference})
        request = (writing.create_verb, writing.create_path)
        outcome, answer = self._send(write, *request, document=document)
        if outcome.state is WriteState.CONFLICT and answer is not None:
            return self._settle_duplicate(write, answer)
        return outcome

    def _settle_duplicate(self, write: Write, answer: Answer) -> WriteOutcome:
        """A record with our reference is there: an earlier try of ours made it."""
        key = key_text(value_at(answer.body, self._writing.existing_id_path))
        if key is not None:
            return WriteOutcome(state=WriteState.DONE, key=key)
        try:
            known = self.find(write) if self._writing.reference_parameter else None
        except MastersyncError as error:
            return WriteOutcome(state=WriteState.UNKNOWN, problem=error.problem)
        if known is None:
            return refused("It says that such a record exists, but not which.")
        return WriteOutcome(state=WriteState.DONE, key=known.key, guard=known.guard)

    def _compare_and_update(self, write: Write, key: str) -> WriteOutcome:
        answer, item = self._fetch(key)
        guard = guard_of(item, self._reading)
        if guard != write.guard:
            if all(value_at(item, path) == value for path, value in write.values.items()):
                return WriteOutcome(state=WriteState.DONE, key=key, guard=guard)
            words = "The record was changed in the system after it was read."
            return WriteOutcome(state=WriteState.CONFLICT, key=key, guard=guard, problem=words)
        header = self._writing.guard_header
        if header is GuardHeader.NONE:
            return self._update(write, key, {})
        given = "etag" if header is GuardHeader.IF_MATCH else "last-modified"
        if given not in answer.headers:
            return refused(f"The system gave no {given} to guard the write with; it was not sent.")
        return self._update(write, key, {header.value: answer.headers[given]})

    def _update(self, write: Write, key: str, headers: dict[str, str]) -> WriteOutcome:
        request = (self._writing.update_verb, _with_id(self._writing.update_path, key))
        return self._send(write, *request, document=nested(write.values), headers=headers)[0]

    def _send(
        self,
        write: Write,
        verb: str,
        path: str,
        *,
        document: object,
        headers: dict[str, str] | None = None,
    ) -> tuple[WriteOutcome, Answer | None]:
        writing = self._writing
        sent = dict(headers or {})
        if writing.idempotency_header:
            sent[writing.idempotency_header] = write.idempotency_key
        try:
            answer = self._api.send(verb, path, document=document, headers=sent)
        except RetryableError as error:
            return WriteOutcome(state=WriteState.RETRY, problem=error.problem), None
        except UnknownOutcomeError as error:
            return WriteOutcome(state=WriteState.UNKNOWN, problem=error.problem), None
        if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise AccessRefused(answer)
        if answer.is_success:
            return self._done(write, answer), answer
        return outcome_of(answer, write, writing), answer

    def _done(self, write: Write, answer: Answer) -> WriteOutcome:
        item = value_at(answer.body, self._writing.one_item_path)
        key = key_text(value_at(item, self._reading.id_path)) or write.key
        if key is None:
            words = f"{answer.call} went well but did not name the new record."
            return WriteOutcome(state=WriteState.UNKNOWN, problem=words)
        guard = guard_of(item, self._reading)
        sends_etag = self._writing.guard_header is GuardHeader.IF_MATCH
        if guard is None and sends_etag and not self._writing.compare_before_write:
            guard = answer.headers.get("etag")
        return WriteOutcome(state=WriteState.DONE, key=key, guard=guard)

    def _guard_headers(self, guard: str | None) -> dict[str, str]:
        header = self._writing.guard_header
        if guard is None or header is GuardHeader.NONE or self._writing.compare_before_write:
            return {}
        moment = parse_time(guard)
        if header is GuardHeader.IF_UNMODIFIED_SINCE and moment is not None:
            return {header.value: format_datetime(moment, usegmt=True)}
        return {header.value: guard}

    def _fetch(self, key: str) -> tuple[Answer, object]:
        answer = self._api.read(_with_id(self._writing.one_path, key))
        return answer, value_at(answer.body, self._writing.one_item_path)

    def _find_by_reference(self, reference: str) -> SourceRow | None:
        reading, writing = self._reading, self._writing
        answer = self._api.read(
            reading.list_path,
            params={**reading.parameters, writing.reference_parameter: reference},
        )
        items = value_at(answer.body, reading.items_path)
        listed = items if isinstance(items, list) else []
        ours = [item for item in listed if value_at(item, writing.reference_field) == reference]
        if not isinstance(items, list) or len(ours) > 1 or (listed and not ours):
            # Some systems ignore a parameter that they do not know, and list everybody.
            raise PermanentError(
                f"{answer.call} did not answer with the one record that has our reference.",
                next_step="Check reference_parameter and reference_field in client.yaml.",
            )
        return self._row(ours[0]) if ours else None

    def _row(self, item: object) -> SourceRow:
        row = read_row(item, self._reading, place="the record asked for")
        if isinstance(row, RefusedRow):
            raise PermanentError(
                f"The system holds the record in a form that cannot be taken ({row.code}).",
                next_step="Look at the record in the system.",
            )
        return row


def _with_id(path: str, key: str) -> str:
    return path.replace("{id}", quote(key, safe=""))


def _is_ill(outcomes: Sequence[WriteOutcome]) -> bool:
    if outcomes[-1].state is WriteState.RETRY:
        return True
    last = outcomes[-_UNKNOWN_IN_A_ROW:]
    return len(last) == _UNKNOWN_IN_A_ROW and all(
        outcome.state is WriteState.UNKNOWN for outcome in last
    )


def _not_tried(outcomes: Sequence[WriteOutcome]) -> WriteOutcome:
    last = outcomes[-1] if outcomes else WriteOutcome(state=WriteState.RETRY)
    words = f"Not sent, since the system was not well: {last.problem}"
    return replace(last, state=WriteState.RETRY, key=None, guard=None, problem=words)
