from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mastersync.domain.sla.calendar import WorkingCalendar
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.model import Cause, ClockState, Event, EventKind
from mastersync.domain.sla.working_time import seconds
from mastersync.errors import RuleError
from unit.domain.sla.invented import CALENDARS, calendars, cases, hours, moments, policies

MINUTE = timedelta(minutes=1)
counted = some.sampled_from(["hours", "days"])


def works(calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether a minute is one of work, from what people know of clocks and days alone."""
    shown = at.astimezone(ZoneInfo(calendar.zone)).replace(tzinfo=None)
    for ago in (0, 1):
        day = shown.date() - timedelta(days=ago)
        minute = int((shown - datetime.combine(day, datetime.min.time())).total_seconds()) // 60
        if any(span.opens <= minute < span.closes for span in calendar.hours_on(day)):
            return True
    return False


@given(calendar=calendars, since=hours, count=some.integers(0, 60 * 48))
@settings(max_examples=60)
def test_working_time_is_the_minutes_of_work(calendar, since, count):
    minutes = sum(works(calendar, since + number * MINUTE) for number in range(count))

    assert calendar.hours.elapsed(since, since + count * MINUTE) == minutes * 60


@given(calendar=calendars, unit=counted, times=some.lists(moments, min_size=3, max_size=3))
def test_elapsed_is_additive_and_monotone(calendar, unit, times):
    time = getattr(calendar, unit)
    first, second, third = sorted(times)

    assert time.elapsed(first, second) + time.elapsed(second, third) == time.elapsed(first, third)
    assert 0 <= time.elapsed(first, second) <= time.elapsed(first, third)
    assert time.elapsed(third, first) == 0


@given(calendar=calendars, unit=counted, since=moments, ticks=some.integers(1, 40 * 3_600))
def test_after_is_the_first_moment_at_which_so_much_has_passed(calendar, unit, since, ticks):
    time = getattr(calendar, unit)
    ticks *= 1 if unit == "hours" else 100_000

    due = time.after(since, ticks)

    assert time.elapsed(since, due) >= ticks
    assert time.elapsed(since, due - timedelta(seconds=1)) < ticks
    if unit == "hours":
        assert time.elapsed(since, due) == ticks


@given(calendar=calendars, unit=counted, since=moments, until=moments)
def test_after_undoes_elapsed(calendar, unit, since, until):
    time = getattr(calendar, unit)
    ticks = time.elapsed(since, until)

    back = time.after(since, ticks)

    assert back <= max(since, until)
    assert time.elapsed(since, back) == ticks


@given(calendar=calendars, unit=counted, at=some.lists(moments, max_size=20))
def test_columns_of_moments_count_as_single_ones(calendar, unit, at):
    time = getattr(calendar, unit)
    column = np.array([seconds(one) for one in at], dtype=np.int64)

    ticks = time.tick_column(column)

    assert ticks.tolist() == [time.tick(one) for one in column.tolist()]
    worked = ticks[ticks > 0]
    assert time.moment_column(worked).tolist() == [time.moment(one) for one in worked.tolist()]


@given(calendar=calendars, at=moments)
def test_what_counts_later_counts_from_an_opening(calendar, at):
    counts_from = calendar.counts_from(seconds(at))

    assert counts_from >= seconds(at)
    if counts_from > seconds(at):
        assert counts_from in calendar.hours.opens
    assert calendar.counts_from(counts_from) == counts_from


@given(policy=policies(), case=cases(), now=moments, order=some.randoms())
def test_the_order_of_events_makes_no_difference(policy, case, now, order):
    shuffled = list(case.events)
    order.shuffle(shuffled)

    assert read_case(replace(case, events=tuple(shuffled)), policy, now=now) == read_case(
        case, policy, now=now
    )


@given(
    policy=policies(),
    case=cases(),
    now=moments,
    pause=some.tuples(moments, moments, some.sampled_from(list(Cause))),
)
def test_a_pause_never_shortens_what_is_due_nor_lengthens_what_is_used(*, policy, case, now, pause):
    # Changes of clause are left out: a pause may keep a clock from being late before one.
    policy = replace(
        policy,
        clauses=tuple(replace(one, since=None, until=None) for one in policy.clauses),
    )
    since, until, cause = min(pause[:2]), max(pause[:2]), pause[2]
    wait = Event(kind=EventKind.PAUSED, at=since, cause=cause, reference="more")
    more = (*case.events, wait, replace(wait, kind=EventKind.RESUMED, at=until))

    before = read_case(case, policy, now=now)
    after = read_case(replace(case, events=more), policy, now=now)

    for was, became in zip(before, after, strict=True):
        assert (was.due_at is None) == (became.due_at is None)
        assert was.due_at is None or became.due_at >= was.due_at
        assert became.used <= was.used
        assert became.elapsed <= was.elapsed
        assert not (was.state is ClockState.MET and became.state is ClockState.LATE)


@given(policy=policies(), case=cases(), now=moments, later=moments)
def test_what_is_decided_stays_decided(policy, case, now, later):
    now, later = sorted((now, later))
    closed = replace(case, events=tuple(e for e in case.events if e.kind is not EventKind.WAIVED))

    then = {one.clause.clock: one for one in read_case(closed, policy, now=now)}
    since = {one.clause.clock: one for one in read_case(closed, policy, now=later)}

    for clock, reading in then.items():
        if reading.decided_at is not None:
            assert since[clock].decided_at == reading.decided_at
            assert since[clock].clause == reading.clause
            assert since[clock].state is reading.state


@given(policy=policies(), case=cases(), now=moments)
def test_a_clock_is_late_exactly_when_its_due_time_has_passed(policy, case, now):
    for reading in read_case(case, policy, now=now):
        if reading.due_at is None or reading.state is ClockState.WAIVED:
            continue
        end = reading.stopped_at or now.replace(microsecond=0)
        assert (reading.state is ClockState.LATE) == (end > reading.due_at)


def test_a_clock_beyond_its_calendar_is_an_error_that_names_it():
    time = CALENDARS["berlin"].hours

    with pytest.raises(RuleError, match="'berlin', which is known until 31 Dec 2027"):
        time.after(datetime(2027, 12, 30, 12, tzinfo=UTC), 100 * 3_600)
    with pytest.raises(RuleError, match="berlin"):
        time.elapsed(datetime(2027, 12, 30, tzinfo=UTC), datetime(2028, 2, 1, tzinfo=UTC))


def test_a_calendar_without_any_day_of_work_has_no_working_time():
    never = WorkingCalendar(name="never", zone="UTC", week={}, first_year=2026, last_year=2026)
    since, until = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)

    assert never.hours.elapsed(since, until) == 0
    assert never.hours.tick_column(np.array([seconds(since)])).tolist() == [0]
    assert never.hours_on(date(2026, 3, 2)) == ()


@given(policy=policies(), case=cases(), times=some.tuples(moments, moments, moments, moments))
def test_what_is_withdrawn_never_was_from_then_on(policy, case, times):
    paused_at, resumed_at, waived_at, now = times
    told = (
        Event(kind=EventKind.PAUSED, at=paused_at, cause=Cause.CLIENT, reference="pause:1"),
        Event(kind=EventKind.RESUMED, at=resumed_at, cause=Cause.CLIENT, reference="pause:1"),
        Event(kind=EventKind.WAIVED, at=waived_at, reference="waiver:1"),
    )
    taken_back = tuple(
        Event(kind=EventKind.WITHDRAWN, at=now, reference=reference)
        for reference in ("pause:1", "waiver:1")
    )
    withdrawn = replace(case, events=(*taken_back, *case.events, *told))
    standing = replace(case, events=(*case.events, *told))
    before = now - timedelta(seconds=1)

    assert read_case(withdrawn, policy, now=now) == read_case(case, policy, now=now)
    assert read_case(withdrawn, policy, now=before) == read_case(standing, policy, now=before)
