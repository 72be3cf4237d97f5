"""A plan on a terminal: totals first, then what they are made of."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from mastersync.cli.plan_filter import PlanFilter
from mastersync.domain.plan.model import Plan, PlanContent, WriteRow
from mastersync.domain.plan.totals import TargetTotals
from mastersync.domain.plan.wording import count, said_by, value_in_words, why

Section = Callable[["_Shown"], None]


class _Shown:
    """A plan on its way to a console, ``most`` rows of each section."""

    def __init__(self, console: Console, plan: Plan, content: PlanContent, most: int) -> None:
        self.console = console
        self.plan = plan
        self.content = content
        self._most = most
        self.has_shown = False

    def heading(self, words: str) -> None:
        self.has_shown = True
        self.console.print(f"\n[bold]{escape(words)}[/bold]")

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> None:
        """Print the first rows, and how many more there are."""
        table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
        for column in table.columns:
            column.no_wrap = column.header in ("record", "customer")
            column.overflow = "fold"  # a value that is cut off cannot be judged
        for row in rows[: self._most]:
            table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
        self.console.print(table)
        if len(rows) > self._most:
            more = f"{len(rows) - self._most:,} more"
            self.console.print(f"[dim]… and {more}: --limit, --only, --out or --html[/dim]")

    def name(self, customer_id: str) -> str:
        return self.plan.names.get(customer_id, "")


def show_plan(console: Console, plan: Plan, *, only: PlanFilter, most: int) -> None:
    """Print the plan's totals, then the sections that are asked for."""
    _show_totals(console, plan)
    content = only.narrowed(plan.content)
    shown = _Shown(console, plan, content, most)
    for name, section in _SECTIONS.items():
        if only.shows(name):
            section(shown)
    if plan.content.is_empty:
        console.print("\nNothing would change.")
    elif not shown.has_shown:
        console.print(f"\nThe plan has nothing of {only.words}.")


def _show_totals(console: Console, plan: Plan) -> None:
    whose = f"run {plan.run_id}" if plan.run_id else "what a sync would do now"
    if plan.everyone:
        whose = "all customers, by today's rules"
    console.print(f"[bold]{escape(plan.client_name)}[/bold]: {escape(whose)}")
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right", style="bold")
    grid.add_column(style="dim")
    for label, number, aside in _totals(plan):
        grid.add_row(label, number, escape(aside))
    console.print(grid)
    for words in plan.content.over:
        console.print(f"[bold red]Over a limit:[/bold red] {escape(words)}")


