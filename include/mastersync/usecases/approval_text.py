"""What a person is shown before a plan goes out: numbers only, nobody's data."""

from collections.abc import Iterator

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.effects.guards import Measure
from mastersync.usecases.release_plan import HeldPlan

_WRITES = (Measure.UPDATES, Measure.CREATES, Measure.CLEARS)


def totals_in_words(rules: ClientRules, plan: HeldPlan) -> str:
    """Return what the plan adds up to, in Markdown."""
    return "\n".join(_lines(rules, plan))


def _lines(rules: ClientRules, plan: HeldPlan) -> Iterator[str]:
    size = plan.size
    yield f"**{rules.name}** would send {size.effects:,} changes. Nothing of it has left."
    yield ""
    yield "| system | updates | creates | writes that empty a field | customers |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for target in size.targets:
        numbers = [size.of(measure, target).count for measure in _WRITES]
        customers = sum(size.of(measure, target).customers for measure in _WRITES[:2])
        yield f"| {target} | {' | '.join(f'{n:,}' for n in numbers)} | {customers:,} |"
    yield ""
    yield f"- Mails to customers: {size.of(Measure.MAILS).count:,}"
    orders = size.of(Measure.ORDERS)
    cost = f", for {orders.cost:,.2f} {size.currency}" if orders.count else ""
    yield f"- Credit reports to buy: {orders.count:,}{cost}"
    yield f"- Customers merged since the last plan: {size.of(Measure.MERGES).count:,}"
    yield f"- Customers in all: {size.base:,}; tickets open: {plan.tickets:,}"
    yield ""
    yield f"Each write, old and new: `mastersync plan {rules.client_id} --run {plan.run_id}`."
    yield ""
    yield (
        "**Approve** lets it go out, **Reject** withdraws it, **Leave held** decides nothing: "
        "the next run's plan contains it."
    )
