"""A token bucket: how often one system may be asked."""

import threading
import time


class RateLimit:
    """Lets ``burst`` requests pass at once and ``per_second`` in the long run; thread-safe."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._tokens = float(burst)
        self._counted_at = time.monotonic()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Take a token, sleeping until there is one."""
        with self._lock:
            now = time.monotonic()
            earned = (now - self._counted_at) * self._per_second
            self._tokens = min(self._burst, self._tokens + earned) - 1.0
            self._counted_at = now
            pause = max(0.0, -self._tokens / self._per_second)
        time.sleep(pause)
