"""The page: totals as tiles, a chart a system, then every row, to be filtered."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mastersync.cli.html_pages import Tile, templates_beside
from mastersync.cli.plan_page.charts import (
    WORDS,
    count_fields,
    fields_chart,
    kind_of_change,
    reasons_chart,
)
from mastersync.dedupe_files.report.geometry import Chart
from mastersync.domain.plan.model import Plan, WriteRow
from mastersync.domain.plan.wording import count, said_by, value_in_words, why

MOST_ROWS = 1_000  # of a section: what is more is in the plan's file
_PAGES = templates_beside(__file__, plainly=value_in_words, why=why, said_by=said_by)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One value of a write; ``kind`` says what happens to it."""

    path: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class TargetPart:
    """The writes to one system: how many in all, a drawing, and those that are shown."""

    target: str
    total: int
    words: str
    chart: Chart
    writes: Sequence[tuple[WriteRow, Sequence[Change]]]


def render_plan(plan: Plan) -> str:
    """Return the plan's page: one file that needs nothing else."""
    source = _PAGES.loader
    script = source.get_source(_PAGES, "plan.js")[0].strip() if source is not None else ""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _PAGES.get_template("plan.html").render(
        plan=plan,
        content=plan.content,
        tiles=list(_tiles(plan)),
        targets=_targets(plan),
        kinds=_kinds(plan),
        reasons=reasons_chart(plan.content.golden),
        most=MOST_ROWS,
        script=script,
        script_digest=digest,
    )


def _kinds(plan: Plan) -> dict[str, str]:
    """Return what happens to fields in this plan, for the legend."""
    found = {kind for counts in count_fields(plan.content.writes).values() for kind in counts}
    return {kind: words for kind, words in WORDS.items() if kind in found}


def _tiles(plan: Plan) -> Iterator[Tile]:
    totals, run = plan.content.totals, plan.content.totals.run
    clears = f", {totals.clears:,} values emptied" if totals.clears else ""
    yield Tile(
        name="Writes",
        figure=f"{totals.writes:,}",
        aside=f"to {count(len(totals.targets), 'system')}{clears}",
    )
    yield Tile(
        name="New customers",
        figure=f"{run.created:,}",
        aside=f"{run.merged:,} merged, {run.split:,} split",
    )
    yield Tile(name="Golden records", figure=f"{run.golden:,}", aside="with a value that changes")
    yield Tile(
        name="Credit reports",
        figure=f"{totals.credit.cost}" if totals.credit.orders else "0",
        aside=_bought(plan),
    )
    yield Tile(name="Mails", figure=f"{run.mails:,}", aside="to customers")
    yield Tile(
        name="For people",
        figure=f"{run.tickets:,}",
        aside=f"{'ticket' if run.tickets == 1 else 'tickets'} to open; "
        f"{count(run.waiting + run.set_aside, 'record')} held back",
    )


def _bought(plan: Plan) -> str:
    budget, credit = plan.budget, plan.content.totals.credit
    if budget is None:
        return "none are bought for this client"
    left = f"left: {budget.run_left} this run, {budget.month_left} in thirty days"
    if not credit.orders:
        return left
    return f"{credit.currency} for {count(credit.orders, 'report')}; {left}"


def _targets(plan: Plan) -> list[TargetPart]:
    parts = []
    for totals in plan.content.totals.targets:
        writes = [write for write in plan.content.writes if write.target == totals.target]
        emptied = f", {totals.clears:,} emptied" if totals.clears else ""
        parts.append(
            TargetPart(
                target=totals.target,
                total=len(writes),
                words=f"{count(totals.creates, 'new record')} and "
                f"{count(totals.updates, 'update')} of {count(totals.customers, 'customer')}: "
                f"{count(totals.fields, 'value')}{emptied}.",
                chart=fields_chart(totals.target, count_fields(writes)),
                writes=[(write, _changes(write)) for write in writes[:MOST_ROWS]],
            )
        )
    return parts


def _changes(write: WriteRow) -> list[Change]:
    return [
        Change(
            path=path,
            before=value_in_words(write.before.get(path)),
            after=value_in_words(after),
            kind=kind_of_change(write, path),
        )
        for path, after in write.after.items()
    ]
