"""A plan as people look at it: of sensitive values no more than tells them apart."""

from dataclasses import replace

from mastersync.domain.golden.shown import OpenPaths, shown_value, shown_write
from mastersync.domain.plan.model import GoldenChange, Plan, WriteRow


def without_sensitive(plan: Plan) -> Plan:
    """Return the plan with sensitive values shown in part; totals and rows stay the same."""
    content = plan.content
    return replace(
        plan,
        content=replace(
            content,
            golden=[_golden(change) for change in content.golden],
            writes=[_write(write, plan.open_paths) for write in content.writes],
        ),
    )


def _golden(change: GoldenChange) -> GoldenChange:
    def shown(value: str | None) -> str | None:
        return None if value is None else shown_value(change.field, value)

    return replace(
        change,
        before=shown(change.before),
        after=shown(change.after),
        lost=[{**lost, "value": shown_value(change.field, lost["value"])} for lost in change.lost],
    )


def _write(write: WriteRow, open_paths: OpenPaths) -> WriteRow:
    return replace(
        write,
        before=shown_write(write.before, write.target, open_paths),
        after=shown_write(write.after, write.target, open_paths),
    )