def _totals(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield each total: what, how much, and what to know of it."""
    content, run = plan.content, plan.content.totals.run
    yield "Customers created", f"{run.created:,}", ""
    if run.merged or run.split:
        yield "Customers merged, split", f"{run.merged:,}, {run.split:,}", ""
    yield "Golden records changed", f"{run.golden:,}", ""
    for target in content.totals.targets:
        yield f"Writes to {target.target}", f"{target.writes:,}", _of_target(target)
    if not content.totals.targets:
        yield "Writes", "0", ""
    yield "Mails", f"{run.mails:,}", ""
    yield "Credit reports bought", f"{content.totals.credit.orders:,}", _credit(plan)
    yield "Records waiting", f"{run.waiting:,}", _waiting_before(plan)
    yield "Records set aside", f"{run.set_aside:,}", ""
    yield "Tickets opened", f"{run.tickets:,}", ""
    if plan.backlog.due or plan.backlog.held:
        words = f"{plan.backlog.held:,} of them held" if plan.backlog.held else ""
        yield (
            "Beside this plan",
            f"{plan.backlog.due + plan.backlog.held:,}",
            (f"effects of earlier runs{', ' if words else ''}{words}"),
        )


def _of_target(target: TargetTotals) -> str:
    parts = [
        count(target.creates, "new record"),
        f"{count(target.updates, 'update')} of {count(target.customers, 'customer')}",
        count(target.fields, "value"),
    ]
    if target.clears:
        parts.append(f"{target.clears:,} emptied")
    if target.held:
        parts.append(f"{target.held:,} held")
    return ", ".join(parts)


def _credit(plan: Plan) -> str:
    """Return what the orders cost, and what remains of the budget."""
    budget, credit = plan.budget, plan.content.totals.credit
    if budget is None:
        return ""
    cost = f"{credit.cost} {budget.currency} in all, {budget.price} each; " if credit.orders else ""
    return (
        f"{cost}left: {budget.run_left} of {budget.run_limit} this run, "
        f"{budget.month_left} of {budget.month_limit} in thirty days"
    )


def _waiting_before(plan: Plan) -> str:
    return f"and {plan.backlog.waiting:,} since earlier runs" if plan.backlog.waiting else ""


def _customers(shown: _Shown) -> None:
    content = shown.content
    if content.created:
        shown.heading("Customers created")
        shown.table(
            ("id", "name", "records", "compared with"),
            [
                (
                    one.customer_id,
                    shown.name(one.customer_id),
                    ", ".join(one.records),
                    count(one.candidates, "record"),
                )
                for one in content.created
            ],
        )
    if content.identity:
        shown.heading("Customers merged and split")
        shown.table(
            ("what", "from", "to", "by", "why"),
            [
                (step.kind, step.from_customer_id, step.to_customer_id, step.author, step.reason)
                for step in content.identity
            ],
        )


def _golden(shown: _Shown) -> None:
    if not shown.content.golden:
        return
    shown.heading("Golden values that change, or win against others")
    shown.table(
        ("customer", "field", "before", "wins", "because", "loses"),
        [
            (
                change.customer_id,
                change.field,
                "" if change.is_new else value_in_words(change.before),
                f"{value_in_words(change.after)}  ({said_by(change)})",
                why(change),
                "; ".join(
                    dict.fromkeys(f"{one['value']} ({one['system']})" for one in change.lost)
                ),
            )
            for change in shown.content.golden
        ],
    )


def _orders(shown: _Shown) -> None:
    if not shown.content.orders:
        return
    shown.heading("Credit reports that would be bought")
    shown.table(
        ("agency", "customer", "name", "price", "budget"),
        [
            (
                one.agency,
                one.customer_id,
                shown.name(one.customer_id),
                f"{one.cost} {one.currency}",
                one.budget,
            )
            for one in shown.content.orders
        ],
    )


def _mails(shown: _Shown) -> None:
    if not shown.content.mailed:
        return
    shown.heading(f"Mails to {count(len(shown.content.mailed), 'customer')}")
    sample = shown.plan.sample
    if sample is not None:
        to = shown.name(sample.customer_id) or sample.customer_id
        shown.console.print(f"[dim]One of them, to {escape(to)}:[/dim]")
        shown.console.print(f"  [bold]{escape(sample.subject)}[/bold]")
        for line in sample.text.strip().splitlines():
            shown.console.print(f"  {escape(line)}", highlight=False)


def _writes(shown: _Shown) -> None:
    for target in shown.content.totals.targets:
        writes = [write for write in shown.content.writes if write.target == target.target]
        if writes:
            shown.heading(f"Writes to {target.target}")
            shown.table(
                ("record", "customer", "name", "old → new"),
                [
                    (
                        write.key or "(new)",
                        write.customer_id,
                        shown.name(write.customer_id),
                        _changes(write),
                    )
                    for write in writes
                ],
            )


def _changes(write: WriteRow) -> Text:
    text = Text()
    for number, (path, after) in enumerate(write.after.items()):
        if number:
            text.append("\n")
        text.append(f"{path}: ", style="dim")
        if write.key is not None:
            text.append(value_in_words(write.before.get(path)), style="red")
            text.append(" → ")
        text.append(value_in_words(after), style="bold yellow" if after is None else "green")
    return text


def _waiting(shown: _Shown) -> None:
    if not shown.content.waiting:
        return
    shown.heading("What waits, and what is set aside")
    shown.table(
        ("state", "for", "why", "records", "such as"),
        [
            (
                row.state.replace("_", " "),
                row.waiting_for,
                row.why,
                f"{row.records:,}",
                ", ".join(row.examples[:3]),
            )
            for row in shown.content.waiting
        ],
    )


def _tickets(shown: _Shown) -> None:
    if not shown.content.tickets:
        return
    shown.heading("Tickets that would be opened")
    shown.table(
        ("kind", "title", "about", "next step"),
        [
            (row.kind, row.title, f"{row.subjects:,}", row.next_step)
            for row in shown.content.tickets
        ],
    )


def _clocks(shown: _Shown) -> None:
    if not shown.plan.clocks:
        return
    shown.heading("SLA clocks that these changes have started")
    shown.table(
        ("clause", "for", "promise", "running", "paused", "late", "first due"),
        [
            (
                clock.clause,
                clock.scope,
                clock.promise,
                *(f"{number:,}" for number in (clock.running, clock.paused, clock.late)),
                clock.next_due,
            )
            for clock in shown.plan.clocks
        ],
    )


_SECTIONS: dict[str, Callable[[Any], None]] = {
    "customers": _customers,
    "golden": _golden,
    "orders": _orders,
    "mails": _mails,
    "writes": _writes,
    "waiting": _waiting,
    "clocks": _clocks,
    "tickets": _tickets,
}
