"""Showing a part of a plan: some of its sections, targets or customers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from mastersync.domain.plan.model import PlanContent
from mastersync.errors import RuleError

SECTIONS = ("customers", "golden", "orders", "mails", "writes", "waiting", "clocks", "tickets")

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class PlanFilter:
    """What to show; an empty set of a kind shows all of it."""

    sections: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """What was asked for, as it was typed."""
        return ", ".join(sorted({*self.sections, *self.targets, *self.customers}))

    def shows(self, section: str) -> bool:
        """Say whether a section is shown; who asks for a target asks for writes."""
        if self.sections:
            return section in self.sections
        return section == "writes" if self.targets else True

    def narrowed(self, content: PlanContent) -> PlanContent:
        """Return the content with the rows that are asked for; totals stay those of the whole."""
        writes = [one for one in content.writes if not self.targets or one.target in self.targets]
        if not self.customers:
            return replace(content, writes=writes)
        return replace(
            content,
            created=self._of_customers(content.created),
            identity=[
                step
                for step in content.identity
                if {step.from_customer_id, step.to_customer_id} & self.customers
            ],
            golden=self._of_customers(content.golden),
            orders=self._of_customers(content.orders),
            mailed=[one for one in content.mailed if one in self.customers],
            writes=self._of_customers(writes),
        )

    def _of_customers(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if getattr(row, "customer_id", "") in self.customers]


def filter_of(
    words: Sequence[str], content: PlanContent, *, systems: Iterable[str] = ()
) -> PlanFilter:
    """Read ``--only``: each word is a section, a target or a customer's id.

    ``systems`` may be written to, though the plan may have nothing for them.

    Raises:
        RuleError: A word is none of them.
    """
    targets = {target.target for target in content.totals.targets} | set(systems)
    found: dict[str, set[str]] = {"sections": set(), "targets": set(), "customers": set()}
    for word in words:
        if word in SECTIONS:
            found["sections"].add(word)
        elif word in targets:
            found["targets"].add(word)
        elif word.startswith("C-"):
            found["customers"].add(word)
        else:
            raise RuleError(
                f"The plan has nothing called {word!r}.",
                next_step=f"--only takes {', '.join((*SECTIONS, *sorted(targets)))}"
                " or a customer's id.",
            )
    return PlanFilter(**{kind: frozenset(words) for kind, words in found.items()})
