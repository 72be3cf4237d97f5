"""How a client's SLA was kept in a stretch of time: from facts alone, so that it can be proved."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.sla.attainment import Attainment, attained, total_credit
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.model import Case, ClockReading, ClockState, Paused, SlaPolicy
from mastersync.domain.sla.tally import Cell, Scope, added_up, tally, within
from mastersync.errors import RuleError
from mastersync.ports.sla import FoundCase, Told
from mastersync.ports.store import Store
from mastersync.usecases.trace_cases import KnownCases, TracedCase, find_cases, trace
from mastersync.usecases.trace_columns import columns_of_known
from mastersync.usecases.watch_clocks import watch_clocks

OnCases = Callable[[Sequence[TracedCase]], None]

_CASES_AT_ONCE: Final = 5_000
_GOING_ON: Final = (ClockState.RUNNING, ClockState.PAUSED)
_TOLD: Final = (ClockState.LATE, ClockState.WAIVED)


@dataclass(frozen=True, kw_only=True)
class ScopeRow:
    """One clause's attainment among the cases of one scope."""

    scope: Scope
    attained: Attainment


@dataclass(frozen=True, kw_only=True)
class Week:
    """The clocks that became sure in a week that begins on ``monday``, in the client's zone."""

    monday: date
    met: int
    late: int
    waived: int

    @property
    def share(self) -> Decimal | None:
        counted = self.met + self.late
        return Decimal(self.met) / counted if counted else None


