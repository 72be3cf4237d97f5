from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.columns import NEVER, columns_of
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.working_time import instant
from unit.domain.sla.invented import cases, moments, policies


def rows(columns, policy, happened):
    """The readings of columns, as values that can be compared with single ones."""
    times = ("started_at", "counts_from", "due_at", "stopped_at", "decided_at")
    return [
        (
            happened[columns.case[row]].case_id,
            policy.clauses[columns.clause[row]].key,
            columns.state[row],
            *(when(getattr(columns, name)[row]) for name in times),
            timedelta(seconds=int(columns.elapsed[row])),
            columns.used[row],
        )
        for row in range(len(columns.case))
    ]


def when(at):
    return None if at == NEVER else instant(int(at))


def single(reading):
    return (
        reading.case_id,
        reading.clause.key,
        reading.state,
        reading.started_at,
        reading.counts_from,
        reading.due_at,
        reading.stopped_at,
        reading.decided_at,
        reading.elapsed,
        reading.used,
    )


@settings(max_examples=200)
@given(policy=policies(), happened=some.lists(cases(), max_size=8), now=moments)
def test_many_clocks_say_what_each_says_alone(policy, happened, now):
    alone = [single(reading) for case in happened for reading in read_case(case, policy, now=now)]

    together = read_clocks(columns_of(happened, now=now), policy, now=now)

    assert rows(together, policy, happened) == alone


@given(policy=policies(), happened=some.lists(cases(), min_size=1, max_size=5), now=moments)
def test_columns_with_what_happened_later_say_the_same(policy, happened, now):
    later = now + timedelta(days=90)

    then = read_clocks(columns_of(happened, now=now), policy, now=now)
    looking_back = read_clocks(columns_of(happened, now=later), policy, now=now)

    assert rows(looking_back, policy, happened) == rows(then, policy, happened)
    assert np.all(looking_back.case < len(happened))
