"""How a client's SLA was kept in a stretch of time: from facts alone, so that it can be proved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.sla.attainment import Attainment, attain, total_credit
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.model import Case, ClockReading, ClockState, Paused, SlaPolicy
from mastersync.errors import RuleError
from mastersync.ports.store import Store
from mastersync.usecases.trace_cases import TracedCase, trace_cases
from mastersync.usecases.watch_clocks import watch_clocks

_CASES_AT_ONCE: Final = 5_000


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What attainment is told apart by, beside the clause."""

    request: str
    segment: str
    priority: str


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
class SlaReport:
    """What was promised and what was kept in ``[since, until)``, as of ``made_at``.

    ``paused`` are the clocks of the period that stood still, ``late`` those that were late.
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
    running: int
    cases: tuple[TracedCase, ...]

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
    store: Store, rules: ClientRules, *, since: datetime, until: datetime, now: datetime
) -> SlaReport:
    """Return how the SLA was kept, read anew from the facts of each case of the period.

    Raises:
        RuleError: The client was promised nothing.
    """
    policy = policy_of(rules)
    watch_clocks(store, rules, now=now)
    with store.begin() as unit:
        case_ids = unit.sla.in_period(since, until)
    cases: list[TracedCase] = []
    for start in range(0, len(case_ids), _CASES_AT_ONCE):
        with store.begin() as unit:
            cases += trace_cases(unit.sla, policy, case_ids[start : start + _CASES_AT_ONCE])
    read = [
        CaseReading(
            subject=traced.found.subject,
            customer_id=traced.found.customer_id,
            case=traced.case,
            reading=reading,
        )
        for traced in cases
        for reading in read_case(traced.case, policy, now=now)
    ]
    sure = [one for one in read if _is_within(one.reading.decided_at, since, until)]
    return SlaReport(
        client_id=rules.client_id,
        client_name=rules.name,
        policy=policy,
        since=since,
        until=until,
        made_at=now,
        attained=attain((one.reading for one in sure), policy, since=since, until=until),
        scopes=tuple(_scopes(sure, policy, since=since, until=until)),
        weeks=tuple(_weeks(sure, policy, since=since, until=min(until, now))),
        late=_in_order(sure, ClockState.LATE),
        waived=_in_order(sure, ClockState.WAIVED),
        paused=tuple((one, pause) for one in sure for pause in one.reading.paused),
        running=sum(one.reading.state in {ClockState.RUNNING, ClockState.PAUSED} for one in read),
        cases=tuple(cases),
    )


def _is_within(at: datetime | None, since: datetime, until: datetime) -> bool:
    return at is not None and since <= at < until


def _in_order(read: Sequence[CaseReading], state: ClockState) -> tuple[CaseReading, ...]:
    found = [one for one in read if one.reading.state is state]
    return tuple(sorted(found, key=lambda one: (one.reading.decided_at, one.case.case_id)))


def _scopes(
    sure: Sequence[CaseReading], policy: SlaPolicy, *, since: datetime, until: datetime
) -> Iterator[ScopeRow]:
    by_scope: dict[Scope, list[ClockReading]] = {}
    for one in sure:
        scope = Scope(
            request=one.case.request, segment=one.case.segment, priority=one.case.priority
        )
        by_scope.setdefault(scope, []).append(one.reading)
    for scope in sorted(by_scope, key=lambda one: (one.request, one.segment, one.priority)):
        for attained in attain(by_scope[scope], policy, since=since, until=until):
            if attained.due:
                # What the client gets back is of a whole clause.
                yield ScopeRow(scope=scope, attained=replace(attained, credit=Decimal(0)))


def _weeks(
    sure: Sequence[CaseReading], policy: SlaPolicy, *, since: datetime, until: datetime
) -> Iterator[Week]:
    zone = ZoneInfo(policy.zone)
    counts: Counter[tuple[date, ClockState]] = Counter(
        (_monday(one.reading.decided_at.astimezone(zone).date()), one.reading.state)
        for one in sure
        if one.reading.decided_at is not None
    )
    monday = _monday(since.astimezone(zone).date())
    while monday <= (until - timedelta(microseconds=1)).astimezone(zone).date():
        yield _week(monday, counts)
        monday += timedelta(days=7)


def _week(monday: date, counts: Mapping[tuple[date, ClockState], int]) -> Week:
    return Week(
        monday=monday,
        met=counts.get((monday, ClockState.MET), 0),
        late=counts.get((monday, ClockState.LATE), 0),
        waived=counts.get((monday, ClockState.WAIVED), 0),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
