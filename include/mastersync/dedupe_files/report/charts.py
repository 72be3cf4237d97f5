"""The charts of the report, from numbers to marks."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mastersync.dedupe_files.outcome import REVIEW, SAME
from mastersync.dedupe_files.report.geometry import (
    Bar,
    Chart,
    Label,
    Line,
    Scale,
    counted,
    log_odds,
    round_step,
)

NEW = "new"
_WIDTH, _HEIGHT = 520.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 496.0, 14.0, 208.0
_TICKS = 4
_PROBABILITIES = (1e-6, 1e-4, 0.01, 0.5, 0.99, 0.9999)
_WORDS = {SAME: "merged", REVIEW: "to review", NEW: "kept apart"}
_SIZE_GROUPS = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 10), (11, 20), (21, math.inf))
_MOST_FIELDS = 8
_NEXT_TO_NOTHING = 0.05  # log-odds
_ROWS_HEIGHT, _HIGHEST_ROW = 196.0, 40.0


@dataclass(frozen=True, kw_only=True)
class FieldEvidence:
    """How much a field says on average for and against (<= 0) pairs of a band, in log-odds."""

    field: str
    band: str
    pro: float
    contra: float


def score_chart(
    edges: NDArray[np.float64], counts: NDArray[np.int64], *, review: float, same: float
) -> Chart:
    """Draw how many compared pairs have which score, coloured by band.

    Args:
        edges: Of the bins, in log-odds; one more than there are counts.
        review: Log-odds from which a pair is reviewed; ``same`` those from which it is merged.
    """
    most = max(1, int(counts.max(initial=1)))
    x = Scale(low=float(edges[0]), high=float(edges[-1]), start=_LEFT, end=_RIGHT)
    y = Scale(low=0, high=math.log10(1 + most), start=_BOTTOM, end=_TOP)
    bars = []
    found = dict.fromkeys((NEW, REVIEW, SAME), 0)
    for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True):
        middle = (low + high) / 2
        band = SAME if middle >= same else REVIEW if middle >= review else NEW
        found[band] += int(count)
        top, left = y.at(math.log10(1 + count)), x.at(float(low))
        if count:
            bars.append(
                Bar(
                    x=left,
                    y=top,
                    width=round(x.at(float(high)) - left - 1, 2),
                    height=round(_BOTTOM - top, 2),
                    kind=band,
                    title=f"{count:,} pairs {_WORDS[band]}",
                )
            )
    lines, labels = _counts_axis(y, most)
    for probability in _PROBABILITIES:
        if edges[0] <= log_odds(probability) <= edges[-1]:
            place = x.at(log_odds(probability))
            labels.append(Label(x=place, y=_BOTTOM + 18, text=_chance(probability), kind="middle"))
            lines.append(Line(x1=place, y1=_BOTTOM, x2=place, y2=_BOTTOM + 4, kind="tick"))
    labels.append(_axis_title("probability of being the same"))
    return Chart(
        width=_WIDTH,
        height=_HEIGHT,
        summary=", ".join(f"{count:,} pairs {_WORDS[band]}" for band, count in found.items()),
        bars=bars,
        lines=lines,
        labels=labels,
    )


def size_chart(sizes: Mapping[int, int]) -> Chart:
    """Draw how many customers have how many records."""
    groups = [
        (first, last, sum(count for size, count in sizes.items() if first <= size <= last))
        for first, last in _SIZE_GROUPS
    ]
    while len(groups) > 3 and not groups[-1][2]:  # noqa: PLR2004 (never fewer bars than three)
        groups.pop()
    most = max(1, *(count for _, _, count in groups))
    y = Scale(low=0, high=math.log10(1 + most), start=_BOTTOM, end=_TOP)
    step = (_RIGHT - _LEFT) / len(groups)
    bars, names = [], []
    for number, (first, last, count) in enumerate(groups):
        name = (
            str(first) if first == last else f"{first}+" if last == math.inf else f"{first}-{last}"
        )
        left, top = round(_LEFT + number * step + step * 0.14, 2), y.at(math.log10(1 + count))
        bars.append(
            Bar(
                x=left,
                y=top,
                width=round(step * 0.72, 2),
                height=round(_BOTTOM - top, 2),
                kind="alone" if first == 1 else SAME,
                title=f"{count:,} customers of {name} record(s)",
            )
        )
        middle = round(left + step * 0.36, 2)
        names.append(Label(x=middle, y=_BOTTOM + 18, text=name, kind="middle"))
        names.append(Label(x=middle, y=top - 5, text=f"{count:,}", kind="value"))
    lines, labels = _counts_axis(y, most)
    title = _axis_title("records of a customer")
    summary = ", ".join(f"{bar.title}" for bar in bars)
    return Chart(
        width=_WIDTH,
        height=_HEIGHT,
        summary=summary,
        bars=bars,
        lines=lines,
        labels=[*labels, *names, title],
    )


def evidence_chart(evidence: Sequence[FieldEvidence]) -> Chart:
    """Draw what each field says for and against, the weightiest field first."""
    weight: dict[str, float] = {}
    for item in evidence:
        weight[item.field] = weight.get(item.field, 0.0) + item.pro - item.contra
    heavy = [field for field in weight if weight[field] > _NEXT_TO_NOTHING]
    fields = sorted(heavy, key=lambda field: (-weight[field], field))[:_MOST_FIELDS]
    kept = [item for item in evidence if item.field in fields]
    left = 132.0
    x = Scale(
        low=min((item.contra for item in kept), default=0.0),
        high=max((item.pro for item in kept), default=1.0),
        start=left,
        end=_RIGHT,
    )
    row_height = min(_HIGHEST_ROW, _ROWS_HEIGHT / max(1, len(fields)))
    thickness = round(row_height * 0.3, 2)
    bars, labels = [], []
    for item in kept:
        row = _TOP + row_height * fields.index(item.field)
        y = round(row + row_height * (0.17 if item.band == SAME else 0.5), 2)
        for amount, words in ((item.pro, "for"), (item.contra, "against")):
            if amount:
                start, end = sorted((x.at(0), x.at(amount)))
                bars.append(
                    Bar(
                        x=start,
                        y=y,
                        width=round(max(end - start, 1.0), 2),
                        height=thickness,
                        kind=f"{item.band} {words}",
                        title=f"{item.field}, pairs {_WORDS[item.band]}: {amount:+.1f} {words}",
                    )
                )
    for number, field in enumerate(fields):
        labels.append(
            Label(
                x=left - 12, y=_TOP + row_height * (number + 0.5) + 4, text=field, kind="end strong"
            )
        )
    zero = Line(
        x1=x.at(0), y1=_TOP - 4, x2=x.at(0), y2=_TOP + row_height * len(fields), kind="zero"
    )
    foot = _TOP + row_height * len(fields) + 20
    labels.append(Label(x=x.at(0) - 8, y=foot, text="← against", kind="end axis"))
    labels.append(Label(x=x.at(0) + 8, y=foot, text="for →", kind="axis start"))
    summary = "; ".join(
        f"{item.field} {item.pro:+.1f} and {item.contra:+.1f} in pairs {_WORDS[item.band]}"
        for item in kept
    )
    return Chart(
        width=_WIDTH, height=_HEIGHT, summary=summary, bars=bars, labels=labels, lines=[zero]
    )


def trade_off_chart(
    points: Sequence[tuple[float, float]], chosen: tuple[float, float] | None
) -> Chart:
    """Draw expected precision against the share of records to review, and where this run stands.

    Args:
        points: Review share and precision, 0.0 to 1.0, for each bar that could be chosen.
    """
    shown = [*points, *([chosen] if chosen else [])]
    across = round_step(max([0.001, *(share for share, _ in shown)]), _TICKS)
    down = round_step(max([0.0001, *(1 - precision for _, precision in shown)]), _TICKS)
    x = Scale(low=0, high=across * _TICKS, start=_LEFT + 14, end=_RIGHT)
    y = Scale(low=1 - down * _TICKS, high=1.0, start=_BOTTOM, end=_TOP)
    lines, labels = [], []
    for number in range(_TICKS + 1):
        share, precision = across * number, 1 - down * number
        place = y.at(precision)
        lines.append(Line(x1=x.start, y1=place, x2=_RIGHT, y2=place))
        labels.append(Label(x=x.start - 8, y=place + 4, text=f"{100 * precision:.6g}%", kind="end"))
        labels.append(
            Label(x=x.at(share), y=_BOTTOM + 18, text=f"{100 * share:.3g}%", kind="middle")
        )
    labels.append(_axis_title("records to review"))
    places = [f"{x.at(share)} {y.at(precision)}" for share, precision in sorted(points)]
    dot = None
    if chosen is not None:
        kind = "start" if chosen[0] < x.high / 2 else "end"
        dot = Label(x=x.at(chosen[0]), y=y.at(chosen[1]), text="this run", kind=kind)
    said = "; ".join(f"{share:.1%} to review at {found:.2%}" for share, found in sorted(points))
    return Chart(
        width=_WIDTH,
        height=_HEIGHT,
        summary=said,
        lines=lines,
        labels=labels,
        path=f"M{' L'.join(places)}" if places else "",
        dot=dot,
    )


def _axis_title(text: str) -> Label:
    return Label(x=(_LEFT + _RIGHT) / 2, y=_HEIGHT - 6, text=text, kind="axis")


def _counts_axis(y: Scale, most: int) -> tuple[list[Line], list[Label]]:
    """A logarithmic axis of counts: few pairs must be seen beside many."""
    steps = [0, *(10**power for power in range(int(math.log10(most)) + 1))]
    lines, labels = [], []
    for step in steps:
        place = y.at(math.log10(1 + step))
        lines.append(Line(x1=_LEFT, y1=place, x2=_RIGHT, y2=place))
        labels.append(Label(x=_LEFT - 8, y=place + 4, text=counted(step), kind="end"))
    return lines, labels


def _chance(probability: float) -> str:
    return f"{100 * probability:.10f}".rstrip("0").rstrip(".") + "%"
