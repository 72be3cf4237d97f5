from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.columns import columns_of, readings_of
from mastersync.domain.sla.many_clocks import read_clocks
from unit.domain.sla.invented import cases, moments, policies


def one_by_one(happened, policy, now):
    return [
        replace(reading, paused=(), waiver=None)
        for case in happened
        for reading in read_case(case, policy, now=now)
    ]


@settings(max_examples=200)
@given(policy=policies(), happened=some.lists(cases(), max_size=8), now=moments)
def test_many_clocks_say_what_each_says_alone(policy, happened, now):
    together = read_clocks(columns_of(happened, now=now), policy, now=now)

    assert list(readings_of(together, happened, policy)) == one_by_one(happened, policy, now)


@given(policy=policies(), happened=some.lists(cases(), min_size=1, max_size=5), now=moments)
def test_columns_with_what_happened_later_say_the_same(policy, happened, now):
    later = now + timedelta(days=90)

    looking_back = read_clocks(columns_of(happened, now=later), policy, now=now)

    assert list(readings_of(looking_back, happened, policy)) == one_by_one(happened, policy, now)
