"""How fast each target is asked, and whether it is well: what all workers of a client share."""

from datetime import datetime, timedelta
from typing import Protocol


class Line(Protocol):
    """The line to one target, in which all who ask it stand; times are in seconds."""

    def reserve(self, count: int) -> float:
        """Take the next places; returns how long to wait for the first."""
        ...

    def defer(self, seconds: float) -> None:
        """Let nobody ask before that is over."""
        ...


class Paces(Protocol):
    """The paces of one client's targets, within one transaction."""

    def reserve(self, target: str, *, count: int, each: timedelta, burst: timedelta) -> timedelta:
        """Take the next ``count`` requests' places, ``each`` apart; returns how long to wait.

        What was not used is saved up for ``burst``. Counted by the store's own clock.
        """
        ...

    def defer(self, target: str, *, wait: timedelta) -> None:
        """Let nobody ask the target before the wait is over."""
        ...

    def note_success(self, target: str, *, now: datetime) -> None:
        """Note that the target took something."""
        ...

    def note_failure(self, target: str) -> int:
        """Note that it took nothing of a turn; returns how often in a row by now."""
        ...

    def rest(self, target: str, *, until: datetime) -> None:
        """Let nothing be claimed for the target until then."""
        ...
