"""All records of the files that are matched, in one frame with the fields of the matcher."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from mastersync.domain.resolution.fields import FIELDS, OTHER
from mastersync.domain.resolution_input.content import ColumnContent, party_type
from mastersync.domain.resolution_input.recognise import (
    NOT_USED,
    ChosenColumn,
    ColumnUse,
    recognise_columns,
)
from mastersync.domain.resolution_input.record_ids import distinct_ids, qualified_ids, stripped
from mastersync.errors import ConfigError

_SAYS_SOMETHING_ALTHOUGH_CONSTANT = frozenset(
    {"id", "source", "country", "party_type", "name", "given_name", "surname"}
)
_SAYS_NOT_WHO = frozenset({"id", "source", "country", "party_type", "region"})
_ROWS_THAT_PROVE_CONSTANCY = 50
_NAMES = frozenset({"name", "given_name", "surname"})


@dataclass(frozen=True, kw_only=True)
class CustomerFile:
    """One file as it was read.

    Args:
        name: What the file is called in ids and as a source; differs from the other files'.
        frame: Its cells as text, "" where empty; the index is the row's place in the file, from 1.
    """

    name: str
    frame: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class FileColumns:
    """What the columns of one file were taken for."""

    file: str
    columns: tuple[ColumnUse, ...]


@dataclass(frozen=True, kw_only=True)
class RecordSet:
    """The records of all files, in their order.

    ``frame`` has ``id`` (distinct), ``source`` where there are several, and the fields found.
    """

    frame: pd.DataFrame
    files: tuple[FileColumns, ...]
    notes: tuple[str, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The columns that are compared, in the order of the fields."""
        return tuple(field for field in self.frame.columns if field not in {"id", "source"})

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that are compared as what they are, without those of weak evidence."""
        return tuple(field for field in self.evidence if not field.startswith(OTHER))


def form_record_set(
    files: Sequence[CustomerFile], *, chosen: Sequence[ChosenColumn] = ()
) -> RecordSet:
    """Recognise the columns of each file and join their records."""
    recognised = [
        FileColumns(file=file.name, columns=_recognised(file.frame, chosen)) for file in files
    ]
    parts, id_notes = _identified(files, recognised)
    frame = pd.concat(parts, ignore_index=True).fillna("") if len(parts) > 1 else parts[0]
    frame = frame.reset_index(drop=True)
    if "party_type" in frame:
        said = frame["party_type"]
        frame["party_type"] = said.map({value: party_type(value) for value in said.unique()})
    source, source_notes = _sources(files, recognised)
    if source is not None:
        frame["source"] = source
    constant = _constant_columns(frame)
    frame = frame.drop(columns=constant)
    ordered = [field for field in FIELDS if field in frame.columns]
    ordered += [field for field in frame.columns if field not in FIELDS]
    return RecordSet(
        frame=frame[ordered],
        files=tuple(_without(one, constant) for one in recognised),
        notes=(*id_notes, *source_notes, *_thin_evidence(files, recognised)),
    )


def _recognised(frame: pd.DataFrame, chosen: Sequence[ChosenColumn]) -> tuple[ColumnUse, ...]:
    columns = [ColumnContent(header, frame[header]) for header in frame.columns]
    return recognise_columns(columns, chosen=chosen)


def _identified(
    files: Sequence[CustomerFile], recognised: Sequence[FileColumns]
) -> tuple[list[pd.DataFrame], tuple[str, ...]]:
    """Return each file's evidence with ids that differ across all of them, and notes on the ids."""
    parts, ids, notes = [], [], list[str]()
    for file, found in zip(files, recognised, strict=True):
        column = _column_of(found, "id")
        if column is None:
            own = pd.Series(
                [str(row) for row in file.frame.index], index=file.frame.index, dtype=object
            )
            said: tuple[str, ...] = ("no column is an id: rows go by their number.",)
        else:
            own, said = distinct_ids(file.frame[column])
        ids.append((file.name, own))
        notes += [f"{file.name}: {note}" for note in said]
        parts.append(_evidence(file.frame, found))
    joined, said = qualified_ids(ids) if len(ids) > 1 else (ids[0][1], ())
    start = 0
    for part in parts:
        part.insert(0, "id", joined.to_numpy()[start : start + len(part)])
        start += len(part)
    return parts, (*notes, *said)


