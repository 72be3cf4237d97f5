"""What runs did, as a table whose totals add up."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from mastersync.ports.runs import RunSummary

_STATE_COLOURS = {
    "done": "green",
    "done_with_exceptions": "yellow",
    "stopped_by_guard": "yellow",
    "failed": "red",
    "open": "cyan",
}

# Heading, step, measures that are added up.
_COLUMNS = (
    ("seen", "extract", ("seen",)),
    ("held already", "extract", ("already_held",)),
    ("refused", "extract", ("refused",)),
    ("landed", "extract", ("landed",)),
    ("carried over", "open", ("carried_over",)),
    ("applied", "versions", ("applied",)),
    ("unchanged", "versions", ("unchanged",)),
    ("review", "versions", ("review_waiting",)),
    ("credit", "versions", ("credit_waiting",)),
    ("set aside", "versions", ("set_aside",)),
    ("superseded", "versions", ("superseded",)),
    ("pending", "versions", ("pending",)),
)
_DEEDS = (
    ("new customers", "match", ("new_customers",)),
    ("linked", "match", ("linked",)),
    ("golden formed", "golden", ("versions_formed",)),
    ("credit checks", "credit_order", ("done",)),
    ("pushed", "push", ("done",)),
    ("mailed", "email", ("done",)),
    ("put off", "", ()),
    ("refused outside", "", ()),
    ("tickets opened", "tickets", ("opened",)),
    ("tickets open", "tickets", ("open",)),
)
_EFFECTS = ("credit_order", "push", "email")


def show_runs(console: Console, runs: Mapping[str, RunSummary]) -> None:
    """Print two tables of one run a client: where records are, and what was done."""
    records = _table(
        "Records: seen = held already + refused + landed; landed + carried over = all that follows"
    )
    deeds = _table("What was done")
    for heading in [heading for heading, _, _ in _COLUMNS]:
        records.add_column(heading, justify="right")
    records.add_column("adds up")
    for heading in [heading for heading, _, _ in _DEEDS]:
        deeds.add_column(heading, justify="right")
    deeds.add_column("run")
    for client_id, run in runs.items():
        counts = [_count(run, step, measures) for _, step, measures in _COLUMNS]
        good = "[green]yes[/green]" if adds_up(run) else "[red]NO[/red]"
        records.add_row(client_id, *map(_cell, counts), good)
        done = [_deed(run, heading, step, measures) for heading, step, measures in _DEEDS]
        colour = _STATE_COLOURS.get(run.state, "white")
        state = run.state.replace("_", " ")
        deeds.add_row(client_id, *map(_cell, done), f"[{colour}]{state}[/{colour}]")
    console.print(records)
    console.print(deeds)


def adds_up(run: RunSummary) -> bool:
    """Say whether every row seen and every version worked on is in exactly one column."""
    counts = {heading: _count(run, step, measures) for heading, step, measures in _COLUMNS}
    seen = counts["held already"] + counts["refused"] + counts["landed"]
    worked_on = counts["landed"] + counts["carried over"]
    settled = sum(counts[heading] for heading, step, _ in _COLUMNS if step == "versions")
    return counts["seen"] == seen and worked_on == settled


def _deed(run: RunSummary, heading: str, step: str, measures: tuple[str, ...]) -> int:
    if heading == "put off":
        return sum(_count(run, kind, ("ready", "inflight", "unknown", "held")) for kind in _EFFECTS)
    if heading == "refused outside":
        return sum(_count(run, kind, ("failed",)) for kind in _EFFECTS)
    return _count(run, step, measures)


def _count(run: RunSummary, step: str, measures: tuple[str, ...]) -> int:
    return sum(run.counts.get(step, {}).get(measure, 0) for measure in measures)


def _cell(number: int) -> str:
    return f"{number:,}" if number else "·"


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim")
    table.add_column("client")
    return table
