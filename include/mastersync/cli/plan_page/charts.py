"""The chart of a plan: how many records of a system get which field, and how."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from mastersync.dedupe_files.report.geometry import Bar, Chart, Label, Line, Scale, counted
from mastersync.domain.plan.model import GoldenChange, WriteRow
from mastersync.domain.plan.wording import count, value_in_words, why

NEW, FILLED, CHANGED, EMPTIED = "added", "filled", "changed", "emptied"
WORDS = {
    NEW: "in a new record",
    FILLED: "filled in",
    CHANGED: "changed",
    EMPTIED: "emptied",
}
_WIDTH, _LEFT, _RIGHT, _TOP = 520.0, 150.0, 470.0, 6.0
_ROW, _THICKNESS = 22.0, 13.0
_MOST_FIELDS = 14
_LONGEST_NAME = 19


def kind_of_change(write: WriteRow, path: str) -> str:
    """Say what a write does to a field."""
    if write.key is None:
        return NEW
    if write.after[path] is None:
        return EMPTIED
    return FILLED if value_in_words(write.before.get(path)) == "(empty)" else CHANGED


def count_fields(writes: Iterable[WriteRow]) -> dict[str, Counter[str]]:
    """Count what happens to each field, the most written first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for write in writes:
        for path in write.after:
            found[path][kind_of_change(write, path)] += 1
    return dict(sorted(found.items(), key=lambda item: (-item[1].total(), item[0])))


def fields_chart(target: str, fields: dict[str, Counter[str]]) -> Chart:
    """Draw a bar for each of the fields most written, made of what happens to it."""
    shown = list(fields.items())[:_MOST_FIELDS]
    most = max((kinds.total() for _, kinds in shown), default=1)
    scale = Scale(low=0, high=most, start=_LEFT, end=_RIGHT)
    foot = _TOP + _ROW * len(shown)
    bars: list[Bar] = []
    labels: list[Label] = []
    for number, (path, kinds) in enumerate(shown):
        row = _TOP + _ROW * number
        bars += _row_of_bars(path, kinds, scale=scale, y=row + (_ROW - _THICKNESS) / 2)
        middle = row + _ROW / 2 + 4
        labels.append(Label(x=_LEFT - 10, y=middle, text=_short(path), kind="end strong"))
        end = scale.at(kinds.total())
        labels.append(Label(x=end + 8, y=middle, text=counted(kinds.total()), kind="start"))
    summary = "; ".join(
        f"{path} {', '.join(f'{kinds[kind]:,} {WORDS[kind]}' for kind in WORDS if kinds[kind])}"
        for path, kinds in shown
    )
    return Chart(
        width=_WIDTH,
        height=foot + 6,
        summary=f"writes to {target} by field: {summary}",
        bars=bars,
        labels=labels,
        lines=[Line(x1=_LEFT, y1=_TOP, x2=_LEFT, y2=foot, kind="zero")],
    )


def reasons_chart(changes: Sequence[GoldenChange]) -> Chart:
    """Draw why values win, the most frequent reason first."""
    reasons = Counter(map(why, changes)).most_common(_MOST_FIELDS)
    left = 236.0
    scale = Scale(low=0, high=max((n for _, n in reasons), default=1), start=left, end=_RIGHT)
    bars, labels = [], []
    for number, (words, times) in enumerate(reasons):
        row = _TOP + _ROW * number
        middle = row + _ROW / 2 + 4
        bars.append(
            Bar(
                x=left,
                y=row + (_ROW - _THICKNESS) / 2,
                width=round(max(scale.at(times) - left, 1.5), 2),
                height=_THICKNESS,
                kind=FILLED,
                title=f"{count(times, 'value')}: {words}",
            )
        )
        labels.append(Label(x=left - 10, y=middle, text=words, kind="end strong"))
        labels.append(Label(x=scale.at(times) + 8, y=middle, text=counted(times), kind="start"))
    foot = _TOP + _ROW * len(reasons)
    return Chart(
        width=_WIDTH,
        height=foot + 6,
        summary="; ".join(f"{words}: {times:,}" for words, times in reasons),
        bars=bars,
        labels=labels,
        lines=[Line(x1=left, y1=_TOP, x2=left, y2=foot, kind="zero")],
    )


def _row_of_bars(path: str, kinds: Counter[str], *, scale: Scale, y: float) -> Sequence[Bar]:
    bars: list[Bar] = []
    done = 0
    for kind, words in WORDS.items():
        if kinds[kind]:
            start, end = scale.at(done), scale.at(done + kinds[kind])
            done += kinds[kind]
            bars.append(
                Bar(
                    x=start,
                    y=y,
                    width=round(max(end - start - 1, 1.5), 2),
                    height=_THICKNESS,
                    kind=kind,
                    title=f"{path}: {count(kinds[kind], 'record')} {words}",
                )
            )
    return bars


def _short(path: str) -> str:
    return path if len(path) <= _LONGEST_NAME else f"…{path[-_LONGEST_NAME + 1 :]}"
