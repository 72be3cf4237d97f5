"""The room that a chart by week is drawn in: wide, and narrow for a telephone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mastersync.dedupe_files.report.geometry import Label

_A_NAME = 50.0  # that a date needs, in the letters of a page


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The edges of a drawing and of the plot in it, in the units of its view box.

    The units are about a pixel where the frame is shown, so that words keep their size.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    foot: float
    is_narrow: bool = False

    def named(self, mondays: Sequence[date]) -> Iterator[tuple[int, Label]]:
        """Yield the weeks, by number, that have room for their date, with it below the plot."""
        step = (self.right - self.left) / max(len(mondays), 1)
        every = max(1, -(-_A_NAME // step))
        for number, monday in enumerate(mondays):
            if number % every == 0:
                middle = round(self.left + step * (number + 0.5), 2)
                text = f"{monday.day} {monday:%b}"
                yield number, Label(x=middle, y=self.foot + 18, text=text, kind="middle")
