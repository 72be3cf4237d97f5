from datetime import timedelta
from itertools import pairwise

from mastersync.domain.effects.patience import FIRST_WAIT, LONGEST_ASKED, LONGEST_WAIT, wait_after


def test_each_wait_is_longer_than_the_last_until_it_is_an_hour_at_most() -> None:
    waits = [wait_after(attempt, of="e1") for attempt in range(1, 60)]

    assert FIRST_WAIT / 2 <= waits[0] <= FIRST_WAIT
    assert all(LONGEST_WAIT / 2 <= wait <= LONGEST_WAIT for wait in waits[8:])
    assert all(later >= earlier for earlier, later in pairwise(waits[:7]))


def test_what_failed_together_does_not_come_back_together() -> None:
    waits = {wait_after(4, of=f"e{number}") for number in range(200)}

    assert len(waits) > 190
    spread = max(waits) - min(waits)
    assert spread > FIRST_WAIT * 8 * 0.4


def test_the_same_attempt_always_waits_the_same() -> None:
    assert wait_after(3, of="e1") == wait_after(3, of="e1") != wait_after(4, of="e1")


def test_what_the_other_side_asked_for_is_kept_but_not_for_a_year() -> None:
    asked = timedelta(minutes=17)

    assert wait_after(1, of="e1", asked_for=asked) == asked
    assert wait_after(1, of="e1", asked_for=timedelta(days=365)) == LONGEST_ASKED
    assert wait_after(1, of="e1", asked_for=timedelta(seconds=1)) >= FIRST_WAIT / 2


def test_no_attempt_is_no_reason_to_fail() -> None:
    assert wait_after(0, of="e1") <= FIRST_WAIT