@dataclass(frozen=True, kw_only=True)
class CaseReading:
    """One clock of a case, with what the case was about."""

    subject: str
    customer_id: str | None
    case: Case
    reading: ClockReading


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A pause or a waiver that was taken back: ``said`` is when it was said."""

    case_id: str
    subject: str
    word: str
    said: datetime
    evidence: str
    withdrawn_at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class SlaReport:
    """What was promised and what was kept in ``[since, until)``, as of ``made_at``.

    ``paused`` are the clocks of the period that stood still, ``late`` those that were late;
    ``withdrawn`` is what was taken back of their cases.
    ``running`` counts the clocks that were not over when the report was made.
    """

    client_id: str
    client_name: str
    policy: SlaPolicy
    since: datetime
    until: datetime
    made_at: datetime
    attained: tuple[Attainment, ...]
    scopes: tuple[ScopeRow, ...]
    weeks: tuple[Week, ...]
    late: tuple[CaseReading, ...]
    waived: tuple[CaseReading, ...]
    paused: tuple[tuple[CaseReading, Paused], ...]
    withdrawn: tuple[Withdrawn, ...]
    running: int

    @property
    def credit(self) -> Decimal:
        """What the client gets back for the period, as a share of the fee."""
        return total_credit(self.attained, self.policy)


def policy_of(rules: ClientRules) -> SlaPolicy:
    """Return what a client was promised.

    Raises:
        RuleError: Nothing was.
    """
    if rules.sla is None:
        raise RuleError(
            f"{rules.name} was promised nothing: its client.yaml has no section 'sla'.",
            next_step="Add the clauses of its contract; docs/sla.md says how.",
        )
    return rules.sla


def report_sla(
    store: Store,
    rules: ClientRules,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    on_cases: OnCases | None = None,
) -> SlaReport:
    """Return how the SLA was kept, read anew from the facts of each case of the period.

    Cases are read some thousands at a time and counted at once; only those that the report tells
    of are looked at one by one. ``on_cases`` gets all of them as they are read.

    Raises:
        RuleError: The client was promised nothing.
    """
    policy = policy_of(rules)
    watch_clocks(store, rules, now=now)
    with store.begin() as unit:
        case_ids = unit.sla.in_period(since, until)
    counted = _Counted(policy=policy, since=since, until=until, now=now)
    for start in range(0, len(case_ids), _CASES_AT_ONCE):
        with store.begin() as unit:
            chunk = case_ids[start : start + _CASES_AT_ONCE]
            known = find_cases(unit.sla, policy, chunk, for_clocks=on_cases is None)
        counted.add(known, on_cases)
    cells, told = counted.cells, counted.told
    return SlaReport(
        client_id=rules.client_id,
        client_name=rules.name,
        policy=policy,
        since=since,
        until=until,
        made_at=now,
        attained=attained(added_up(cells, lambda cell: (cell.clause, cell.state)), policy),
        scopes=tuple(_scopes(cells, policy)),
        weeks=tuple(_weeks(cells, policy, since=since, until=min(until, now))),
        late=_in_order(told, ClockState.LATE),
        waived=_in_order(told, ClockState.WAIVED),
        paused=tuple((one, pause) for one in told for pause in one.reading.paused),
        withdrawn=tuple(counted.withdrawn),
        running=counted.running,
    )


@dataclass(kw_only=True)
class _Counted:
    """What was counted of the cases so far, and the clocks of the period that are told of."""

    policy: SlaPolicy
    since: datetime
    until: datetime
    now: datetime
    cells: Counter[Cell] = field(default_factory=Counter)
    running: int = 0
    told: list[CaseReading] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)

    def add(self, known: KnownCases, on_cases: OnCases | None) -> None:
        """Count some cases, and look at those closely that are told of."""
        cases = columns_of_known(known, self.policy, now=self.now)
        clocks = read_clocks(cases, self.policy, now=self.now)
        self.cells.update(tally(cases, clocks, self.policy, since=self.since, until=self.until))
        self.running += int(np.isin(clocks.state, _GOING_ON).sum())
        sure = within(clocks, since=self.since, until=self.until)
        counted = {
            known.found[row].case_id: known.found[row] for row in np.unique(clocks.case[sure])
        }
        self.withdrawn += _withdrawn(known.told, counted, now=self.now)
        missed = clocks.case[sure & np.isin(clocks.state, _TOLD)]
        rows = np.union1d(missed, np.intersect1d(cases.pauses.case, clocks.case[sure]))
        if on_cases is not None:
            on_cases(trace(known, self.policy, range(len(known.found))))
        for traced in trace(known, self.policy, rows.tolist()):
            self.told += self._told(traced)

    def _told(self, traced: TracedCase) -> Iterator[CaseReading]:
        for reading in read_case(traced.case, self.policy, now=self.now):
            if reading.decided_at is None or not self.since <= reading.decided_at < self.until:
                continue
            if reading.paused or reading.state in _TOLD:
                yield CaseReading(
                    subject=traced.found.subject,
                    customer_id=traced.found.customer_id,
                    case=traced.case,
                    reading=reading,
                )


def _withdrawn(
    told: Sequence[Told], cases: Mapping[str, FoundCase], *, now: datetime
) -> Iterator[Withdrawn]:
    """Yield what was taken back of some cases."""
    for one in told:
        if one.case_id in cases and one.withdrawn_at is not None and one.withdrawn_at <= now:
            yield Withdrawn(
                case_id=one.case_id,
                subject=cases[one.case_id].subject,
                word=one.reference,
                said=one.since,
                evidence=one.evidence,
                withdrawn_at=one.withdrawn_at,
                reason=one.withdrawn_with or "",
            )


def _in_order(read: Sequence[CaseReading], state: ClockState) -> tuple[CaseReading, ...]:
    found = [one for one in read if one.reading.state is state]
    return tuple(sorted(found, key=lambda one: (one.reading.decided_at, one.case.case_id)))


def _scopes(cells: Mapping[Cell, int], policy: SlaPolicy) -> Iterator[ScopeRow]:
    for scope in sorted({cell.scope for cell in cells}):
        mine = {cell: number for cell, number in cells.items() if cell.scope == scope}
        for one in attained(added_up(mine, lambda cell: (cell.clause, cell.state)), policy):
            if one.due:
                # What the client gets back is of a whole clause.
                yield ScopeRow(scope=scope, attained=replace(one, credit=Decimal(0)))


def _weeks(
    cells: Mapping[Cell, int], policy: SlaPolicy, *, since: datetime, until: datetime
) -> Iterator[Week]:
    zone = ZoneInfo(policy.zone)
    counts = added_up(cells, lambda cell: (cell.monday, cell.state))
    monday = _monday(since.astimezone(zone).date())
    while monday <= (until - timedelta(microseconds=1)).astimezone(zone).date():
        yield Week(
            monday=monday,
            met=counts[monday, ClockState.MET],
            late=counts[monday, ClockState.LATE],
            waived=counts[monday, ClockState.WAIVED],
        )
        monday += timedelta(days=7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
