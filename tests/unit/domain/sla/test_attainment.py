from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mastersync.domain.sla.attainment import attain, attained, total_credit
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.columns import columns_of
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.model import ClockReading, ClockState, CreditTier, SlaPolicy
from mastersync.domain.sla.tally import added_up, tally
from promises import CONFIRMED, PUSHED, promised
from unit.domain.sla.invented import cases, moments, policies

NOVEMBER, DECEMBER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
MID = datetime(2026, 11, 16, 12, tzinfo=UTC)
SURE = (ClockState.MET, ClockState.LATE, ClockState.WAIVED)


def readings(*, met=0, late=0, waived=0, at=MID, clause=PUSHED):
    states = [ClockState.MET] * met + [ClockState.LATE] * late + [ClockState.WAIVED] * waived
    return [
        ClockReading(case_id=f"version:{n}", clause=clause, state=state, decided_at=at)
        for n, state in enumerate(states)
    ]


def pushed(found, policy=None):
    of_november = attain(found, policy or promised(PUSHED), since=NOVEMBER, until=DECEMBER)
    return of_november[0]


def test_waived_clocks_are_due_and_count_neither_for_nor_against():
    one = pushed(readings(met=3, late=1, waived=2))

    assert (one.due, one.met, one.late, one.waived) == (6, 3, 1, 2)
    assert one.share == Decimal("0.75")


def test_a_clause_of_which_nothing_was_due_is_kept_and_costs_nothing():
    one = pushed(readings(waived=3))

    assert (one.share, one.kept, one.credit) == (None, True, 0)


def test_a_share_that_is_the_target_exactly_keeps_it():
    assert pushed(readings(met=19, late=1)).kept
    assert not pushed(readings(met=18, late=1)).kept


@pytest.mark.parametrize(
    ("met", "late", "credit"),
    [(19, 1, "0"), (94, 6, "0.02"), (80, 20, "0.02"), (79, 21, "0.05"), (0, 1, "0.05")],
)
def test_the_highest_credit_that_was_missed_is_due(met, late, credit):
    assert pushed(readings(met=met, late=late)).credit == Decimal(credit)


def test_no_credit_is_due_where_the_target_was_kept_or_none_was_promised():
    modest = promised(replace(PUSHED, target=Decimal("0.5")))
    none = promised(replace(PUSHED, target=None))

    assert pushed(readings(met=6, late=4, clause=modest.clauses[0]), modest).credit == 0
    assert pushed(readings(late=4, clause=none.clauses[0]), none).credit == 0
    assert pushed(readings(late=4, clause=none.clauses[0]), none).kept


def test_a_clock_counts_in_the_period_in_which_it_became_sure():
    last, first = DECEMBER - timedelta(seconds=1), NOVEMBER

    assert pushed(readings(met=1, at=first)).due == pushed(readings(met=1, at=last)).due == 1
    assert pushed(readings(met=1, at=DECEMBER)).due == 0
    assert pushed(readings(met=1, at=first - timedelta(seconds=1))).due == 0


def test_credits_of_all_clauses_add_up_to_the_most_that_was_agreed():
    policy = promised(PUSHED, CONFIRMED)
    missed = readings(late=1) + readings(late=1, clause=CONFIRMED)
    found = attain(missed, policy, since=NOVEMBER, until=DECEMBER)

    assert total_credit(found, policy) == Decimal("0.10")
    assert total_credit(found, replace(policy, most_credit=Decimal("0.08"))) == Decimal("0.08")
    assert total_credit(found, replace(policy, most_credit=Decimal("0.2"))) == Decimal("0.10")


@given(policy=policies(), happened=some.lists(cases(), max_size=8), now=moments, since=moments)
def test_columns_attain_what_single_readings_do_and_periods_add_up(policy, happened, now, since):
    policy = replace(
        policy,
        clauses=tuple(replace(one, target=Decimal("0.9")) for one in policy.clauses),
        credit_tiers=(CreditTier(below=Decimal("0.9"), credit=Decimal("0.1")),),
    )
    single = [one for case in happened for one in read_case(case, policy, now=now)]
    columns = columns_of(happened, now=now)
    many = read_clocks(columns, policy, now=now)
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

    whole = attain(single, policy, since=start, until=end)

    cells = tally(columns, many, policy, since=start, until=end)
    assert attained(added_up(cells, lambda cell: (cell.clause, cell.state)), policy) == whole
    assert added_up(cells, lambda cell: (cell.monday, cell.scope.segment)) == Counter(
        (monday_of(one.decided_at, policy.zone), case.segment)
        for case in happened
        for one in read_case(case, policy, now=now)
        if one.decided_at is not None
    )
    halves = counted(attain(single, policy, since=start, until=since))
    halves.update(counted(attain(single, policy, since=since, until=end)))
    assert halves == counted(whole)
    assert sum(one.due for one in whole) == sum(one.state in SURE for one in single)


def monday_of(at, zone):
    day = at.astimezone(ZoneInfo(zone)).date()
    return day - timedelta(days=day.weekday())


def counted(clauses):
    return Counter(
        {
            (one.clause.key, name): getattr(one, name)
            for one in clauses
            for name in ("met", "late", "waived")
        }
    )


def test_a_policy_without_clauses_attains_nothing():
    empty = SlaPolicy(clauses=(), zone="UTC", calendars={})

    assert attain([], empty, since=NOVEMBER, until=DECEMBER) == ()
