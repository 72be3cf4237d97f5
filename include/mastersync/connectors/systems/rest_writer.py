"""Writing records to a system that speaks JSON over HTTP, one guarded request a record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import AccessRefused, Answer
from mastersync.connectors.systems.rest_dialect import Request, RestDialect
from mastersync.connectors.systems.rest_options import RestReading, RestWriting
from mastersync.connectors.systems.rest_outcomes import refused
from mastersync.errors import (
    ConfigError,
    MastersyncError,
    NotFoundError,
    PermanentError,
    RetryableError,
    UnknownOutcomeError,
)
from mastersync.ports.systems import (
    Finding,
    Recovery,
    SourceRow,
    Write,
    WriteOutcome,
    WriteState,
)

_CALLS_OF_A_WRITE = 2  # a look at the record, and the write


class RestWriter:
    """Implements ``ports.SystemWriter``."""

    batch_size = 1

    def __init__(self, api: HttpApi, reading: RestReading, writing: RestWriting) -> None:
        self._api = api
        self._dialect = RestDialect(reading, writing)

    @property
    def recovery(self) -> Recovery:
        return self._dialect.recovery

    @property
    def patience(self) -> timedelta:
        return _CALLS_OF_A_WRITE * self._api.deadline

    def write(self, writes: Sequence[Write]) -> list[WriteOutcome]:
        """Write one after the other; what was not tried because the system is busy is RETRY."""
        outcomes: list[WriteOutcome] = []
        for write in writes:
            try:
                outcomes.append(self._outcome(write))
            except ConfigError as error:
                if not outcomes:
                    raise
                outcomes.append(WriteOutcome(state=WriteState.RETRY, problem=error.problem))
            if outcomes[-1].state is WriteState.RETRY:
                break
        return outcomes + [_not_tried(outcomes)] * (len(writes) - len(outcomes))

    def find(self, write: Write) -> SourceRow | None:
        """Return the record as the system holds it now; see the port.

        Raises:
            RetryableError, ConfigError, PermanentError: as for reading.
        """
        request = self._dialect.lookup(write)
        try:
            answer = self._api.read(request.path, params=request.params)
        except NotFoundError:
            if write.key is None:
                raise
            return None
        return self._dialect.row(write, answer)

    def find_each(self, writes: Sequence[Write]) -> list[Finding]:
        """Look them up one after the other; see the port."""
        return [self._finding(write) for write in writes]

    def _finding(self, write: Write) -> Finding:
        try:
            return Finding(row=self.find(write))
        except MastersyncError as error:
            return Finding(problem=error.problem)

    def _outcome(self, write: Write) -> WriteOutcome:
        """Errors here come from looking before the write: it was surely not sent."""
        try:
            request = self._prepared(write)
        except NotFoundError:
            return refused("The record is gone from the system.")
        except RetryableError as error:
            return WriteOutcome(
                state=WriteState.RETRY, problem=error.problem, retry_after=error.retry_after
            )
        except PermanentError as error:
            return refused(error.problem)
        return request if isinstance(request, WriteOutcome) else self._send(write, request)

    def _prepared(self, write: Write) -> Request | WriteOutcome:
        if not self._dialect.is_compared(write):
            return self._dialect.request(write)
        fetch = self._dialect.fetch(str(write.key))
        return self._dialect.compared(write, self._api.read(fetch.path))

    def _send(self, write: Write, request: Request) -> WriteOutcome:
        try:
            answer = self._api.send(
                request.verb, request.path, document=request.document, headers=request.headers
            )
        except RetryableError as error:
            return WriteOutcome(
                state=WriteState.RETRY, problem=error.problem, retry_after=error.retry_after
            )
        except UnknownOutcomeError as error:
            return WriteOutcome(state=WriteState.UNKNOWN, problem=error.problem)
        if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise AccessRefused(answer)
        if write.key is None and answer.status == HTTPStatus.CONFLICT:
            return settle_duplicate(self, self._dialect, write, answer)
        return self._dialect.outcome(write, answer)


def settle_duplicate(
    writer: "RestWriter", dialect: RestDialect, write: Write, answer: Answer
) -> WriteOutcome:
    """A record with our reference is there: an earlier try of ours made it."""
    key = dialect.existing_key(write, answer)
    if key is not None:
        return WriteOutcome(state=WriteState.DONE, key=key)
    try:
        known = writer.find(write) if dialect.writing.reference_parameter else None
    except MastersyncError as error:
        return WriteOutcome(state=WriteState.UNKNOWN, problem=error.problem)
    if known is None:
        return refused("It says that such a record exists, but not which.")
    return WriteOutcome(state=WriteState.DONE, key=known.key, guard=known.guard)


def _not_tried(outcomes: Sequence[WriteOutcome]) -> WriteOutcome:
    last = outcomes[-1] if outcomes else WriteOutcome(state=WriteState.RETRY)
    words = f"Not sent, since the system was not well: {last.problem}"
    return replace(last, state=WriteState.RETRY, key=None, guard=None, problem=words)
