"""Clauses of a service level agreement, as a client's file says them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from mastersync.config.mistakes import did_you_mean
from mastersync.config.placed import Placed, raise_placed
from mastersync.config.values import Strict, Text, mistake
from mastersync.config.working_hours import IsoDate
from mastersync.domain.records.text import upper_text
from mastersync.domain.sla.model import (
    Allowance,
    Cause,
    Clause,
    Milestone,
    Request,
    Running,
    Unit,
)

_SHARE = re.compile(r"^(\d{1,4}(?:\.\d{1,6})?)\s*%\Z")
_WITHIN = re.compile(r"^(\d{1,5}(?:\.\d{1,3})?)\s+(\S.*)\Z")
_WORKING: Final = "working "
_ALL: Final = 100


def share(text: object) -> Decimal:
    """Return what a percentage is of one.

    >>> share("95%"), share("99.5 %")
    (Decimal('0.95'), Decimal('0.995'))
    """
    found = _SHARE.match(str(text).strip())
    if found is None:
        raise mistake(f"'{str(text)[:60]}' is no percentage.", "Write it with its sign, as 95%.")
    return Decimal(found[1]) / _ALL


def part(text: object) -> Decimal:
    """Return a percentage of at most 100."""
    found = share(text)
    if found > 1:
        raise mistake(f"'{str(text)[:60]}' is more than 100%.", "Write 100% or less.")
    return found


def allowance(text: object) -> Allowance:
    """Return how long something may take.

    >>> str(allowance("8 working hours")), str(allowance("1 day"))
    ('8 working hours', '1 day')
    """
    found = _WITHIN.match(str(text).strip())
    units = [unit.value for unit in Unit]
    if found is None:
        raise mistake(f"'{str(text)[:60]}' is no length of time.", "Write it as 8 working hours.")
    word = " ".join(found[2].split())
    unit = word if word.endswith("s") else f"{word}s"
    if unit not in units:
        raise mistake(f"there is no unit '{word[:60]}'.", did_you_mean(unit, units))
    amount = Decimal(found[1])
    if not amount:
        raise mistake("this allows no time at all.", "Write more than 0.")
    return Allowance(amount=amount, unit=Unit(unit))


def _listed(said: object) -> object:
    """Return a list of one for a text that stands alone."""
    return [said] if isinstance(said, str) else said


def _schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": pattern})


ShareText = Annotated[Decimal, BeforeValidator(part), _schema("A percentage, such as 95%.")]
RungText = Annotated[Decimal, BeforeValidator(share), _schema("A percentage; it may exceed 100%.")]
Within = Annotated[
    Allowance,
    BeforeValidator(allowance),
    _schema("Such as 8 working hours; minutes, hours and days may be working ones."),
]
_REQUEST: Final = {"enum": [request.value for request in Request]}
Requests = Annotated[
    tuple[Request, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_REQUEST, {"type": "array", "items": _REQUEST}]}),
]


class ClauseConfig(Strict):
    """One promise: what is done until when, for which cases."""

    clause: Text = Field(description="Its number in the contract.")
    contract_version: Text | None = Field(
        default=None, description="The version that this rule was read from, if another."
    )
    clock: Text | None = Field(
        default=None,
        description="What it measures, where two clauses of the same milestones both hold."
        " Clauses of one clock replace each other: the most specific one holds.",
    )
    request: Requests = Field(default=(), description="Kind of case, or several; all if left out.")
    segment: Text | None = Field(default=None, description="Of the customer; all if left out.")
    priority: Text | None = Field(default=None, description="Of the case; all if left out.")
    start: Milestone = Field(alias="from", description="The milestone that starts the clock.")
    stop: Milestone = Field(alias="until", description="The milestone that stops it.")
    within: Within = Field(description="How long it may take, such as 8 working hours.")
    calendar: Text | None = Field(default=None, description="Whose hours are working ones.")
    target: ShareText | None = Field(default=None, description="How many must be met, as 95%.")
    pauses: tuple[Cause, ...] = Field(
        default=(), description="For whom we wait while the clock stands: agency, customer, client."
    )
    since: IsoDate | None = Field(default=None, description="First day that it is in force.")
    until_date: IsoDate | None = Field(default=None, description="Last day that it is in force.")
    running: Running = Field(
        default=Running.KEEP,
        description="Clocks that run when it comes into force: keep their clause, or switch to it.",
    )

    @model_validator(mode="after")
    def _can_be_kept(self) -> Self:
        raise_placed(self._mistakes())
        return self

    @property
    def measures(self) -> str:
        """What its clock is called."""
        return self.clock or f"{self.start} to {self.stop}"

    def to_clause(self, zone: str) -> Clause:
        """Return the rule; its dates are days of a zone."""
        segment, priority = upper_text(self.segment or ""), self.priority or ""
        requests = sorted(request.value for request in self.request)
        since = self.since.isoformat() if self.since else ""
        key = (self.clause, self.measures, " ".join(requests), segment, priority, since)
        day_after = self.until_date and self.until_date + timedelta(days=1)
        return Clause(
            key="|".join(key),
            number=self.clause,
            clock=self.measures,
            start=self.start,
            stop=self.stop,
            within=self.within,
            requests=frozenset(self.request),
            segment=segment,
            priority=priority,
            calendar=self.calendar or "",
            pauses=frozenset(self.pauses),
            target=self.target,
            since=_midnight(self.since, zone),
            until=_midnight(day_after, zone),
            running=self.running,
        )

    def _mistakes(self) -> Iterator[Placed]:
        order = list(Milestone)
        if order.index(self.stop) <= order.index(self.start):
            what = f"'{self.stop}' does not come after '{self.start}'."
            yield ("until",), mistake(what, f"In their order they are: {', '.join(order)}.")
        works = self.within.unit.value.startswith(_WORKING)
        if works and self.calendar is None:
            how = "Add 'calendar: ...', one of sla.calendars."
            yield ("within",), mistake(f"{self.within} need a calendar.", how)
        if not works and self.calendar is not None:
            how = f"Remove 'calendar', or write '{_WORKING}{self.within.unit}'."
            yield ("calendar",), mistake(f"{self.within} are of the wall clock.", how)
        if self.since and self.until_date and self.until_date < self.since:
            what = f"it ends on {self.until_date}, before it begins."
            yield ("until_date",), mistake(what, "Put the two in order.")


def _midnight(day: date | None, zone: str) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
