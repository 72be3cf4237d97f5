from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.model import Case, Event, EventKind, Milestone, Request
from mastersync.domain.sla.outlook import Station, forecast, rung
from promises import CONFIRMED, LADDER, PUSHED, promised

POLICY = promised(PUSHED)  # eight working hours, 09:00 to 17:00 in Berlin
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)  # 09:00 there
HOUR = timedelta(hours=1)


def reading(*events, now, policy=POLICY):
    case = Case(case_id="version:1", request=Request.CHANGE, events=(*events,))
    return read_case(case, policy, now=now)[0]


def at(milestone, when):
    return Event(kind=EventKind.REACHED, milestone=milestone, at=when)


SEEN = at(Milestone.SEEN, MONDAY)


def station(name="review", usual=HOUR, slow=2 * HOUR, **rest):
    return Station(name=name, usual=usual, slow=slow, **rest)


def outlook(*stations, now, policy=POLICY):
    return forecast(reading(SEEN, now=now, policy=policy), stations, policy, now=now)


def test_what_is_left_to_do_in_time_is_no_breach():
    found = outlook(station(), station("push", HOUR / 60, HOUR / 30), now=MONDAY + HOUR)

    assert (found.late, found.at_risk) == (False, False)
    assert found.expected_at == MONDAY + 2 * HOUR + HOUR / 60


def test_a_forecast_counts_working_time_only():
    found = outlook(station(usual=2 * HOUR), now=MONDAY + 7 * HOUR)

    assert found.expected_at == MONDAY + 25 * HOUR  # Tuesday, 10:00
    assert found.late
    assert found.words.startswith("Will likely be late: done by Tue 24 Nov 2026 10:00")
    assert "due Mon 23 Nov 2026 17:00" in found.words


def test_one_that_is_late_only_when_things_go_slowly_is_at_risk():
    found = outlook(station(usual=HOUR, slow=4 * HOUR), now=MONDAY + 5 * HOUR)

    assert (found.late, found.at_risk) == (False, True)
    assert found.words.startswith("May be late")


def test_done_exactly_when_it_is_due_is_in_time():
    assert not outlook(station(usual=3 * HOUR), now=MONDAY + 5 * HOUR).late


def test_a_long_queue_counts_more_than_what_was_usual():
    found = outlook(station(ahead=12, per_hour=4.0, seen=30), now=MONDAY + 6 * HOUR)

    assert found.late
    assert "Review usually takes 1 h (30 seen lately)" in found.words
    assert "12 are ahead, which takes 3 h" in found.words


def test_a_queue_whose_pace_nobody_knows_is_not_looked_at():
    assert outlook(station(ahead=500), now=MONDAY).expected_at == MONDAY + HOUR


def test_one_case_ahead_is_told_as_one():
    assert "1 is ahead" in outlook(station(ahead=1, per_hour=4.0), now=MONDAY).words


def test_where_nobody_knows_how_long_it_takes_no_time_is_promised():
    unknown = station("the customer's answer", timedelta(0), timedelta(0))
    found = outlook(unknown, now=MONDAY)

    assert (found.late, found.at_risk) == (False, False)
    assert found.verdict == "Cannot be told yet"
    assert "The customer's answer: none was seen lately." in found.words


def test_what_is_late_without_the_unknown_is_late_with_it():
    unknown = station("the customer's answer", timedelta(0), timedelta(0))

    assert outlook(unknown, station(usual=9 * HOUR), now=MONDAY).late


def test_a_forecast_is_told_to_the_minute_and_once_when_slow_is_no_slower():
    found = outlook(station(usual=HOUR + HOUR / 3600, slow=HOUR + HOUR / 3600), now=MONDAY)

    assert found.verdict == "Will likely be met: done by Mon 23 Nov 2026 10:01"


def test_nothing_left_is_done_at_once():
    found = outlook(now=MONDAY + HOUR)

    assert found.expected_at == MONDAY + HOUR
    assert "Nothing is left to do." in found.words


def test_a_clock_of_the_wall_is_forecast_by_the_wall():
    policy = promised(CONFIRMED)
    asked = at(Milestone.ASKED, MONDAY)
    now = MONDAY + 9 * HOUR
    found = forecast(reading(asked, now=now, policy=policy), [station()], policy, now=now)

    assert found.expected_at == now + HOUR


@pytest.mark.parametrize(
    ("events", "now"),
    [
        ((SEEN,), MONDAY + 30 * HOUR),  # late
        ((SEEN, at(Milestone.PUSHED, MONDAY + HOUR)), MONDAY + 2 * HOUR),
        ((SEEN, Event(kind=EventKind.WAIVED, at=MONDAY)), MONDAY + HOUR),
        ((at(Milestone.CHANGED, MONDAY),), MONDAY + HOUR),
        ((SEEN, Event(kind=EventKind.PAUSED, at=MONDAY, cause="agency")), MONDAY + HOUR),
    ],
)
def test_only_a_clock_that_runs_is_forecast(events, now):
    assert forecast(reading(*events, now=now), [station()], POLICY, now=now) is None


@pytest.mark.parametrize(
    ("passed", "to"),
    [
        (timedelta(hours=3, minutes=59), None),
        (timedelta(hours=4), "operator"),
        (timedelta(hours=6, minutes=23), "operator"),
        (timedelta(hours=6, minutes=24), "line_manager"),
        (timedelta(hours=8), "account_manager"),
        (timedelta(days=3), "account_manager"),
    ],
)
def test_the_ladder_is_climbed_by_the_share_that_is_used(passed, to):
    step = rung(reading(SEEN, now=MONDAY + passed), LADDER)

    assert (step.to if step else None) == to


def test_the_order_of_the_ladder_in_the_file_makes_no_difference():
    late = reading(SEEN, now=MONDAY + 30 * HOUR)

    assert rung(late, LADDER[::-1]) == rung(late, LADDER)


def test_a_clock_that_is_over_is_on_no_rung():
    done = at(Milestone.PUSHED, MONDAY + 30 * HOUR)
    waived = Event(kind=EventKind.WAIVED, at=MONDAY + 2 * HOUR)
    later = MONDAY + 40 * HOUR

    assert rung(reading(SEEN, done, now=later), LADDER) is None
    assert rung(reading(SEEN, waived, now=later), LADDER) is None
    assert rung(reading(now=later), LADDER) is None


def test_a_paused_clock_stays_on_its_rung():
    paused = Event(kind=EventKind.PAUSED, at=MONDAY + 5 * HOUR, cause="agency")
    found = rung(reading(SEEN, paused, now=MONDAY + 200 * HOUR), LADDER)

    assert found.to == "operator"


def test_a_rung_may_lie_beyond_the_due_time():
    ladder = (*LADDER, replace(LADDER[-1], at=Decimal("1.5"), to="legal"))

    assert rung(reading(SEEN, now=MONDAY + 27 * HOUR), ladder).to == "account_manager"
    assert rung(reading(SEEN, now=MONDAY + 28 * HOUR), ladder).to == "legal"
