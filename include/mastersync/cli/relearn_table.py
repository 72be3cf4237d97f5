"""Relearned weights for a terminal and for programs: what changes, and whom it agrees with."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.domain.decisions.backtest import Measured, PairLook
from mastersync.domain.decisions.model import spoken
from mastersync.domain.decisions.relearning import Relearning
from mastersync.domain.matching.model import Band
from mastersync.domain.resolution.weight_changes import WeightChange
from mastersync.domain.search.pair_sample import Side
from mastersync.ports.match_index import ModelVersion
from mastersync.usecases.weight_versions import WentBack

_SIDES = {
    Side.TOGETHER: "of one customer",
    Side.APART: "of two customers",
    Side.OPEN: "one without a customer",
}
_SMALL = 0.1


def show_plan(console: Console, plan: Relearning, *, client: str, most: int) -> None:
    """Print what would change, and what speaks for it."""
    looked = plan.looked
    console.print(
        f"[bold]{escape(client)}[/bold] is matched by {version_name(plan.in_force)}. Learned anew"
        f" from {looked.records:,} of its {looked.of_records:,} records ({looked.pairs:,} pairs)"
        f" and {looked.labels} decisions."
    )
    if looked.unmet:
        console.print(f"  {looked.unmet} decisions teach nothing: their records share no key")
    if looked.gone:
        console.print(f"  {looked.gone} decisions teach nothing: a record of theirs is gone")
    if not plan.changes:
        return
    console.print()
    _show_weights(console, plan.changes, most=most)
    console.print()
    _show_agreement(console, plan)
    _show_moved(console, plan, most=most)
    console.print()
    _show_counts(console, plan)
    console.print("  The bands are those of the client's file, as before.")


def show_outcome(console: Console, plan: Relearning, *, model_no: int | None) -> None:
    """Print what was done."""
    console.print()
    if model_no is not None:
        console.print(
            f"Version {model_no} is in force. What waits for review is looked at again in the next"
            " run. What is linked stays linked: `mastersync reevaluate` lists what these weights"
            " would join. --back returns to the weights before."
        )
    elif not plan.changes:
        console.print("The weights in force are what would be learned. Nothing was changed.")
    else:
        console.print("Only a plan: nothing was changed. --apply puts these weights in force.")


def show_back(console: Console, gone: WentBack, *, most: int) -> None:
    """Print which weights are in force again."""
    console.print(f"Version {gone.model_no} is in force: {version_name(gone.restores)} again.")
    _show_weights(console, gone.changes, most=most)


def show_history(console: Console, versions: Sequence[ModelVersion]) -> None:
    """Print all versions, the newest first."""
    if not versions:
        console.print("The default weights are in force, and always were.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("VERSION", justify="right")
    for heading in ("WEIGHTS", "BY", "SINCE"):
        table.add_column(heading, no_wrap=True)
    table.add_column("WHY", ratio=1)
    for version in versions:
        table.add_row(
            str(version.model_no),
            _origin(version),
            escape(version.author),
            f"{version.made_at:%d %b %Y %H:%M}",
            escape(version.reason),
        )
    console.print(table)


def version_name(model_no: int) -> str:
    """Return a version in words.

    >>> version_name(0), version_name(2)
    ('the default weights', 'version 2')
    """
    return f"version {model_no}" if model_no else "the default weights"


def plan_as_json(plan: Relearning, *, model_no: int | None) -> dict[str, Any]:
    """Return the plan for programs; ``model_no`` is the version that it became."""
    return {
        "in_force": plan.in_force,
        "applied_as": model_no,
        "is_worse": plan.is_worse,
        "is_only_memory": plan.is_only_memory,
        "looked": vars(plan.looked),
        "decisions": {
            "before": _measured_json(plan.before.measured),
            "after": _measured_json(plan.after.measured),
            "held_out": _measured_json(plan.held_out.measured),
        },
        "moved": [
            {**_look_json(before), "band_before": before.band, "band_after": after.band}
            for before, after in plan.moved
        ],
        "pairs": {
            side: {"before": plan.counts_before[side], "after": plan.counts_after[side]}
            for side in Side
        },
        "weights": [_weight_json(change) for change in plan.changes],
    }


def back_as_json(gone: WentBack) -> dict[str, Any]:
    """Return for programs which weights are in force again."""
    return {
        "applied_as": gone.model_no,
        "restores": gone.restores,
        "weights": [_weight_json(change) for change in gone.changes],
    }


def history_as_json(versions: Sequence[ModelVersion]) -> list[dict[str, Any]]:
    """Return all versions for programs, without the weights."""
    return [
        {name: value for name, value in vars(version).items() if name != "model"}
        for version in versions
    ]


def _show_weights(console: Console, changes: Sequence[WeightChange], *, most: int) -> None:
    large = [c for c in changes if c.is_seen and abs(c.new - c.old) >= _SMALL]
    shown = large[:most]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("WEIGHT OF", no_wrap=True)
    table.add_column("WHAT A PAIR SHOWS", no_wrap=True)
    counted = any(change.pairs is not None for change in shown)
    for heading in ("BEFORE", "AFTER", *(["PAIRS"] if counted else [])):
        table.add_column(heading, justify="right")
    for change in shown:
        pairs = [f"{change.pairs:,}"] if change.pairs is not None else []
        before, after = f"{change.old:+.2f}", f"{change.new:+.2f}"
        table.add_row(change.label, change.words, before, after, *pairs)
    console.print(table)
    if len(changes) > len(shown):
        console.print(f"  and {len(changes) - len(shown)} more")


def _show_agreement(console: Console, plan: Relearning) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("DECISIONS")
    for heading in ("AGREE", "ASK", "AGAINST"):
        table.add_column(heading, justify="right")
    rows = {
        f"{version_name(plan.in_force)}, in force": plan.before.measured,
        "learned": plan.after.measured,
        "learned without the decision asked about": plan.held_out.measured,
    }
    for name, measured in rows.items():
        counts = (measured.agreed, measured.asked, measured.disagreed)
        table.add_row(name, *map(str, counts))
    console.print(table)
    if plan.is_worse:
        console.print("  [bold]Worse[/bold]: the learned weights go against more decisions.")
    elif plan.is_only_memory:
        console.print(
            "  Take care: of decisions that they were not shown, the learned weights go against"
            " more than those in force do."
        )


def _show_moved(console: Console, plan: Relearning, *, most: int) -> None:
    for before, after in plan.moved[:most]:
        word = before.decision.word
        console.print(
            f"  {escape(spoken(word.left))}  {escape(spoken(word.right))}"
            f"  {before.band} → {after.band}, people say {word.verdict.replace('_', ' ')}"
            f"{', now against them' if after.is_flip else ''}"
        )
    if len(plan.moved) > most:
        console.print(f"  and {len(plan.moved) - most} more")


def _show_counts(console: Console, plan: Relearning) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("SAMPLED PAIRS")
    for band in Band:
        table.add_column(band.upper(), justify="right")
    for side, name in _SIDES.items():
        before, after = plan.counts_before[side], plan.counts_after[side]
        table.add_row(name, *(f"{before[band]:,} → {after[band]:,}" for band in Band))
    console.print(table)


def _origin(version: ModelVersion) -> str:
    if version.restores is not None:
        return f"{version_name(version.restores)} again"
    decisions = version.evidence.get("labels", 0)
    return f"learned from {version.learned_from:,} records, {decisions} decisions"


def _measured_json(measured: Measured) -> dict[str, int]:
    return {
        "agree": measured.agreed,
        "ask": measured.asked,
        "against": measured.disagreed,
    }


def _look_json(look: PairLook) -> dict[str, Any]:
    word = look.decision.word
    return {
        "decision_id": look.decision.decision_id,
        "left": spoken(word.left),
        "right": spoken(word.right),
        "people": word.verdict,
    }


def _weight_json(change: WeightChange) -> dict[str, Any]:
    return {
        "aspect": change.aspect,
        "level": change.level,
        "words": change.words,
        "before": change.old,
        "after": change.new,
        "pairs": change.pairs,
    }
