"""Changes that newer ones overtook before they were pushed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mastersync.domain.sla.model import Case, Event, EventKind
from mastersync.domain.sla.pauses import pauses_of


def carry_over(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases, those overtaken with what became of the cases that overtook them.

    What an overtaken case had not reached it reaches when its successor does, and from the moment
    that it was overtaken it waits whenever its successor waits. So no newer change sets a clock
    back. A waiver is of the case that it names alone.
    """
    by_id = {case.case_id: case for case in cases}
    carried: dict[str, Case] = {}
    for case in cases:
        line = list(_line(case, by_id))
        for overtaken in reversed(line):
            if overtaken.case_id not in carried:
                successor = carried.get(overtaken.superseded_by)
                carried[overtaken.case_id] = _carried(overtaken, successor)
    return tuple(carried[case.case_id] for case in cases)


def _line(case: Case, by_id: Mapping[str, Case]) -> Iterator[Case]:
    """Yield a case, the one that overtook it, the one that overtook that, and so on."""
    seen: set[str] = set()
    here: Case | None = case
    while here is not None and here.case_id not in seen:
        seen.add(here.case_id)
        yield here
        here = by_id.get(here.superseded_by)


def _carried(case: Case, successor: Case | None) -> Case:
    if successor is None or case.superseded_at is None:
        return case
    at = case.superseded_at
    own = [event for event in case.events if event.kind not in _WAITS or event.at < at]
    return replace(case, events=(*own, *_ended(own, at), *_taken_over(own, successor, at)))


_WAITS = frozenset({EventKind.PAUSED, EventKind.RESUMED})


def _ended(events: Sequence[Event], at: datetime) -> Iterator[Event]:
    """Yield the ends of what the case waited for until it was overtaken."""
    for event in events:
        if event.kind is EventKind.PAUSED:
            yield replace(event, kind=EventKind.RESUMED, at=at)


def _taken_over(own: Sequence[Event], successor: Case, at: datetime) -> Iterator[Event]:
    """Yield what the successor reached and waited for, none of it before ``at``."""
    passed = {event.milestone for event in own if event.kind is EventKind.REACHED}
    for event in successor.events:
        if event.kind is EventKind.REACHED and event.milestone not in passed:
            yield replace(event, at=max(event.at, at))
    for number, pause in enumerate(pauses_of(successor.events)):
        if pause.until is None or pause.until > at:
            wait = Event(
                kind=EventKind.PAUSED,
                at=max(pause.since, at),
                cause=pause.cause,
                reference=f"{successor.case_id}/{number}",
                evidence=pause.evidence,
            )
            yield wait
            if pause.until is not None:
                yield replace(wait, kind=EventKind.RESUMED, at=pause.until)
