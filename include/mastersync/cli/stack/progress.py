"""What somebody who waits for the start sees: a line a step, with its seconds."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.status import Status


class Progress:
    """Lines everywhere; on a terminal also what is being waited for."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, soft_wrap=True)
        self._began = time.monotonic()
        self._status: Status | None = None
        self.seconds: dict[str, float] = {}
        self.total_seconds = 0.0  # when the last step was ready

    def ready(self, name: str, *, seconds: float) -> None:
        """Say that a step is done."""
        self.seconds[name] = seconds
        total = self.total_seconds = time.monotonic() - self._began
        mark = "[green]✓[/green]" if self._console.is_terminal else "ready:"
        self._console.print(f"{mark} {name:<24} {seconds:6.1f} s   (after {total:.1f} s)")

    def waiting(self, names: list[str]) -> None:
        """Say what the start waits for; only a terminal shows it."""
        if not self._console.is_terminal:
            return
        text = f"waiting for {', '.join(names)}"
        if self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        self._status.update(text)

    def say(self, text: str) -> None:
        self._console.print(text)

    def finish(self) -> None:
        """Take away what only waiting people need."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step that is done when its block is."""
        self.waiting([name])
        since = time.monotonic()
        yield
        self.ready(name, seconds=time.monotonic() - since)
