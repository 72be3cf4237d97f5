"""What a REST system's refusals of a write mean."""

from collections.abc import Mapping
from http import HTTPStatus

from mastersync.connectors.http_answers import Answer
from mastersync.connectors.json_paths import value_at
from mastersync.connectors.systems.rest_options import RestWriting
from mastersync.ports.systems import Write, WriteOutcome, WriteState

LATER = frozenset({408, 423, 425, 429})
_LONGEST_CODE = 40


def outcome_of(answer: Answer, write: Write, writing: RestWriting) -> WriteOutcome:
    """What an answer that is neither a success nor 5xx means for the row."""
    status = answer.status
    if status in LATER:
        words = f"{answer.call} answered {status}: not now."
        return WriteOutcome(state=WriteState.RETRY, problem=words, retry_after=answer.retry_after)
    if status in {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT}:
        words = f"The record was changed in the system after it was read ({status})."
        return WriteOutcome(state=WriteState.CONFLICT, key=write.key, problem=words)
    if status == HTTPStatus.NOT_FOUND and write.key is not None:
        return refused("The record is gone from the system (404).")
    fields = _refused_fields(answer, write, writing)
    # Not by its path, which names the record: tickets are grouped by these words.
    what = "A new record" if write.key is None else "An update"
    return refused(f"{what} was refused ({status}){fields}.")


def refused(words: str) -> WriteOutcome:
    return WriteOutcome(state=WriteState.REFUSED, problem=words)


def _refused_fields(answer: Answer, write: Write, writing: RestWriting) -> str:
    """The refused fields by name; only names that we sent, since answers may repeat values."""
    entries = value_at(answer.body, writing.error_fields_path)
    known = {*write.values, writing.reference_field}
    named = [
        f"{field} ({code})" if (code := _code(entry)) else field
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, Mapping)
        and isinstance(field := entry.get(writing.error_field_name), str)
        and field in known
    ]
    return f": {', '.join(named)}" if named else ""


def _code(entry: Mapping[str, object]) -> str:
    code = entry.get("code")
    if not isinstance(code, str) or len(code) > _LONGEST_CODE or not code.isidentifier():
        return ""
    return code
