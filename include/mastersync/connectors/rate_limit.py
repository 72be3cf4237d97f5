"""How often one system may be asked: by this process alone, or by all that share a line to it."""

import threading
import time

from mastersync.errors import RetryableError
from mastersync.ports.paces import Line

_TAKEN_AT_ONCE = 0.05  # seconds' worth of places: the store is not asked for each of hundreds


class RateLimit:
    """Lets ``burst`` requests pass at once and ``per_second`` in the long run; thread-safe.

    With a ``line``, that goes for all processes together, and a pause that the system asked one
    of them for is kept by all; one longer than ``longest_wait`` seconds is left to the caller.
    """

    def __init__(
        self,
        *,
        per_second: float,
        burst: int,
        line: Line | None = None,
        longest_wait: float = 30.0,
    ) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._line = line
        self._longest_wait = longest_wait
        self._tokens = float(burst)
        self._places = 0
        self._counted_at = time.monotonic()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Sleep until the next request may be sent.

        Raises:
            RetryableError: Not within ``longest_wait``; nothing was sent.
        """
        with self._lock:
            pause = self._local() if self._line is None else self._shared(self._line)
        time.sleep(pause)

    def defer(self, seconds: float) -> None:
        """Let nobody in the line ask before so many seconds are over."""
        with self._lock:
            self._places = 0
            if self._line is not None:
                self._line.defer(seconds)

    def _local(self) -> float:
        now = time.monotonic()
        earned = (now - self._counted_at) * self._per_second
        self._tokens = min(self._burst, self._tokens + earned) - 1.0
        self._counted_at = now
        return max(0.0, -self._tokens / self._per_second)

    def _shared(self, line: Line) -> float:
        pause = 0.0
        if not self._places:
            count = max(1, int(self._per_second * _TAKEN_AT_ONCE))
            pause = line.reserve(count)
            if pause > self._longest_wait:
                raise RetryableError(
                    f"The system asked for a pause, which lasts {pause:.0f} s more.",
                    next_step="It is tried again then.",
                    retry_after=pause,
                )
            self._places = count
        self._places -= 1
        return pause
