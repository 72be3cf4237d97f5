"""Weekdays, hours and days off, as people write them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from mastersync.config.values import mistake
from mastersync.domain.sla.calendar import MIDNIGHT, Span

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAX_YEARS: Final = 60
_FIRST_YEAR: Final = 1970
_TIME = re.compile(r"^([01]?\d|2[0-4]):([0-5]\d)\Z")
_YEARS = re.compile(r"^(\d{4})\s*-\s*(\d{4})\Z")


def weekdays(text: str) -> tuple[int, ...]:
    """Return the days that a text names, 0 for Monday.

    >>> weekdays("mon-wed, sat")
    (0, 1, 2, 5)
    """
    found: list[int] = []
    for part in text.lower().split(","):
        first_word, dash, last_word = part.partition("-")
        first = _day(first_word)
        last = _day(last_word) if dash else first
        if first is None or last is None or last < first:
            raise mistake(
                f"'{text[:60]}' names no days.", "Write mon, or mon-fri, or 'mon-wed, sat'."
            )
        found += range(first, last + 1)
    return tuple(found)


def _day(word: str) -> int | None:
    word = word.strip()
    return DAYS.index(word) if word in DAYS else None


def minutes(text: str) -> int:
    """Return a time of day in minutes since midnight; 24:00 is the end of the day.

    >>> minutes("08:30"), minutes("24:00")
    (510, 1440)
    """
    found = _TIME.match(text.strip())
    if found is None or (found[1] == "24" and found[2] != "00"):
        raise mistake(
            f"'{text[:60]}' is no time of day.", "Write it as 08:30, from 00:00 to 24:00."
        )
    return int(found[1]) * 60 + int(found[2])


def spans(text: str) -> tuple[Span, ...]:
    """Return the hours that a text names; those that end before they begin end on the next day.

    >>> spans("08:00-12:00, 13:00-17:00")
    (Span(opens=480, closes=720), Span(opens=780, closes=1020))
    >>> spans("22:00-06:00")
    (Span(opens=1320, closes=1800),)
    """
    found: list[Span] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if not dash:
            how = "Write 08:00-17:00, or '08:00-12:00, 13:00-17:00'."
            raise mistake(f"'{text[:60]}' names no hours.", how)
        opens, closes = minutes(first), minutes(last)
        closes += MIDNIGHT * (closes <= opens)
        if found and opens < found[-1].closes:
            raise mistake(f"'{text[:60]}' has hours that overlap.", "Write them in order.")
        found.append(Span(opens=opens, closes=closes))
    if found[-1].closes > found[0].opens + MIDNIGHT:
        raise mistake(f"'{text[:60]}' has more than 24 hours.", "Shorten them.")
    return tuple(found)


def day_off(text: object) -> date:
    try:
        return date.fromisoformat(str(text).strip())
    except ValueError:
        raise mistake(f"'{str(text)[:60]}' is no date.", "Write it as 2026-12-24.") from None


def years(text: object) -> tuple[int, int]:
    """Return the first and the last year that a text names."""
    found = _YEARS.match(str(text).strip())
    first, last = (int(found[1]), int(found[2])) if found else (1, 0)
    if not _FIRST_YEAR <= first <= last < first + MAX_YEARS:
        how = f"Write the first and the last, as 2025-2035; at most {MAX_YEARS}."
        raise mistake(f"'{str(text)[:60]}' names no years.", how)
    return first, last


def _named_days(days: object) -> dict[date, str]:
    if isinstance(days, Mapping):
        return {day_off(day): str(name or "closed")[:200] for day, name in days.items()}
    if isinstance(days, list | tuple):
        return dict.fromkeys(map(day_off, days), "closed")
    how = "Write [2026-12-24], or { 2026-12-24: Christmas Eve }."
    raise mistake("these are no days.", how)


def _holidays(said: object) -> object:
    return said.strip() if isinstance(said, str) else _named_days(said)


def _checked(parse: Any) -> AfterValidator:  # noqa: ANN401 (any of the functions above)
    """Return a validator that keeps the text as it is written, once it can be read."""

    def check(text: str) -> str:
        parse(text)
        return text

    return AfterValidator(check)


def _schema(*shapes: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema(shapes[0] if len(shapes) == 1 else {"anyOf": list(shapes)})


_TEXT = {"type": "string"}
_LIST = {"type": "array", "items": {"type": "string", "format": "date"}}
_NAMED = {"type": "object", "additionalProperties": {"type": "string"}}

DayNames = Annotated[str, _checked(weekdays), _schema(_TEXT | {"description": "mon, or mon-fri."})]
Hours = Annotated[
    str, _checked(spans), _schema(_TEXT | {"description": "08:00-12:00, 13:00-17:00"})
]
TimeOfDay = Annotated[str, _checked(minutes), _schema(_TEXT | {"description": "Such as 15:00."})]
IsoDate = Annotated[date, BeforeValidator(day_off), _schema(_TEXT | {"format": "date"})]
Years = Annotated[tuple[int, int], BeforeValidator(years), _schema(_TEXT)]
DaysOff = Annotated[dict[date, str], BeforeValidator(_named_days), _schema(_LIST, _NAMED)]
Holidays = Annotated[
    str | dict[date, str], BeforeValidator(_holidays), _schema(_TEXT, _LIST, _NAMED)
]
"""A region that ``holidays`` knows, or the days themselves."""
