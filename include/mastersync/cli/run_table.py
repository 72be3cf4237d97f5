"""What runs did, as a table whose totals add up: a column a client, a row a measure."""

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.table import Table

from mastersync.ports.runs import RunState, RunSummary

_STATE_COLOURS = {
    "done": "green",
    "done_with_exceptions": "yellow",
    "stopped_by_guard": "yellow",
    "shadow": "magenta",
    "failed": "red",
    "open": "cyan",
}
_EFFECTS = ("credit_order", "push", "email")
_PUT_OFF = ("ready", "inflight", "unknown")
_HELD = ("held", "held_guard", "held_approval", "held_person")

# Label, steps, measures: what the cell adds up. A label that is indented is a part of the sum.
_Row = tuple[str, tuple[str, ...], tuple[str, ...]]
_SEEN: tuple[_Row, ...] = (
    ("records seen", ("extract",), ("seen",)),
    ("  held already", ("extract",), ("already_held",)),
    ("  refused, with a ticket", ("extract",), ("refused",)),
    ("  landed", ("extract",), ("landed",)),
)
_WORKED_ON: tuple[_Row, ...] = (
    ("landed or carried over", ("extract", "open"), ("landed", "carried_over")),
    ("  applied", ("versions",), ("applied",)),
    ("  unchanged", ("versions",), ("unchanged",)),
    ("  waiting for a review", ("versions",), ("review_waiting",)),
    ("  waiting for a credit check", ("versions",), ("credit_waiting",)),
    ("  waiting for a person's decision", ("versions",), ("approval_waiting",)),
    ("  set aside, with a ticket", ("versions",), ("set_aside",)),
    ("  superseded", ("versions",), ("superseded",)),
    ("  pending", ("versions",), ("pending",)),
)
_DONE: tuple[_Row, ...] = (
    ("new customers", ("match",), ("new_customers",)),
    ("linked to a customer", ("match",), ("linked",)),
    ("golden records formed", ("golden",), ("versions_formed",)),
    ("credit checks", ("credit_order",), ("done",)),
    ("pushed", ("push",), ("done",)),
    ("mailed", ("email",), ("done",)),
    ("put off", _EFFECTS, _PUT_OFF),
    ("held for a person", _EFFECTS, _HELD),
    ("in shadow: not sent", _EFFECTS, ("held_shadow",)),
    ("refused outside", _EFFECTS, ("failed",)),
    ("tickets opened", ("tickets",), ("opened",)),
    ("tickets open", ("tickets",), ("open",)),
)
_PROMISED: tuple[_Row, ...] = (
    ("SLA clocks due", ("sla",), ("due",)),
    ("  done in time", ("sla",), ("done",)),
    ("  late", ("sla",), ("late",)),
    ("  waived", ("sla",), ("waived",)),
    ("SLA clocks running", ("sla",), ("running",)),
    ("SLA clocks paused", ("sla",), ("paused",)),
    ("late and not done yet", ("sla",), ("overdue",)),
)


def show_runs(console: Console, runs: Mapping[str, RunSummary]) -> None:
    """Print one run a client: where its records are, and what was done."""
    table = Table(header_style="bold", box=box.HORIZONTALS, pad_edge=False)
    table.add_column("")
    for client_id in runs:
        table.add_column(client_id, justify="right", overflow="fold")
    if len(runs) > 1:
        table.add_column("all", justify="right", style="bold")
    promised = _PROMISED if any("sla" in run.counts for run in runs.values()) else ()
    for rows in filter(None, (_SEEN, _WORKED_ON, _DONE, promised)):
        for label, steps, measures in rows:
            counts = [_count(run, steps, measures) for run in runs.values()]
            style = "dim" if label.startswith(" ") and not any(counts) else None
            total = [_cell(sum(counts))] if len(runs) > 1 else []
            table.add_row(label, *map(_cell, counts), *total, style=style)
        table.add_section()
    table.add_row("adds up", *(_verdict(run) for run in runs.values()))
    table.add_row("run", *(_state(run) for run in runs.values()))
    console.print(table)


def adds_up(run: RunSummary) -> bool:
    """Say whether every row seen and every version worked on is in exactly one row."""
    return all(
        _count(run, whole[1], whole[2]) == sum(_count(run, part[1], part[2]) for part in parts)
        for whole, *parts in (_SEEN, _WORKED_ON)
    )


def _verdict(run: RunSummary) -> str:
    if run.state == RunState.OPEN:
        return "not yet"  # it is counted when it closes
    return "[green]yes[/green]" if adds_up(run) else "[red]NO[/red]"


def _state(run: RunSummary) -> str:
    colour = _STATE_COLOURS.get(run.state, "white")
    return f"[{colour}]{run.state.replace('done_with_exceptions', 'with exceptions')}[/{colour}]"


def _count(run: RunSummary, steps: tuple[str, ...], measures: tuple[str, ...]) -> int:
    return sum(run.counts.get(step, {}).get(measure, 0) for step in steps for measure in measures)


def _cell(number: int) -> str:
    return f"{number:,}" if number else "·"
