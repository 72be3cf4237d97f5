"""How long to wait before something is tried again."""

from datetime import timedelta

from mastersync.domain.records.hashing import digest

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_ASKED = timedelta(days=1)  # an answer that asks for a year is no reason to wait that long
_DOUBLINGS = 16
_PARTS = 2**16


def wait_after(attempt: int, *, of: str, asked_for: timedelta = timedelta(0)) -> timedelta:
    """Return how long to wait after that many attempts (from 1): twice as long each time.

    It is between half and all of that, by ``of``, which names what is tried: always the same for
    it, and another for others, so that what failed together does not come back together. Never
    less than the other side ``asked_for``, up to a day.
    """
    doublings = min(max(attempt, 1) - 1, _DOUBLINGS)
    longest = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    drawn = int.from_bytes(digest([of, attempt])[:2]) / _PARTS
    return max(longest * (1 + drawn) / 2, min(asked_for, LONGEST_ASKED))
