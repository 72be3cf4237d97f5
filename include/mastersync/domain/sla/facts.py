"""What was known of a case at a moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.sla.model import Event, EventKind, Milestone, Paused
from mastersync.domain.sla.pauses import pauses_of
from mastersync.domain.sla.working_time import seconds


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What had happened to a case at ``now``, in whole seconds, whatever order it was told in.

    ``reached`` is when each milestone was first reached; ``pauses`` and ``waivers`` are in the
    order of time.
    """

    now: int
    reached: Mapping[Milestone, int]
    pauses: Sequence[Paused]
    waivers: Sequence[Event]


def facts_of(events: Iterable[Event], *, now: datetime) -> Facts:
    """Return what had happened at ``now``; later events are not looked at."""
    until = seconds(now)
    known = [(seconds(event.at), event) for event in events]
    known = [(at, event) for at, event in known if at <= until]
    withdrawn = {event.reference for _, event in known if event.kind is EventKind.WITHDRAWN}
    reached: dict[Milestone, int] = {}
    waits, waivers = [], []
    for at, event in known:
        if event.kind is EventKind.REACHED and event.milestone is not None:
            reached[event.milestone] = min(at, reached.get(event.milestone, at))
        elif event.reference in withdrawn:
            continue
        elif event.kind is EventKind.WAIVED:
            waivers.append(event)
        else:
            waits.append(event)
    waivers.sort(key=lambda event: (event.at, event.clock, event.evidence))
    return Facts(now=until, reached=reached, pauses=pauses_of(waits), waivers=waivers)
