"""Writing many records in one request, each with a guard, a key and an outcome of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import AccessRefused, Answer, refusal
from mastersync.connectors.json_paths import nested, value_at
from mastersync.connectors.systems.rest_dialect import Request, RestDialect
from mastersync.connectors.systems.rest_options import RestBatch, RestReading, RestWriting
from mastersync.connectors.systems.rest_outcomes import LATER, refused
from mastersync.connectors.systems.rest_writer import RestWriter, settle_duplicate
from mastersync.errors import (
    ConfigError,
    MastersyncError,
    NotFoundError,
    PermanentError,
    RetryableError,
    UnknownOutcomeError,
)
from mastersync.ports.systems import (
    BatchRefusedError,
    Finding,
    Recovery,
    SourceRow,
    Write,
    WriteOutcome,
    WriteState,
)

_CALLS_OF_A_BATCH = 2  # a look at the records, and the writes
_NO_SUCH_ADDRESS = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, 501})
# Else a service stops at the first request that fails (OData 4.01, section 11.7.2).
_GO_ON = {"Prefer": "odata.continue-on-error"}


class RestBatchWriter:
    """Implements ``ports.SystemWriter``."""

    def __init__(
        self, api: HttpApi, reading: RestReading, writing: RestWriting, batch: RestBatch
    ) -> None:
        self._api = api
        self._dialect = RestDialect(reading, writing)
        self._batch = batch
        self._single = RestWriter(api, reading, writing)

    @property
    def batch_size(self) -> int:
        return self._batch.size

    @property
    def recovery(self) -> Recovery:
        return self._dialect.recovery

    @property
    def patience(self) -> timedelta:
        return _CALLS_OF_A_BATCH * self._api.deadline

    def write(self, writes: Sequence[Write]) -> list[WriteOutcome]:
        """Write them in one request, after a look at those that are to be compared."""
        prepared = self._prepared(writes)
        to_send = {
            number: request
            for number, request in enumerate(prepared)
            if isinstance(request, Request)
        }
        sent = self._sent([(writes[number], request) for number, request in to_send.items()])
        outcomes = dict(zip(to_send, sent, strict=True))
        return [
            outcomes[number] if isinstance(request, Request) else request
            for number, request in enumerate(prepared)
        ]

    def find(self, write: Write) -> SourceRow | None:
        """Return the record as the system holds it now; see the port."""
        return self._single.find(write)

    def find_each(self, writes: Sequence[Write]) -> list[Finding]:
        """Look them up in one request; see the port."""
        if not writes:
            return []
        try:
            answers = self._exchange([self._dialect.lookup(write) for write in writes])
        except MastersyncError as error:
            return [Finding(problem=error.problem)] * len(writes)
        return [self._finding(write, answer) for write, answer in zip(writes, answers, strict=True)]

    def _finding(self, write: Write, answer: Answer | None) -> Finding:
        if answer is None:
            return Finding(problem="The system left it out of its answer.")
        if write.key is not None and answer.status == HTTPStatus.NOT_FOUND:
            return Finding()
        if not answer.is_success:
            return Finding(problem=refusal(answer).problem)
        try:
            return Finding(row=self._dialect.row(write, answer))
        except PermanentError as error:
            return Finding(problem=error.problem)

    def _prepared(self, writes: Sequence[Write]) -> list[Request | WriteOutcome]:
        """The request of each; an outcome where it is known already."""
        compared = [write for write in writes if self._dialect.is_compared(write)]
        looked: dict[str, Request | WriteOutcome] = {}
        if compared:
            looked = dict(
                zip((w.idempotency_key for w in compared), self._compared(compared), strict=True)
            )
        return [
            looked[write.idempotency_key]
            if write.idempotency_key in looked
            else self._dialect.request(write)
            for write in writes
        ]

    def _compared(self, writes: Sequence[Write]) -> list[Request | WriteOutcome]:
        """Errors here come from looking before the writes: they were surely not sent."""
        try:
            answers = self._exchange([self._dialect.fetch(str(write.key)) for write in writes])
        except (RetryableError, UnknownOutcomeError) as error:
            return [_retry(error)] * len(writes)
        except BatchRefusedError as error:
            if len(writes) > 1:
                raise
            return [refused(error.problem)]
        return [
            self._compared_one(write, answer) for write, answer in zip(writes, answers, strict=True)
        ]

    def _compared_one(self, write: Write, answer: Answer | None) -> Request | WriteOutcome:
        if answer is None:
            words = "The system left it out of its answer; nothing was sent."
            return WriteOutcome(state=WriteState.RETRY, problem=words)
        if answer.is_success:
            return self._dialect.compared(write, answer)
        error = refusal(answer)
        if isinstance(error, NotFoundError):
            return refused("The record is gone from the system.")
        return _retry(error) if isinstance(error, RetryableError) else refused(error.problem)

    def _sent(self, given: Sequence[tuple[Write, Request]]) -> list[WriteOutcome]:
        if not given:
            return []
        try:
            answers = self._exchange([request for _, request in given])
        except RetryableError as error:
            return [_retry(error)] * len(given)
        except UnknownOutcomeError as error:
            return [WriteOutcome(state=WriteState.UNKNOWN, problem=error.problem)] * len(given)
        except BatchRefusedError as error:
            if len(given) > 1:
                raise
            return [refused(error.problem)]
        return [
            self._outcome(write, answer) for (write, _), answer in zip(given, answers, strict=True)
        ]

    def _outcome(self, write: Write, answer: Answer | None) -> WriteOutcome:
        if answer is None:
            words = "The system left it out of its answer, so it may or may not have been done."
            return WriteOutcome(state=WriteState.UNKNOWN, problem=words)
        if write.key is None and answer.status == HTTPStatus.CONFLICT:
            return settle_duplicate(self._single, self._dialect, write, answer)
        return self._dialect.outcome(write, answer)

    def _exchange(self, requests: Sequence[Request]) -> list[Answer | None]:
        """Send the requests as one; an answer each, by its id, None where there was none.

        Raises:
            RetryableError: Surely nothing was done.
            UnknownOutcomeError: Some or all may have been done.
            BatchRefusedError: Refused as a whole.
            ConfigError: Login or address are wrong.
        """
        batch = self._batch
        document = nested(
            {
                batch.requests_path: [
                    _as_json(request, str(number)) for number, request in enumerate(requests)
                ]
            }
        )
        answer = self._api.send("POST", batch.path, document=document, headers=_GO_ON)
        if not answer.is_success:
            raise _whole_refusal(answer, len(requests))
        listed = value_at(answer.body, batch.responses_path)
        if not isinstance(listed, list):
            raise UnknownOutcomeError(
                f"{answer.call} went well but did not say what became of each record.",
                next_step="Check write.batch in client.yaml; the records are looked up.",
            )
        parts = _by_id(listed)
        return [
            _part(parts[str(number)], request) if str(number) in parts else None
            for number, request in enumerate(requests)
        ]


def _as_json(request: Request, number: str) -> dict[str, object]:
    url = f"{request.path}?{urlencode(request.params)}" if request.params else request.path
    part: dict[str, object] = {"id": number, "method": request.verb, "url": url}
    if request.document is not None:
        part["headers"] = {"Content-Type": "application/json", **request.headers}
        part["body"] = request.document
    return part


def _by_id(listed: Sequence[object]) -> dict[str, Mapping[str, object]]:
    """Parts by their ids; one that is there twice says nothing for certain."""
    parts = [part for part in listed if isinstance(part, Mapping)]
    times = Counter(str(part.get("id")) for part in parts)
    return {
        name: part
        for part in parts
        if times[name := str(part.get("id"))] == 1 and isinstance(part.get("status"), int)
    }


def _part(part: Mapping[str, object], request: Request) -> Answer:
    headers = part.get("headers")
    given = headers if isinstance(headers, Mapping) else {}
    status = part["status"]
    return Answer(
        # Not by its path, which names the record: tickets are grouped by these words.
        call=f"A {request.verb} in a batch",
        status=status if isinstance(status, int) else 0,
        headers={str(name).lower(): str(value) for name, value in given.items()},
        body=part.get("body"),
        media_type="application/json",
    )


def _whole_refusal(answer: Answer, count: int) -> MastersyncError:
    status = answer.status
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return AccessRefused(answer)
    if status in LATER:
        return RetryableError(
            f"{answer.call} answered {status}: not now.",
            next_step="It is tried again.",
            retry_after=answer.retry_after,
        )
    if status in _NO_SUCH_ADDRESS or status < HTTPStatus.BAD_REQUEST:
        return ConfigError(
            f"{answer.call} answered {status}: there is no such address for batches.",
            next_step="Correct write.batch.path in client.yaml, or leave write.batch out.",
        )
    what = "One record" if count == 1 else "A batch"
    return BatchRefusedError(
        f"{what} was refused as a whole ({status}).",
        next_step="Correct the record at its source; it is planned again then.",
    )


def _retry(error: MastersyncError) -> WriteOutcome:
    wait = error.retry_after if isinstance(error, RetryableError) else None
    return WriteOutcome(state=WriteState.RETRY, problem=error.problem, retry_after=wait)
