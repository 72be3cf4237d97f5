"""How far a long command is: a bar on a terminal, one line a step elsewhere; on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars


class Progress:
    """Where a run is; bars are None where nobody looks."""

    def __init__(self, console: Console, bars: Bars | None) -> None:
        self._console = console
        self._bars = bars
        self._task = None if bars is None else bars.add_task("", total=None)
        self._step = ""

    def step(self, step: str, share: float | None) -> None:
        """Say what is being done, and the share of it that is done (0.0 to 1.0) if known."""
        if self._bars is not None and self._task is not None:
            if step != self._step:
                self._bars.reset(self._task, total=None, description=step)
            total = None if share is None else 1.0
            self._bars.update(self._task, description=step, total=total, completed=share or 0.0)
        elif step != self._step:
            self._console.print(f"  {step}", markup=False)
        self._step = step


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Show progress on standard error until the block ends."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        yield Progress(console, None)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console, transient=True) as bars:
        yield Progress(console, bars)
