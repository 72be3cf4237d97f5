"""Whose turn it is, when many wait for one worker.

Weighted fair queueing by time (Demers, Keshav and Shenker 1989): each has used so much of the
worker's time, divided by its share; the one that has used least is next. Whoever waits is behind
each other by one turn at most, however much that one has to do.
"""

from collections.abc import Mapping


class FairShare:
    """Keeps count of what each has used."""

    def __init__(self) -> None:
        self._used: dict[str, float] = {}
        self._newest = 0.0

    def next(self, waiting: Mapping[str, float]) -> str:
        """Return whose turn it is among those that wait (name → share); the first if even.

        Whoever comes, or comes back, starts level with the others: time not used is not saved up.
        """
        for name in waiting:
            self._used[name] = max(self._used.get(name, 0.0), self._newest)
        return min(waiting, key=lambda name: self._used[name])

    def charge(self, name: str, *, cost: float, share: float) -> None:
        """Count what a turn took (in any unit that is the same for all)."""
        self._newest = self._used[name]
        self._used[name] += cost / share
