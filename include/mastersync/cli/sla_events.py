"""The raw events of cases as CSV: with the clauses, all that it takes to reckon a report again."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TextIO

from mastersync.domain.sla.model import EventKind
from mastersync.usecases.trace_cases import TracedCase

COLUMNS = (
    *("case_id", "request", "segment", "priority", "subject", "at", "event"),
    *("milestone", "cause", "clock", "reference", "evidence"),
)


class EventsFile:
    """An event a line, in the order of time within each case; times are UTC.

    Beside what clocks are read from (``reached``, ``paused``, ``resumed``, ``waived``) there is
    what that follows from: each write (``written``, ``read_back``), and each wait, also of our
    own house, which stops no clock (``waited``, ``went_on``).
    """

    def __init__(self, stream: TextIO) -> None:
        self._writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        self._writer.writeheader()

    def write(self, cases: Iterable[TracedCase]) -> None:
        """Write the events of some cases."""
        for traced in cases:
            of_case = {
                "case_id": traced.case.case_id,
                "request": traced.case.request.value,
                "segment": traced.case.segment,
                "priority": traced.case.priority,
                "subject": traced.found.subject,
            }
            self._writer.writerows(of_case | row for row in event_rows(traced))


def event_rows(traced: TracedCase) -> Sequence[dict[str, str]]:
    """Return what happened to a case, in the order of time."""
    rows = [*_events(traced), *_writes(traced), *_waits(traced)]
    return [row | {"at": at.isoformat()} for at, row in sorted(rows, key=lambda row: row[0])]


def _events(traced: TracedCase) -> Iterator[tuple[datetime, dict[str, str]]]:
    for event in traced.case.events:
        yield (
            event.at,
            {
                "event": event.kind.value,
                "milestone": event.milestone.value if event.milestone else "",
                "cause": event.cause.value if event.cause else "",
                "clock": event.clock if event.kind is EventKind.WAIVED else "",
                "reference": event.reference,
                "evidence": event.evidence,
            },
        )


def _writes(traced: TracedCase) -> Iterator[tuple[datetime, dict[str, str]]]:
    for write in traced.writes:
        reference = f"effect:{write.effect_id}"
        if write.settled_at is not None:
            done = f"to {write.target}" if write.is_written else f"{write.target} needs it no more"
            yield write.settled_at, _row("written", reference, done)
        if write.read_back_at is not None:
            yield write.read_back_at, _row("read_back", reference, f"from {write.target}")


def _waits(traced: TracedCase) -> Iterator[tuple[datetime, dict[str, str]]]:
    for wait in traced.waits:
        what = f"for {wait.waiting_for}" if wait.waiting_for else "set aside"
        yield wait.since, _row("waited", wait.cause, what)
        if wait.until is not None:
            yield wait.until, _row("went_on", wait.cause, "")


def _row(event: str, reference: str, evidence: str) -> dict[str, str]:
    return {"event": event, "reference": reference, "evidence": evidence}