def _evidence(frame: pd.DataFrame, found: FileColumns) -> pd.DataFrame:
    used = {use.column: use.field for use in found.columns if use.is_evidence}
    return frame[list(used)].rename(columns=used)


def _column_of(found: FileColumns, field: str) -> str | None:
    return next((use.column for use in found.columns if use.field == field), None)


def _sources(
    files: Sequence[CustomerFile], recognised: Sequence[FileColumns]
) -> tuple["pd.Series[str] | None", tuple[str, ...]]:
    """Return each record's source: what its file says, or the file where that tells none apart."""
    said = []
    for file, found in zip(files, recognised, strict=True):
        column = _column_of(found, "source")
        said.append(None if column is None else stripped(file.frame[column]))
    if len(files) == 1:
        return (None if said[0] is None else said[0].reset_index(drop=True)), ()
    values = [set() if one is None else set(one) - {""} for one in said]
    total = sum(len(one) for one in values)
    overlapping = len(set().union(*values)) < total
    parts = []
    for file, one in zip(files, said, strict=True):
        own = pd.Series(file.name, index=file.frame.index, dtype=object)
        if one is not None:
            filled = file.name + ":" + one if overlapping else one
            own = filled.mask(one == "", own)
        parts.append(own)
    notes = ("The files name the same sources, so each is taken as '<file>:<source>'.",)
    return pd.concat(parts, ignore_index=True), notes if overlapping else ()


def _constant_columns(frame: pd.DataFrame) -> list[str]:
    """Return what is the same in every row; nothing where only that is left to compare."""
    constant = [field for field in frame.columns if _is_constant(frame[field], str(field))]
    fields = set(FIELDS).intersection(frame.columns) - _SAYS_NOT_WHO
    return constant if fields - set(constant) else [f for f in constant if f not in fields]


def _is_constant(values: "pd.Series[str]", field: str) -> bool:
    rows = 3 if field.startswith(OTHER) else _ROWS_THAT_PROVE_CONSTANCY
    if len(values) < rows or field in _SAYS_SOMETHING_ALTHOUGH_CONSTANT:
        return False
    cells = values.to_numpy(dtype=object)
    # A glance at the first ones is enough for nearly every column.
    return all(cells[:rows] == cells[0]) and bool((cells == cells[0]).all())


def _without(found: FileColumns, constant: Sequence[str]) -> FileColumns:
    reason = "the same in every row"
    return FileColumns(
        file=found.file,
        columns=tuple(
            replace(use, field=NOT_USED, reason=reason) if use.field in constant else use
            for use in found.columns
        ),
    )


def _thin_evidence(
    files: Sequence[CustomerFile], recognised: Sequence[FileColumns]
) -> Iterator[str]:
    for file, found in zip(files, recognised, strict=True):
        if file.frame.empty:
            yield f"{file.name}: there are names of columns, and no rows."
        elif not any(use.field in _NAMES for use in found.columns):
            yield (
                f"{file.name}: no column is taken for a name, so little can be said of who is who."
                " Say which one it is with --column name=<COLUMN>."
            )


def require_evidence(records: RecordSet) -> None:
    """Refuse records of which nothing is known but weak evidence.

    Raises:
        ConfigError: no column says who or where a customer is.
    """
    if set(records.fields) - _SAYS_NOT_WHO or records.frame.empty:
        return
    columns = ", ".join(use.column for found in records.files for use in found.columns)
    raise ConfigError(
        "No column says who or where a customer is, so nothing can be compared.",
        next_step=f"Say which one is what, such as --column name=<COLUMN>. There are: {columns}.",
    )
