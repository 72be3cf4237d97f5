"""Scales and marks of charts, in the units of their SVG view box."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A filled rectangle; ``kind`` is its class in the style sheet, ``title`` what it says."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Label:
    """A text at a place; ``kind`` is its class."""

    x: float
    y: float
    text: str
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "grid"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing, and what it shows in one sentence for who cannot see it.

    ``lines`` are drawn below the bars, ``over`` above them.
    """

    width: float
    height: float
    summary: str
    bars: Sequence[Bar] = ()
    labels: Sequence[Label] = ()
    lines: Sequence[Line] = ()
    over: Sequence[Line] = ()
    path: str = ""
    dot: Label | None = None


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A linear map from values to places."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value, rounded so that files stay small and the same."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return round(self.start + share * (self.end - self.start), 2)


def log_odds(probability: float) -> float:
    """Return the natural log-odds of a probability strictly between 0 and 1."""
    return math.log(probability / (1 - probability))


def round_step(span: float, ticks: int) -> float:
    """Return the smallest round step of which so many cover a span.

    >>> round_step(0.31, 4), round_step(0.0043, 4)
    (0.1, 0.002)
    """
    power = 10.0 ** math.floor(math.log10(span / ticks))
    factor = next(n for n in (1, 2, 2.5, 5, 10) if n * power * ticks >= span * (1 - 1e-9))
    return round(factor * power, 12)


def counted(count: float) -> str:
    """Return a count as short as an axis needs it.

    >>> counted(950), counted(1200), counted(2000000)
    ('950', '1.2k', '2M')
    """
    for size, suffix in ((1e6, "M"), (1e3, "k")):
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + suffix
    return f"{count:.0f}"
