"""The chart of a report: which share of the clocks of each week was met."""

from collections.abc import Sequence
from decimal import Decimal

from mastersync.cli.sla_tables import share_in_words
from mastersync.dedupe_files.report.geometry import Bar, Chart, Label, Line, Scale
from mastersync.domain.sla.words import percent
from mastersync.usecases.report_sla import Week

_WIDTH, _HEIGHT = 1040.0, 236.0
_LEFT, _RIGHT, _TOP, _FOOT = 44.0, 1030.0, 26.0, 196.0
_WIDEST, _GAP = 64.0, 6.0
_NAMED = 14  # weeks that have room for their date


def weeks_chart(weeks: Sequence[Week], target: Decimal | None) -> Chart:
    """Draw a column a week: what was met below, what was late above; ``target`` as a line."""
    scale = Scale(low=0, high=1, start=_FOOT, end=_TOP)
    step = (_RIGHT - _LEFT) / max(len(weeks), 1)
    width = min(_WIDEST, step - _GAP)
    every = -(-len(weeks) // _NAMED) if weeks else 1
    bars: list[Bar] = []
    labels = [
        Label(x=_LEFT - 8, y=scale.at(share) + 4, text=f"{share:.0%}", kind="end")
        for share in (0, 0.5, 1)
    ]
    for number, week in enumerate(weeks):
        middle = round(_LEFT + step * (number + 0.5), 2)
        bars += _column(week, x=round(middle - width / 2, 2), width=round(width, 2), scale=scale)
        if number % every == 0:
            named = f"{week.monday.day} {week.monday:%b}"
            labels.append(Label(x=middle, y=_FOOT + 18, text=named, kind="middle"))
            counted = str(week.met + week.late) if week.share is not None else ""
            labels.append(Label(x=middle, y=_TOP - 8, text=counted, kind="value"))
    lines = [
        Line(x1=_LEFT, y1=scale.at(share), x2=_RIGHT, y2=scale.at(share), kind=kind)
        for share, kind in ((0.5, "grid"), (0, "zero"))
    ]
    if target is not None:
        y = scale.at(float(target))
        lines.append(Line(x1=_LEFT, y1=y, x2=_RIGHT, y2=y, kind="target"))
        labels.append(
            Label(x=_RIGHT, y=_HEIGHT - 4, text=f"dashed: target {percent(target)}", kind="end")
        )
    summary = "; ".join(
        f"week of {week.monday}: {share_in_words(week.share)} of {week.met + week.late}"
        for week in weeks
    )
    return Chart(
        width=_WIDTH, height=_HEIGHT, summary=summary, bars=bars, labels=labels, lines=lines
    )


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
