"""What a higher or lower bar for automatic merges would cost in review, and bring in precision."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mastersync.dedupe_files.outcome import SAME
from mastersync.dedupe_files.report.geometry import Chart, Label, Line, Scale

_WIDTH, _HEIGHT = 520.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 500.0, 18.0, 206.0
_POINTS = 120
_TICKS = 4


@dataclass(frozen=True, kw_only=True)
class TradeOff:
    """Expected precision of automatic merges, and the share of records that people look at."""

    bar: float
    precision: float
    review_share: float


def trade_offs(pairs: pd.DataFrame, *, records: int) -> list[TradeOff]:
    """Return what each possible bar gives, the lowest bar first, by the pairs' own scores.

    Args:
        pairs: Those that are merged or to be reviewed, the strongest first.
    """
    score = pairs["score"].to_numpy(dtype=np.float64)
    if not len(score) or not records:
        return []
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    right_so_far = np.cumsum(score) / np.arange(1, len(score) + 1)
    # How many records the pairs from a position to the end bring: counted at their last pair.
    ends = np.stack([left, right], axis=1).ravel()
    last = np.zeros(len(ends), dtype=bool)
    last[len(ends) - 1 - np.unique(ends[::-1], return_index=True)[1]] = True
    waiting = np.cumsum(last.reshape(-1, 2).sum(axis=1)[::-1])[::-1]
    steps = np.unique(np.linspace(0, len(score) - 1, _POINTS, dtype=np.int64))
    found = [
        TradeOff(
            bar=float(score[step]),
            precision=float(right_so_far[step]),
            review_share=float(waiting[step + 1] / records if step + 1 < len(score) else 0.0),
        )
        for step in steps
    ]
    return found[::-1]


def chosen_trade_off(pairs: pd.DataFrame, *, records: int) -> TradeOff | None:
    """Return the trade-off of the bar that was used; None without any pair."""
    same = (pairs["band"] == SAME).to_numpy()
    if not records or not len(same):
        return None
    score = pairs["score"].to_numpy(dtype=np.float64)
    review = pairs[~same]
    return TradeOff(
        bar=float(score[same].min(initial=1.0)),
        precision=float(score[same].mean()) if same.any() else 1.0,
        review_share=len(np.union1d(review["left"], review["right"])) / records,
    )


def trade_off_chart(found: list[TradeOff], chosen: TradeOff | None) -> Chart:
    """Draw precision against review load, and where this run stands."""
    shown = [*found, *([chosen] if chosen else [])]
    most = max((one.review_share for one in shown), default=0.01) or 0.01
    least = min((one.precision for one in shown), default=0.9)
    x = Scale(low=0, high=most * 1.05, start=_LEFT, end=_RIGHT)
    y = Scale(low=min(least, 0.99) - (1 - least) * 0.08, high=1.0, start=_BOTTOM, end=_TOP)
    lines, labels = [], []
    for number in range(_TICKS + 1):
        share, precision = x.high * number / _TICKS, y.low + (1 - y.low) * number / _TICKS
        lines.append(Line(x1=_LEFT, y1=y.at(precision), x2=_RIGHT, y2=y.at(precision)))
        labels.append(
            Label(x=_LEFT - 8, y=y.at(precision) + 4, text=f"{precision:.1%}", kind="end")
        )
        labels.append(Label(x=x.at(share), y=_BOTTOM + 18, text=f"{share:.1%}", kind="middle"))
    labels.append(
        Label(x=(_LEFT + _RIGHT) / 2, y=_HEIGHT - 6, text="records to review", kind="axis")
    )
    points = sorted((one.review_share, one.precision) for one in found)
    path = "M" + " L".join(f"{x.at(share)} {y.at(precision)}" for share, precision in points)
    dot = chosen and Label(
        x=x.at(chosen.review_share),
        y=y.at(chosen.precision),
        text=f"this run: {chosen.precision:.2%} right, {chosen.review_share:.1%} to review",
        kind="start" if chosen.review_share < x.high / 2 else "end",
    )
    return Chart(
        width=_WIDTH,
        height=_HEIGHT,
        summary=dot.text if dot else "no pairs",
        lines=lines,
        labels=labels,
        path=path if points else "",
        dot=dot,
    )
