"""Writes docs/sla-stories.md: the clock stories, to read and to sign. `make slastories`."""

from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[1]
STORIES = PROJECT / "tests" / "unit" / "domain" / "sla" / "stories"
PAGE = PROJECT / "docs" / "sla-stories.md"
HEAD = """# Clock stories

What every clock of a service level agreement does, as {count} short stories: a promise, what
happened, and what the clock then says, with the reason. Each was reckoned by hand, and each is a
test: the clocks are held to this table, one by one and many at once. The language of the promises
is that of [`client.yaml`](sla.md).

How to read it: times are those of the calendar's place unless another is named. *Due* is when the
promise ends, *used* is the time that counted, pauses taken out. A clock is *met* when it stopped in
time, *late* from the second after it was due, done or not. *Looked at* is when it was read; where
nothing is said, at the last thing that happened.

`make slastories` writes this page from
[the stories](../tests/unit/domain/sla/stories); a test holds it to them.

| subject | stories |
|---|---|
{subjects}

## The calendars

| calendar | place | hours | holidays | more |
|---|---|---|---|---|
{calendars}
"""
TABLE = (
    "| | story | promise | what happened | due | used | the clock is | because |\n"
    + "|---" * 8
    + "|"
)
FOOT = """
## Agreed

| for the client | for the provider |
|---|---|
| name, date | name, date |
"""


def page() -> str:
    """Return the page as the stories stand now."""
    subjects = [_read(file) for file in sorted(STORIES.glob("[0-9]*.yaml"))]
    calendars = _read(STORIES / "calendars.yaml")
    count = sum(len(subject["stories"]) for subject in subjects)
    listed = "\n".join(f"| {s['subject']} | {len(s['stories'])} |" for s in subjects)
    rows = "\n".join(_calendar(name, said) for name, said in calendars.items())
    parts = [HEAD.format(count=count, subjects=listed, calendars=rows)]
    number = 0
    for subject in subjects:
        parts.append(f"\n## {subject['subject']}\n\n{subject['about']}\n\n{TABLE}\n")
        for story in subject["stories"]:
            number += 1
            parts.append(f"{_row(number, story)}\n")
    return "".join([*parts, FOOT])


def _read(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(file.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    return loaded


def _calendar(name: str, said: dict[str, Any]) -> str:
    hours = "; ".join(f"{days} {times}" for days, times in said["hours"].items())
    more = [f"closed {day} ({why})" for day, why in said.get("also_closed", {}).items()]
    more += [f"{day} {times}" for day, times in said.get("other_hours", {}).items()]
    if cut_off := said.get("cut_off"):
        by_day = cut_off if isinstance(cut_off, dict) else {"": cut_off}
        more += [f"cut-off {days} {time}".replace("  ", " ") for days, time in by_day.items()]
    cells = (name, said["zone"], hours, said.get("holidays", "-"), "; ".join(more) or "-")
    return f"| {' | '.join(cells)} |"


def _row(number: int, story: dict[str, Any]) -> str:
    cells = (
        str(number),
        story["story"],
        _promise(story),
        _happened(story),
        story.get("due", "-"),
        _used(story),
        story["state"] + (f" (clause {story['clause']})" if "clause" in story else ""),
        " ".join(story["because"].split()),
    )
    return f"| {' | '.join(cells)} |"


def _promise(story: dict[str, Any]) -> str:
    of_case = [f"{key} {story[key]}" for key in ("request", "segment", "priority") if key in story]
    clock = [f"clock: {story['clock']}"] if "clock" in story else []
    clauses = [_clause(clause) for clause in story.get("clauses", [])] or [story["promise"]]
    about = [f"case: {', '.join(of_case)}"] if of_case else []
    return "<br>".join([*clauses, *clock, *about])


def _clause(said: dict[str, Any]) -> str:
    words = [f"{said['clause']}:"]
    scope = [str(said[key]) for key in ("request", "segment", "priority") if key in said]
    words += [f"for {', '.join(scope)},"] if scope else []
    words += [f"{said['from']} to {said['until']},"] if "from" in said else []
    words += [f"{said['clock']},"] if "clock" in said else []
    words.append(said["within"] + (f" in {said['calendar']}" if "calendar" in said else ""))
    words += [f"paused by {' and '.join(said['pauses'])}"] if "pauses" in said else []
    words += [f"since {said['since']}"] if "since" in said else []
    words += [f"to {said['until_date']}"] if "until_date" in said else []
    words += [f"({said['running']})"] if "running" in said else []
    return " ".join(words)


def _happened(story: dict[str, Any]) -> str:
    lines = list(story["events"])
    lines += [f"looked at {story['now']}"] if "now" in story else []
    return "<br>".join(lines)


def _used(story: dict[str, Any]) -> str:
    used = story.get("elapsed", "-") + (f" ({story['used']})" if "used" in story else "")
    return used + (f"<br>counts from {story['counts from']}" if "counts from" in story else "")


if __name__ == "__main__":
    PAGE.write_text(page())
    print(PAGE)
