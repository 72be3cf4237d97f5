"""Reading a client's SLA clocks again: those alone that may say something else than before."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.records.hashing import digest
from mastersync.domain.sla.columns import NEVER, ClockColumns, Seconds
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.measure import ticks
from mastersync.domain.sla.model import Allowance, ClockState, SlaPolicy, Unit
from mastersync.domain.sla.outlook import rung_column
from mastersync.domain.sla.working_time import seconds
from mastersync.ports.sla import KeptClocks, SlaFacts, Watch
from mastersync.ports.store import Store
from mastersync.usecases.escalate_clocks import escalate
from mastersync.usecases.trace_cases import find_cases
from mastersync.usecases.trace_columns import columns_of_known

_CASES_AT_ONCE: Final = 5_000
_LATE_COMMITS: Final = timedelta(minutes=5)  # a fact's transaction may end after we had looked
_SOON: Final = 60  # seconds
_FAR: Final = 86_400 * 366
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
            before = unit.sla.on_rungs(chunk)
            kept = _read(unit.sla, policy, chunk, tells=rules.release.delivers, now=now)
            unit.sla.keep(chunk, kept)
            tickets += escalate(
                unit.tickets,
                policy,
                client_id=rules.client_id,
                before=before,
                after=kept.on_rungs(),
                now=now,
            )
            clocks += len(kept)
    with store.begin() as unit:
        unit.sla.keep_watch(Watch(promises=promises, watched_at=now))
    return {"cases": len(touched), "clocks": clocks, "tickets": tickets}


def promises_of(policy: SlaPolicy, policy_version: str) -> str:
    """Return what stands for all that clocks are read by.

    Conditions of priorities have no text of their own, so the whole configuration stands for them.
    """
    said = [policy.clauses, policy.calendars, policy.ladder]
    return digest([*map(repr, said), policy_version if policy.priorities else ""]).hex()[:16]


def _read(
    facts: SlaFacts, policy: SlaPolicy, case_ids: Sequence[str], *, tells: bool, now: datetime
) -> KeptClocks:
    """Read the clocks of cases; ``tells`` says whether anybody hears of them."""
    known = find_cases(facts, policy, case_ids, for_clocks=True)
    cases = columns_of_known(known, policy, now=now)
    clocks = read_clocks(cases, policy, now=now)
    found = [known.found[row] for row in clocks.case.tolist()]
    clauses = [policy.clauses[place] for place in clocks.clause.tolist()]
    rungs = rung_column(clocks, policy.ladder).tolist() if tells else [-1] * len(clocks)
    return KeptClocks(
        case_id=[one.case_id for one in found],
        clock=[clause.clock for clause in clauses],
        clause=[clause.key for clause in clauses],
        request=cases.request[clocks.case].tolist(),
        segment=cases.segment[clocks.case].tolist(),
        priority=cases.priority[clocks.case].tolist(),
        record_id=[one.record_id for one in found],
        customer_id=[one.customer_id for one in found],
        state=clocks.state.tolist(),
        started_at=_or_none(clocks.started_at),
        due_at=_or_none(clocks.due_at),
        stopped_at=_or_none(clocks.stopped_at),
        decided_at=_or_none(clocks.decided_at),
        used=clocks.used.tolist(),
        rung=[None if place < 0 else policy.ladder[place].at for place in rungs],
        look_at=_or_none(_look_at(clocks, policy, now=seconds(now))),
    )


def _look_at(clocks: ClockColumns, policy: SlaPolicy, *, now: int) -> Seconds:
    """Return when time alone may change what each clock says: not before, if perhaps later.

    Time that counts never runs faster than the wall's, so what is left of it to the next rung is
    a lower bound, whatever the calendar.
    """
    shares = np.array([*sorted(float(rung.at) for rung in policy.ladder), np.inf])
    share = shares[np.searchsorted(shares, clocks.used, side="right")]
    whole = np.array([_whole(clause.within) for clause in policy.clauses])[clocks.clause]
    left = np.clip(np.ceil((share - clocks.used) * whole), _SOON, _FAR).astype(np.int64)
    soonest = np.minimum(now + left - 1, clocks.due_at) + 1  # late is what is past its due time
    return np.where(clocks.state == ClockState.RUNNING, soonest, NEVER)


def _whole(allowance: Allowance) -> float:
    """Return how many seconds of the wall an allowance takes at least."""
    if allowance.unit is Unit.WORKING_DAYS:
        return float(allowance.amount) * _SHORTEST_DAY
    return float(ticks(allowance))


def _or_none(at: Seconds) -> list[int | None]:
    return [None if one == NEVER else one for one in at.tolist()]


def _chunks(case_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(case_ids), _CASES_AT_ONCE):
        yield case_ids[start : start + _CASES_AT_ONCE]
