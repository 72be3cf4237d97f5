"""What the clocks of one case say."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from mastersync.domain.sla.calendar import WorkingCalendar
from mastersync.domain.sla.model import Case, Clause, ClockReading, SlaPolicy


def read_case(case: Case, policy: SlaPolicy, *, now: datetime) -> tuple[ClockReading, ...]:
    """Return what each clock of the case says, in the order of the clauses."""
    raise NotImplementedError


def read_clock(
    case: Case,
    clauses: Sequence[Clause],
    calendars: Mapping[str, WorkingCalendar],
    *,
    now: datetime,
) -> ClockReading | None:
    """Return what one clock of the case says; ``clauses`` are those of that clock.

    None when none of them holds for the case. What happens after ``now`` is not looked at.
    """
    raise NotImplementedError


def carry_over(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases, those overtaken with what became of the cases that overtook them.

    An overtaken case reaches what it had not reached when its successor does, and waits with it.
    """
    raise NotImplementedError
