"""The chart of a report: which share of the clocks of each week was met."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mastersync.cli.chart_frames import Frame
from mastersync.cli.sla_tables import share_in_words
from mastersync.dedupe_files.report.geometry import (
    Bar,
    Chart,
    Label,
    Line,
    Scale,
    counted,
)
from mastersync.domain.sla.words import percent
from mastersync.usecases.report_sla import Week

WIDE = Frame(width=1040, height=236, left=44, right=1018, top=26, foot=196)
NARROW = Frame(width=356, height=250, left=42, right=334, top=26, foot=206, is_narrow=True)
_WIDEST = 64.0


def weeks_chart(weeks: Sequence[Week], target: Decimal | None, frame: Frame = WIDE) -> Chart:
    """Draw a column a week: what was met below, what was late above; ``target`` as a line."""
    scale = Scale(low=0, high=1, start=frame.foot, end=frame.top)
    step = (frame.right - frame.left) / max(len(weeks), 1)
    width = min(_WIDEST, step - min(6.0, step / 4))
    bars: list[Bar] = []
    for number, week in enumerate(weeks):
        left = frame.left + step * (number + 0.5) - width / 2
        bars += _column(week, x=round(left, 2), width=round(width, 2), scale=scale)
    lines = [
        Line(x1=frame.left, y1=scale.at(share), x2=frame.right, y2=scale.at(share), kind=kind)
        for share, kind in ((0.5, "grid"), (0, "zero"))
    ]
    labels = [*_shares(frame, scale), *_names(weeks, frame)]
    over: list[Line] = []
    if target is not None:
        y = scale.at(float(target))
        over.append(Line(x1=frame.left, y1=y, x2=frame.right, y2=y, kind="target"))
        words = f"dashed: target {percent(target)}"
        labels.append(Label(x=frame.right, y=frame.height - 4, text=words, kind="end"))
    summary = "; ".join(
        f"week of {week.monday}: {share_in_words(week.share)} of {week.met + week.late}"
        for week in weeks
    )
    return Chart(
        width=frame.width,
        height=frame.height,
        summary=summary,
        bars=bars,
        labels=labels,
        lines=lines,
        over=over,
    )


def _shares(frame: Frame, scale: Scale) -> Iterator[Label]:
    for share in (0, 0.5, 1):
        yield Label(x=frame.left - 8, y=scale.at(share) + 4, text=f"{share:.0%}", kind="end")


def _names(weeks: Sequence[Week], frame: Frame) -> Iterator[Label]:
    """Yield when weeks began, and how many clocks of theirs were met or late."""
    for number, name in frame.named([week.monday for week in weeks]):
        yield name
        if weeks[number].share is not None:
            clocks = counted(weeks[number].met + weeks[number].late)
            yield Label(x=name.x, y=frame.top - 8, text=clocks, kind="value")


def _column(week: Week, *, x: float, width: float, scale: Scale) -> list[Bar]:
    if week.share is None:
        return []
    top, middle, foot = scale.at(1), scale.at(float(week.share)), scale.at(0)
    title = f"Week of {week.monday}: {week.met} in time, {week.late} late, {week.waived} waived"
    parts = (("met", middle, foot), ("late", top, middle))
    return [
        Bar(x=x, y=high, width=width, height=round(low - high, 2), kind=kind, title=title)
        for kind, high, low in parts
        if low > high
    ]
