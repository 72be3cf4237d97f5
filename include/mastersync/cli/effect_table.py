"""Effects on a terminal: counts first, then one a line; what an undoing would write."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.domain.effects.model import EffectState, HeldFor
from mastersync.domain.effects.outbox import ChosenEffect, EffectCount, RolledBack
from mastersync.domain.effects.undo import NotUndone, UndoPlan
from mastersync.usecases.intervene import Intervention

_LONGEST = 60
_FEW = 3


def show_counts(console: Console, counts: Sequence[EffectCount]) -> None:
    """Print how many effects are in which state."""
    if not counts:
        console.print("There are no such effects.")
        return
    table = _table("kind", "target", "state", "effects", "cost")
    for one in counts:
        state = f"{one.state}, {one.held_for}" if one.held_for else one.state
        cost = f"{one.cost:,.2f}" if one.cost else ""
        table.add_row(one.kind, one.target, state, f"{one.count:,}", cost)
    console.print(table)


def show_effects(console: Console, effects: Sequence[ChosenEffect], *, now: datetime) -> None:
    """Print one effect a line, without values."""
    if not effects:
        return
    table = _table("effect", "what", "record", "fields", "state")
    for column in (table.columns[0], table.columns[2]):
        column.no_wrap = True  # to be copied
    for one in effects:
        record = one.record_key or ("new" if one.is_creation else one.customer_id)
        fields = ", ".join(sorted(one.after)) if one.kind == "push" else ""
        table.add_row(
            str(one.effect_id),
            f"{one.kind} {one.target}",
            escape(record),
            _short(fields),
            _standing(one, now=now),
        )
    console.print(table)


def show_effect(console: Console, one: ChosenEffect, *, now: datetime) -> None:
    """Print all of one effect, values too."""
    console.print(f"[bold]{one.kind}[/bold] to {one.target}: {_standing(one, now=now)}")
    rows = {
        "effect": str(one.effect_id),
        "run": one.run_id,
        "customer": one.customer_id,
        "record": one.record_key or ("to be created" if one.is_creation else ""),
        "planned": one.planned_at.isoformat(timespec="seconds"),
        "settled": one.settled_at.isoformat(timespec="seconds") if one.settled_at else "",
        "attempts": str(one.attempt_count) if one.attempt_count else "",
        "cost": f"{one.cost} {one.currency}" if one.currency else "",
        "rules": f"transformation {one.transformation}" if one.transformation else "",
        "problem": one.problem or "",
        "undone": "it was taken back" if one.is_undone else "",
    }
    for name, value in rows.items():
        if value:
            console.print(f"  {name:<10} {escape(value)}")
    if one.kind != "push":
        return
    table = _table("field", "from", "to")
    for path, after in sorted(one.after.items()):
        table.add_row(path, _value(one.before.get(path)), _value(after))
    console.print(table)


def show_intervention(console: Console, deed: str, done: Intervention) -> None:
    """Print what was done, and why it was not done to the others."""
    console.print(f"{done.changed} effect(s) {deed}.")
    for why, count in done.left.items():
        console.print(f"  not {deed}: {count} {why}")


def show_rolled_back(console: Console, kept: Sequence[RolledBack]) -> None:
    """Print which values are kept away from which records."""
    if not kept:
        console.print("No value is kept away from any record.")
        return
    table = _table("decision", "record", "field", "by", "why", "since")
    for one in kept:
        table.add_row(
            str(one.decision_id),
            escape(f"{one.system}:{one.source_key}"),
            one.path,
            escape(one.author),
            escape(one.reason),
            f"{one.decided_at:%d %b %Y}",
        )
    console.print(table)


def show_undo(
    console: Console, plan: UndoPlan, writes: Sequence[ChosenEffect], *, is_applied: bool
) -> None:
    """Print what goes back, and what cannot."""
    states = {(write.target, write.record_key): write for write in writes}
    if plan.records:
        table = _table("record", "field", "now", "back to", *(("outcome",) if writes else ()))
        for one in plan.records:
            place = (one.record.system, one.record.source_key)
            write = states.get(place)
            outcome = [_outcome(write)] if write is not None else []
            for path, back in sorted(one.values.items()):
                table.add_row(
                    escape(":".join(place)),
                    path,
                    _value(back.written),
                    _value(back.original),
                    *outcome,
                )
        console.print(table)
    if plan.refused:
        console.print(_refusals(plan.refused))
    records = len(plan.records)
    stays = sum(len(refused.effect_ids) for refused in plan.refused)
    if is_applied:
        done = sum(write.state == EffectState.DONE for write in writes)
        console.print(f"{done} of {records} record(s) went back; {stays} effect(s) stay.")
    else:
        console.print(
            f"{records} record(s) would go back; {stays} effect(s) stay. Only a plan: nothing was "
            "changed. Add --apply and --reason to do it."
        )


def _refusals(refused: Sequence[NotUndone]) -> Table:
    """Return why what stays stays: the same reason at the same target once."""
    by_reason: dict[tuple[str, str, str], list[NotUndone]] = {}
    for one in refused:
        by_reason.setdefault((one.kind, one.target, one.why), []).append(one)
    table = _table("stays as it is", "effects", "records", "why")
    for (kind, target, why), these in by_reason.items():
        keys = sorted({one.record_key for one in these if one.record_key})
        more = f" and {len(keys) - _FEW} more" if len(keys) > _FEW else ""
        count = sum(len(one.effect_ids) for one in these)
        named = escape(", ".join(keys[:_FEW]) + more)
        table.add_row(f"{kind} {target}", f"{count:,}", named, escape(why))
    return table


def show_writes(
    console: Console,
    writes: Sequence[ChosenEffect],
    *,
    held_for: HeldFor | None,
    is_plan: bool,
) -> None:
    """Print writes with their values, old and new, and whether they leave."""
    if not writes:
        console.print("Nothing has to be written to any system.")
        return
    is_delivered = held_for is None and not is_plan
    table = _table("record", "field", "from", "to", *(("outcome",) if is_delivered else ()))
    for write in writes:
        place = f"{write.target}:{write.record_key or 'new'}"
        outcome = [_outcome(write)] if is_delivered else []
        for path, after in sorted(write.after.items()):
            old, new = _value(write.before.get(path)), _value(after)
            table.add_row(escape(place), path, old, new, *outcome)
    console.print(table)
    how = "delivered at once" if held_for is None else f"held ({held_for})"
    console.print(f"{len(writes)} write(s){f', to be {how}' if is_plan else f', {how}'}.")


def writes_as_json(writes: Sequence[ChosenEffect]) -> list[dict[str, object]]:
    """Return the same for programs."""
    return [
        {
            "effect_id": str(write.effect_id),
            "state": write.state,
            "system": write.target,
            "record": write.record_key,
            "before": dict(write.before),
            "after": dict(write.after),
        }
        for write in writes
    ]


def _outcome(write: ChosenEffect) -> str:
    if write.state == EffectState.DONE:
        return "[green]done[/green]"
    if write.state == EffectState.CANCELLED:
        return "[yellow]left alone: it changed in the last moment[/yellow]"
    return f"[yellow]{write.state}[/yellow] {escape(write.problem or '')}"


def _standing(one: ChosenEffect, *, now: datetime) -> str:
    if one.held_for:
        return f"held ({one.held_for})"
    if one.state == EffectState.READY:
        left = one.not_before - now
        return f"goes in {_span(left)}" if left > timedelta(0) else "ready"
    return one.state


def _span(left: timedelta) -> str:
    """Return a time in words.

    >>> _span(timedelta(minutes=90)), _span(timedelta(seconds=20))
    ('1 h 30 min', '1 min')
    """
    minutes = -(-int(left.total_seconds()) // 60) or 1
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _value(value: object) -> str:
    return "[dim]empty[/dim]" if value in (None, "") else _short(escape(str(value)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _table(*columns: str) -> Table:
    table = Table(*columns, header_style="bold", box=box.HORIZONTALS, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    return table
