"""Stretches in which a case waits for somebody else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import itemgetter

from mastersync.domain.sla.model import Cause, Event, EventKind, Paused
from mastersync.domain.sla.working_time import instant, seconds


def pauses_of(events: Iterable[Event]) -> list[Paused]:
    """Return the pauses of a case, in the order of time; they may overlap.

    A pause lasts until the next resumption of its cause and reference. A pause and a resumption in
    one second cancel each other, so that nothing hangs on the order of events.
    """
    said: dict[tuple[Cause, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.cause and event.kind in {EventKind.PAUSED, EventKind.RESUMED}:
            said[event.cause, event.reference].append(event)
    found = [pause for (cause, _), waits in said.items() for pause in _waits(cause, waits)]
    return sorted(found, key=lambda pause: (pause.since, pause.cause, pause.evidence))


def _waits(cause: Cause, events: Iterable[Event]) -> Iterator[Paused]:
    by_moment: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        by_moment[seconds(event.at)].append(event)
    began: Paused | None = None
    for at, together in sorted(by_moment.items(), key=itemgetter(0)):
        kinds = {event.kind for event in together}
        if kinds == {EventKind.PAUSED} and began is None:
            evidence = "; ".join(sorted({event.evidence for event in together} - {""}))
            began = Paused(cause=cause, since=instant(at), until=None, evidence=evidence)
        elif kinds == {EventKind.RESUMED} and began is not None:
            yield replace(began, until=instant(at))
            began = None
    if began is not None:
        yield began


def merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches without overlap, in the order of time: what either covers, once."""
    found: list[tuple[int, int]] = []
    for since, until in sorted(stretches):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found
