"""The clock stories of ``tests/unit/domain/sla/stories``, as cases, promises and expectations."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from mastersync.config.calendars import CalendarConfig
from mastersync.config.policies import PeopleConfig
from mastersync.config.sla import SlaConfig
from mastersync.domain.sla.calendar import WorkingCalendar
from mastersync.domain.sla.model import (
    Case,
    Cause,
    Event,
    EventKind,
    Milestone,
    Request,
    SlaPolicy,
)

STORIES = Path(__file__).parent / "unit" / "domain" / "sla" / "stories"
USUAL_ZONE = "Europe/Berlin"
_WHEN = re.compile(
    r"(?P<day>[A-Z][a-z]{2}) (?P<at>\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?)?)"
    r"(?P<again> \(again\))?(?: (?P<zone>UTC|[A-Z]\w+/\w+))?(?: (?P<what>.+))?\Z"
)
_PROMISE = re.compile(
    r"(?P<within>[\d.]+ [a-z ]+?)(?: in (?P<calendar>\w+))?(?:, paused by (?P<pauses>.+))?\Z"
)
_WAITS = re.compile(r"waits for (?P<cause>\w+)(?: \((?P<reference>\w+)\))?\Z")
_ANSWERS = re.compile(
    r"(?:no longer waits for )?(?P<cause>\w+)(?: answers)?(?: \((?P<reference>\w+)\))?\Z"
)
_WAIVED = re.compile(r"waived(?: \((?P<clock>[^)]+)\))? (?P<evidence>.+)\Z")
_PEOPLE = PeopleConfig.model_validate(
    {
        "line_manager": {"name": "Ann", "email": "ann@example.com"},
        "account_manager": {"name": "Bob", "email": "bob@example.com"},
    }
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One story as it is written, and as the rules take it."""

    written: dict[str, Any]
    policy: SlaPolicy
    case: Case
    now: datetime
    zone: str

    @property
    def clock(self) -> str:
        default = self.policy.clauses[0].clock
        return str(self.written.get("clock", default))

    def at(self, name: str) -> datetime | None:
        """A time that is expected, if it is."""
        text = self.written.get(name)
        return None if text is None else _moment(text, self.zone)[0]


def subjects() -> list[dict[str, Any]]:
    """The stories as they are written, by subject, in order."""
    files = sorted(STORIES.glob("[0-9]*.yaml"))
    return [yaml.load(file.read_text(), Loader=yaml.BaseLoader) for file in files]


@cache
def stories() -> list[Story]:
    return [_story(written) for subject in subjects() for written in subject["stories"]]


@cache
def _calendars() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(
        (STORIES / "calendars.yaml").read_text(), Loader=yaml.BaseLoader
    )
    return loaded


def _story(written: dict[str, Any]) -> Story:
    said = written.get("clauses") or [_promise(written["promise"])]
    clauses = [{"from": "seen", "until": "pushed", **clause} for clause in said]
    named = sorted({clause["calendar"] for clause in clauses if "calendar" in clause})
    calendars = {name: _calendars()[name] for name in named}
    zone = written.get("zone") or (calendars[named[0]]["zone"] if named else USUAL_ZONE)
    case = _case(written, zone)
    last = max(event.at for event in case.events)
    return Story(
        written=written,
        policy=_policy(calendars, clauses, zone),
        case=case,
        now=_moment(written["now"], zone)[0] if "now" in written else last,
        zone=zone,
    )


def _promise(text: str) -> dict[str, Any]:
    found = _PROMISE.match(text)
    assert found, text
    clause: dict[str, Any] = {"clause": "1", "within": found["within"]}
    if found["calendar"]:
        clause["calendar"] = found["calendar"]
    if found["pauses"]:
        clause["pauses"] = re.split(r", | and ", found["pauses"])
    return clause


def _policy(calendars: dict[str, Any], clauses: list[dict[str, Any]], zone: str) -> SlaPolicy:
    priorities = sorted({c["priority"] for c in clauses if "priority" in c})
    rules = [{"priority": name, "when": 'segment == "KEY"'} for name in priorities]
    said = {"calendars": calendars, "clauses": clauses, "priorities": rules}
    policy = SlaConfig.model_validate(said).to_policy(_PEOPLE, zone=zone)
    return replace(policy, calendars={name: _calendar(name) for name in calendars})


@cache
def _calendar(name: str) -> WorkingCalendar:
    """One for all stories: compiling its days takes a moment."""
    return CalendarConfig.model_validate(_calendars()[name]).to_calendar(name)


def _case(written: dict[str, Any], zone: str) -> Case:
    return Case(
        case_id="version:1",
        request=Request(written.get("request", "change")),
        segment=written.get("segment", ""),
        priority=written.get("priority", "normal"),
        events=tuple(_event(*_moment(text, zone)) for text in written["events"]),
    )


def _event(at: datetime, what: str) -> Event:
    """What happened; of a newer change that overtook this one, as it is told of this one."""
    what = what.removeprefix("newer ").removeprefix("seen, ")
    if what in list(Milestone):
        return Event(kind=EventKind.REACHED, at=at, milestone=Milestone(what))
    if waived := _WAIVED.match(what):
        evidence, clock = waived["evidence"], waived["clock"] or ""
        return Event(kind=EventKind.WAIVED, at=at, evidence=evidence, clock=clock)
    waits, answers = _WAITS.match(what), _ANSWERS.match(what)
    told = waits or answers
    assert told, what
    return Event(
        kind=EventKind.PAUSED if waits else EventKind.RESUMED,
        at=at,
        cause=Cause(told["cause"]),
        reference=told["reference"] or "",
    )


def _moment(text: str, zone: str) -> tuple[datetime, str]:
    """A time and what is said of it; the day of the week must be the right one."""
    found = _WHEN.match(text)
    assert found, text
    shown = datetime.fromisoformat(found["at"])
    assert f"{shown:%a}" == found["day"], text
    local = shown.replace(tzinfo=ZoneInfo(found["zone"] or zone), fold=1 if found["again"] else 0)
    return local.astimezone(UTC), found["what"] or ""
