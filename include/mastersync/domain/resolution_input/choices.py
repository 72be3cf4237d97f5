"""What a person says of columns: ``name=COMPANY_NAME``."""

import difflib
from collections.abc import Mapping, Sequence

from mastersync.domain.resolution.fields import FIELDS, OTHER
from mastersync.domain.resolution_input.headers import squash
from mastersync.domain.resolution_input.recognise import IGNORE, ChosenColumn, field_named
from mastersync.errors import ConfigError

_WEAK = OTHER.rstrip(":")
_MANY = frozenset({_WEAK, IGNORE})  # what any number of columns may be


def read_choices(
    texts: Sequence[str], *, columns_by_file: Mapping[str, Sequence[str]]
) -> tuple[ChosenColumn, ...]:
    """Return the columns that a person named, each as its file spells it.

    Args:
        texts: ``field=column`` each; a column counts in every file that has it.

    Raises:
        ConfigError: a text is no such pair, a field or column does not exist, or a field gets
            two columns of one file.
    """
    chosen: list[ChosenColumn] = []
    for text in texts:
        field, found = _read(text, columns_by_file)
        chosen += [ChosenColumn(field=field, column=column) for column in found]
    for file, columns in columns_by_file.items():
        _refuse_doubles([choice for choice in chosen if choice.column in columns], file)
    return tuple(chosen)


def _read(text: str, columns_by_file: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    word, equals, column = (part.strip() for part in text.partition("="))
    if not equals or not word or not column:
        raise ConfigError(
            f"--column '{text}' does not say which column is what.",
            next_step="Write the field, an equals sign and the column: --column name=COMPANY_NAME.",
        )
    field = field_named(word)
    if not field:
        known = [*FIELDS, _WEAK, IGNORE]
        raise ConfigError(
            f"There is no field '{word}' (--column '{text}').{_nearest(word, known)}",
            next_step=f"There are: {', '.join(known)}.",
        )
    found = {
        header
        for headers in columns_by_file.values()
        for header in headers
        if header == column or squash(header) == squash(column)
    }
    if not found:
        raise ConfigError(
            f"There is no column '{column}' (--column '{text}')."
            f"{_suggestion(column, columns_by_file)}",
            next_step=" ".join(
                f"{file} has: {', '.join(headers)}." for file, headers in columns_by_file.items()
            ),
        )
    return field, [column] if column in found else sorted(found)


def _refuse_doubles(choices: Sequence[ChosenColumn], file: str) -> None:
    fields: dict[str, str] = {}
    columns: dict[str, str] = {}
    for choice in dict.fromkeys(choices):
        if choice.column in columns:
            raise ConfigError(
                f"Column '{choice.column}' of {file} is given as {columns[choice.column]}"
                f" and as {choice.field}.",
                next_step="Give each column once.",
            )
        if choice.field in fields and choice.field not in _MANY:
            raise ConfigError(
                f"Two columns of {file} are given as {choice.field}:"
                f" '{fields[choice.field]}' and '{choice.column}'.",
                next_step=f"Give one; the other can be --column {_WEAK}={choice.column}.",
            )
        fields[choice.field] = choice.column
        columns[choice.column] = choice.field


def _suggestion(column: str, columns_by_file: Mapping[str, Sequence[str]]) -> str:
    return _nearest(column, [header for headers in columns_by_file.values() for header in headers])


def _nearest(word: str, known: Sequence[str]) -> str:
    by_form = {squash(name): name for name in known}
    near = difflib.get_close_matches(squash(word), list(by_form), n=1, cutoff=0.5)
    return f" Did you mean '{by_form[near[0]]}'?" if near else ""
