"""What a client was promised, for people to read: clauses, calendars, ladder, credits."""

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mastersync.domain.sla.calendar import MIDNIGHT, Span, WorkingCalendar
from mastersync.domain.sla.model import SlaPolicy
from mastersync.domain.sla.words import clause_table, percent

_WHEN = "in force"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def print_clauses(console: Console, policy: SlaPolicy | None) -> None:
    """Print a client's promises; nothing when there are none."""
    if policy is None:
        return
    rows = clause_table(policy)
    table = Table(box=box.HORIZONTALS, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    columns = [
        name for name in rows[0] if name != _WHEN or any(row[name] != "always" for row in rows)
    ]
    for column in columns:
        said_of = (column, *(row[column] for row in rows))
        longest = max(len(word) for words in said_of for word in words.split())
        table.add_column(column, min_width=longest)  # words stay whole on a narrow terminal
    for row in rows:
        table.add_row(*(Text(row[column]) for column in columns))
    console.print(table)
    print_subjects(console, said(policy))


def print_subjects(console: Console, lines: Iterable[tuple[str, str]]) -> None:
    """Print subjects, and beside each what is said of it, however narrow the terminal is."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(min_width=13, no_wrap=True)
    grid.add_column(overflow="fold")
    for subject, words in lines:
        grid.add_row(Text(subject), Text(words))
    console.print(Padding(grid, (0, 0, 0, 2)))


def said(policy: SlaPolicy) -> list[tuple[str, str]]:
    """Return what stands beside the clauses: subject, and what is said of it."""
    lines = [("calendar", f"{name}: {_calendar(one)}") for name, one in policy.calendars.items()]
    if policy.ladder:
        steps = (f"{percent(rung.at)} {rung.to.replace('_', ' ')}" for rung in policy.ladder)
        lines.append(("escalation", ", ".join(steps)))
    if policy.credit_tiers:
        tiers = (f"{percent(t.credit)} below {percent(t.below)}" for t in policy.credit_tiers)
        most = f"; at most {percent(policy.most_credit)}" if policy.most_credit else ""
        lines.append(("credits", f"{', '.join(tiers)}{most}"))
    return lines


def _calendar(calendar: WorkingCalendar) -> str:
    hours = {day: " and ".join(map(_span, spans)) for day, spans in calendar.week.items()}
    words = [calendar.zone, _by_day(hours), f"{len(calendar.closed)} days off"]
    if calendar.cut_offs:
        cut_offs = {day: _time(at) for day, at in calendar.cut_offs.items()}
        words.append(f"cut-off {_by_day(cut_offs)}")
    return f"{'; '.join(words)} ({calendar.first_year}-{calendar.last_year})"


def _by_day(said: Mapping[int, str]) -> str:
    """Return what is said of each day, days in a row of which the same is said together.

    >>> _by_day({0: "08:00", 1: "08:00", 4: "07:00"})
    'Mon-Tue 08:00, Fri 07:00'
    """
    runs: list[list[int]] = []
    for day in sorted(said):
        if runs and runs[-1][-1] == day - 1 and said[day] == said[day - 1]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{_named(run)} {said[run[0]]}" for run in runs)


def _named(run: Sequence[int]) -> str:
    first, last = _DAYS[run[0]], _DAYS[run[-1]]
    return first if first == last else f"{first}-{last}"


def _span(span: Span) -> str:
    return f"{_time(span.opens)}-{_time(span.closes)}"


def _time(minutes: int) -> str:
    """Return a time of day; those of the next day as its clocks show them."""
    hours, rest = divmod(minutes, 60)
    return f"{hours if minutes == MIDNIGHT else hours % 24:02}:{rest:02}"
