"""Working calendars in a client's file: days, hours, holidays, cut-offs."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from mastersync.config.holiday_lists import holidays_of, lacks_years
from mastersync.config.placed import Placed, raise_placed
from mastersync.config.values import Strict, TimeZone, mistake
from mastersync.config.working_hours import (
    DAYS,
    DayNames,
    DaysOff,
    Holidays,
    Hours,
    IsoDate,
    TimeOfDay,
    Years,
    minutes,
    spans,
    weekdays,
)
from mastersync.domain.sla.calendar import MIDNIGHT, Span, WorkingCalendar

_EVERY_DAY: Final = "mon-sun"
CutOffs = Annotated[
    dict[DayNames, TimeOfDay],
    BeforeValidator(lambda said: {_EVERY_DAY: said} if isinstance(said, str) else said),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        }
    ),
]


class CalendarConfig(Strict):
    """When work is done at a place."""

    zone: TimeZone = Field(description="That its hours are meant in, such as Europe/Berlin.")
    hours: dict[DayNames, Hours] = Field(
        min_length=1, description="Day or days: hours, as mon-thu: 08:00-12:00, 13:00-17:00."
    )
    holidays: Holidays | None = Field(
        default=None, description="A country or a part of it (DE-BY), or days with names."
    )
    also_closed: DaysOff = Field(
        default_factory=dict, description="Further days off, with names or without."
    )
    other_hours: dict[IsoDate, Hours] = Field(
        default_factory=dict, description="Single days with other hours, holidays or not."
    )
    cut_off: CutOffs = Field(
        default_factory=dict,
        description="What comes in later counts from the next day's opening: a time, or by day.",
    )
    years: Years = Field(
        default=(2024, 2035), description="That clocks may lie in, first and last: 2024-2035."
    )

    @model_validator(mode="after")
    def _is_one_calendar(self) -> Self:
        raise_placed([*self._hours_twice(), *self._cut_offs_without_hours(), *self._lacks()])
        return self

    def to_calendar(self, name: str) -> WorkingCalendar:
        week = self._week()
        first, last = self.years
        return WorkingCalendar(
            name=name,
            zone=self.zone,
            week=week,
            closed={**self._holidays(), **self.also_closed},
            other_hours={day: spans(hours) for day, hours in self.other_hours.items()},
            cut_offs={day: _within(week[day], at) for day, at in self._cut_offs() if day in week},
            first_year=first,
            last_year=last,
        )

    def _week(self) -> dict[int, tuple[Span, ...]]:
        return {day: spans(hours) for days, hours in self.hours.items() for day in weekdays(days)}

    def _holidays(self) -> Mapping[date, str]:
        if isinstance(self.holidays, str):
            first, last = self.years
            return holidays_of(self.holidays, tuple(range(first, last + 1)))
        return self.holidays or {}

    def _cut_offs(self) -> Iterator[tuple[int, int]]:
        for days, time in self.cut_off.items():
            for day in weekdays(days):
                yield day, minutes(time)

    def _hours_twice(self) -> Iterator[Placed]:
        seen: dict[int, str] = {}
        for days in self.hours:
            for day in weekdays(days):
                if day in seen:
                    what = f"'{DAYS[day]}' has hours already, under '{seen[day]}'."
                    yield ("hours", days), mistake(what, "Say each day once.")
                    return
                seen[day] = days
        week = self._week()
        for day, hours in week.items():
            following = week.get((day + 1) % len(DAYS))
            if following and hours[-1].closes - MIDNIGHT > following[0].opens:
                what = f"the hours of '{DAYS[day]}' reach into those of the next day."
                yield ("hours", seen[day]), mistake(what, "End them before these begin.")

    def _cut_offs_without_hours(self) -> Iterator[Placed]:
        week = self._week()
        for days, time in self.cut_off.items():
            said = [day for day in weekdays(days) if day in week or days != _EVERY_DAY]
            for day in said:
                hours = week.get(day, ())
                at = _within(hours, minutes(time))
                if not hours or not hours[0].opens <= at <= hours[-1].closes:
                    what = f"cut-off {time} is outside of the hours of '{DAYS[day]}'."
                    how = "Give cut-offs by day: { mon-thu: '15:00', fri: '12:00' }."
                    yield ("cut_off",), mistake(what, how)
                    break

    def _lacks(self) -> Iterator[Placed]:
        """Yield what is wrong with the holidays: no such region, or years that they lack."""
        first, last = self.years
        wanted = tuple(range(first, last + 1))
        try:
            listed = self._holidays()
        except PydanticCustomError as error:
            yield ("holidays",), error
            return
        lacking = set(wanted) - {day.year for day in listed}
        if self.holidays is not None and lacking:
            yield ("holidays",), lacks_years("the days off of this list", sorted(lacking), wanted)


def _within(hours: tuple[Span, ...], at: int) -> int:
    """Return a time of day in minutes; of the next day, where hours reach into it."""
    return at + MIDNIGHT if hours and at < hours[0].opens else at
