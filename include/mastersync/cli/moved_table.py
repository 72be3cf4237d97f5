"""What a decision, merge or unmerge did or would do, for a terminal and for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape

from mastersync.domain.decisions.model import spoken
from mastersync.domain.identity.model import ChangeKind
from mastersync.domain.matching.model import SourceKey
from mastersync.domain.plan.wording import count
from mastersync.usecases.decide_pair import Decided
from mastersync.usecases.merge_customers import Moved

_MOST = 20


def show_decided(console: Console, decided: Decided, *, plan: bool = False) -> None:
    """Print the decision and what followed from it."""
    recorded = decided.recorded
    if not recorded.is_new:
        console.print(f"Decision {recorded.decision_id} says so already.")
    elif not plan:
        console.print(f"Decision {recorded.decision_id} is in force.")
    for decision in recorded.withdrawn:
        console.print(f"Withdrawn: {escape(decision.sentence)}")
    for moved in decided.moved:
        show_moved(console, moved, plan=plan)
    if plan:
        console.print("Only a plan: nothing was saved.")


def show_moved(
    console: Console, moved: Moved, *, plan: bool = False, is_planned: bool = False
) -> None:
    """Print who became whom, what moved and what stays.

    Without ``is_planned`` what it means for the systems is left to the next run.
    """
    change, before = moved.change, moved.change.before
    number = "" if plan else f" (change {change.change_id})"
    console.print(_headline(moved) + number)
    rows = {
        "records": _listed(moved.records),
        "stay, having come later": _listed(moved.later),
        "effects that follow": _number(moved.effects_moved),
        "effects withdrawn": _number(moved.effects_withdrawn),
        "questions revoked": _number(len(before.requests)),
        "tickets renamed": _number(len(before.subjects)),
        "decisions made": _number(moved.decisions),
        "reached by redirect": _children(moved),
    }
    for name, value in rows.items():
        if value:
            console.print(f"  {name:<24} {escape(value)}")
    if not is_planned:
        console.print("  Both are formed and planned anew in the client's next run.")


def moved_as_json(moved: Moved) -> dict[str, Any]:
    """Return the same for programs."""
    change = moved.change
    return {
        "change_id": change.change_id,
        "kind": change.kind,
        "from": change.from_customer_id,
        "to": change.to_customer_id,
        "records": [spoken(key) for key in moved.records],
        "later": [spoken(key) for key in moved.later],
        "effects_moved": moved.effects_moved,
        "effects_withdrawn": moved.effects_withdrawn,
        "requests_revoked": len(change.before.requests),
        "tickets_renamed": len(change.before.subjects),
        "decisions": moved.decisions,
        "children": None if moved.children is None else asdict(moved.children),
    }


def _headline(moved: Moved) -> str:
    change = moved.change
    one, other = change.from_customer_id, change.to_customer_id
    return {
        ChangeKind.MERGED: f"[bold]{one}[/bold] is now [bold]{other}[/bold]",
        ChangeKind.UNMERGED: f"[bold]{other}[/bold] is a customer of its own again, no more {one}",
        ChangeKind.SPLIT: f"[bold]{other}[/bold] is split off from [bold]{one}[/bold]",
    }[change.kind]


def _listed(keys: Sequence[SourceKey]) -> str:
    more = f" and {len(keys) - _MOST} more" if len(keys) > _MOST else ""
    return ", ".join(spoken(key) for key in keys[:_MOST]) + more


def _number(count: int) -> str:
    return str(count) if count else ""


def _children(moved: Moved) -> str:
    if moved.children is None:
        return ""
    counts = asdict(moved.children)
    nouns = {name: name.replace("_", " ").removesuffix("s") for name in counts}
    return ", ".join(count(n, nouns[name]) for name, n in counts.items() if n)
