"""JSON documents of a REST system as rows."""

from collections.abc import Mapping

from mastersync.connectors.json_paths import is_storable, value_at
from mastersync.connectors.systems.rest_options import RestReading
from mastersync.connectors.times import parse_time
from mastersync.ports.systems import RefusedRow, SourceRow


def read_row(item: object, reading: RestReading, *, place: str) -> SourceRow | RefusedRow:
    """Make a row of one document; ``place`` is where a person finds it."""
    if not isinstance(item, Mapping):
        return RefusedRow(place=place, code="row_malformed", words="It is not a JSON object.")
    key = key_text(value_at(item, reading.id_path))
    if key is None:
        words = f"It has no usable {reading.id_path}, so it cannot be told from others."
        return RefusedRow(place=place, code="row_without_key", words=words)
    if not is_storable(item):
        words = f"Record {key} has what no database keeps: a NUL, half a character or a number "
        words += "without end."
        return RefusedRow(place=place, code="row_undecodable", words=words)
    modified = value_at(item, reading.modified_path) if reading.modified_path else None
    return SourceRow(
        key=key,
        payload=item,
        modified_at=parse_time(modified),
        deleted=_is_deleted(item, reading),
        guard=guard_of(item, reading),
    )


def guard_of(item: object, reading: RestReading) -> str | None:
    """What changes with each change of the record, None where the system has nothing such."""
    value = value_at(item, reading.guard_path) if reading.guard_path else None
    return None if value is None else str(value)


def key_text(value: object) -> str | None:
    """A record's id as text; None when it is none.

    >>> key_text(17), key_text(" "), key_text(True)
    ('17', None, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    return text if text and "\0" not in text else None


def _is_deleted(item: object, reading: RestReading) -> bool:
    if not reading.deleted_path:
        return False
    value = value_at(item, reading.deleted_path)
    return value is not None and str(value).casefold() == reading.deleted_value.casefold()
