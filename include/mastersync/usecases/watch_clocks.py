"""Reading a client's SLA clocks again: those alone that may say something else than before."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.records.hashing import digest
from mastersync.domain.sla.columns import columns_of, readings_of
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.measure import ticks
from mastersync.domain.sla.model import ClockReading, ClockState, SlaPolicy, Unit
from mastersync.domain.sla.outlook import rung
from mastersync.ports.sla import KeptClock, Watch
from mastersync.ports.store import Store
from mastersync.usecases.escalate_clocks import escalate
from mastersync.usecases.trace_cases import TracedCase, trace_cases

_CASES_AT_ONCE: Final = 5_000
_LATE_COMMITS: Final = timedelta(minutes=5)  # a fact's transaction may end after we had looked
_SOON: Final = timedelta(minutes=1)
_SHORTEST_DAY: Final = 3_600  # seconds of work


def watch_clocks(store: Store, rules: ClientRules, *, now: datetime) -> dict[str, int]:
    """Read the clocks that facts or time may have changed, keep them, and tell whom it concerns.

    When the promises themselves were changed, all clocks are read again. Done twice, or by two at
    once, it comes to the same. Returns counts; none for a client that was promised nothing.
    """
    policy = rules.sla
    if policy is None:
        return {}
    promises = promises_of(policy, rules.policy_version)
    with store.begin() as unit:
        last = unit.sla.watch()
        since = None if last is None or last.promises != promises else last.watched_at
        touched = unit.sla.touched(since=since and since - _LATE_COMMITS, now=now)
    clocks = tickets = 0
    for chunk in _chunks(touched):
        with store.begin() as unit:
            unit.sla.watch()
            before = unit.sla.of_cases(chunk)
            traced = trace_cases(unit.sla, policy, chunk)
            after = list(_clocks(traced, policy, tells=rules.release.delivers, now=now))
            unit.sla.keep(chunk, after)
            tickets += escalate(
                unit.tickets,
                policy,
                client_id=rules.client_id,
                before=before,
                after=after,
                now=now,
            )
            clocks += len(after)
    with store.begin() as unit:
        unit.sla.keep_watch(Watch(promises=promises, watched_at=now))
    return {"cases": len(touched), "clocks": clocks, "tickets": tickets}


def promises_of(policy: SlaPolicy, policy_version: str) -> str:
    """Return what stands for all that clocks are read by.

    Conditions of priorities have no text of their own, so the whole configuration stands for them.
    """
    said = [policy.clauses, policy.calendars, policy.ladder]
    return digest([*map(repr, said), policy_version if policy.priorities else ""]).hex()[:16]


def _clocks(
    traced: Sequence[TracedCase], policy: SlaPolicy, *, tells: bool, now: datetime
) -> Iterator[KeptClock]:
    """Yield the clocks of cases; ``tells`` says whether anybody hears of them."""
    by_id = {one.case.case_id: one for one in traced}
    cases = [one.case for one in traced]
    clocks = read_clocks(columns_of(cases, now=now), policy, now=now)
    for reading in readings_of(clocks, cases, policy):
        one = by_id[reading.case_id]
        reached = rung(reading, policy.ladder) if tells else None
        yield KeptClock(
            case_id=reading.case_id,
            clock=reading.clause.clock,
            clause=reading.clause.key,
            request=one.case.request,
            segment=one.case.segment,
            priority=one.case.priority,
            record_id=one.found.record_id,
            customer_id=one.found.customer_id,
            state=reading.state,
            started_at=reading.started_at,
            due_at=reading.due_at,
            stopped_at=reading.stopped_at,
            decided_at=reading.decided_at,
            used=reading.used,
            rung=None if reached is None else reached.at,
            look_at=_look_at(reading, policy, now=now),
        )


def _look_at(reading: ClockReading, policy: SlaPolicy, *, now: datetime) -> datetime | None:
    """Return when time alone may change what a clock says: not before, if perhaps later.

    Time that counts never runs faster than the wall's, so what is left of it to the next rung is
    a lower bound, whatever the calendar.
    """
    if reading.state is not ClockState.RUNNING or reading.due_at is None:
        return None
    is_late = reading.due_at + timedelta(seconds=1)
    shares = [float(rung.at) for rung in policy.ladder if rung.at > reading.used]
    if not shares:
        return is_late
    allowance = reading.clause.within
    whole = (
        float(allowance.amount) * _SHORTEST_DAY
        if allowance.unit is Unit.WORKING_DAYS
        else ticks(allowance)
    )
    left = timedelta(seconds=(min(shares) - reading.used) * whole)
    return min(is_late, now + max(_SOON, left))


def _chunks(case_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(case_ids), _CASES_AT_ONCE):
        yield case_ids[start : start + _CASES_AT_ONCE]
